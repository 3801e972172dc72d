package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// match is a place in a text where a clause holds.
type match struct {
	start, end int // bytes
	clause     int
}

// maxMatches is how many places of one clause are looked at: nobody reads a text
// for the ten thousandth.
const maxMatches = 2000

// matches are the places in text where clauses of words hold, in order.
func (q Query) matches(text string) []match {
	places := placesOf(words(text))
	var found []match
	for i, c := range q.clauses {
		if c.not || c.form == filtered {
			continue
		}
		terms := c.terms()
		enough := len(found) + maxMatches
		for at := 0; at < len(places) && len(found) < enough; at++ {
			if start, end, ok := sideBySideAt(places[at:], terms, c.form == beginning); ok {
				found = append(found, match{start, end, i})
			}
		}
	}
	slices.SortFunc(found, func(a, b match) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end), cmp.Compare(a.clause, b.clause))
	})
	return found
}

// placesOf groups words by their position; those of one stand together.
func placesOf(all []word) [][]word {
	var places [][]word
	for from := 0; from < len(all); {
		to := from + 1
		for to < len(all) && all[to].position == all[from].position {
			to++
		}
		places = append(places, all[from:to])
		from = to
	}
	return places
}

// sideBySideAt says whether terms stand at the beginning of places, and where.
func sideBySideAt(places [][]word, terms []string, beginning bool) (start, end int, ok bool) {
	if len(terms) > len(places) {
		return 0, 0, false
	}
	for i, term := range terms {
		if term == "" {
			continue
		}
		n := slices.IndexFunc(places[i], func(w word) bool {
			return w.term == term || beginning && strings.HasPrefix(w.term, term)
		})
		if n < 0 {
			return 0, 0, false
		}
		end = places[i][n].end
	}
	return places[0][0].start, end, true
}

// cut is the last place at or before byte n where a character begins, or n
// itself where none does, as in what is no UTF-8.
func cut(text string, n int) int {
	if n >= len(text) {
		return len(text)
	}
	for at := n; at >= 0 && n-at < utf8.UTFMax; at-- {
		if utf8.RuneStart(text[at]) {
			return at
		}
	}
	return n
}

// afterSpace is the first place at or after byte n where a word begins, or a
// character where no word does in reach.
func afterSpace(text string, n, reach int) int {
	if n <= 0 {
		return 0
	}
	n = cut(text, n)
	near := text[n:cut(text, n+reach)]
	space := strings.IndexFunc(near, unicode.IsSpace)
	if space < 0 {
		return n
	}
	return n + len(near) - len(strings.TrimLeftFunc(near[space:], unicode.IsSpace))
}

// beforeSpace is the last place at or before byte n where a word ends, or a
// character where no word does in reach.
func beforeSpace(text string, n, reach int) int {
	if n >= len(text) {
		return len(text)
	}
	n = cut(text, n)
	from := cut(text, max(0, n-reach))
	space := strings.LastIndexFunc(text[from:n], unicode.IsSpace)
	if space < 0 {
		return n
	}
	return from + len(strings.TrimRightFunc(text[from:from+space], unicode.IsSpace))
}
