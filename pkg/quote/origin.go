package quote

import "github.com/copydesk/copydesk/pkg/news"

// documentPhrase reads what stands behind "nach": documents without an article,
// or the subject's own word.
func (s *story) documentPhrase(sent sentence, c *cue) {
	k := c.end
	for k < sent.to && s.tokens[k].kind == word && !s.tokens[k].upper && s.tokens[k].class&^own == 0 {
		k++
	}
	if k == c.end && k < sent.to && s.tokens[k].is(indefinite) {
		if r, ok := s.rightPhrase(sent, k); ok && r.class&document != 0 && r.from == k {
			c.ref, c.ok = r, true
			c.ref.name = s.phraseText(k+1, r.to)
		}
		return
	}
	want := document
	if s.tokens[c.at].is(sourceFrom) {
		want = crowd
	}
	if k >= sent.to || s.tokens[k].kind != word || !s.tokens[k].upper || !s.tokens[k].is(want) {
		return
	}
	if s.tokens[c.end].is(own) {
		for at := sent.from + 1; at < c.at; at++ {
			if t := &s.tokens[at]; t.is(auxiliary|verb|weakVerb) && !t.upper {
				c.ref, c.ok = s.phrase(s.chunkStart(sent, at), at)
				break
			}
		}
		c.follow = !c.ok
		return
	}
	if c.ref, c.ok = s.innerOrigin(sent, c.end); !c.ok {
		c.ref, c.ok = s.phrase(c.end, k+1)
	}
}

// originPhrase reads what stands behind "according to". Of data from somebody
// the source is somebody; people without names are told apart by all that is
// said of them: "two people familiar with the matter".
func (s *story) originPhrase(sent sentence, from int) (ref, bool) {
	if inner, ok := s.innerOrigin(sent, from); ok {
		return inner, true
	}
	r, ok := s.rightPhrase(sent, from)
	if r.vague && (s.lex.nouns || !s.lex.gendered) || !ok && s.lex.enclitic && from < sent.to && s.tokens[from].kind == word && s.tokens[from].class == 0 && s.isDefinite(from) {
		end := s.phraseEnd(sent, from)
		return ref{person: -1, name: s.phraseText(from, max(end, from+1)), kind: news.OriginOrganization, class: organization, from: from, to: max(end, from+1)}, true
	}
	if !ok && from+1 < sent.to && s.tokens[from].is(indefinite) && s.tokens[from].kind == word {
		// One estimate, an old map: a document, whatever it is.
		end := s.phraseEnd(sent, from)
		if end+1 < sent.to && s.tokens[end].kind == comma {
			if second, ok := s.phrase(end+1, s.phraseEnd(sent, end+1)); ok && second.person >= 0 {
				return second, true // his aunt, Jane Doe
			}
		}
		if end > from+2 && end < sent.to && s.tokens[end].is(author) && s.tokens[end-1].class == 0 && !s.tokens[end-1].upper {
			end-- // a copy obtained by
		}
		whole := end == sent.to || s.tokens[end].kind != quoted && !s.tokens[end].upper
		if end > from+1 && whole && s.tokens[end-1].class&^(verb|weakVerb) == 0 {
			return ref{person: -1, name: s.phraseText(from, end), kind: news.OriginDocument, class: document, from: from, to: end}, true
		}
	}
	if !ok || r.person >= 0 || r.to+1 >= sent.to {
		return r, ok
	}
	next := &s.tokens[r.to]
	switch {
	case r.class&crowd != 0 && !r.definite && next.is(preposition):
		end := r.to
		for end < sent.to && end-r.from < longestPhrase && s.tokens[end].kind == word && !s.tokens[end].is(conjunction|who|verb|auxiliary|passive|calendar) {
			end++
		}
		if s.tokens[end-1].is(preposition) {
			end--
		}
		r.to = end
		r.name = s.phraseText(r.from, end)
	}
	return r, ok
}

// innerOrigin is whose documents those are that stand without an article
// behind "according to": "data from Acme", "Angaben der Polizei".
func (s *story) innerOrigin(sent sentence, from int) (ref, bool) {
	k := from
	for k < sent.to && s.tokens[k].kind == word && s.tokens[k].class == 0 && !s.tokens[k].upper {
		k++
	}
	if k+2 >= sent.to || !s.tokens[k].is(document) || s.tokens[k].kind != word {
		return ref{}, false
	}
	next := &s.tokens[k+1]
	if !next.is(author|link) && !(next.is(genitive) && next.is(article)) || next.kind != word {
		return ref{}, false
	}
	inner, ok := s.rightPhrase(sent, k+1)
	if next.is(author) && !next.is(link) {
		inner, ok = s.rightPhrase(sent, k+2)
	}
	return inner, ok && inner.class&document == 0 && inner.pronoun == 0
}

// leftPhrase reads the noun phrase that ends before the token.
func (s *story) leftPhrase(sent sentence, end int) (ref, bool) {
	start := s.chunkStart(sent, end)
	k := end
	if s.lex.caseless {
		// نقلت الصحيفة عن مصدر في الوزارة قوله: what stands behind "from".
		for k = end - 1; k > start && s.word(k) != "عن"; k-- {
		}
		return s.phrase(k+1, end)
	}
	for k > start && (s.tokens[k-1].upper || s.tokens[k-1].is(particle|role|crowd|organization|document)) {
		k--
	}
	for k > start && !s.tokens[k-1].upper && s.tokens[k-1].class&^(article|oblique|genitive) == 0 {
		k--
		if s.tokens[k].is(article) {
			if k > start && s.tokens[k].is(genitive) && s.tokens[k-1].is(role|organization|document|crowd) {
				for k > start && s.tokens[k-1].upper {
					k--
				}
				continue
			}
			break
		}
	}
	return s.phrase(k, end)
}
