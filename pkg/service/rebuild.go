package service

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/search"
	"github.com/copydesk/copydesk/pkg/store"
)

// rebuild is the making of a new search index in the background, one at a time.
type rebuild struct {
	log zerolog.Logger

	mu   sync.Mutex
	now  api.ReindexReply
	stop context.CancelFunc
	work sync.WaitGroup
}

// begin starts a rebuild, if none is under way.
func (r *rebuild) begin(ctx context.Context, index *search.Index, rows *store.Store) error {
	last, err := rows.LastRow(ctx)
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.now.Running {
		return nil
	}
	r.now = api.ReindexReply{Running: true, Begun: time.Now().UTC(), Rows: last}
	// It outlives the question that began it, and ends with the service.
	ctx, r.stop = context.WithCancel(context.WithoutCancel(ctx))
	r.work.Go(func() {
		err := index.Rebuild(ctx, rows, r.progress)
		r.end(err)
	})
	return nil
}

func (r *rebuild) progress(row, last int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.now.Row, r.now.Rows = row, last
}

func (r *rebuild) end(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.now.Running = false
	switch {
	case err == nil:
		r.log.Info().Int64("rows", r.now.Rows).Msg("search index built anew")
	case errors.Is(err, context.Canceled):
		r.now.Error = "stopped before its end, as the indexer is: the old index goes on answering; run reindex again"
	default:
		r.now.Error = err.Error()
		r.log.Error().Err(err).Msg("search index could not be built anew; the old one goes on answering")
	}
}

func (r *rebuild) state() api.ReindexReply {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.now
}

// wait stops a rebuild that is under way and waits for its end.
func (r *rebuild) wait() {
	r.mu.Lock()
	if r.stop != nil {
		r.stop()
	}
	r.mu.Unlock()
	r.work.Wait()
}
