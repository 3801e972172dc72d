package stage

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/rs/zerolog"
	"golang.org/x/sync/errgroup"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/search"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
)

// Indexer keeps articles and journeys as rows, and has search follow the rows.
type Indexer struct {
	conn  *stream.Conn
	rows  *store.Store
	index *search.Index
	batch stream.Batch
	log   zerolog.Logger

	wake     chan struct{} // there is something for search
	gather   chan struct{} // there is something for search that can wait for more
	troubles troubles
}

// NewIndexer makes an indexer of its parts. batch is how many articles or
// events are taken in one commit.
func NewIndexer(conn *stream.Conn, rows *store.Store, index *search.Index, batch stream.Batch, log zerolog.Logger) *Indexer {
	return &Indexer{
		conn: conn, rows: rows, index: index, batch: batch, log: log,
		wake: make(chan struct{}, 1), gather: make(chan struct{}, 1),
	}
}

// Run works until ctx ends and what is in hand is finished or handed back.
func (x *Indexer) Run(ctx context.Context) error {
	articles := &clerk[*news.Article]{work: "keep articles", put: x.keep, troubles: &x.troubles, log: x.log}
	told := journeys{x.conn, x.rows, x.log}
	events := &clerk[news.Event]{work: "keep journeys", put: told.keep, troubles: &x.troubles, log: x.log}
	results := &clerk[stream.Result]{work: "keep results of replays", put: x.keepResults, troubles: &x.troubles, log: x.log}
	ended := x.batch
	ended.Note = told.note
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return x.conn.ConsumeArticles(ctx, ended, articles.commit) })
	group.Go(func() error { return x.conn.ConsumeEvents(ctx, x.batch, events.commit) })
	group.Go(func() error { return x.conn.ConsumeResults(ctx, x.batch, results.commit) })
	group.Go(func() error { return x.follow(ctx) })
	return group.Wait()
}

// Ready is nil while articles and journeys can be kept and search follows the
// rows. Otherwise it says what is waited for.
func (x *Indexer) Ready() error { return x.troubles.state() }

// followEvery is the least time between two batches of search: rows gather
// meanwhile, and one large batch costs a fraction of many small ones. A row that
// comes alone is found at once, any other about so long after it is kept. Rows of
// runs, which nobody waits for one by one, gather for as long as they come, at most
// for gatherFor.
const (
	followEvery = 500 * time.Millisecond
	gatherFor   = time.Second
)

// follow has search follow the rows until ctx ends. A fault of search stops no
// article from being kept: it is said, and tried again.
func (x *Indexer) follow(ctx context.Context) error {
	pause := outlastFirst
	for {
		next := time.After(followEvery)
		err := x.index.CatchUp(ctx, x.rows)
		if ctx.Err() != nil {
			return nil
		}
		wake, gather, again := x.wake, x.gather, (<-chan time.Time)(nil)
		if err == nil {
			pause = outlastFirst
		} else {
			wake, gather, again = nil, nil, time.After(pause)
			pause = min(2*pause, outlastMost)
			err = fmt.Errorf("search does not follow the rows, trying again: %w", err)
			x.log.Error().Err(err).Msg("articles are kept, and cannot be found yet")
		}
		x.troubles.note("follow the rows", err)
		select {
		case <-ctx.Done():
			return nil
		case <-wake:
		case <-gather:
			x.letGather(ctx)
		case <-again:
		}
		select {
		case <-ctx.Done():
			return nil
		case <-next:
		}
	}
}

// letGather returns when no more rows of runs come, when there is something that
// is not to wait for them, or when they have waited long enough.
func (x *Indexer) letGather(ctx context.Context) {
	enough := time.After(gatherFor)
	for {
		select {
		case <-x.gather:
		case <-time.After(followEvery):
			return
		case <-x.wake:
			return
		case <-enough:
			return
		case <-ctx.Done():
			return
		}
	}
}

// keep commits a batch of articles.
func (x *Indexer) keep(ctx context.Context, batch []*stream.Message[*news.Article]) ([]error, error) {
	arrivals := make([]store.Arrival, len(batch))
	for i, m := range batch {
		arrivals[i] = store.Arrival{Article: m.Value, Sequence: m.Sequence}
		if m.Run.Replays() {
			arrivals[i].Promoted = &store.Promoted{Run: m.Run.Name, At: m.Published}
		}
	}
	results, err := x.rows.PutArticles(ctx, arrivals)
	if err != nil {
		return nil, err
	}
	verdicts := make([]error, len(batch))
	var withdrawn []*news.Withdrawn
	for i, r := range results {
		if r.Withdrawn != nil {
			withdrawn = append(withdrawn, r.Withdrawn)
		}
		switch r.Outcome {
		case news.Unchanged:
			verdicts[i] = &news.Fault{Kind: news.Same}
		case news.Skipped:
			verdicts[i] = errTakenDown
		}
	}
	if slices.ContainsFunc(batch, func(m *stream.Message[*news.Article]) bool { return m.Run == nil }) {
		wake(x.wake)
	} else {
		wake(x.gather)
	}
	return verdicts, journeys{x.conn, x.rows, x.log}.tell(ctx, withdrawn)
}

// keepResults commits a batch of what replays made of captures.
func (x *Indexer) keepResults(ctx context.Context, batch []*stream.Message[stream.Result]) ([]error, error) {
	var results []store.Replayed
	for _, m := range batch {
		if m.Run == nil {
			continue // of nobody
		}
		r := store.Replayed{Run: *m.Run, CaptureID: m.Trace.CaptureID, Article: m.Value.Article, Outcome: news.Done}
		if e := m.Value.Event; e != nil {
			r.Outcome, r.Reason, r.Detail = e.Outcome, e.Reason, e.Detail
		}
		results = append(results, r)
	}
	return nil, x.rows.PutReplayed(ctx, results)
}

// errTakenDown is the verdict on what was deleted, and came again out of a stream
// or of another archive.
var errTakenDown = &news.Fault{Kind: news.Skip, Reason: news.TakenDown, Err: errors.New("an operator had it deleted")}

// Purge has search forget what was taken out of the rows.
func (x *Indexer) Purge() { wake(x.wake) }
