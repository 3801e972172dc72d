package quote

import (
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
)

// hearers finds the agencies and outlets to which something was said, in a
// sentence that says so: "told Reuters", "im Gespräch mit der Hafenrundschau".
// They are where the statement comes from.
func (s *story) hearers(sent sentence, c *cue) {
	for k := sent.from; k < c.at; k++ {
		if t := &s.tokens[k]; t.is(toward) || k == sent.from && t.is(oblique) {
			s.hearersIn(sent, k, c.at, c)
			break
		}
	}
	if c.ref.from > c.at+1 {
		s.hearersIn(sent, c.at, c.ref.from, c) // сказал ТАСС капитан
	}
	s.hearersIn(sent, max(c.at, c.ref.to-1), sent.to, c)
}

// hearersIn finds those who are named behind a token and before another.
func (s *story) hearersIn(sent sentence, said, to int, c *cue) {
	for k := said + 1; k < to && k < said+longestClause; k++ {
		t := &s.tokens[k]
		if t.kind == quoted || t.kind == semicolon || t.is(verb) && !t.upper {
			return
		}
		if t.kind != word || !t.upper {
			continue
		}
		end := s.outletEnd(k, s.run(k, sent.to))
		if end == k {
			continue
		}
		if s.isOutlet(k, end) {
			if end < to && s.tokens[end].kind == word && s.isNumber(end) {
				end++ // Channel 13
			}
			r := ref{person: -1, kind: news.OriginOrganization, name: s.outletName(k, end), class: organization, from: k, to: end}
			s.because(s.resolve(&r, -1), ByHearer, where{c.at, true})
		}
		k = end - 1
	}
}

// outletEnd is where the name of an outlet ends in a run of capitalised words: in
// a language that needs no word between, somebody's name may stand behind it.
func (s *story) outletEnd(from, end int) int {
	for k := from + 1; s.lex.inflected && k < end; k++ {
		if s.tokens[k].is(firstName) {
			return k
		}
	}
	return end
}

// isOutlet says whether a run of capitalised words names an agency or an outlet.
func (s *story) isOutlet(from, to int) bool {
	for k := from; k < to; k++ {
		if s.tokens[k].is(outlet) {
			return true
		}
	}
	if from > 0 && s.tokens[from-1].block == s.tokens[from].block && s.tokens[from-1].is(outlet) {
		return true
	}
	_, ok := s.agencies.Find(s.outletName(from, to))
	return ok
}

// outletName is the name of an outlet as printed, an agency's in the nominative.
func (s *story) outletName(from, to int) string {
	name := s.phraseText(from, to)
	if s.lex.inflected && to-from == 1 {
		s.lex.nominatives(name, func(base string) bool {
			if _, ok := s.agencies.Find(base); ok && strings.HasPrefix(name, base) {
				name = base
				return false
			}
			return true
		})
	}
	return name
}
