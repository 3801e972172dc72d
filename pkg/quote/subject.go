package quote

import "github.com/copydesk/copydesk/pkg/news"

// subject finds who does what the verb of the cue says; false means that
// nothing was said.
func (s *story) subject(sent sentence, c *cue) bool {
	// The auxiliary may stand right before the verb, or far.
	head := c.at
	for head > sent.from && s.tokens[head-1].kind == word && s.tokens[head-1].is(adverb|auxiliary|negation|passive) && !s.isName(head-1) {
		head--
		t := &s.tokens[head]
		if t.is(negation | passive) {
			return false
		}
	}
	if head == c.at && s.lex.second {
		aux := s.farAuxiliary(sent, c.at)
		if aux < 0 && s.tokens[c.at].is(past) && !s.tokens[c.at].is(verb|weakVerb) {
			return false
		}
		if aux >= 0 {
			if r, ok := s.phrase(s.chunkStart(sent, aux), aux); ok && r.pronoun&me == 0 {
				c.ref, c.ok, c.before = r, true, true
				return true
			}
			c.ref, c.ok = s.rightSubject(sent, aux+1)
			return true
		}
	}
	if s.lex.final {
		return s.firstSubject(sent, c)
	}
	if k := s.beforeAside(sent, head); k < head {
		// Acme, however, said.
		if r, ok := s.phrase(s.chunkStart(sent, k), k); ok {
			c.ref, c.ok, c.before = r, true, true
			return true
		}
	}
	if head > sent.from && s.tokens[head-1].kind == comma && !s.behindQuotation(head) {
		if s.lex.second && !s.isApposition(sent, head-1) && !s.isRelated(sent, head-1) {
			if c.ref, c.ok = s.rightSubject(sent, c.end); c.ok {
				return true
			}
		}
		if r, ok := s.apposition(sent, head-1); ok {
			c.ref, c.ok, c.before = r, true, true
			return true
		}
	}
	start := s.chunkStart(sent, head)
	if s.lex.second && start+1 < head && start > sent.from && s.tokens[start].is(definite) && s.tokens[start-1].kind == comma && s.tokens[start+1].is(article|preposition|pronoun|adverb) {
		c.ref, c.ok = s.antecedent(sent, start)
		c.before = true
		return true
	}
	if start < head && s.has(start, likeness) && s.opensClause(sent, start) {
		start++ // as a spokesman said
	}
	if start < head {
		r, ok := s.phrase(start, head)
		if !ok {
			r, ok = s.widePhrase(sent, start, head)
		}
		if ok && r.pronoun&me != 0 && s.lex.second {
			// Dazu erklärt Doe.
			if right, ok := s.rightSubject(sent, c.end); ok {
				c.ref, c.ok = right, true
				return true
			}
		}
		if ok {
			// Doe, Roe und Entzug: the end of a list is no subject.
			if s.lex.second && start == sent.from && r.person < 0 && r.pronoun == 0 && (r.class == 0 && !r.definite || r.class&document != 0) {
				// Later said Doe: what opens the sentence is no subject.
				if right, ok := s.rightSubject(sent, c.end); ok && (right.person >= 0 || right.pronoun&(he|she) != 0) {
					c.ref, c.ok = right, true
					return true
				}
			}
			listed := s.lex.nouns && start > sent.from && s.tokens[start-1].is(conjunction) && r.person < 0 && r.pronoun == 0 && r.class == 0
			c.ref, c.ok, c.before = r, !listed, true
			return true
		}
		if start > sent.from && s.isRelativeWord(start-1) && !s.lex.second {
			if r, ok := s.antecedent(sent, start-1); ok && r.pronoun == 0 {
				c.ref, c.ok, c.before = r, true, true
				return true
			}
		}
		if !s.lex.inverted {
			return true
		}
	} else if start > sent.from && s.isRelativeWord(start-1) {
		if r, ok := s.antecedent(sent, start-1); ok {
			c.ref, c.ok, c.before = r, true, true
		}
		return true
	}
	if start == head && start > sent.from && s.tokens[start-1].is(conjunction) {
		if r, ok := s.cameAnd(sent, start-1); ok {
			c.ref, c.ok, c.before = r, true, true
			return true
		}
		c.follow = true // he came and said
		if s.lex.inverted {
			c.ref, c.ok = s.rightSubject(sent, c.end)
		}
		return true
	}
	c.ref, c.ok = s.rightSubject(sent, c.end)
	if !c.ok && s.lex.caseless && c.weak && c.end < sent.to && s.tokens[c.end].is(preposition) {
		// جاء في بيان
		if r, ok := s.rightPhrase(sent, c.end+1); ok && r.class&document != 0 {
			c.ref, c.ok = r, true
		}
	}
	return true
}

