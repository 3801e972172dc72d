package siterules

import (
	"time"

	"golang.org/x/net/html"
)

// Schema names the version of the file that this build reads.
const Schema = "siterules/1"

// Field is something that a rule says where to find.
type Field string

// The fields, named as in the record where they are of it.
const (
	Headline      Field = "headline"
	Kicker        Field = "kicker"
	Deck          Field = "deck"
	DatePublished Field = "datePublished"
	DateModified  Field = "dateModified"
	Author        Field = "author"
	// Body is the element, or all the elements, that hold the story.
	Body Field = "body"
	// LeaveOut is what is not of the story, though it stands in it.
	LeaveOut Field = "leaveOut"
)

// Fields holds every field, in the order in which they are shown.
var Fields = []Field{Headline, Kicker, Deck, DatePublished, DateModified, Author, Body, LeaveOut}

// Rule is where a site has what, from a day on.
type Rule struct {
	// Site is a host; the rule holds for the hosts below it too.
	Site string
	// Since is the first moment of pages' fetches that it holds for, Until the
	// first that it does not; a zero Until is none.
	Since, Until time.Time
	// Selectors are tried in order for a field of which there is one.
	Selectors map[Field][]Selector
	// Line is where the rule begins in its file.
	Line int
}

// Name tells the rule from the others of its set: "news.example@2026-04-01".
func (r *Rule) Name() string { return r.Site + "@" + r.Since.Format(time.DateOnly) }

// holds says whether the rule is for pages fetched at that time. Of a page whose
// time is not known it is the rule that has no end.
func (r *Rule) holds(at time.Time) bool {
	if at.IsZero() {
		return r.Until.IsZero()
	}
	return !at.Before(r.Since) && (r.Until.IsZero() || at.Before(r.Until))
}

// overlaps says whether there is a time at which both rules hold.
func (r *Rule) overlaps(o *Rule) bool {
	return (o.Until.IsZero() || r.Since.Before(o.Until)) && (r.Until.IsZero() || o.Since.Before(r.Until))
}

// Selector is a compiled CSS selector.
type Selector struct {
	Text  string
	match func(*html.Node) bool
}

// Matches says whether it selects the element.
func (s Selector) Matches(n *html.Node) bool { return s.match(n) }
