package quote

import (
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
)

// longestPhrase is how many words a source without a name has at most.
const longestPhrase = 12

// unnamed reads a phrase without a person's name: an organisation, a document,
// people by what they are, somebody by his role.
func (s *story) unnamed(from, to int) (ref, bool) {
	r := ref{person: -1, from: from, to: to}
	if to-from > longestPhrase {
		return r, false
	}
	start := from
	t := &s.tokens[from]
	if t.is(definite) && to-from > 1 {
		r.definite = true
		start++
	}
	// Sweden's coach.
	if t.kind == word && t.upper && to-from > 1 && (isGenitive(s.word(from)) || (s.lex.nouns || s.lex.enclitic) && strings.HasSuffix(s.word(from), "s")) {
		r.definite = true
	}
	// The head is the last word before the first preposition, or what is
	// known as a noun there.
	head, known := start, false
	for k := start; k < to; k++ {
		n := &s.tokens[k]
		if k > start && (n.kind != word || n.is(link|preposition|who) || s.lex.nouns && n.is(article)) {
			break
		}
		if is := n.is(role | crowd | organization | document); is && !(known && (s.lex.caseless || s.lex.inflected)) || !known {
			head, known = k, is
		}
	}
	if s.lex.nouns && !s.isNounPhrase(start, to) {
		return r, false
	}
	r.definite = r.definite || s.lex.enclitic && !t.is(article) && s.isDefinite(head)
	r.definite = r.definite || s.lex.caseless && strings.HasPrefix(s.word(from), "ال")
	r.definite = r.definite || !s.lex.articles && !s.lex.caseless && head == from && s.tokens[head].is(role) && !s.tokens[head].is(crowd)
	upper := false
	if t.is(he|she|it|they) && !t.is(article) {
		return r, false
	}
	for k := start + 1; k+1 < to && !s.lex.nouns; k++ {
		if s.tokens[k].is(conjunction) && s.tokens[k-1].upper && s.known(start, k) >= 0 {
			return s.unnamed(k+1, to) // Doe and other leaders
		}
	}
	for k := start; k < to; k++ {
		n := &s.tokens[k]
		if s.lex.articles && !s.lex.nouns && k > start && n.is(article) && n.kind == word && !n.upper && s.tokens[k-1].class == 0 && !s.tokens[k-1].upper {
			return r, false // Doe conducted a survey
		}
		upper = upper || n.upper && k <= head && (k > start || !s.beginsSentence(k) || n.class == 0)
		if n.is(verb|weakVerb|auxiliary|passive|pronoun|negation) && !n.upper && !n.is(role|crowd|organization|document) && !(n.is(preposition) && known && k > head) || n.is(calendar) && k == head {
			return r, false
		}
	}
	if s.lex.nouns {
		for k := head + 1; k < to; k++ {
			if t := &s.tokens[k]; t.upper && t.is(common) && s.tokens[k-1].is(organization) && !s.tokens[k-1].is(common) {
				to, r.to = k, k // gab das Unternehmen Investoren bekannt
				break
			}
		}
	}
	r.class = s.tokens[head].class & (role | title | crowd | organization | document)
	if r.class == 0 {
		for k := head; k >= start && r.class == 0; k-- {
			if s.tokens[k].upper || s.lex.nouns {
				r.class = s.tokens[k].class & (organization | document)
			}
		}
	}
	if r.class == 0 && to-start > 1 && s.tokens[start].is(calendar) || r.class == 0 && to-start > 2 && s.tokens[start+1].is(calendar) {
		return r, false // a March 3
	}
	if r.class == 0 && r.definite && to-start == 1 && s.isPersonal(head) {
		r.class = role // der Hamburger, die Insulanerin
	}
	if r.class == 0 && (!upper || r.definite && !s.tokens[head].upper && !s.leadsToName(head+1, to)) {
		r.vague = r.definite
		return r, r.definite
	}
	if r.class == 0 && (s.tokens[head].is(common) || s.tokens[from].is(pronoun)) {
		return r, false
	}
	if r.class == 0 && s.lex.nouns && s.isThing(start, head, to) {
		return r, false
	}
	if w := s.lower(head); r.class == 0 && s.lex.nouns && !r.definite && to-from == 1 && s.people.common[w] > 0 && s.people.bare[w] <= s.people.common[w] {
		return r, false // a noun like any other
	}
	if r.class != 0 && (s.lex.nouns || r.class&organization != 0) {
		for k := head + 1; k < to; k++ {
			if s.tokens[k].is(preposition) && !s.tokens[k].is(link|local) && (s.lex.nouns || !s.tokens[head].upper || k+1 < to && !s.tokens[k+1].upper) {
				to, r.to = k, k // the ministry on request
				break
			}
		}
	}
	if s.lex.caseless && r.class&(organization|document) != 0 {
		to = s.goesOnFor(to)
		r.to = to
	}
	if r.class&document != 0 && !s.lex.inflected {
		if k := head + 1; k < to && !s.tokens[k].upper && (s.tokens[k].class == 0 || s.lex.twofold && s.tokens[k].is(preposition) && !s.tokens[k].is(link|author)) {
			to, r.to = k, k // a report published today
		}
	}
	r.kind = kindOf(r.class)
	if name, ok := s.speaksFor(from, head); ok {
		r.kind, r.name = news.OriginOrganization, name
		return r, true
	}
	if r.class == 0 && s.looksNamed(from, to) {
		r.kind = news.OriginPerson
	}
	if r.class&role == 0 {
		r.name = s.phraseText(start, to)
	} else {
		r.name = s.phraseText(from, to)
	}
	if r.class&(organization|crowd) != 0 && t.is(indefinite) {
		r.name = s.phraseText(from, to)
	}
	r.name = s.lex.nominative(r.name)
	return r, strings.TrimSpace(r.name) != ""
}

