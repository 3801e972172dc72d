package quote

import (
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
)

// ref is what a phrase of the text refers to.
type ref struct {
	pronoun  class
	person   int // index in people, -1 for none
	name     string
	kind     news.PersonKind
	role     string
	class    class // of its head
	definite bool
	inside   bool // in it something is said: "in the report it says"
	behind   bool // stands behind a quotation and its verb
	vague    bool // the dictator: tells nothing but that he was named
	from, to int  // tokens
}

// phrase reads the tokens as one noun phrase; it gives false for what is none.
func (s *story) phrase(from, to int) (ref, bool) {
	whole := to
	for k := from; k < to; k++ {
		if s.tokens[k].kind == open {
			to = k
		}
	}
	for k := from + 1; k < whole-1; k++ {
		if s.tokens[k].is(preposition) && s.tokens[k+1].is(calendar) && !s.lex.nouns {
			to = min(to, k) // Acme on Tuesday
		}
	}
	from, to = s.trim(from, to)
	if from >= to {
		return ref{}, false
	}
	r := ref{person: -1, from: from, to: to}
	if s.lex.caseless {
		// The name may stand before the role.
		if end := s.run(from, to); end > from && end < to && s.known(from, end) >= 0 {
			return s.named(from, from, end), true
		}
	}
	last := &s.tokens[to-1]
	if last.is(pronoun) && !s.isName(to-1) {
		if to-from > 1 && !s.tokens[from].is(preposition|adverb|calendar|pronoun|conjunction|auxiliary) {
			return r, false
		}
		r.pronoun, r.from = last.class&pronoun, to-1
		return r, true
	}
	head := &s.tokens[from]
	if head.is(particle) && head.upper {
		// De la Cruz.
		for k := from + 1; k < to; k++ {
			if !s.tokens[k].is(particle) {
				if s.known(k, to) >= 0 {
					return s.named(from, k, to), true
				}
				break
			}
		}
	}
	if head.is(preposition) {
		// In English a subject stands right before its verb, whatever opens the
		// sentence.
		if s.lex.second {
			return r, false
		}
		if at, ok := s.trailingName(from, to); ok && !(s.lex.inflected && s.tokens[at-1].is(preposition)) {
			return s.named(from, at, to), true
		}
		if s.lex.inflected && head.is(local) {
			// В министерстве сообщили.
			end := from + 2
			for end < to && !s.endsInCase(end, from+1, to) {
				end++
			}
			if r, ok := s.unnamed(from+1, min(end, to)); ok && r.class&(organization|document) != 0 {
				return r, true
			}
		}
		return r, false
	}
	if head.is(pronoun|who|auxiliary|verb) && !head.upper && !head.is(indefinite) {
		return r, false
	}
	if at, ok := s.trailingName(from, to); ok {
		return s.named(from, at, to), true
	}
	for k := from + 1; k < to; k++ {
		if s.tokens[k].is(preposition | link) {
			// Doe in October said; Doe of Acme said.
			if at, ok := s.trailingName(from, k); ok {
				return s.named(from, at, k), true
			}
			if s.looksNamed(from, k) {
				return s.unnamed(from, k)
			}
			break
		}
	}
	if k := s.upperTail(from, to); k > from && k < to && s.looksNamed(k, to) && !s.tokens[k-1].is(organization|link|article|preposition|conjunction) {
		return s.unnamed(k, to) // senior Jane Doe
	}
	return s.unnamed(from, to)
}

// upperTail is where the capitalised words begin that end a phrase.
func (s *story) upperTail(from, to int) int {
	end := to
	for to > from && s.tokens[to-1].kind == word && (s.tokens[to-1].upper || s.tokens[to-1].is(particle) && !s.tokens[to-1].is(article)) {
		to--
	}
	for to < end && s.tokens[to].is(particle) && !s.tokens[to].upper {
		to++
	}
	return to
}

// looksNamed says whether words look like a person's name: two or three, all
// with capitals, none with another meaning.
func (s *story) looksNamed(from, to int) bool {
	if to-from < 2 || to-from > 4 || s.lex.nouns {
		return false
	}
	for k := from; k < to; k++ {
		if t := &s.tokens[k]; t.kind != word || !(t.upper && t.class&^(firstName|male|female|abbreviation) == 0 || k > from && k+1 < to && t.is(particle)) || isAcronym(s.word(k)) || k+1 < to && s.isInflected(k) {
			return false
		}
	}
	return true
}

// trim takes words off both ends of a phrase that are no part of it.
func (s *story) trim(from, to int) (int, int) {
	for from < to {
		t := &s.tokens[from]
		if t.kind == word && !(t.is(adverb|conjunction|calendar|negation) && !s.isName(from)) {
			break
		}
		from++
	}
	for to > from {
		t := &s.tokens[to-1]
		if t.kind == word && !(t.is(adverb|calendar|auxiliary|negation|conjunction|link|preposition) && !t.upper && !s.isName(to-1)) {
			break
		}
		to--
	}
	return from, to
}

// isName says whether a word is a known person's, whatever else it may be.
func (s *story) isName(i int) bool {
	return s.tokens[i].upper && !s.beginsSentence(i) && len(s.people.byLast[s.lower(i)]) > 0
}

// trailingName finds the person's name that ends a phrase, or stands before
// the first preposition in it.
func (s *story) trailingName(from, to int) (at int, ok bool) {
	at = to
	for at > from {
		t := &s.tokens[at-1]
		if t.kind != word {
			break
		}
		if t.is(role|crowd) && !t.is(firstName) && !s.isSurname(from, at-1, to) || t.is(article|preposition) && !t.is(particle) {
			break
		}
		if t.upper || t.is(particle) && at < to {
			if isGenitive(s.word(at-1)) && at < to {
				break
			}
			at--
			continue
		}
		break
	}
	for at < to && s.tokens[at].is(particle) && !s.tokens[at].upper {
		at++
	}
	// The longest tail that is known.
	for k := at; k < to; k++ {
		if p := s.known(k, to); p >= 0 && (to-k > 1 || !s.hasArticle(k) || s.lex.nouns) {
			if w := s.lower(k); to-k == 1 && s.hasArticle(k) && s.people.common[w] > s.people.bare[w] {
				continue
			}
			return k, true
		}
	}
	return 0, false
}

// named is the person whose name is at..to; what stands before it is the role.
func (s *story) named(from, at, to int) ref {
	return ref{person: s.known(at, to), kind: news.KindPerson, from: from, to: to}
}

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
		r.kind, r.name = news.KindOrganization, name
		return r, true
	}
	if r.class == 0 && s.looksNamed(from, to) {
		r.kind = news.KindPerson
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
