package quote

// companions finds who says a thing together with the subject of a cue, named
// before it: "Jane Doe and John Roe said", "Doe, Roe and Poe said".
func (s *story) companions(sent sentence, c *cue) {
	if !c.before {
		return
	}
	if c.ref.person < 0 {
		if k := c.ref.from - 1; k > sent.from && s.tokens[k].kind == word && s.tokens[k].is(conjunction) {
			if all := s.mentionsBetween(k-1, k); len(all) > 0 {
				s.because(s.sourceOfPerson(all[0].person, k-1), ByCue, where{c.at, true})
			}
		}
		return
	}
	all := s.mentionsBetween(sent.from, c.at)
	for i := len(all) - 1; i > 0; i-- {
		if all[i].person != c.ref.person && i == len(all)-1 {
			return
		}
		if !s.isJoined(all[i-1].at+1, all[i].at, i == len(all)-1) {
			return
		}
		s.because(s.sourceOfPerson(all[i-1].person, all[i-1].at), ByCue, where{c.at, true})
	}
}

// isJoined says whether nothing but a comma or an "and" and the words of a role
// stands between two names, of which the second ends at the token; before the
// last of them it is an "and".
func (s *story) isJoined(from, at int, last bool) bool {
	k := from
	joined := false
	for ; k < at && k < from+longestPhrase; k++ {
		t := &s.tokens[k]
		if k == from && (t.kind == comma && !last || t.kind == word && t.is(conjunction)) {
			joined = true
			continue
		}
		if t.kind != word || t.is(verb|weakVerb|auxiliary|passive|who|conjunction|negation) || t.is(preposition) && !t.is(link|particle) {
			return false
		}
	}
	return joined && k == at
}
