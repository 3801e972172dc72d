package service

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/coding"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/stage"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
)

// outsideDesk gives the captures of a replay to who makes its records beside the
// desk, and takes the results.
type outsideDesk struct {
	rows   *store.Store
	files  *archive.Archive
	losses *stage.Losses
}

func (d *outsideDesk) verbs() map[string]stream.Handler {
	return map[string]stream.Handler{
		api.RunsTake: api.Answer(d.take),
		api.RunsPage: api.Answer(d.page),
		api.RunsPut:  api.Answer(d.put),
	}
}

// takeBatch is how many captures are given at a time.
const takeBatch = 100

func (d *outsideDesk) take(ctx context.Context, q api.TakeRequest) (api.TakeReply, error) {
	run, err := d.outside(ctx, q.Run)
	if err != nil || !run.CancelledAt.IsZero() {
		return api.TakeReply{Number: q.After, Run: run}, err
	}
	ids, last, err := d.rows.Unmade(ctx, q.Run, q.After, takeBatch)
	return api.TakeReply{Captures: ids, Number: last, Run: run}, err
}

// outside is a replay whose records are made beside the desk.
func (d *outsideDesk) outside(ctx context.Context, name string) (store.RunState, error) {
	run, err := stateOf(ctx, d.rows, name)
	if err == nil && !run.Outside {
		err = api.BadQuestion(fmt.Errorf("run %s: the desk's extractors make its records", name))
	}
	return run, err
}

func (d *outsideDesk) page(ctx context.Context, q api.PageRequest) (api.Piece, error) {
	reply, err := d.pageOf(ctx, q.CaptureID)
	if err != nil {
		return api.Piece{}, err
	}
	return api.PieceOf(reply, q.Offset)
}

func (d *outsideDesk) pageOf(ctx context.Context, id string) (api.PageReply, error) {
	lost := func(reason news.Reason, detail string) (api.PageReply, error) {
		return api.PageReply{Lost: &api.RunResult{CaptureID: id, Outcome: news.Dead, Reason: reason, Detail: detail}}, nil
	}
	capture, err := d.rows.Capture(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return lost(news.NotArchived, "the archive has it no more")
	}
	if err != nil {
		return api.PageReply{}, err
	}
	page, err := d.files.Get(ctx, capture, d.rows)
	err = d.losses.Judge(ctx, capture, err)
	if fault := news.FaultOf(err); fault != nil && fault.Kind == news.Permanent {
		return lost(fault.Reason, fault.Error())
	}
	if err != nil {
		return api.PageReply{}, err
	}
	return api.PageReply{Page: page, Body: page.Body}, nil
}

// mostRecordJSON is the longest record that is taken, in bytes.
const mostRecordJSON = 64 << 20

func (d *outsideDesk) put(ctx context.Context, q api.PutRequest) (struct{}, error) {
	if _, err := d.outside(ctx, q.Run.Name); err != nil {
		return struct{}{}, err
	}
	results := make([]store.Replayed, len(q.Results))
	for i, r := range q.Results {
		results[i] = store.Replayed{Run: q.Run, CaptureID: r.CaptureID, Outcome: r.Outcome, Reason: r.Reason, Detail: r.Detail}
		var err error
		if results[i].Article, err = recordOf(r); err != nil {
			return struct{}{}, api.BadQuestion(fmt.Errorf("result of capture %s: %w", r.CaptureID, err))
		}
	}
	return struct{}{}, d.rows.PutReplayed(ctx, results)
}

// recordOf is the record of a result, nil where it has none.
func recordOf(r api.RunResult) (*news.Article, error) {
	switch {
	case r.Outcome != news.Done && r.Outcome != news.Skipped && r.Outcome != news.Dead:
		return nil, fmt.Errorf("the outcome %q is no end", r.Outcome)
	case (r.Outcome == news.Done) != (r.Record != nil):
		return nil, fmt.Errorf("the outcome is %s: a record comes with %s, and with that alone", r.Outcome, news.Done)
	case r.Record == nil:
		return nil, nil
	}
	text, err := coding.Decode(r.Record, "zstd", mostRecordJSON)
	if err != nil {
		return nil, err
	}
	a := new(news.Article)
	if err := json.Unmarshal(text, a); err != nil {
		return nil, err
	}
	if a.Schema != news.ArticleSchema || a.Raw.CaptureID != r.CaptureID {
		return nil, fmt.Errorf("it is a %.40q of capture %.80q", a.Schema, a.Raw.CaptureID)
	}
	return a, nil
}
