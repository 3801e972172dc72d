package quote

// antecedent is what a relative clause that begins at the token speaks of: the
// name, or the phrase, right before it.
func (s *story) antecedent(sent sentence, at int) (ref, bool) {
	if at > sent.from && s.tokens[at-1].kind == comma {
		at--
	}
	start := s.chunkStart(sent, at)
	k := at
	for k > start && (s.tokens[k-1].upper || s.tokens[k-1].is(particle|role|crowd|organization|document)) && !s.tokens[k-1].is(preposition|verb) {
		k--
	}
	if k == at {
		return ref{}, false
	}
	if k > start && s.tokens[k-1].is(article) {
		k--
	}
	return s.phrase(k, at)
}

// apposition reads a subject of two parts, name and role, of which the second
// ends with the comma at the token: "Doe, a teacher, said", "the mayor, Jane
// Doe, said".
func (s *story) apposition(sent sentence, end int) (ref, bool) {
	second := s.chunkStart(sent, end)
	if second <= sent.from || second >= end || s.tokens[second-1].kind != comma {
		// A relative clause: Doe, who …, said.
		if second > sent.from && s.tokens[second-1].is(who) {
			if k := second - 2; k > sent.from && s.tokens[k].kind == comma {
				return s.phrase(s.chunkStart(sent, k), k)
			}
		}
		return ref{}, false
	}
	first := s.chunkStart(sent, second-1)
	if first == second-1 {
		return ref{}, false
	}
	if s.isRelative(second, end) {
		return s.phrase(first, second-1)
	}
	if s.allName(second, end) {
		if r, ok := s.phrase(second, end); ok && r.person >= 0 {
			return r, true
		}
	}
	if r, ok := s.phrase(first, second-1); ok && r.person >= 0 && s.tokens[first].is(firstName) && !s.tokens[second].is(preposition|conjunction) {
		return r, true
	}
	if s.tokens[second].is(article | role) {
		if r, ok := s.phrase(second, end); ok && r.person >= 0 && !s.hasPreposition(second, end) {
			return r, true
		}
	}
	if r, ok := s.phrase(first, second-1); ok && !s.tokens[second].is(preposition|conjunction) {
		if r.person >= 0 || first == sent.from && r.class&(organization|document) != 0 && s.tokens[second].is(article) {
			return r, true
		}
	}
	return ref{}, false
}

// isRelative says whether a chunk is a relative clause that opens with what
// could be an article: "die … hatte".
func (s *story) isRelative(from, to int) bool {
	return s.lex.second && s.tokens[from].is(definite) && to-from > 2 && !s.tokens[to-1].upper &&
		(s.tokens[from+1].is(article|preposition|pronoun|adverb) || !s.tokens[to-1].is(role|crowd))
}

// isApposition says whether nothing but a name stands between the comma at the
// token and the one before it.
func (s *story) isApposition(sent sentence, end int) bool {
	second := s.chunkStart(sent, end)
	return second < end && second > sent.from && s.tokens[second-1].kind == comma && s.allName(second, end)
}

// isRelated says whether a relative clause about a person who opens the sentence
// ends with the comma at the token: "Doe, der er formand, siger".
func (s *story) isRelated(sent sentence, end int) bool {
	second := s.chunkStart(sent, end)
	if second-2 <= sent.from || !s.tokens[second-1].is(who) || s.tokens[second-2].kind != comma {
		return false
	}
	r, ok := s.phrase(sent.from, second-2)
	return ok && r.person >= 0
}

// allName says whether tokens are capitalised words and particles only.
func (s *story) allName(from, to int) bool {
	for k := from; k < to; k++ {
		if t := &s.tokens[k]; t.kind != word || !t.upper && !t.is(particle) {
			return false
		}
	}
	return true
}
