package quote

import "github.com/copydesk/copydesk/pkg/news"

// chunkStart is where the clause begins that ends before the token.
func (s *story) chunkStart(sent sentence, end int) int {
	k := end
	for k > sent.from && end-k < longestClause {
		t := &s.tokens[k-1]
		if t.kind == closed {
			// A bracket is jumped over.
			j := k - 2
			for j > sent.from && s.tokens[j].kind != open {
				j--
			}
			if j >= sent.from && s.tokens[j].kind == open {
				k = j
				continue
			}
		}
		if t.kind != word {
			break
		}
		if t.is(conjunction|who) && !(t.is(conjunction) && k-2 >= sent.from && s.tokens[k-2].upper && k < end && s.tokens[k].upper && !s.lex.nouns) {
			break
		}
		if t.is(verb) && !t.upper && !t.is(role|document) {
			break
		}
		k--
	}
	return k
}

// rightPhrase reads the noun phrase that begins at the token.
func (s *story) rightPhrase(sent sentence, from int) (ref, bool) {
	for from < sent.to {
		t := &s.tokens[from]
		if t.kind == open {
			for from < sent.to && s.tokens[from].kind != closed {
				from++
			}
			from++
			continue
		}
		if t.kind != word || !t.is(adverb|calendar|link) || s.isName(from) {
			break
		}
		from++
	}
	if from+1 < sent.to && s.tokens[from].is(preposition) && s.tokens[from+1].is(calendar) {
		return s.rightPhrase(sent, from+2)
	}
	to := s.phraseEnd(sent, from)
	if to == from {
		return ref{}, false
	}
	r, ok := s.phrase(from, to)
	if to < sent.to && isGenitive(s.word(to-1)) && s.tokens[to].is(adverb) {
		// Acme's recently named head Jane Doe.
		if end := s.phraseEnd(sent, to+1); end > to+1 {
			if whole, ok := s.phrase(from, end); ok && whole.person >= 0 {
				return whole, true
			}
		}
	}
	if !ok {
		return r, false
	}
	if s.lex.caseless && r.person < 0 && r.class&role != 0 {
		s.farName(sent, &r)
	}
	s.closer(sent, &r)
	// The mayor, Jane Doe; the host, foreign minister Jane Doe.
	if r.person < 0 && (r.class&role != 0 || r.vague || s.tokens[from].is(role) || s.tokens[to-1].is(role)) && to+1 < sent.to && s.tokens[to].kind == comma {
		if end := s.phraseEnd(sent, to+1); end > to+1 {
			if second, ok := s.phrase(to+1, end); ok && second.person >= 0 {
				second.from = r.from
				return second, true
			}
		}
	}
	return r, true
}

// closer goes on with what tells people and documents without names apart: "a
// source in the ministry", "en artikel i tidsskriftet".
func (s *story) closer(sent sentence, r *ref) {
	if r.person >= 0 || r.definite && !s.lex.inflected || r.class&(role|crowd|document) == 0 || r.pronoun != 0 || r.to+1 >= sent.to || !s.tokens[r.to].is(near) {
		return
	}
	k := r.to + 1
	next := &s.tokens[k]
	if next.kind != word || next.is(calendar|adverb|pronoun|conjunction) || next.is(outlet) && r.class&document == 0 || s.lex.inflected && !next.upper && !next.is(organization) {
		return
	}
	if end := s.phraseEnd(sent, k); end > k {
		r.to, r.definite = end, false
		r.name = s.phraseText(r.from, end)
	}
}

// farName finds, in a language without capitals, the name behind a role of many
// words: "the head of the committee in the chamber Jane Doe"; without one, who
// has no article is known by all of them.
func (s *story) farName(sent sentence, r *ref) {
	k := r.to
	for k < sent.to && k-r.from < longestPhrase && s.tokens[k].kind == word && !s.tokens[k].is(conjunction|who|verb|weakVerb|adverb|calendar|pronoun|negation) {
		if end := s.run(k, sent.to); end > k {
			if p := s.known(k, end); p >= 0 {
				r.person, r.kind, r.to = p, news.OriginPerson, end
			}
			return
		}
		k++
	}
	if k > r.to && r.to < sent.to && s.tokens[r.to].is(preposition) && !r.definite && !isArabicDefinite(s.word(r.to-1)) {
		// An official in the ministry of health: up to the first word with an
		// article.
		end := min(r.to+2, k)
		for end < k && !isArabicDefinite(s.word(end-1)) && !s.tokens[end].is(preposition) {
			end++
		}
		r.to = end
		r.name = s.phraseText(r.from, end)
	}
}

