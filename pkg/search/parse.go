package search

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of a query. A person's is far below them.
const (
	maxQuery     = 4 << 10 // bytes
	maxClauses   = 64
	maxTerms     = 256 // of all clauses together
	minBeginning = 2   // characters before a "*"; fewer begin half of all words
	maxBeginning = 4   // clauses with a "*", each of which may stand for many terms
)

// Parse reads a query. All clauses must hold:
//
//	word          a word, whatever its case and accents; in scripts without
//	              spaces also any part of a text
//	word*         a word that begins so
//	"some words"  the words side by side
//	name:value    a filter, see below; a value with spaces is quoted
//	-clause       must not hold
//
// The filters are site: (a domain), lang: (a language tag), type: (such as
// NewsArticle), author: and agency: (words of a name), after: and before: (YYYY,
// YYYY-MM or YYYY-MM-DD; after: includes its first day, before: ends before its
// first day). Only what stands before the first colon in ASCII letters is taken
// for a name, so 10:30 is a word.
//
// What is said twice counts once. An error is a [SyntaxError].
func Parse(text string) (Query, error) {
	switch {
	case len(text) > maxQuery:
		return Query{}, &SyntaxError{0, fmt.Sprintf("has %d bytes, the limit is %d: search for fewer words", len(text), maxQuery)}
	case !utf8.ValidString(text):
		return Query{}, &SyntaxError{0, "is not UTF-8: send it in that encoding"}
	}
	p := parser{text: text}
	var q Query
	for p.skipSpace(); p.at < len(text); p.skipSpace() {
		start := p.at
		c, err := p.clause()
		if err != nil {
			return Query{}, err
		}
		if c.form != filtered && len(c.terms()) == 0 {
			continue // a dash, an ampersand
		}
		if slices.ContainsFunc(q.clauses, c.same) {
			continue
		}
		if len(q.clauses) == maxClauses {
			return Query{}, p.wrong(start, "one clause more than the limit of %d: search for fewer words", maxClauses)
		}
		q.clauses = append(q.clauses, c)
	}
	if len(q.clauses) == 0 {
		return Query{}, &SyntaxError{0, "names nothing to look for: give a word or a filter such as site:news.example"}
	}
	return q, q.bounded()
}

// bounded is an error for a query that would cost too much.
func (q Query) bounded() error {
	terms, beginnings := 0, 0
	for _, c := range q.clauses {
		terms += len(c.terms())
		if c.form == beginning {
			beginnings++
		}
	}
	switch {
	case terms > maxTerms:
		return &SyntaxError{0, fmt.Sprintf("has %d words, the limit is %d: search for fewer", terms, maxTerms)}
	case beginnings > maxBeginning:
		return &SyntaxError{0, fmt.Sprintf(`has %d words with "*", the limit is %d: write out the others`, beginnings, maxBeginning)}
	}
	return nil
}

// parser stands at a byte of a query.
type parser struct {
	text string
	at   int
}

// wrong is an error about the byte at.
func (p *parser) wrong(at int, format string, args ...any) error {
	return &SyntaxError{utf8.RuneCountInString(p.text[:at]) + 1, fmt.Sprintf(format, args...)}
}

func (p *parser) skipSpace() {
	p.at = len(p.text) - len(strings.TrimLeftFunc(p.text[p.at:], unicode.IsSpace))
}

// clause reads one clause, with at least one byte.
func (p *parser) clause() (clause, error) {
	var c clause
	if rest := p.text[p.at:]; len(rest) > 1 && rest[0] == '-' && rest[1] != '-' && !unicode.IsSpace(first(rest[1:])) {
		c.not = true
		p.at++
	}
	start := p.at
	if isQuote(first(p.text[p.at:])) {
		text, err := p.quoted()
		c.form, c.text = phrase, text
		return c, err
	}
	bare, err := p.bare()
	if err != nil {
		return c, err
	}
	if name, value, found := strings.Cut(bare, ":"); found && isName(name) {
		return p.filter(c, start, name, value)
	}
	c.text = bare
	if stem, star := strings.CutSuffix(bare, "*"); star {
		c.form, c.text = beginning, stem
	}
	if i := strings.IndexByte(c.text, '*'); i >= 0 {
		return c, p.wrong(start+i, `"*" stands only at the end of a word, once`)
	}
	if c.form == beginning {
		err = p.checkBeginning(start, c)
	}
	return c, err
}

func (p *parser) checkBeginning(start int, c clause) error {
	terms := c.terms()
	switch {
	case len(terms) > 1:
		return p.wrong(start, `%q is several words: a "*" follows a single one`, c.text)
	case len(terms) == 0 || utf8.RuneCountInString(terms[0]) < minBeginning && !isUnbroken(first(terms[0])):
		return p.wrong(start, `give at least %d letters before "*"`, minBeginning)
	}
	return nil
}

// filter reads a filter whose name has been read, with its value if that has
// no quotes. What ends in a colon and is no filter's name is a word.
func (p *parser) filter(c clause, start int, name, value string) (clause, error) {
	c.form, c.filter = filtered, strings.ToLower(name)
	check, known := filters[c.filter]
	quote := p.at < len(p.text) && value == "" && isQuote(first(p.text[p.at:]))
	switch {
	case !known && value == "" && !quote:
		c.form, c.filter, c.text = plain, "", name+":"
		return c, nil
	case !known:
		return c, p.wrong(start, "no filter is called %s: there are %s; put words with a colon in quotes", name, filterNames())
	case quote:
		var err error
		if value, err = p.quoted(); err != nil {
			return c, err
		}
	}
	c.text = strings.TrimSpace(value)
	if problem := check(c.text); problem != "" {
		return c, p.wrong(start, "%s: %s", c.filter, problem)
	}
	return c, nil
}

// bare reads up to a space or a quote.
func (p *parser) bare() (string, error) {
	start := p.at
	for p.at < len(p.text) {
		r, n := utf8.DecodeRuneInString(p.text[p.at:])
		if unicode.IsSpace(r) || isQuote(r) {
			break
		}
		if unicode.IsControl(r) {
			return "", p.wrong(p.at, "control character %U: leave it out", r)
		}
		p.at += n
	}
	return p.text[start:p.at], nil
}

// quoted reads a text between quotes, which are printed ones as well.
func (p *parser) quoted() (string, error) {
	open := p.at
	_, n := utf8.DecodeRuneInString(p.text[p.at:])
	p.at += n
	start := p.at
	for p.at < len(p.text) {
		r, n := utf8.DecodeRuneInString(p.text[p.at:])
		if unicode.IsControl(r) && !unicode.IsSpace(r) {
			return "", p.wrong(p.at, "control character %U: leave it out", r)
		}
		p.at += n
		if isQuote(r) {
			return p.text[start : p.at-n], nil
		}
	}
	return "", p.wrong(open, `this quote is never closed: add a " at the end of the phrase`)
}

func isQuote(r rune) bool { return strings.ContainsRune(`"“”„«»`, r) }

func isName(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return s != ""
}

func first(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
