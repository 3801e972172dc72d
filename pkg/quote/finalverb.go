package quote

import (
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
)

// firstSubject finds the subject of a verb that ends its sentence: right behind
// a verb that follows a quotation, or else what opens the sentence.
func (s *story) firstSubject(sent sentence, c *cue) bool {
	verbAt := c.at
	for verbAt > sent.from && s.tokens[verbAt-1].is(adverb) {
		verbAt--
	}
	if s.behindQuotation(verbAt) || endsIn(s.word(c.end-1), s.lex.sayers) {
		if c.ref, c.ok = s.rightSayer(sent, c.end); c.ok {
			return true
		}
	}
	c.before = true
	for _, m := range s.mentionsBetween(sent.from, c.at) {
		if !strings.ContainsAny(s.word(m.at), "'’") {
			c.ref, c.ok = ref{person: m.person, kind: news.OriginPerson, from: m.at, to: m.at + 1}, true
			return true
		}
	}
	for k := sent.from + 1; k < c.at && k < sent.from+longestClause && s.tokens[k].kind == word; k++ {
		if s.tokens[k].is(author) {
			// Bakanlıktan yapılan açıklamada belirtildi.
			if r, ok := s.phrase(sent.from, k); ok && r.class&organization != 0 {
				c.ref, c.ok = r, true
				return true
			}
		}
	}
	end := sent.from
	for end < c.at && end < sent.from+longestClause && s.tokens[end].kind == word && !s.tokens[end].is(preposition|conjunction) {
		end++
	}
	start := s.behindPlaces(sent.from, end)
	for k := end; k > start && !c.ok; k-- {
		if s.tokens[k-1].class&(role|organization|document|crowd) != 0 && (!s.tokens[k-1].is(oblique) || s.tokens[k-1].is(document) && s.tokens[c.at].is(weakVerb)) || s.tokens[k-1].upper && k-start < 4 {
			c.ref, c.ok = s.phrase(start, k)
			break
		}
	}
	c.follow = !c.ok
	return true
}

// rightSayer is who stands behind a verb at the token: at once, or as the name
// that a role and what it is of lead to: "diyen derneğin başkanı Jane Doe".
func (s *story) rightSayer(sent sentence, from int) (ref, bool) {
	for k := from; k < sent.to && k < from+longestRole && s.tokens[k].kind == word; k++ {
		if s.tokens[k].is(verb | weakVerb | conjunction) {
			break
		}
		end := s.run(k, sent.to)
		if end == k {
			continue
		}
		if at, _ := s.nameIn(k, end); at < end {
			if p := s.known(at, end); p >= 0 && !strings.ContainsAny(s.word(end-1), "'’") {
				return ref{person: p, kind: news.OriginPerson, from: k, to: end}, true
			}
		}
		k = end - 1
	}
	return s.rightPhrase(sent, from)
}
