package extract

import (
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"

	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/when"
)

// stampAttrs are where an element whose text tells no date, or one from today
// ("yesterday"), states it for its scripts or for the pointer.
var stampAttrs = [...]string{"datetime", "data-datetime", "data-date", "data-timestamp", "data-time", "data-utime", "data-published", "data-pubdate", "title"}

// longestStamp bounds a title that is nothing but a date.
const longestStamp = 60

// stampReach is how far outside an element its stamp may stand.
const stampReach = 2

// stampOf is the date that an element or those just around it state in an
// attribute, "" if none.
func (s *story) stampOf(at int32) string {
	for up := 0; at >= 0 && up <= stampReach; up++ {
		n := s.els[at].node
		for _, key := range stampAttrs {
			v := attr(n, key)
			if v == "" || len(v) > longestStamp {
				continue
			}
			if m, ok := when.Parse(v, s.order); ok && len(m.Raw)*2 > len(v) {
				return v
			}
		}
		at = s.els[at].parent
	}
	return ""
}

// partsOf is the text of an element with a space between any two of its parts:
// day, month and year are set apart by style only.
func partsOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
			b.WriteByte(' ')
		}
	}
	return prose.Squash(b.String())
}

// otherWords stand before dates that say since or until when something holds.
// Folded.
var otherWords = prose.FoldAll("joined", "registered", "member since", "registriert", "mitglied seit", "dabei seit", "inscrit le", "membre depuis", "miembro desde", "iscritto dal", "lid sinds",
	"since", "until", "till", "valid", "valid from", "expires", "expires on", "deadline", "seit", "seit dem", "ab", "ab dem", "bis", "bis zum", "gültig ab", "geboren am", "born", "born on", "kundenbewertung", "kundenbewertung vom", "bewertung vom", "customer review", "reviewed on",
	"desde", "desde el", "hasta", "hasta el", "até", "depuis le", "jusqu'au", "à partir du", "dal", "fino al", "sinds", "tot", "vanaf", "до")

// saysOther says whether the one to three words just before a date make it one of
// something else than the story.
func saysOther(before string) bool {
	fields := strings.Fields(prose.Tail(before, 40))
	name := ""
	for i := len(fields) - 1; i >= max(0, len(fields)-3); i-- {
		name = prose.Fold(fields[i]) + name
		if slices.Contains(otherWords, name) {
			return true
		}
	}
	return false
}

// storyBox is the smallest element that holds both headline and body, -1 where
// one of them is not known.
func (s *story) storyBox() int32 {
	if s.head < 0 || s.root < 0 {
		return -1
	}
	at := s.head
	for at >= 0 && !s.within(s.root, at) {
		at = s.els[at].parent
	}
	return at
}

// inMasthead says whether an element stands before the headline and outside the
// story.
func (s *story) inMasthead(at, box int32) bool {
	return at < s.head && (s.out[at] || s.els[at].around&hintFurniture != 0 || box >= 0 && !s.within(at, box))
}

// isToday says whether a date is that of the fetch, as clocks in mastheads show.
func (s *story) isToday(m when.Moment) bool {
	return !s.in.FetchedAt.IsZero() && s.in.FetchedAt.Sub(m.Time()).Abs() < 36*time.Hour
}

// todayNames are the names of elements that show the day on which the page is
// read.
var todayNames = []string{"today", "todaydate", "today-date", "todays-date", "date-today", "todayis", "currentdate", "current-date", "current_date", "nowdate", "date-now"}

// tellsToday says whether an element or the one around it is named so.
func (s *story) tellsToday(at int32) bool {
	for up := 0; at >= 0 && up <= 1; up++ {
		for _, key := range [...]string{"class", "id"} {
			for name := range strings.FieldsSeq(attr(s.els[at].node, key)) {
				if slices.Contains(todayNames, strings.ToLower(name)) {
					return true
				}
			}
		}
		at = s.els[at].parent
	}
	return false
}
