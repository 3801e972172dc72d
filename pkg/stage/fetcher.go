package stage

import (
	"context"
	"errors"
	"time"

	"github.com/rs/zerolog"
	"golang.org/x/sync/errgroup"

	"github.com/copydesk/copydesk/pkg/fetch"
	"github.com/copydesk/copydesk/pkg/frontier"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/stream"
)

// Fetcher sends the frontier's jobs to the fetch queue, and fetches what is in
// the queue.
type Fetcher struct {
	Conn     *stream.Conn
	Frontier *frontier.Frontier
	Client   *fetch.Client
	// Workers is how many pages are fetched at a time.
	Workers int
	Log     zerolog.Logger

	wake chan struct{}
}

// NewFetcher makes a fetcher of its parts.
func NewFetcher(conn *stream.Conn, rows *frontier.Frontier, client *fetch.Client, workers int, log zerolog.Logger) *Fetcher {
	return &Fetcher{
		Conn: conn, Frontier: rows, Client: client, Workers: workers, Log: log,
		wake: make(chan struct{}, 1),
	}
}

// Run works until ctx ends and what is in hand is finished or handed back.
func (f *Fetcher) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return f.dispatch(ctx) })
	group.Go(func() error { return f.Conn.ConsumeFetches(ctx, f.Workers, f.fetch) })
	group.Go(func() error { return f.Conn.ConsumeFetchEvents(ctx, settleBatch, f.settle) })
	return group.Wait()
}

// Add takes URLs; when it returns they are on disk.
func (f *Fetcher) Add(ctx context.Context, requests []frontier.Request) ([]frontier.Answer, error) {
	answers, err := f.Frontier.Add(ctx, requests, time.Now().UTC())
	if err != nil {
		return nil, err
	}
	f.awake()
	return answers, nil
}

// awake has the frontier looked at for jobs that are due.
func (f *Fetcher) awake() {
	select {
	case f.wake <- struct{}{}:
	default: // it is awake already
	}
}

func (f *Fetcher) fetch(ctx context.Context, m *stream.Message[*news.FetchJob]) error {
	if m.Alone { // were this worker to die while the job waits, the job would be blamed
		ctx = fetch.Impatient(ctx)
	}
	page, err := f.Client.Fetch(ctx, m.Value)
	if err != nil {
		return err
	}
	m.Trace = page.Trace()
	return f.Conn.PublishPage(ctx, page)
}

// settleBatch is how many events are noted in one commit.
// A host's next turn waits for it.
var settleBatch = stream.Batch{Size: 500, Wait: 50 * time.Millisecond}

// settle notes what became of jobs.
func (f *Fetcher) settle(ctx context.Context, batch []*stream.Message[news.Event]) []error {
	err := f.Frontier.Settle(ctx, values(batch))
	f.awake()
	return together(batch, err)
}

const (
	// dispatchBatch is how many jobs are sent between two commits.
	dispatchBatch = 256
	// idle is how long an empty or full frontier sleeps; a new URL wakes it.
	idle = time.Second
)

// dispatch sends jobs to the queue as their hosts' turns come.
func (f *Fetcher) dispatch(ctx context.Context) error {
	for {
		wait, err := f.dispatchDue(ctx)
		if err != nil && ctx.Err() == nil {
			f.Log.Warn().Err(err).Msg("frontier: cannot send jobs, trying again")
			wait = idle
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil
		case <-f.wake:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// dispatchDue sends what is due and says how long nothing else is.
func (f *Fetcher) dispatchDue(ctx context.Context) (time.Duration, error) {
	jobs, err := f.Frontier.Due(ctx, dispatchBatch, time.Now())
	if err != nil {
		return 0, err
	}
	sent := 0
	for ; sent < len(jobs); sent++ {
		if err = f.Conn.PublishFetch(ctx, jobs[sent]); err != nil {
			break
		}
	}
	// What was sent is noted even where the next was refused, or we leave.
	noted := f.Frontier.Sent(context.WithoutCancel(ctx), jobs[:sent], time.Now())
	if errors.Is(err, stream.ErrFull) {
		return idle, noted
	}
	if err := errors.Join(err, noted); err != nil || len(jobs) > 0 {
		return 0, err
	}
	next, ok, err := f.Frontier.NextTurn(ctx)
	if !ok {
		return idle, err
	}
	return min(idle, max(0, time.Until(next))), err
}
