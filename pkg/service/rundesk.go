package service

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/copydesk/copydesk/pkg/api"
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
	err := d.rows.BeginRun(ctx, q.Run)
	if errors.Is(err, store.ErrOtherRun) {
		err = api.BadQuestion(err)
	}
	return struct{}{}, err
}

// runsTold is how many runs the status tells of.
const runsTold = 3

// lastRuns are the runs that were begun last.
func (d *indexDesk) lastRuns(ctx context.Context) ([]store.RunState, error) {
	all, err := d.rows.Runs(ctx)
	if err != nil {
		return nil, err
	}
	last := all[max(0, len(all)-runsTold):]
	for i, run := range last {
		if last[i].Outcomes, err = d.rows.RunOutcomes(ctx, run.Name); err != nil {
			return nil, err
		}
	}
	return last, nil
}

// runsList tells how far runs are.
func (d *indexDesk) runsList(ctx context.Context, q api.RunsListRequest) (api.RunsListReply, error) {
	all, err := d.rows.Runs(ctx)
	if err != nil || q.Name == "" {
		return api.RunsListReply{Runs: all}, err
	}
	for _, run := range all {
		if run.Name == q.Name {
			run.Outcomes, err = d.rows.RunOutcomes(ctx, run.Name)
			return api.RunsListReply{Runs: []store.RunState{run}}, err
		}
	}
	return api.RunsListReply{}, api.NotFound(fmt.Errorf("no run is called %q", q.Name))
}
