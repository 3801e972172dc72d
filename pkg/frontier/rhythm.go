package frontier

import (
	"fmt"
	"time"
)

// Pace bounds the time between two polls of a source.
type Pace struct {
	// Every is the interval of a source of which nothing is known.
	Every time.Duration
	// Least and Most bound what a source's own rhythm makes of it.
	Least, Most time.Duration
}

const (
	// leastEvery and mostEvery bound what an operator may ask for.
	leastEvery = 100 * time.Millisecond
	mostEvery  = 30 * 24 * time.Hour
	// quietShare of the time that nothing new came is the interval of a source
	// that is quiet: what was silent for a night is polled by the hour.
	quietShare = 10
)

// first is the interval of a new source.
func (p Pace) first(every time.Duration) time.Duration {
	if every > 0 {
		return every
	}
	return p.Every
}

// next is the interval of a source after a poll: twice as often as new items
// come, but not less than Every; and less the longer it has been quiet. asked is
// the least that the publisher wants. What an operator asked for stands.
func (p Pace) next(every, rhythm, quiet, asked time.Duration) time.Duration {
	if every > 0 {
		return every
	}
	interval := p.Every
	if rhythm > 0 {
		interval = min(interval, rhythm/2)
	}
	interval = max(interval, quiet/quietShare, asked)
	return min(max(interval, p.Least), max(p.Least, p.Most))
}

// afterFailure is the interval after some failures in a row; it doubles with
// each.
func (p Pace) afterFailure(every time.Duration, failures int) time.Duration {
	interval := p.first(every)
	most := max(interval, p.Most)
	for range failures {
		if interval >= most {
			return most
		}
		interval = min(2*interval, most)
	}
	return interval
}

// blend is the rhythm after one more gap between new items. One long silence
// does not make a rhythm.
func blend(rhythm, gap time.Duration) time.Duration {
	if rhythm == 0 {
		return gap
	}
	return rhythm + (min(gap, 4*rhythm)-rhythm)/4
}

const (
	// leastSilence is how long any source may have nothing new: over a weekend.
	leastSilence = 72 * time.Hour
	// silentBeats is how many times its usual gap a source may have nothing new.
	silentBeats = 10
	// failuresSilent is how many polls may fail in a row.
	failuresSilent = 3
)

// silence says why nothing is heard of a source, empty if all is well. A
// sitemap that another names may be one of past years: its index is judged for
// all.
func (s Source) silence(now time.Time) string {
	switch {
	case s.State != Active:
		return ""
	case s.Error != "" && s.SuccessAt.IsZero():
		return "never read: " + s.Error
	case s.Failures >= failuresSilent:
		return fmt.Sprintf("%d polls in a row failed: %s", s.Failures, s.Error)
	case s.Parent != "" && (s.Kind == "sitemap" || s.Kind == "sitemapindex"):
		return ""
	}
	last := s.NewAt
	if last.IsZero() {
		last = s.AddedAt
	}
	quiet := now.Sub(last)
	switch {
	case quiet <= max(leastSilence, silentBeats*s.Rhythm):
		return ""
	case s.Rhythm == 0:
		return "nothing new for " + inWords(quiet)
	}
	return fmt.Sprintf("nothing new for %s, usually something every %s", inWords(quiet), inWords(s.Rhythm))
}

// inWords is a time as people say it.
func inWords(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d >= 2*day:
		return fmt.Sprintf("%d days", d/day)
	case d >= 2*time.Hour:
		return fmt.Sprintf("%d hours", d/time.Hour)
	}
	return fmt.Sprintf("%d minutes", max(1, d/time.Minute))
}
