package stream

import (
	"time"

	"github.com/copydesk/copydesk/pkg/news"
)

// Observer is told of what passes, for metrics. It is called from many
// goroutines and must not wait. A hint, not the truth: that is in the events.
type Observer interface {
	// Taken says how many messages a stage took into hand; it is negative for
	// those that are in hand no longer.
	Taken(stage news.Stage, messages int)
	// Settled says what a stage made of a message that its event was told of,
	// and how long it was in hand.
	Settled(stage news.Stage, outcome news.Outcome, reason news.Reason, took time.Duration)
	// Paused says whether messages of a stream are held back from now on,
	// because its reader is far behind.
	Paused(stream string, is bool)
}

// unobserved is the [Observer] of who wants none.
type unobserved struct{}

func (unobserved) Taken(news.Stage, int)                                        {}
func (unobserved) Settled(news.Stage, news.Outcome, news.Reason, time.Duration) {}
func (unobserved) Paused(string, bool)                                          {}
