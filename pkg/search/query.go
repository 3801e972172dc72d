package search

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Query is what somebody looks for: clauses that all hold. The zero Query is
// none; make one with [Parse].
type Query struct {
	clauses []clause
}

// clause is one condition.
type clause struct {
	not  bool
	form form
	// filter is the name of the filter, without its colon, if form is filter.
	filter string
	// text is what stands in the query, without quotes, "-", "*" or the
	// filter's name.
	text string
}

// form is a kind of clause.
type form int

const (
	plain     form = iota // a word
	beginning             // the beginning of a word: word*
	phrase                // "words side by side"
	filtered              // name:value
)

// String is the query in its plainest spelling. Parsed again it is the same
// query.
func (q Query) String() string {
	var b strings.Builder
	for i, c := range q.clauses {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(c.String())
	}
	return b.String()
}

func (c clause) String() string {
	var b strings.Builder
	if c.not {
		b.WriteByte('-')
	}
	switch c.form {
	case plain:
		b.WriteString(c.text)
	case beginning:
		b.WriteString(c.text + "*")
	case phrase:
		b.WriteString(`"` + c.text + `"`)
	case filtered:
		b.WriteString(c.filter + ":")
		if strings.ContainsFunc(c.text, unicode.IsSpace) {
			b.WriteString(`"` + c.text + `"`)
		} else {
			b.WriteString(c.text)
		}
	}
	return b.String()
}

// terms are the terms that a text must show side by side to match the clause.
func (c clause) terms() []string { return sideBySide(c.text) }

// same says whether two clauses ask for the same.
func (c clause) same(d clause) bool {
	if c.not != d.not || c.form != d.form || c.filter != d.filter {
		return false
	}
	return c.text == d.text || c.form != filtered && slices.Equal(c.terms(), d.terms())
}

// sideBySide are the terms of a text as a phrase: one for each position, ""
// where the pair before it says the character already.
func sideBySide(text string) []string {
	var terms []string
	said := 0 // the position that a pair says
	for _, w := range words(text) {
		switch {
		case w.pair:
			terms[w.position-1], said = w.term, w.position+1
		case w.position == said:
			terms = append(terms, "")
		default:
			terms = append(terms, w.term)
		}
	}
	if n := len(terms); n > 0 && terms[n-1] == "" {
		terms = terms[:n-1]
	}
	return terms
}

// SyntaxError says what is wrong with a query and what to write instead.
type SyntaxError struct {
	// At is the place in the query in characters, from 1; 0 means all of it.
	At int
	// Problem names what stands there and the remedy.
	Problem string
}

// Error is the problem with its place.
func (e *SyntaxError) Error() string {
	if e.At == 0 {
		return "query: " + e.Problem
	}
	return fmt.Sprintf("query, character %d: %s", e.At, e.Problem)
}
