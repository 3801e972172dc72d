package stream

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"

	"github.com/copydesk/copydesk/pkg/news"
)

// A delayed Nak would keep its place among the messages in hand and starve the
// others. What has to wait is published anew, with a schedule, and settled
// where it was.

// maxBackoff is the longest wait that an attempt's number asks for.
const maxBackoff = time.Hour

// backoff is the wait after so many attempts: base, then four times as long
// each time, give or take a quarter, so that what failed together does not come
// back together.
func backoff(base time.Duration, attempts int) time.Duration {
	wait := base
	for i := 1; i < attempts && wait < maxBackoff; i++ {
		wait *= 4
	}
	return aboutAs(min(wait, maxBackoff))
}

// aboutAs is wait, give or take a quarter.
func aboutAs(wait time.Duration) time.Duration { return wait*3/4 + rand.N(wait/2+1) }

// maxAwait is about the longest wait of what waits for another: what that was the
// last to bring, or cannot bring any more, is known so much later.
const maxAwait = time.Minute

// due is the time to write into a schedule for one that must not fire before
// wait is over. Schedules are whole seconds and fire up to one second early.
func due(now time.Time, wait time.Duration) time.Time {
	return now.Add(wait + 2*time.Second - time.Nanosecond).Truncate(time.Second)
}

// tryLater has the message come again, one attempt on.
func (k *desk) tryLater(ctx context.Context, d *delivery, f *news.Fault) error {
	p := d.passage
	p.attempts = d.attempt()
	p.history = with(d.history, d.try(f))
	p.Forgiven += d.silent() - 1
	p.Unsettled = 0
	wait := max(f.After, backoff(k.c.cfg.RetryBase, d.spent()))
	if err := k.schedule(ctx, d, p, wait, waitingID(d)); err != nil {
		return err
	}
	return k.end(ctx, d, news.Retrying, f)
}

// await has the message come again, after half as long as it has waited. Only the
// first wait is an attempt, and told: nothing is tried while it waits.
func (k *desk) await(ctx context.Context, d *delivery, f *news.Fault) error {
	p := d.passage
	first := len(d.history) == 0
	if first {
		p.attempts = d.attempt()
		p.history = with(d.history, d.try(f))
		p.Forgiven += d.silent() - 1
		p.Unsettled = 0
	} else {
		p.attempts = d.attempt() - 1
		p.Unsettled = d.silent() - 1
	}
	wait := max(f.After, k.c.cfg.RetryBase, aboutAs(min(time.Since(d.Published)/2, maxAwait)))
	if err := k.schedule(ctx, d, p, wait, awaitingID(d)); err != nil {
		return err
	}
	if first {
		return k.end(ctx, d, news.Retrying, f)
	}
	return k.acknowledge(ctx, d)
}

// postpone has the message come again, as if it had not come. No event tells
// of it: nothing was tried.
func (k *desk) postpone(ctx context.Context, d *delivery, wait time.Duration) error {
	p := d.passage
	p.attempts = d.attempt() - 1
	p.Unsettled = d.silent() - 1
	if err := k.schedule(ctx, d, p, wait, waitingID(d)); err != nil {
		return err
	}
	return k.acknowledge(ctx, d)
}

// setAside moves a message that was in hand when its worker died to where
// messages are tried alone. It may have died of this one, or of another.
func (k *desk) setAside(ctx context.Context, d *delivery) error {
	p := d.passage
	p.attempts = d.attempt() - 1
	p.Unsettled = d.silent() - 1
	m, err := again(laterAlone(k.stage), d.raw.Header, d.raw.Data, p)
	if err != nil {
		return err
	}
	// One id a round, which is known by the attempts before it: a crash before
	// the acknowledgement makes no second copy, and a message that is set aside
	// again after a retry is not taken for the one before.
	m.Header.Set(jetstream.MsgIDHeader, fmt.Sprintf("aside/%s/%s/%d/%d", k.stage, d.Subject, d.Sequence, d.attempts))
	if err := k.c.publish(ctx, m); err != nil {
		return err
	}
	return k.acknowledge(ctx, d)
}

// schedule publishes the message for a later time, as one that waits by the name of
// id. A publish that is repeated because its acknowledgement was lost replaces the
// one before.
func (k *desk) schedule(ctx context.Context, d *delivery, p passage, wait time.Duration, id string) error {
	m, err := again(laterAt(d.run, id), d.raw.Header, d.raw.Data, p)
	if err != nil {
		return err
	}
	return k.c.publish(ctx, m,
		jetstream.WithScheduleAt(due(time.Now(), wait)),
		jetstream.WithScheduleTarget(k.wayBack(p)))
}

// waitingID names a message that waits. That of a record which is imported begins
// with its run; see [Conn.ImportsLeft].
func waitingID(d *delivery) string {
	if run, ok := strings.CutPrefix(d.Subject, importSubject("")); ok {
		return run + "-" + nuid.Next()
	}
	return nuid.Next()
}

// awaitingID names a message that waits for another. That of a record which is
// imported begins with its run, and is told from others of it; see
// [Conn.MoreToImport].
func awaitingID(d *delivery) string {
	if run, ok := strings.CutPrefix(d.Subject, importSubject("")); ok {
		return run + "+" + nuid.Next()
	}
	return nuid.Next()
}

// wayBack is where a message comes again: alone, if it is not cleared yet of
// the death of a worker.
func (k *desk) wayBack(p passage) string {
	if p.Unsettled > 0 {
		return laterAlone(k.stage)
	}
	return laterDue(k.stage)
}

// again is a message that was delivered, with a new passage.
func again(subject string, h nats.Header, data []byte, p passage) (*nats.Msg, error) {
	m := nats.NewMsg(subject)
	m.Header, m.Data = cloneHeader(h), data
	if err := p.set(m.Header); err != nil {
		return nil, err
	}
	return m, nil
}

// try is the attempt that f ended.
func (d *delivery) try(f *news.Fault) news.Try {
	return news.Try{Attempt: d.attempt(), Reason: f.Reason, Detail: detailOf(f), At: time.Now().UTC()}
}