// speaksFor is the organisation for which somebody without a name speaks, whose
// word is the token: "a Fisheries Ministry spokesman".
func (s *story) speaksFor(from, at int) (name string, ok bool) {
	if s.tokens[from].is(article) {
		from++
	}
	if from >= at || !s.tokens[at].is(voice) || !s.tokens[at-1].is(organization) || !s.allName(from, at) {
		return "", false
	}
	return s.phraseText(from, at), true
}

// isThing says whether a noun that is not known is that of a thing: an
// adjective stands before it, or whose it is behind, and the story has it with
// an article.
func (s *story) isThing(start, head, to int) bool {
	if w := s.lower(head); s.people.bare[w] > s.people.common[w] || isAcronym(s.word(head)) {
		return false
	}
	whose := false
	for k := head + 1; k < to; k++ {
		if s.tokens[k].is(organization) && s.tokens[k].upper {
			return false // the hotline of the ministry
		}
		whose = whose || s.tokens[k].is(article)
	}
	return whose || start < head && !s.tokens[start].upper && s.tokens[start].class == 0
}

// isPersonal says whether a noun that is not known may tell what somebody is,
// by its ending; one that the story has without an article is a name.
func (s *story) isPersonal(i int) bool {
	w := s.lower(i)
	if s.tokens[i].class != 0 || s.people.bare[w] > 0 {
		return false
	}
	for _, end := range s.lex.personal {
		if strings.HasSuffix(w, end) && len(w) > len(end)+3 {
			return true
		}
	}
	return false
}

// isDefinite says whether a noun ends with its article: treneren, bolaget.
func (s *story) isDefinite(i int) bool {
	if s.tokens[i].class&(role|organization|document|crowd) == 0 && s.tokens[i].class != 0 {
		return false
	}
	w := s.lower(i)
	for _, end := range [...]string{"en", "et", "an", "na", "ne", "n"} {
		if strings.HasSuffix(w, end) && len(w) > 5 {
			return true
		}
	}
	return false
}

// leadsToName says whether a link and capitalised words stand at the token: the
// network of Acme.
func (s *story) leadsToName(k, to int) bool {
	if k >= to || !s.tokens[k].is(link) {
		return false
	}
	for k < to && !s.tokens[k].upper {
		k++
	}
	return k < to
}

// isNounPhrase says whether words are one phrase of a language whose nouns have
// capitals: it ends with one, and behind one come articles and links only.
func (s *story) isNounPhrase(from, to int) bool {
	if !s.tokens[to-1].upper {
		return false
	}
	for k := from + 1; k < to; k++ {
		if t := &s.tokens[k]; !t.upper && s.tokens[k-1].upper && !t.is(genitive|link|particle|preposition|conjunction) && s.tokens[k-1].more == 0 {
			return false
		}
	}
	return true
}
