package stage

import (
	"context"
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
	Conn   *stream.Conn
	Rows   *store.Store
	Search *search.Index
	// Batch is how many articles or events are taken in one commit.
	Batch stream.Batch
	Log   zerolog.Logger

	wake chan struct{}
}

// NewIndexer makes an indexer of its parts.
func NewIndexer(conn *stream.Conn, rows *store.Store, index *search.Index, batch stream.Batch, log zerolog.Logger) *Indexer {
	return &Indexer{
		Conn: conn, Rows: rows, Search: index, Batch: batch, Log: log,
		wake: make(chan struct{}, 1),
	}
}

// Run works until ctx ends and what is in hand is finished or handed back.
func (x *Indexer) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return x.Conn.ConsumeArticles(ctx, x.Batch, x.keep) })
	group.Go(func() error { return x.Conn.ConsumeEvents(ctx, x.Batch, x.note) })
	group.Go(func() error { return x.follow(ctx) })
	return group.Wait()
}

// followPause is the wait after search could not follow the rows.
const followPause = 5 * time.Second

// follow has search follow the rows until ctx ends. A fault of search stops no
// article from being kept: it is said, and tried again.
func (x *Indexer) follow(ctx context.Context) error {
	for {
		err := x.Search.Follow(ctx, x.Rows, x.wake)
		if err == nil || ctx.Err() != nil {
			return nil
		}
		x.Log.Error().Err(err).Msg("search does not follow the rows, trying again")
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(followPause):
		}
	}
}

// keep commits a batch of articles; each error settles its message.
func (x *Indexer) keep(ctx context.Context, batch []*stream.Message[*news.Article]) []error {
	arrivals := make([]store.Arrival, len(batch))
	for i, m := range batch {
		arrivals[i] = store.Arrival{Article: m.Value, Sequence: m.Sequence}
	}
	errs := make([]error, len(batch))
	results, err := x.Rows.PutArticles(ctx, arrivals)
	for i := range batch {
		switch {
		case err != nil:
			errs[i] = err
		case results[i].Outcome == news.Unchanged:
			errs[i] = &news.Fault{Kind: news.Same}
		}
	}
	select {
	case x.wake <- struct{}{}:
	default: // it is awake already
	}
	return errs
}

// note folds a batch of events into the journeys.
func (x *Indexer) note(ctx context.Context, batch []*stream.Message[news.Event]) []error {
	return together(batch, x.Rows.PutEvents(ctx, values(batch)))
}

// values are what the messages of a batch say.
func values[T any](batch []*stream.Message[T]) []T {
	all := make([]T, len(batch))
	for i, m := range batch {
		all[i] = m.Value
	}
	return all
}

// together gives every message of a batch the one fate of its commit.
func together[T any](batch []*stream.Message[T], err error) []error {
	errs := make([]error, len(batch))
	for i := range errs {
		errs[i] = err
	}
	return errs
}
