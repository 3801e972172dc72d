package search

import (
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// Holds says whether a record matches the query, as the index would find it:
// for who has the record in hand and no index. Every record matches the zero
// Query.
func (q Query) Holds(a *news.Article) bool {
	if len(q.clauses) == 0 {
		return true
	}
	r := newReading(documentOf(a))
	for _, c := range q.clauses {
		if r.holds(c) == c.not {
			return false
		}
	}
	return true
}

// reading is a document whose texts are split into words when they are first
// asked for.
type reading struct {
	document
	texts map[string][]string // by the name of the field
	split map[string][][][]word
}

func newReading(d document) *reading {
	return &reading{
		document: d,
		texts: map[string][]string{
			"headline": d.Headline, "deck": d.Deck, "body": {d.Body}, "author": d.Author, "agency": d.Agency,
		},
		split: map[string][][][]word{},
	}
}

// holds is c's query of the index, answered from one document; "not" is left to
// the caller.
func (r *reading) holds(c clause) bool {
	if c.form != filtered {
		for _, w := range weights {
			if r.says(w.field, c.terms(), c.expands()) {
				return true
			}
		}
		return false
	}
	switch c.filter {
	case "site":
		return r.Site == weburl.Site("https://"+c.text)
	case "lang":
		return r.Lang == news.Language{Declared: c.text}.Primary()
	case "type":
		return r.Type == strings.ToLower(c.text)
	case "after":
		from, _ := firstDay(c.text)
		return r.Day != nil && *r.Day >= dayNumber(from)
	case "before":
		to, _ := firstDay(c.text)
		return r.Day != nil && *r.Day < dayNumber(to)
	}
	return r.says(c.filter, c.terms(), false)
}

// says whether a text of the field has the terms side by side.
func (r *reading) says(field string, terms []string, beginning bool) bool {
	texts, known := r.split[field]
	if !known {
		for _, text := range r.texts[field] {
			texts = append(texts, placesOf(words(text)))
		}
		r.split[field] = texts
	}
	for _, places := range texts {
		for at := range places {
			if _, _, ok := sideBySideAt(places[at:], terms, beginning); ok {
				return true
			}
		}
	}
	return false
}
