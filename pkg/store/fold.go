package store

import (
	"cmp"
	"slices"

	"github.com/copydesk/copydesk/pkg/news"
)

// The fold takes events in any order, any number of times: of everything that
// competes the greatest is kept, and the greatest of a set depends on neither.

// goodness orders outcomes: where a worker died after its work and the message
// was delivered again, the better outcome is what became of the page.
// Outcomes of a newer build are behind all others.
var goodness = []news.Outcome{news.Retrying, news.Dead, news.Skipped, news.Unchanged, news.Done}

// compareLines orders events of the same visit, stage and attempt.
func compareLines(a, b news.Event) int {
	return cmp.Or(
		cmp.Compare(slices.Index(goodness, a.Outcome), slices.Index(goodness, b.Outcome)),
		a.At.Compare(b.At),
		cmp.Compare(a.Outcome, b.Outcome),
		cmp.Compare(a.Reason, b.Reason),
		cmp.Compare(a.Detail, b.Detail),
		cmp.Compare(a.CaptureID, b.CaptureID),
		cmp.Compare(a.StoryID, b.StoryID),
		cmp.Compare(a.ArticleID, b.ArticleID),
		cmp.Compare(a.DurationMS, b.DurationMS),
	)
}

// reach is how far a visit has come that has an event of a stage. One beside the
// way tells least, less than that of a newer build.
func reach(s news.Stage) int {
	if s.Beside() {
		return -2
	}
	return slices.Index(news.Stages, s)
}

// compareStandings orders the events of a visit by how well they tell where it
// stands: the furthest stage that it reached, there the best outcome, and of
// equal ones the last. A page handed on is under way at the next stage.
func compareStandings(a, b Visit) int {
	return cmp.Or(
		cmp.Compare(reach(a.Stage), reach(b.Stage)),
		cmp.Compare(slices.Index(goodness, a.Outcome), slices.Index(goodness, b.Outcome)),
		a.At.Compare(b.At),
		cmp.Compare(a.Attempt, b.Attempt),
		cmp.Compare(a.Stage, b.Stage),
		cmp.Compare(a.Outcome, b.Outcome),
		cmp.Compare(a.Reason, b.Reason),
		cmp.Compare(a.Detail, b.Detail),
	)
}

// visitOf is a visit of which one event is known.
func visitOf(e news.Event) Visit {
	v := Visit{
		VisitID: e.VisitID, URL: e.URL, Site: e.Site, FirstAt: e.At, LastAt: e.At,
		Stage: e.Stage, Attempt: e.Attempt, Outcome: e.Outcome, Reason: e.Reason, Detail: e.Detail, At: e.At,
	}
	if v.Site == "" {
		v.Site = news.NoSite
	}
	return v
}

// merge is what two parts of a visit's events tell together. Where they state
// different addresses or sites the lesser is taken: there is no better ground
// that any order would agree on.
func merge(a, b Visit) Visit {
	m := a
	if compareStandings(a, b) < 0 {
		m = b
	}
	m.URL = lesser(a.URL, b.URL, "")
	m.Site = lesser(a.Site, b.Site, news.NoSite)
	m.FirstAt, m.LastAt = a.FirstAt, a.LastAt
	if b.FirstAt.Before(m.FirstAt) {
		m.FirstAt = b.FirstAt
	}
	if b.LastAt.After(m.LastAt) {
		m.LastAt = b.LastAt
	}
	return m
}

func lesser(a, b, none string) string {
	if a == none || b != none && b < a {
		return b
	}
	return a
}
