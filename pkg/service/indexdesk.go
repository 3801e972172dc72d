package service

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/search"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
)

// indexDesk answers questions about what is indexed and what is dead.
type indexDesk struct {
	conn    *stream.Conn
	rows    *store.Store
	index   *search.Index
	rebuild *rebuild
}

// snippetSize is how long a snippet is, in bytes of text.
const snippetSize = 220

// The most that one question may ask for.
const (
	maxHits = 200
	maxDead = 500
)

func (d *indexDesk) search(ctx context.Context, q api.SearchRequest) (api.SearchReply, error) {
	var query search.Query // every story
	if strings.TrimSpace(q.Query) != "" {
		var err error
		if query, err = search.Parse(q.Query); err != nil {
			return api.SearchReply{}, api.BadQuestion(err)
		}
	}
	found, err := d.index.Search(ctx, query, search.Options{
		Limit: min(max(q.Limit, 0), maxHits), Offset: max(q.Offset, 0), Sort: q.Sort,
	})
	if err != nil {
		return api.SearchReply{}, err
	}
	reply := api.SearchReply{Total: found.Total, Took: found.Took, Hits: []api.Hit{}}
	for _, f := range found.Hits {
		stored, err := d.rows.Story(ctx, f.StoryID, 0)
		if err != nil {
			return reply, err
		}
		reply.Hits = append(reply.Hits, hit(stored, f.Score, query))
	}
	return reply, nil
}

func hit(s *news.Stored, score float64, query search.Query) api.Hit {
	h := api.Hit{
		StoryID: s.StoryID, Score: score, Headline: s.Headline, URL: s.URL,
		Language: s.InLanguage.Primary(), DatePublished: s.DatePublished,
	}
	if s.Publisher != nil {
		h.Site = s.Publisher.Domain
	}
	text := s.ArticleBody
	if s.Deck != "" {
		text = s.Deck + "\n" + text
	}
	h.Snippet = query.Snippet(text, snippetSize)
	return h
}

func (d *indexDesk) show(ctx context.Context, q api.ShowRequest) (*news.Stored, error) {
	stored, err := d.rows.Story(ctx, q.Key, q.Version)
	if errors.Is(err, store.ErrNotFound) {
		return nil, api.NotFound(err)
	}
	if errors.Is(err, store.ErrAmbiguous) {
		return nil, api.BadQuestion(err)
	}
	return stored, err
}

func (d *indexDesk) journey(ctx context.Context, q api.JourneyRequest) (api.JourneyReply, error) {
	visits, err := d.rows.Journey(ctx, q.URL)
	return api.JourneyReply{Visits: visits}, err
}

func (d *indexDesk) reindex(ctx context.Context, q api.ReindexRequest) (api.ReindexReply, error) {
	if q.Begin {
		if err := d.rebuild.begin(ctx, d.index, d.rows); err != nil {
			return api.ReindexReply{}, err
		}
	}
	return d.rebuild.state(), nil
}

func (d *indexDesk) deadList(ctx context.Context, q api.DeadListRequest) (api.DeadListReply, error) {
	messages, err := d.conn.DeadList(ctx, q.After, min(max(q.Limit, 1), maxDead))
	return api.DeadListReply{Messages: messages}, err
}

func (d *indexDesk) deadShow(ctx context.Context, q api.DeadRequest) (stream.DeadMessage, error) {
	m, err := d.conn.DeadGet(ctx, q.Sequence)
	return m, ofDead(q, err)
}

func (d *indexDesk) deadRetry(ctx context.Context, q api.DeadRequest) (struct{}, error) {
	return struct{}{}, ofDead(q, d.conn.DeadRetry(ctx, q.Sequence))
}

func (d *indexDesk) deadDrop(ctx context.Context, q api.DeadRequest) (struct{}, error) {
	return struct{}{}, ofDead(q, d.conn.DeadDrop(ctx, q.Sequence))
}

func ofDead(q api.DeadRequest, err error) error {
	if errors.Is(err, stream.ErrNotDead) {
		return api.NotFound(fmt.Errorf("dead message %d: %w", q.Sequence, err))
	}
	return err
}

// report adds what the rows and the search index hold.
func (d *indexDesk) report(ctx context.Context, reply *api.StatusReply) error {
	counts, err := d.rows.Counts(ctx)
	if err != nil {
		return err
	}
	last, err := d.rows.LastRow(ctx)
	if err != nil {
		return err
	}
	applied, err := d.index.Applied()
	reply.Index = &api.IndexStatus{Counts: counts, LastRow: last, SearchedRow: applied}
	return err
}
