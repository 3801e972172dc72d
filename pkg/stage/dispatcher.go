package stage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/rs/zerolog"
	"golang.org/x/sync/errgroup"

	"github.com/copydesk/copydesk/pkg/frontier"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/stream"
)

// Dispatcher sends the frontier's jobs to the fetch queue, and tells the
// frontier what became of them.
type Dispatcher struct {
	conn *stream.Conn
	rows *frontier.Frontier
	log  zerolog.Logger

	wake     chan struct{}
	troubles troubles
}

// NewDispatcher makes a dispatcher of its parts. A broker bears one: the
// events of a second one's jobs would come to the first.
func NewDispatcher(conn *stream.Conn, rows *frontier.Frontier, log zerolog.Logger) *Dispatcher {
	return &Dispatcher{conn: conn, rows: rows, log: log, wake: make(chan struct{}, 1)}
}

// Run works until ctx ends and what is in hand is finished or handed back.
func (d *Dispatcher) Run(ctx context.Context) error {
	outcomes := &clerk[news.Event]{work: "note what became of jobs", put: d.settle, troubles: &d.troubles, log: d.log}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return d.dispatch(ctx) })
	group.Go(func() error { return d.conn.ConsumeFetchEvents(ctx, settleBatch, outcomes.commit) })
	return group.Wait()
}

// Ready is nil while jobs can be sent and settled. Otherwise it says what is
// waited for.
func (d *Dispatcher) Ready() error { return d.troubles.state() }

// Add takes URLs; when it returns they are on disk.
func (d *Dispatcher) Add(ctx context.Context, requests []frontier.Request) ([]frontier.Answer, error) {
	answers, err := d.rows.Add(ctx, requests, time.Now().UTC())
	if err != nil {
		return nil, err
	}
	wake(d.wake)
	return answers, nil
}

// Refetch has URLs fetched again; see [frontier.Frontier.Refetch].
func (d *Dispatcher) Refetch(ctx context.Context, urls []string, whole bool) ([]frontier.Again, error) {
	answers, err := d.rows.Refetch(ctx, urls, whole, time.Now().UTC())
	wake(d.wake)
	return answers, err
}

// RefetchSite has the pages of a site fetched again; see
// [frontier.Frontier.RefetchSite].
func (d *Dispatcher) RefetchSite(ctx context.Context, site string, whole bool, after int64, limit int) ([]frontier.Again, int64, error) {
	answers, last, err := d.rows.RefetchSite(ctx, site, whole, after, limit, time.Now().UTC())
	wake(d.wake)
	return answers, last, err
}

// settleBatch is how many events are noted in one commit. A host's next turn
// waits for it, so the wait is short.
var settleBatch = stream.Batch{Size: 500, Wait: 50 * time.Millisecond}

// settle notes what became of jobs.
func (d *Dispatcher) settle(ctx context.Context, batch []*stream.Message[news.Event]) ([]error, error) {
	err := d.rows.Settle(ctx, values(batch))
	wake(d.wake)
	return nil, err
}

const (
	// dispatchBatch is how many jobs are sent between two commits.
	dispatchBatch = 256
	// idle is how long an empty or full frontier sleeps; a new URL wakes it.
	idle = time.Second
)

// dispatch sends jobs to the queue as their hosts' turns come.
func (d *Dispatcher) dispatch(ctx context.Context) error {
	for {
		wait, err := d.dispatchDue(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			err = fmt.Errorf("cannot send jobs, trying again: %w", err)
			d.log.Warn().Err(err).Msg("frontier")
			wait = idle
		}
		d.troubles.note("send jobs", err)
		if !rest(ctx, d.wake, wait) {
			return nil
		}
	}
}

// dispatchDue sends what is due and says how long nothing else is.
func (d *Dispatcher) dispatchDue(ctx context.Context) (time.Duration, error) {
	jobs, err := d.rows.Due(ctx, dispatchBatch, time.Now())
	if err != nil {
		return 0, err
	}
	sent := jobs[:0]
	for _, job := range jobs {
		err = d.conn.PublishFetch(ctx, job)
		if err == nil {
			sent = append(sent, job)
			continue
		}
		fault := news.FaultOf(err)
		if fault.Kind != news.Permanent {
			break
		}
		// No waiting makes the job fit into the queue; those behind it may.
		if err = d.condemn(ctx, job, fault); err != nil {
			break
		}
	}
	// What was sent is noted even where the next was refused, or we leave.
	noted := d.rows.Sent(context.WithoutCancel(ctx), sent, time.Now())
	if errors.Is(err, stream.ErrFull) {
		return idle, noted
	}
	if err := errors.Join(err, noted); err != nil || len(jobs) > 0 {
		return 0, err
	}
	next, ok, err := d.rows.NextTurn(ctx)
	if !ok {
		return idle, err
	}
	return min(idle, max(0, time.Until(next))), err
}

// condemn gives up a job that the queue will never take, and tells it.
func (d *Dispatcher) condemn(ctx context.Context, job *news.FetchJob, fault *news.Fault) error {
	dead := news.Event{
		Stage: news.StageFetch, Trace: job.Trace(), Attempt: 1,
		Outcome: news.Dead, Reason: fault.Reason, Detail: fault.Error(), At: time.Now().UTC(),
	}
	if err := d.conn.PublishEvent(ctx, dead); err != nil {
		return err
	}
	d.log.Warn().Err(fault).Str("url", job.URL).Msg("the fetch queue cannot take this job: it is given up")
	return d.rows.Settle(ctx, []news.Event{dead})
}
