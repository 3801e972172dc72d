package stage

import (
	"context"
	"maps"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
)

// standstill is a run that waits for what comes of its captures.
type standstill struct {
	ended int64 // how far it was
	wait  time.Duration
	look  time.Time // not before then
}

// The waits between two looks at a run that stands still.
const (
	againFirst = 2 * time.Second
	againMost  = time.Hour
)

// feedAgain finds the runs that wait for what does not come, because messages were
// lost on their way, and has handed on again what has no result, or is at no end.
// Only those are looked at that have stood still for a while.
func (a *Archiver) feedAgain(ctx context.Context, still map[string]*standstill) error {
	runs, err := a.rows.StandingRuns(ctx)
	if err != nil {
		return err
	}
	standing := map[string]bool{}
	for _, run := range runs {
		standing[run.Name] = true
		if s := still[run.Name]; s == nil || s.ended != run.Ended {
			still[run.Name] = &standstill{ended: run.Ended, wait: againFirst, look: time.Now().Add(againFirst)}
		} else if time.Now().After(s.look) {
			s.wait = min(2*s.wait, againMost)
			s.look = time.Now().Add(s.wait)
			if err := a.lookAgain(ctx, run); err != nil {
				return err
			}
		}
	}
	maps.DeleteFunc(still, func(name string, _ *standstill) bool { return !standing[name] })
	return nil
}

// lookAgain has a run handed on again if nothing of it is on its way.
func (a *Archiver) lookAgain(ctx context.Context, run store.Standing) error {
	if on, err := a.conn.OnTheWay(ctx, run.Run); on || err != nil {
		return err
	}
	a.log.Warn().Str("run", run.Name).Str("kind", string(run.Kind)).
		Msg("a run waits, and nothing of it is on its way: what nothing came of is handed on again")
	if run.Replays() {
		return a.rows.FeedAgain(ctx, run.Name)
	}
	return a.feedUnended(ctx, run.Run)
}

// feedUnended hands on again what of an import is at no end.
func (a *Archiver) feedUnended(ctx context.Context, run news.Run) error {
	for after := int64(0); ; {
		captures, last, err := a.rows.Unended(ctx, run.Name, after, feedBatch)
		if err != nil || len(captures) == 0 {
			return err
		}
		if err := a.handOn(ctx, run, captures); err != nil {
			return err
		}
		after = last
	}
}