// beforeAside is where a subject ends before adverbs between commas, the token
// itself if there are none.
func (s *story) beforeAside(sent sentence, head int) int {
	k := head - 1
	if k <= sent.from || s.tokens[k].kind != comma {
		return head
	}
	for k--; k > sent.from && s.tokens[k].kind == word && s.tokens[k].is(adverb|conjunction); k-- {
	}
	if k > sent.from && k < head-2 && s.tokens[k].kind == comma {
		return k
	}
	return head
}

// opensClause says whether a token begins its sentence, or stands behind a
// comma.
func (s *story) opensClause(sent sentence, k int) bool {
	return k == sent.from || s.tokens[k-1].kind == comma || s.tokens[k-1].kind == quoted
}

// widePhrase reads a subject of two parts that are joined behind its head:
// "the commission on pollution and health".
func (s *story) widePhrase(sent sentence, start, head int) (ref, bool) {
	if s.lex.second || start <= sent.from+1 || head-start > 3 || s.tokens[start-1].kind != word || !s.tokens[start-1].is(conjunction) {
		return ref{}, false
	}
	from := s.chunkStart(sent, start-1)
	for k := from + 1; k < start-1; k++ {
		if s.tokens[k].is(preposition|link) && !s.tokens[k].upper {
			if !s.tokens[k-1].is(organization | document) {
				return ref{}, false
			}
			return s.phrase(from, k)
		}
	}
	return ref{}, false
}

// beside reads who does what a participle says, if that is not the subject:
// "with some analysts warning that".
func (s *story) beside(sent sentence, at int) (ref, bool) {
	for k := at - 1; k > sent.from && k > at-longestPhrase; k-- {
		t := &s.tokens[k]
		if t.kind != word || t.is(verb|weakVerb|auxiliary|passive|who|conjunction) && !t.upper && !t.is(role|crowd|document) {
			break
		}
		if t.is(beside) {
			r, ok := s.phrase(k+1, at)
			return r, ok && (r.person >= 0 || r.class != 0)
		}
		if t.is(preposition) && !t.is(link|local) {
			break
		}
	}
	return ref{}, false
}

// cameAnd is who does what stands before the "and" at the token: "Doe came and
// said".
func (s *story) cameAnd(sent sentence, and int) (ref, bool) {
	from := s.chunkStart(sent, and)
	end := s.run(from, and)
	if end == from || end+1 > and || s.tokens[end].kind != word || s.tokens[end].upper || s.tokens[end].is(preposition|link|conjunction) {
		return ref{}, false
	}
	at, to := s.nameIn(from, end)
	if at == to {
		return ref{}, false
	}
	p := s.known(at, to)
	return ref{person: p, from: from, to: end}, p >= 0 && !s.hasArticle(at)
}

// behindIt finds the source behind a verb without a subject of its own: "hieß es
// in einem Bericht", "lyder det fra Doe".
func (s *story) behindIt(sent sentence, c *cue) {
	k := c.ref.to
	for k < sent.to && s.tokens[k].kind == word && (s.tokens[k].is(adverb|calendar) || s.tokens[k].class == 0 && !s.tokens[k].upper) {
		k++
	}
	if k >= sent.to || s.tokens[k].kind != word || !s.tokens[k].is(preposition) {
		return
	}
	inside := s.tokens[k].is(local)
	if r, ok := s.rightPhrase(sent, k+1); ok && r.pronoun == 0 && (r.class&document != 0 || !inside && (r.person >= 0 || r.vague || r.class&(organization|crowd|role) != 0)) {
		c.ref, c.weak = r, c.weak && !s.has(c.at, impersonal)
	}
}

