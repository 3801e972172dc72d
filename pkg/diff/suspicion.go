package diff

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// weights say how much is lost where a field goes wrong, from 0 to 1. What is not
// here counts half.
var weights = map[string]float64{
	"headline": 1, "articleBody": 1, "body": 0.95, "datePublished": 0.9, "author": 0.9, "storyId": 0.9,
	"byline": 0.8, "deck": 0.7, "infoSources": 0.7, "dateline": 0.7, "kicker": 0.6, "type": 0.6, "isWireCopy": 0.6,
	"quotations": 0.4, "wordCount": 0.2, "quotationShare": 0.2, "description": 0.3, "citations": 0.3,
}

const usualWeight = 0.5

// measures are fields that are numbers, and follow from others.
var measures = []string{"wordCount", "quotationShare"}

// How suspicious it is that a value is gone, came, or is another, beside one
// another.
const (
	gone = 1.0
	came = 0.4
	// moved is for a value all of whose words are others; fewer words, less.
	moved = 0.7
	// shrunk is added to that for a text that lost more than it got.
	shrunk = 0.3
)

// suspicion says how much a change of a field looks like a fault, and why.
func suspicion(name, before, after string, spans []Span) (float64, string) {
	weight, ok := weights[name]
	if !ok {
		weight = usualWeight
	}
	same, out, in := counts(spans)
	switch {
	case after == "":
		return weight * gone, "is gone"
	case before == "":
		return weight * came, "is new"
	}
	share := float64(out+in) / float64(max(2*same+out+in, 1))
	if slices.Contains(measures, name) {
		share = apartBy(before, after)
	}
	s := float64(moved * max(share, 0.05))
	if lost := float64(out-in) / float64(max(same+out, 1)); lost > 0 {
		s += float64(shrunk * lost)
	}
	return weight * s, reason(same, out, in)
}

// apartBy is how far two numbers lie apart, as a share of the greater: all of it
// where they are none.
func apartBy(before, after string) float64 {
	a, errBefore := strconv.ParseFloat(before, 64)
	b, errAfter := strconv.ParseFloat(after, 64)
	if share := math.Abs(b-a) / max(math.Abs(a), math.Abs(b)); errBefore == nil && errAfter == nil && share <= 1 {
		return share
	}
	return 1
}

func reason(same, out, in int) string {
	percent := func(n, of int) string { return fmt.Sprintf("%.0f %%", 100*float64(n)/float64(max(of, 1))) }
	switch {
	case in == 0 && out > 0:
		return "lost " + percent(out, same+out) + " of its words"
	case out == 0 && in > 0:
		return "has " + percent(in, same) + " more words"
	case same == 0:
		return "is another"
	}
	return "has " + percent(in, same+in) + " other words"
}

// counts counts words.
func counts(spans []Span) (same, out, in int) {
	for _, s := range spans {
		n := len(wordsOf(s.Text))
		switch s.Op {
		case Same:
			same += n
		case Out:
			out += n
		case In:
			in += n
		}
	}
	return same, out, in
}

func bySuspicion(fields []Field) {
	slices.SortStableFunc(fields, func(a, b Field) int { return cmp.Compare(b.Suspicion, a.Suspicion) })
}

const (
	// context is how many words are kept on each side of a change.
	context = 8
	// mostShown of one span and mostSpans of one field are kept, in bytes and in
	// number.
	mostShown = 600
	mostSpans = 24
)

// around is what is kept of a text: the words that differ and some around them.
func around(spans []Span) []Span {
	var kept []Span
	for i, s := range spans {
		if len(kept) >= mostSpans {
			return append(kept, Span{Op: Skip})
		}
		if s.Op != Same {
			kept = append(kept, Span{s.Op, begin(s.Text)})
			continue
		}
		words := wordsOf(s.Text)
		head, tail := context, context
		if i == 0 {
			head = 0
		}
		if i == len(spans)-1 {
			tail = 0
		}
		if len(words) <= head+tail {
			kept = append(kept, s)
			continue
		}
		if head > 0 {
			kept = append(kept, Span{Same, begin(strings.Join(words[:head], ""))})
		}
		kept = append(kept, Span{Op: Skip})
		if tail > 0 {
			kept = append(kept, Span{Same, begin(strings.Join(words[len(words)-tail:], ""))})
		}
	}
	return kept
}

// begin is as much of a text as is shown.
func begin(text string) string {
	if len(text) <= mostShown {
		return text
	}
	return strings.ToValidUTF8(text[:mostShown], "") + "…"
}
