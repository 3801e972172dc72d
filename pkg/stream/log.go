package stream

import (
	"time"

	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/news"
)

// The keys of the log line that each stage writes for each page.
const (
	logStage    = "stage"
	logOutcome  = "outcome"
	logReason   = "reason"
	logAttempt  = "attempt"
	logURL      = "url"
	logVisit    = "visit"
	logDuration = "took"
	logDetail   = "detail"
)

// logEvent says what became of a page: an error where somebody should look, a
// warning where it will be tried again.
func (c *Conn) logEvent(e news.Event) {
	level := zerolog.InfoLevel
	switch e.Outcome {
	case news.Dead:
		level = zerolog.ErrorLevel
	case news.Retrying:
		level = zerolog.WarnLevel
	}
	line := c.log.WithLevel(level).
		Str(logStage, string(e.Stage)).
		Str(logOutcome, string(e.Outcome)).
		Int(logAttempt, e.Attempt).
		Str(logURL, e.URL).
		Str(logVisit, e.VisitID).
		Dur(logDuration, time.Duration(e.DurationMS)*time.Millisecond)
	if e.Reason != "" {
		line = line.Str(logReason, string(e.Reason))
	}
	if e.Detail != "" {
		line = line.Str(logDetail, e.Detail)
	}
	line.Msg("page")
}
