package quote

// namesFollow says whether a comma and a first name stand at the token.
func (s *story) namesFollow(i int) bool {
	return i+2 < len(s.tokens) && s.tokens[i].kind == comma && s.tokens[i+1].is(firstName) && s.tokens[i+1].upper && s.tokens[i+2].upper && s.tokens[i+2].block == s.tokens[i-1].block
}

// seemsPerson says whether something around a run of capitalised words tells that
// it names a person: an age, a role behind it, a verb of saying beside it, its
// last word alone elsewhere.
func (s *story) seemsPerson(from, to int, last string) bool {
	if to < len(s.tokens) && s.tokens[to].block == s.tokens[from].block {
		next := &s.tokens[to]
		if next.is(verb) && !next.upper && !(s.lex.inflected && s.behindPreposition(from)) {
			return true
		}
		for k := to + 1; next.is(passive) && k < len(s.tokens) && k < to+4; k++ {
			if s.tokens[k].is(role) {
				return true // Doe is a student
			}
		}
		if next.kind == comma && to+2 < len(s.tokens) {
			after := &s.tokens[to+1]
			if isAge(s.word(to+1)) && s.tokens[to+2].kind == comma || s.roleEnd(to) > to {
				return true
			}
			if s.people.bare[last] > s.people.common[last] && after.is(who) || !s.lex.nouns && s.isAside(to+1) {
				return true
			}
		}
	}
	if role, _, _ := s.roleBeside(from, to); role != "" {
		return true
	}
	for k := from - 1; k >= 0 && k > from-4 && s.tokens[k].block == s.tokens[from].block; k-- {
		if t := &s.tokens[k]; t.is(verb) && !t.upper {
			return true // sagt Doe; sagt der Detektiv Doe
		} else if t.kind != word || t.upper || t.class&^(definite|indefinite) != 0 {
			break
		}
	}
	return s.people.bare[last] > s.people.common[last] && (!s.beginsSentence(from) || s.verbFollows(to))
}

// isLinked says whether a run of capitalised words goes on with a name: "Bureau
// of Fisheries and Aquatic Resources".
func (s *story) isLinked(i int) bool {
	if i < 2 || s.tokens[i-1].block != s.tokens[i].block {
		return false
	}
	before := &s.tokens[i-1]
	return before.kind == word && (before.is(link) || before.is(conjunction) && s.tokens[i-2].upper || before.is(preposition) && s.tokens[i-2].upper && s.tokens[i-2].is(organization))
}

// isOwner says whether a run of capitalised words that ends at the token goes on
// as the owner of something: "Accountants of Norland's chief economist".
func (s *story) isOwner(to int) bool {
	if to >= len(s.tokens) || s.tokens[to].kind != word || !s.tokens[to].is(link) || s.tokens[to].block != s.tokens[to-1].block {
		return false
	}
	end := s.run(to+1, min(len(s.tokens), to+1+longestPhrase))
	return end > to+1 && isGenitive(s.word(end-1))
}

// behindPreposition says whether a preposition stands right before the token.
func (s *story) behindPreposition(i int) bool {
	return i > 0 && s.tokens[i-1].kind == word && s.tokens[i-1].block == s.tokens[i].block && s.tokens[i-1].is(preposition)
}

// isAside says whether the words at the token are an aside of a few words
// between commas that tells what somebody is.
func (s *story) isAside(i int) bool {
	for k := i; k < len(s.tokens) && k < i+7 && s.tokens[k].block == s.tokens[i].block; k++ {
		t := &s.tokens[k]
		if t.kind == comma {
			return k > i
		}
		if t.kind != word || k == i && (t.upper || t.is(preposition|conjunction|adverb|verb|weakVerb|auxiliary|passive|who|pronoun|negation)) {
			return false
		}
	}
	return false
}

// isSureName says whether a surname is that of somebody who is known for sure.
func (s *story) isSureName(last string) bool {
	for _, i := range s.people.byLast[last] {
		if s.people.all[i].sure {
			return true
		}
	}
	return false
}

// verbFollows says whether the token is a verb, as far as is known.
func (s *story) verbFollows(i int) bool {
	return i < len(s.tokens) && s.tokens[i].is(verb|weakVerb|auxiliary|passive|negation)
}
