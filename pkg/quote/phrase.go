package quote

import "github.com/copydesk/copydesk/pkg/news"

// ref is what a phrase of the text refers to.
type ref struct {
	pronoun  class
	person   int // index in people, -1 for none
	name     string
	kind     news.OriginKind
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
	return ref{person: s.known(at, to), kind: news.OriginPerson, from: from, to: to}
}
