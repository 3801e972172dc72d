package stream

import (
	"context"
	"errors"
	"sync"

	"github.com/copydesk/copydesk/pkg/news"
)

// settlers is how many messages of a batch are settled at once.
const settlers = 16

// settleAll settles a batch: what is at its end here together, where nothing of
// that is to be published, and everything else message by message.
func (k *collector[T]) settleAll(ctx context.Context, batch []*delivery, errs []error) {
	settled := k.endAll(ctx, batch, errs)
	turn := make(chan struct{}, settlers)
	var all sync.WaitGroup
	for i, d := range batch {
		if settled[d] {
			continue
		}
		turn <- struct{}{}
		all.Go(func() {
			defer func() { <-turn }()
			defer d.rest()
			k.settle(ctx, d, errs[i])
		})
	}
	all.Wait()
}

// endAll notes the outcomes of what is at its end, and acknowledges it. It leaves
// what is live, for EVENT tells of that, and everything where there is nobody to
// note it, or that failed.
func (k *collector[T]) endAll(ctx context.Context, batch []*delivery, errs []error) (settled map[*delivery]bool) {
	if k.note == nil && !untold(k.stage) {
		return nil
	}
	settling, cancel := outlast(ctx, grace)
	defer cancel()
	var ended []*delivery
	var events, noted []news.Event
	for i, d := range batch {
		o, f, end := endOf(errs[i])
		if !end || !untold(k.stage) && d.isLive() {
			continue
		}
		e := k.event(d, o, f)
		ended, events = append(ended, d), append(events, e)
		if d.run.Replays() {
			continue
		}
		if d.before != nil {
			noted = append(noted, *d.before)
		}
		noted = append(noted, e)
	}
	if len(ended) == 0 {
		return nil
	}
	if !untold(k.stage) {
		if err := k.note(settling, noted); err != nil {
			k.c.log.Warn().Err(err).Str(logStage, string(k.stage)).Msg("events cannot be noted: they are published")
			return nil
		}
		for i, d := range ended {
			k.observe(d, events[i])
		}
	}
	failed := k.acknowledgeAll(settling, ended)
	settled = make(map[*delivery]bool, len(ended))
	for _, d := range ended {
		settled[d] = true
		if failed != nil {
			k.leave(ctx, d, failed)
		}
		d.rest()
		d.span.End()
		k.c.cfg.Observer.Taken(k.stage, -1)
	}
	return settled
}

// acknowledgeAll acknowledges what came from one reader, and waits until the
// broker has taken note of the last: what comes by one connection it takes note of
// in order. If the connection is another meanwhile, each is acknowledged again.
func (k *desk) acknowledgeAll(ctx context.Context, batch []*delivery) error {
	last := len(batch) - 1
	for _, d := range batch[:last] {
		if err := k.c.nc.Publish(d.raw.Reply, ack); err != nil {
			return k.acknowledgeEach(ctx, batch)
		}
	}
	if err := k.acknowledge(ctx, batch[last]); err != nil {
		return err
	}
	if k.c.reconnects() != batch[0].reconnects {
		return k.acknowledgeEach(ctx, batch[:last])
	}
	return nil
}

func (k *desk) acknowledgeEach(ctx context.Context, batch []*delivery) error {
	var failed error
	for _, d := range batch {
		failed = errors.Join(failed, k.acknowledge(ctx, d))
	}
	return failed
}
