package service

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/search"
	"github.com/copydesk/copydesk/pkg/siterules"
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
	if !d.archives {
		return store.RunState{}, api.BadQuestion(errNoArchive)
	}
	replay, err := newReplay(q)
	if err != nil {
		return store.RunState{}, api.BadQuestion(err)
	}
	where, err := search.Parse(q.Question.Where)
	if err != nil && q.Question.Where != "" {
		return store.RunState{}, api.BadQuestion(err)
	}
	if replay.Beside, err = d.extractor(ctx); err != nil {
		return store.RunState{}, err
	}
	if err := chooseMaker(&replay, q.Extractor); err != nil {
		return store.RunState{}, api.BadQuestion(err)
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

// chooseMaker says what makes the records: the desk's extractor, or another one
// beside it, with the rules of the replay.
func chooseMaker(r *store.Replay, other *store.Maker) error {
	r.MadeBy = r.Beside
	if other != nil {
		r.MadeBy, r.Outside = *other, true
		r.MadeBy.Warnings = nil
	}
	switch {
	case r.BringsRules():
		r.MadeBy.Rules = r.Run.Rules
	case r.Run.Rules == news.NoRules:
		r.MadeBy.Rules = ""
	case other != nil && r.Beside.Rules != "":
		return fmt.Errorf("the desk's extractors have site rules (%s), which another one does not see: give it their file with --rules, or --rules off", r.Beside.Rules)
	}
	return nil
}

// newReplay is the replay that is asked for, but for who makes it.
func newReplay(q api.ReplayRequest) (store.Replay, error) {
	r := store.Replay{
		Run:      news.Run{Name: q.Name, Kind: news.RunReplay, BegunAt: time.Now().UTC()},
		Question: q.Question, Rules: q.Rules,
	}
	switch {
	case q.Name == api.TheIndex:
		return r, fmt.Errorf("the run's name %q: is that of what replays are compared with: choose another", q.Name)
	case q.NoRules && q.Rules != nil:
		return r, errors.New("a replay with site rules and without: choose one")
	case len(q.Rules) > api.RulesLimit:
		return r, fmt.Errorf("site rules of %d bytes: a replay may bring %d", len(q.Rules), api.RulesLimit)
	case q.NoRules:
		r.Run.Rules = news.NoRules
	case q.Rules != nil:
		set, err := siterules.Parse("site rules", q.Rules)
		if err != nil {
			return r, err
		}
		r.Run.Rules = set.Digest()
	}
	return r, errors.Join(r.Check(), checkQuestion(q.Question.At(r.BegunAt)))
}

func checkQuestion(q store.ReplayQuestion) error {
	if q.Sample < 0 {
		return fmt.Errorf("a sample of %d: must be more than 0, or 0 for all", q.Sample)
	}
	if !q.From.IsZero() && !q.Until.IsZero() && !q.From.Before(q.Until) {
		return fmt.Errorf("from %s to %s is no time: the first must be before the second", q.From.Format(time.RFC3339), q.Until.Format(time.RFC3339))
	}
	return nil
}

// extractor is the desk's own, as it makes records now.
func (d *indexDesk) extractor(ctx context.Context) (store.Maker, error) {
	var reply api.StatusReply
	if err := d.conn.Request(ctx, api.Status("extractor"), struct{}{}, &reply); err != nil {
		return store.Maker{}, fmt.Errorf("ask the extractor for its version: %w", err)
	}
	if reply.Extraction == nil {
		return store.Maker{}, errors.New("the extractor does not say its version: it is an older build")
	}
	return store.Maker{Extraction: *reply.Extraction, Build: reply.Build}, nil
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
