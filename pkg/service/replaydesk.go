package service

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/search"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
)

// replayVerbs are the questions about replays.
func (d *indexDesk) replayVerbs() map[string]stream.Handler {
	return map[string]stream.Handler{
		api.RunsReplay:  api.Answer(d.runsReplay),
		api.RunsCompare: api.Answer(d.runsCompare),
		api.RunsPromote: api.Answer(d.runsPromote),
		api.RunsCancel:  api.Answer(d.runsCancel),
		api.RunsResume:  api.Answer(d.runsResume),
		api.RunsDrop:    api.Answer(d.runsDrop),
	}
}

// runsReplay begins a replay.
func (d *indexDesk) runsReplay(ctx context.Context, q api.ReplayRequest) (store.RunState, error) {
	replay := store.Replay{Run: news.Run{Name: q.Name, Kind: news.RunReplay, BegunAt: time.Now().UTC()}, Question: q.Question}
	if !d.archives {
		return store.RunState{}, api.BadQuestion(errNoArchive)
	}
	if err := errors.Join(replay.Check(), checkQuestion(q.Question)); err != nil {
		return store.RunState{}, api.BadQuestion(err)
	}
	where, err := search.Parse(q.Question.Where)
	if err != nil && q.Question.Where != "" {
		return store.RunState{}, api.BadQuestion(err)
	}
	if replay.MadeBy, err = d.extractor(ctx); err != nil {
		return store.RunState{}, err
	}
	err = d.rows.BeginReplay(ctx, replay, where.Holds)
	if errors.Is(err, store.ErrOtherRun) || errors.Is(err, store.ErrNoCaptures) {
		err = api.BadQuestion(err)
	}
	if err != nil {
		return store.RunState{}, err
	}
	reply, err := d.runsList(ctx, api.RunsListRequest{Name: q.Name})
	if err != nil {
		return store.RunState{}, err
	}
	return reply.Runs[0], nil
}

func checkQuestion(q store.ReplayQuestion) error {
	if q.Sample < 0 {
		return fmt.Errorf("a sample of %d: must be more than 0, or 0 for all", q.Sample)
	}
	return nil
}

// extractor is what the extractors write into records now.
func (d *indexDesk) extractor(ctx context.Context) (news.Extraction, error) {
	var reply api.StatusReply
	if err := d.conn.Request(ctx, api.Status("extractor"), struct{}{}, &reply); err != nil {
		return news.Extraction{}, fmt.Errorf("ask the extractor for its version: %w", err)
	}
	if reply.Extraction == nil {
		return news.Extraction{}, errors.New("the extractor does not say its version: it is an older build")
	}
	return *reply.Extraction, nil
}

func (d *indexDesk) runsCancel(ctx context.Context, q api.RunRequest) (struct{}, error) {
	return struct{}{}, ofRun(d.rows.CancelRun(ctx, q.Name, time.Now().UTC()))
}

func (d *indexDesk) runsResume(ctx context.Context, q api.RunRequest) (struct{}, error) {
	return struct{}{}, ofRun(d.rows.ResumeRun(ctx, q.Name))
}

func (d *indexDesk) runsDrop(ctx context.Context, q api.RunRequest) (struct{}, error) {
	return struct{}{}, ofRun(d.rows.DropRun(ctx, q.Name))
}

func ofRun(err error) error {
	switch {
	case errors.Is(err, store.ErrNotFound):
		return api.NotFound(err)
	case errors.Is(err, store.ErrNoReplay):
		return api.BadQuestion(err)
	}
	return err
}
