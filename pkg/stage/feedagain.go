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
	ended int64     // how far it was
	look  time.Time // not before then

	// The last wait for what is on its way, and the last after it was handed on again.
	onItsWay, again time.Duration
}

// The waits between two looks at a run that stands still: the first, and the longest
// while something of it is on its way, and when it was handed on again in vain.
const (
	lookFirst = 2 * time.Second
	lookMost  = time.Minute
	againMost = time.Hour
)

func newStandstill(ended int64, now time.Time) *standstill {
	return &standstill{ended: ended, look: now.Add(lookFirst), onItsWay: lookFirst, again: lookFirst}
}

// looked says what a look found: the next is later each time.
func (s *standstill) looked(onItsWay bool, now time.Time) {
	wait, most := &s.again, againMost
	if onItsWay {
		wait, most = &s.onItsWay, lookMost
	}
	*wait = min(2**wait, most)
	s.look = now.Add(*wait)
}

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
			still[run.Name] = newStandstill(run.Ended, time.Now())
		} else if time.Now().After(s.look) {
			on, err := a.lookAgain(ctx, run)
			s.looked(on || err != nil, time.Now())
			if err != nil {
				return err
			}
		}
	}
	maps.DeleteFunc(still, func(name string, _ *standstill) bool { return !standing[name] })
	return nil
}

// lookAgain has a run handed on again unless something of it is on its way.
func (a *Archiver) lookAgain(ctx context.Context, run store.Standing) (onItsWay bool, err error) {
	if on, err := a.conn.OnTheWay(ctx, run.Run); on || err != nil {
		return on, err
	}
	a.log.Warn().Str("run", run.Name).Str("kind", string(run.Kind)).
		Msg("a run waits, and nothing of it is on its way: what nothing came of is handed on again")
	if run.Replays() {
		return false, a.rows.FeedAgain(ctx, run.Name)
	}
	return false, a.feedUnended(ctx, run.Run)
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