// nameSoon is the end of a person's name that a few words of a job lead to,
// the token itself if there is none.
func (s *story) nameSoon(sent sentence, from int) int {
	for k := from; k < sent.to && k < from+longestJob && s.tokens[k].kind == word && !s.tokens[k].upper && s.tokens[k].class&^role == 0; k++ {
		if k+1 == sent.to || !s.tokens[k+1].upper {
			continue
		}
		if end := s.run(k+1, sent.to); end > k+2 && s.tokens[k+1].is(firstName) && s.known(k+1, end) >= 0 {
			return end
		}
	}
	return from
}

// longestJob is how many words without capitals may lead to a name.
const longestJob = 4

// phraseEnd is where the noun phrase ends that begins at the token.
func (s *story) phraseEnd(sent sentence, from int) int {
	k := from
	for ; k < sent.to && k < from+longestClause; k++ {
		t := &s.tokens[k]
		if t.kind != word {
			break
		}
		if k == from {
			if t.is(pronoun) && !s.isName(k) {
				return k + 1
			}
			if t.is(preposition|conjunction|who|auxiliary) && !t.is(particle) {
				return from
			}
			continue
		}
		if t.more > 0 {
			k += t.more
			continue
		}
		before := &s.tokens[k-1]
		if s.lex.enclitic && t.is(indefinite) && before.is(role) && !before.upper {
			continue // forsvareren hans
		}
		if s.lex.second && !s.lex.nouns && !t.upper && before.is(role|crowd|organization|document) && (t.class == 0 || t.is(crowd) && s.lex.enclitic && s.isDefinite(k-1)) {
			break // the verb already, or its object
		}
		if s.lex.inflected && s.endsInCase(k, from, sent.to) {
			break
		}
		if s.lex.caseless && before.upper && !t.upper && !t.is(role) {
			break
		}
		if s.lex.caseless && t.class == 0 && !t.upper && !isArabicDefinite(s.word(k)) && (isArabicDefinite(s.word(k-1)) || before.is(crowd) && k+1 < sent.to && isArabicDefinite(s.word(k+1))) {
			break // what the ministry announced
		}
		if t.is(particle) && before.upper && k+1 < sent.to && s.tokens[k+1].upper && !t.is(article) {
			continue
		}
		if t.is(link) && !t.is(adverb) {
			if k+1 < sent.to && s.tokens[k+1].is(oblique) && !before.is(role|crowd|document) {
				break
			}
			continue
		}
		if t.is(verb|weakVerb) && !t.is(preposition|conjunction|who|auxiliary|pronoun|negation|passive) && k == from+1 && before.is(indefinite) && !s.lex.second {
			continue // an estimate
		}
		if t.is(preposition|conjunction|who|auxiliary|pronoun|verb|weakVerb|negation|passive) && !(t.upper && !t.is(preposition)) {
			if t.is(local) && before.is(organization) && k+1 < sent.to && s.tokens[k+1].upper {
				continue // das Gericht in Den Haag
			}
			if t.is(conjunction) && before.upper && k+1 < sent.to && s.tokens[k+1].upper && before.is(organization) {
				continue
			}
			break
		}
		if (t.is(adverb) && !t.upper || t.is(calendar)) && !(t.is(calendar) && before.is(indefinite)) {
			break
		}
		if t.is(article) && !before.is(link|preposition|particle) && !s.lex.caseless && !s.isInitials(k) {
			// A second phrase, unless it is the genitive of a noun.
			if end := s.run(k+1, sent.to); end > k+1 && s.isOutlet(k+1, end) && from > sent.from && !s.tokens[from-1].is(sourceBefore) {
				break // the ministry told the agency
			}
			if !t.is(genitive) || !before.is(role|crowd|organization|document) && t.is(definite) && !t.is(oblique) {
				break
			}
			continue
		}
		if s.tokens[from].upper && !s.lex.nouns && before.upper && !t.upper && t.class == 0 {
			if end := s.nameSoon(sent, k); end > k {
				k = end - 1 // Acme search lead Jane Doe
				continue
			}
			break
		}
		if s.lex.nouns && !t.upper && t.class == 0 && s.isNumber(k-1) {
			break
		}
		if s.lex.nouns && !t.upper && before.upper && !t.is(role|crowd|organization|document) {
			break
		}
	}
	return k
}
