package service

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

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
	// archives says that pages are archived.
	archives bool
	// promoting holds the promotion that is at work.
	promoting chan struct{}
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
	if q.Limit < 0 || q.Limit > maxHits {
		return api.SearchReply{}, api.BadQuestion(fmt.Errorf("limit %d is not in 0 to %d: ask for the rest with an offset", q.Limit, maxHits))
	}
	options := search.Options{Limit: q.Limit, Offset: q.Offset, Sort: q.Sort}
	if err := options.Validate(); err != nil {
		return api.SearchReply{}, api.BadQuestion(err)
	}
	withdrawn, err := d.rows.Withdrawn(ctx)
	if err != nil {
		return api.SearchReply{}, err
	}
	options.Without = withdrawn
	found, err := d.index.Search(ctx, query, options)
	if _, bad := errors.AsType[*search.SyntaxError](err); bad {
		return api.SearchReply{}, api.BadQuestion(err)
	}
	if err != nil {
		return api.SearchReply{}, err
	}
	reply := api.SearchReply{Total: found.Total, Took: found.Took, Hits: []api.Hit{}}
	for _, f := range found.Hits {
		stored, err := d.rows.Story(ctx, f.StoryID, 0)
		if err != nil {
			return reply, err
		}
		if err := ctx.Err(); err != nil {
			return reply, fmt.Errorf("search %q: %w", q.Query, err)
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
	if s.Deck != "" && !strings.HasPrefix(text, s.Deck) {
		text = s.Deck + "\n" + text
	}
	h.Snippet = query.Snippet(text, snippetSize)
	return h
}

func (d *indexDesk) show(ctx context.Context, q api.ShowRequest) (api.Piece, error) {
	stored, err := d.rows.Story(ctx, q.Key, q.Version)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return api.Piece{}, api.NotFound(err)
	case errors.Is(err, store.ErrAmbiguous):
		return api.Piece{}, api.BadQuestion(err)
	case err != nil:
		return api.Piece{}, err
	}
	return api.PieceOf(stored, q.Offset)
}

func (d *indexDesk) journey(ctx context.Context, q api.JourneyRequest) (api.JourneyReply, error) {
	visits, err := d.rows.Journey(ctx, q.URL)
	if err != nil {
		return api.JourneyReply{}, err
	}
	deleted, err := d.rows.Deletion(ctx, q.URL)
	return api.JourneyReply{Visits: visits, Deleted: deleted}, err
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
	limit := min(max(q.Limit, 1), maxDead)
	messages, err := d.conn.DeadList(ctx, q.After, limit+1)
	if err != nil {
		return api.DeadListReply{}, err
	}
	return deadPage(messages, limit)
}

// deadPage is as many of the messages as are wanted and fit into one answer,
// without their headers.
func deadPage(messages []stream.DeadMessage, limit int) (reply api.DeadListReply, err error) {
	for i := range messages {
		messages[i].Header = nil
	}
	reply.Messages, reply.More, err = page(append([]stream.DeadMessage{}, messages...), limit) // no null in JSON
	return reply, err
}

func (d *indexDesk) deadShow(ctx context.Context, q api.DeadShowRequest) (api.Piece, error) {
	m, err := d.conn.DeadGet(ctx, q.Sequence)
	if err != nil {
		return api.Piece{}, ofDead(q.Sequence, err)
	}
	return api.PieceOf(m, q.Offset)
}

func (d *indexDesk) deadRetry(ctx context.Context, q api.DeadRequest) (struct{}, error) {
	return struct{}{}, ofDead(q.Sequence, d.conn.DeadRetry(ctx, q.Sequence))
}

func (d *indexDesk) deadDrop(ctx context.Context, q api.DeadRequest) (struct{}, error) {
	return struct{}{}, ofDead(q.Sequence, d.conn.DeadDrop(ctx, q.Sequence))
}

func ofDead(number uint64, err error) error {
	if errors.Is(err, stream.ErrNotDead) {
		return api.NotFound(fmt.Errorf("dead message %d: %w", number, err))
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
	activity, err := d.rows.Activity(ctx, time.Now())
	if err != nil {
		return err
	}
	applied, err := d.index.Applied()
	if err != nil {
		return err
	}
	runs, err := d.lastRuns(ctx)
	reply.Index = &api.IndexStatus{Counts: counts, Activity: activity, LastRow: last, SearchedRow: applied, Runs: runs}
	return err
}