// farAuxiliary is the auxiliary of a participle at the end of its clause, or of
// its sentence: "hat der Minister gesagt"; -1 if there is none.
func (s *story) farAuxiliary(sent sentence, at int) int {
	for k := at - 1; k > sent.from && at-k < longestClause; k-- {
		t := &s.tokens[k]
		if t.kind != word && t.kind != open && t.kind != closed && !(t.kind == comma && s.tokens[at].is(past)) {
			break
		}
		if t.is(auxiliary) && !t.upper {
			return k
		}
	}
	return -1
}

// isRelativeWord says whether a word opens a clause that speaks of what stands
// before it: "who", not "after".
func (s *story) isRelativeWord(i int) bool {
	return s.tokens[i].is(who) && !s.tokens[i].is(preposition)
}

// hasPreposition says whether a preposition stands among words that leads away
// from what they begin with: "an institute founded by Jane Doe".
func (s *story) hasPreposition(from, to int) bool {
	for k := from; k < to; k++ {
		if t := &s.tokens[k]; t.is(preposition) && !t.is(link|particle) && !t.upper {
			return true
		}
	}
	return false
}

// rightSubject reads the subject that begins at the token.
func (s *story) rightSubject(sent sentence, from int) (ref, bool) {
	if s.lex.inflected && from < sent.to && s.tokens[from].upper {
		if end := s.outletEnd(from, s.run(from, sent.to)); end > from && s.isOutlet(from, end) {
			// Сказал ТАСС капитан; powiedziała PAP.
			if r, ok := s.rightSubject(sent, end); ok {
				return r, true
			}
			if s.has(from-1, addressed) {
				return ref{}, false
			}
		}
	}
	r, ok := s.rightPhrase(sent, from)
	if !ok && s.lex.inflected && from+1 < sent.to && s.tokens[from].is(local) {
		// Сообщили в министерстве.
		if r, ok := s.rightPhrase(sent, from+1); ok && r.class&organization != 0 && r.person < 0 {
			return r, true
		}
	}
	if !ok && from < sent.to && s.tokens[from].is(preposition) && (s.behindQuotation(from-1) || s.lex.caseless) {
		return s.farSubject(sent, from)
	}
	if ok && s.lex.inflected && r.class&document != 0 && r.to < sent.to {
		// Uzasadniał wyrok sędzia Doe.
		if who, ok := s.rightPhrase(sent, r.to); ok && who.person >= 0 {
			return who, true
		}
	}
	if ok && (r.person < 0 && s.tokens[r.from].is(oblique) || r.pronoun == me) {
		return r, false
	}
	return r, ok
}

// isLedTo says whether a preposition leads to the role that stands before a name
// and a comma at the token: "sobre la renuncia del director, Juan Pérez".
func (s *story) isLedTo(from, at int) bool {
	k := at - 1
	if k <= from || s.tokens[k].kind != comma {
		return false
	}
	for k--; k > from && s.tokens[k].kind == word && !s.tokens[k].is(article|preposition|link); k-- {
	}
	t := &s.tokens[k]
	return t.kind == word && (t.is(preposition|link) || t.is(article) && k > from && s.tokens[k-1].is(preposition|link))
}

// farSubject is the person behind the words on where and when something was
// said: "dijo ayer en la plaza el alcalde, Juan Pérez".
func (s *story) farSubject(sent sentence, from int) (ref, bool) {
	for k := from; k < sent.to && k < from+longestPhrase; k++ {
		t := &s.tokens[k]
		if t.kind == comma && k+1 < sent.to && s.tokens[k+1].upper {
			continue
		}
		if t.kind != word || t.is(conjunction|who) || t.is(verb|weakVerb) && !t.upper {
			break
		}
		end := s.run(k, sent.to)
		if end == k {
			continue
		}
		at, to := s.nameIn(k, end)
		before := &s.tokens[at-1]
		if p := -1; at < to {
			if p = s.known(at, to); p >= 0 && (to-at > 1 || !before.is(preposition|link)) && !before.is(preposition) && !s.isLedTo(from, at) {
				return ref{person: p, kind: news.OriginPerson, from: at, to: to}, true
			}
		}
		k = end - 1
	}
	return ref{}, false
}
