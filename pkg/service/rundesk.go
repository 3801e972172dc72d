package service

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
)

// errNoArchive is returned where a run needs the archive.
var errNoArchive = errors.New("the indexer keeps no archive (setting archive-off): there is nowhere to import to")

// runsBegin begins a run.
func (d *indexDesk) runsBegin(ctx context.Context, q api.RunsBeginRequest) (struct{}, error) {
	if !d.archives {
		return struct{}{}, api.BadQuestion(errNoArchive)
	}
	if err := q.Run.Check(); err != nil {
		return struct{}{}, api.BadQuestion(err)
	}
	q.Run.BegunAt = time.Now().UTC()
	err := d.rows.BeginRun(ctx, q.Run, q.Sending)
	if errors.Is(err, store.ErrOtherRun) {
		err = api.BadQuestion(err)
	}
	return struct{}{}, err
}

// What the status tells of runs: of so many, and what came of the captures of an
// import that has no more of them than are counted in a moment.
const (
	runsTold    = 3
	mostCounted = 50_000
)

// lastRuns are the runs that were begun last.
func (d *indexDesk) lastRuns(ctx context.Context) ([]store.RunState, error) {
	last, err := d.rows.LastRuns(ctx, runsTold)
	if err != nil {
		return nil, err
	}
	for i, run := range last {
		if run.Kind == news.RunReplay || run.Captures > mostCounted {
			continue
		}
		if last[i].Outcomes, err = d.rows.RunOutcomes(ctx, run.Name); err != nil {
			return nil, err
		}
	}
	return last, nil
}

// runsList tells how far runs are.
func (d *indexDesk) runsList(ctx context.Context, q api.RunsListRequest) (api.RunsListReply, error) {
	if q.Name == "" {
		all, err := d.rows.Runs(ctx)
		return api.RunsListReply{Runs: append([]store.RunState{}, all...)}, err // which is no null in JSON
	}
	run, err := d.run(ctx, q.Name)
	if err == nil {
		run.Outcomes, err = d.rows.RunOutcomes(ctx, q.Name)
	}
	if err == nil && run.Outcomes[news.Dead] > 0 {
		run.Deaths, err = d.rows.RunDeaths(ctx, q.Name)
	}
	if err != nil {
		return api.RunsListReply{}, err
	}
	return api.RunsListReply{Runs: []store.RunState{run}}, nil
}

func (d *indexDesk) run(ctx context.Context, name string) (store.RunState, error) {
	return stateOf(ctx, d.rows, name)
}

// stateOf is how far one run is, without what came of its captures.
func stateOf(ctx context.Context, rows *store.Store, name string) (store.RunState, error) {
	run, err := rows.Run(ctx, name)
	if errors.Is(err, store.ErrNotFound) {
		err = api.NotFound(fmt.Errorf("no run is called %q", name))
	}
	return run, err
}
