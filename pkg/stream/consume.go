package stream

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"golang.org/x/sync/errgroup"

	"github.com/copydesk/copydesk/pkg/news"
)

// idleWait is how long a pull waits when there is nothing to do. A stage that
// reads several queues waits on one of them, so it is short.
const idleWait = 200 * time.Millisecond

// ConsumeFetches gives jobs to handle, at most workers at once, sooner
// priorities first. It returns when ctx has ended and every job in hand is
// settled or handed back.
func (c *Conn) ConsumeFetches(ctx context.Context, workers int, handle func(context.Context, *Message[*news.FetchJob]) error) error {
	return work(ctx, c, news.StageFetch, fetchReaders, nil, workers, readFetch, (*news.FetchJob).Trace, handle)
}

// ConsumePages gives pages to handle, at most workers at once. Of pages that runs
// bring from the archive it takes one for three live ones, and as many as it can
// while there is nothing live; while they have all workers, or these wait for them,
// one more takes live ones. It returns when ctx has ended and every page in hand is
// settled or handed back.
func (c *Conn) ConsumePages(ctx context.Context, workers int, handle func(context.Context, *Message[*news.Page]) error) error {
	return work(ctx, c, news.StageExtract, pageReaders, replayReaders, workers, c.readPage, (*news.Page).Trace, handle)
}

func readFetch(_ context.Context, _ nats.Header, data []byte) (*news.FetchJob, error) {
	var j news.FetchJob
	return &j, readJSON(data, news.FetchSchema, &j)
}

func readEvent(_ context.Context, _ nats.Header, data []byte) (news.Event, error) {
	var e news.Event
	err := readJSON(data, news.EventSchema, &e)
	return e, err
}

// work gives single messages to handle, workers at once; and beside them, one at
// a time, those that are tried alone.
func work[T any](
	ctx context.Context, c *Conn, stage news.Stage, from, behind []reader, workers int,
	decode decoder[T], trace func(T) news.Trace, handle func(context.Context, *Message[T]) error,
) error {
	if workers < 1 {
		return fmt.Errorf("consume for stage %s: %d workers, at least 1 is needed", stage, workers)
	}
	lane := func(from, behind []reader, workers int, company bool) func() error {
		return func() error {
			desk := newDesk(c, stage)
			queues := queues{live: c.sources(from), behind: c.sources(behind), runs: newCrowd(workers)}
			if len(behind) > 0 {
				queues.spare = c.sources(from)
			}
			return desk.dispatch(ctx, &queues, workers, func(d *delivery) {
				defer d.rest()
				ctx := desk.traceWork(ctx, d)
				desk.settle(ctx, d, desk.attempt(ctx, d, company, func() error {
					m, err := open(ctx, d, decode, trace)
					if err != nil {
						return err
					}
					m.Alone = !company
					defer func() { d.trace, d.detail, d.validators = m.Trace, m.Detail, m.Validators }()
					return handle(ctx, m)
				}))
			})
		}
	}
	var lanes errgroup.Group
	lanes.Go(lane(from, behind, workers, true))
	lanes.Go(lane([]reader{aloneReader(stage)}, nil, 1, false))
	if err := lanes.Wait(); err != nil {
		return fmt.Errorf("consume for stage %s: %w", stage, err)
	}
	return nil
}

// dispatch pulls as many messages as there are free workers, of live work never
// more: one that waits in this process would count as delivered if the process
// died.
func (k *desk) dispatch(ctx context.Context, from *queues, workers int, do func(*delivery)) (err error) {
	free := make(chan struct{}, workers)
	for range workers {
		free <- struct{}{}
	}
	k.pulled = make(chan struct{})
	var hands sync.WaitGroup
	defer hands.Wait()
	defer close(k.pulled)
	ctx, leave := context.WithCancel(ctx)
	var helper errgroup.Group
	if len(from.spare) > 0 {
		helper.Go(func() error {
			defer leave()
			return spare(ctx, from.spare, from.runs, func(d *delivery, done func()) {
				settled := make(chan struct{})
				hands.Go(func() {
					defer done()
					defer close(settled)
					do(d)
				})
				hands.Go(func() { // takes the place of the next worker who has done a page
					select {
					case <-settled:
					case <-free:
						<-settled
						free <- struct{}{}
					}
				})
			})
		})
	}
	defer func() {
		leave()
		err = errors.Join(err, helper.Wait())
	}()
	defer rest(from.live)
	defer rest(from.behind)
	defer func() {
		for _, d := range from.ahead {
			hands.Go(func() { do(d) }) // ctx has ended, so it is handed back
		}
	}()

	take := func(d *delivery) {
		left := from.runs.enter(d)
		hands.Go(func() {
			defer func() { free <- struct{}{} }()
			defer left()
			do(d)
		})
	}
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-free:
		}
		n := 1
		for more := true; more; {
			select {
			case <-free:
				n++
			default:
				more = false
			}
		}
		left, err := from.pull(ctx, n, take)
		for range left {
			free <- struct{}{}
		}
		if err != nil {
			return err
		}
	}
}
