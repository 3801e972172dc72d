package stage

import (
	"context"
	"maps"
	"time"

	"github.com/copydesk/copydesk/pkg/store"
)

// standstill is a replay that waits for results.
type standstill struct {
	ended int64 // results that it had
	wait  time.Duration
	look  time.Time // not before then
}

// The waits between two looks at a replay that stands still.
const (
	againFirst = 2 * time.Second
	againMost  = time.Hour
)

// feedAgain finds the replays that wait for what does not come, because messages
// were lost on their way, and has what they have no result of handed on again.
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

// lookAgain has a replay handed on again if nothing of it is on its way.
func (a *Archiver) lookAgain(ctx context.Context, run store.RunState) error {
	if on, err := a.conn.OnTheWay(ctx, run.Run); on || err != nil {
		return err
	}
	a.log.Warn().Str("run", run.Name).Int64("captures", run.Captures).Int64("ended", run.Ended).
		Msg("a replay waits for results, and nothing of it is on its way: what has none is handed on again")
	return a.rows.FeedAgain(ctx, run.Name)
}
