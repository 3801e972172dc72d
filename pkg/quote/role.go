package quote

// longestRole is how many words before a name its role may have.
const longestRole = 12

// roleBeside reads the role that is printed before or behind a name, its words
// for roles, and whether they tell a man or a woman.
func (s *story) roleBeside(from, to int) (text string, words []string, sex class) {
	note := func(lo, hi int) {
		for k := lo; k < hi; k++ {
			t := &s.tokens[k]
			if t.is(role) && !s.isOwned(k) {
				words = append(words, s.lower(k))
				sex |= s.sexOf(t.class)
			}
		}
	}
	sex = s.sexOf(s.tokens[from].class)
	if lo := s.roleStart(from, from); lo < from {
		note(lo, from)
		hi := from
		for hi > lo && (s.tokens[hi-1].is(title) || s.tokens[hi-1].is(rank) && s.namesRole(lo, hi-1)) {
			hi--
		}
		if hi > lo {
			return s.phraseText(lo, hi), words, sex
		}
	}
	if hi := s.roleEnd(to); hi > to {
		note(to+1, hi)
		return s.phraseText(to+1, hi), words, sex
	}
	if from > 0 && s.tokens[from-1].kind == comma && s.tokens[from-1].block == s.tokens[from].block {
		if lo := s.roleStart(from-1, from-1); lo < from-1 {
			note(lo, from-1)
			return s.phraseText(lo, from-1), words, sex
		}
	}
	return "", nil, sex
}

// namesRole says whether one of the words is one for a role, and no rank.
func (s *story) namesRole(from, to int) bool {
	for k := from; k < to; k++ {
		if t := &s.tokens[k]; t.is(role) && !t.is(title|rank) {
			return true
		}
	}
	return false
}

func (s *story) sexOf(c class) class {
	switch c & (male | female) {
	case male:
		return he
	case female:
		return she
	}
	return 0
}

// roleStart is where the role begins that ends before end; end if there is none.
func (s *story) roleStart(end, floor int) int {
	at, found := end, false
	for k := end - 1; k >= 0 && end-k <= longestRole; k-- {
		t := &s.tokens[k]
		if t.kind != word || t.block != s.tokens[floor].block {
			break
		}
		if t.is(article) && !found && !(t.is(link) && !s.lex.nouns) && !(!s.lex.nouns && k > 0 && s.tokens[k-1].kind == word && s.tokens[k-1].is(link) && s.tokens[k-1].block == t.block) {
			break
		}
		if t.is(conjunction) && k > 0 && s.tokens[k-1].block == t.block && s.isHalf(k-1) {
			continue
		}
		if t.is(verb|weakVerb|auxiliary|passive|pronoun|conjunction|who|negation) && !t.is(role) && !t.upper {
			break
		}
		if t.is(article) {
			// Of the ministry; but the article before the role opens it.
			if k > 0 && s.tokens[k-1].kind == word && (s.tokens[k-1].is(role|link) || s.tokens[k-1].is(organization)) && s.tokens[k-1].block == t.block && !found {
				continue
			}
			if k > 0 && s.tokens[k-1].is(role|organization) && s.lex.nouns {
				continue
			}
			break
		}
		if t.is(preposition) && !t.is(link) {
			if !found && k > 0 && s.isRoleOf(k) {
				continue
			}
			break
		}
		if t.is(role) && !s.isOwned(k) {
			found = true
		}
		if t.is(adverb|calendar) && !t.is(role) {
			break
		}
		if s.lex.nouns && !t.upper && k > 0 && s.tokens[k-1].upper && !t.is(link|genitive) {
			break // a verb behind a noun
		}
		at = k
	}
	if !found {
		return end
	}
	for at < end && (s.tokens[at].is(link|preposition|article) && !s.tokens[at].upper) {
		at++
	}
	if at == end {
		return end
	}
	return at
}

// isRoleOf says whether the preposition at the token leads from a role to where
// it is held, right before a name: Direktør på Klitmuseet Jane Doe.
func (s *story) isRoleOf(k int) bool {
	before := &s.tokens[k-1]
	return before.kind == word && before.block == s.tokens[k].block && before.is(role) && s.lex.second && !s.lex.nouns && k+1 < len(s.tokens) && s.tokens[k+1].is(organization)
}

// roleEnd is where the role ends that stands behind a name and a comma at the
// token; the token itself if there is none.
func (s *story) roleEnd(to int) int {
	if to+1 >= len(s.tokens) || s.tokens[to].kind != comma || s.tokens[to].block != s.tokens[to-1].block {
		return to
	}
	found := false
	k := to + 1
	for ; k < len(s.tokens) && k-to <= longestRole; k++ {
		t := &s.tokens[k]
		if t.kind != word || t.block != s.tokens[to].block || t.is(verb|weakVerb|auxiliary|passive|pronoun|who|conjunction) && !t.upper && !(found && t.is(conjunction)) {
			break
		}
		if t.is(role) && (!found || k-to < 7) {
			found = true
		}
	}
	if !found || k >= len(s.tokens) || s.tokens[k].kind == word && s.tokens[k].block == s.tokens[to].block {
		return to
	}
	return k
}
