package quote

import "github.com/copydesk/copydesk/pkg/news"

// cue is a word that names a source: a verb of saying, or "according to".
type cue struct {
	at     int // token
	end    int // the token behind it
	weak   bool
	ref    ref
	ok     bool // ref is one
	follow bool // a participle: its source is that of the cue or subject before
	// before says that the source stands left of the cue.
	before bool
}

// longestClause is how many tokens are looked at from one on, mostCues how many
// cues of a sentence.
const (
	longestClause = 60
	mostCues      = 40
)

// cues finds the words of a sentence that name sources, with what they name.
func (s *story) cues(sent sentence) []cue {
	var all []cue
	if r, at, ok := s.byTurn(sent); ok {
		all = append(all, cue{at: at, end: at + 1, ref: r, ok: true, before: true})
	}
	for i := sent.from; i < sent.to && len(all) < mostCues; i++ {
		t := &s.tokens[i]
		if t.kind == colon {
			if c, ok := s.byColon(sent, i); ok {
				all = append(all, c)
			}
			continue
		}
		if c, ok := s.bySlot(sent, i); ok {
			all = append(all, c)
			continue
		}
		if t.kind != word || !t.is(verb|weakVerb|past|sourceBefore|opinion|sourceOf|sourceFrom|sourceAfter|sourceNamed|quoteOnly|participle) {
			continue
		}
		c := cue{at: i, end: i + 1 + t.more, weak: t.is(weakVerb) && !t.is(verb)}
		switch {
		case t.is(sourceAfter) && i > sent.from+1 && s.tokens[i-2].is(own):
			c.follow = true
		case t.is(sourceNamed):
			if c.end >= sent.to || !s.tokens[c.end].upper && !s.tokens[c.end].is(definite) {
				continue
			}
			c.ref, c.ok = s.originPhrase(sent, c.end)
			c.ok = c.ok && (c.ref.person >= 0 || c.ref.class != 0 || s.tokens[c.end].upper)
		case t.is(sourceBefore) && c.end < sent.to && s.tokens[c.end].is(own):
			s.documentPhrase(sent, &c)
		case t.is(opinion) && !t.is(sourceBefore):
			if !s.beginsSentence(i) {
				continue
			}
			c.ref, c.ok = s.rightPhrase(sent, c.end)
			c.ok = c.ok && (c.ref.person >= 0 || c.ref.class&role != 0)
		case t.is(sourceBefore):
			c.ref, c.ok = s.originPhrase(sent, c.end)
		case t.is(sourceOf | sourceFrom):
			s.documentPhrase(sent, &c)
		case t.is(sourceAfter):
			c.ref, c.ok = s.leftPhrase(sent, i)
			c.before = true
		case t.is(quoteOnly):
			behind := s.behindQuotation(i)
			if !behind && (i == sent.from || s.tokens[i-1].kind != comma) {
				continue
			}
			c.ref, c.ok = s.rightPhrase(sent, c.end)
			c.ok = c.ok && (behind || s.endsAs(sent, &c.ref))
		case t.upper && !s.beginsSentence(i), s.isNoun(sent, i):
			continue
		case t.is(participle):
			c.follow = true
			if r, ok := s.beside(sent, i); ok {
				c.ref, c.ok, c.follow, c.before = r, true, false, true
			} else if s.lex.final && len(s.mentionsBetween(sent.from, i)) == 0 {
				if r, ok := s.rightSayer(sent, c.end); ok && r.person >= 0 {
					c.ref, c.ok, c.follow = r, true, false // diyerek sözünü bitiren Doe
				}
			}
		default:
			if !s.subject(sent, &c) {
				continue
			}
			if c.ok && !c.before && c.ref.pronoun&it != 0 {
				s.behindIt(sent, &c)
			}
		}
		if c.ok || c.follow {
			c.ref.behind = !c.before && s.behindQuotation(i)
			all = append(all, c)
		}
	}
	return all
}

// endsAs says whether a clause ends with its source: "…, so die Polizei weiter."
func (s *story) endsAs(sent sentence, r *ref) bool {
	if r.pronoun != 0 || r.person < 0 && r.class == 0 && !s.isOutlet(r.from, r.to) {
		return false
	}
	k := r.to
	for k < sent.to && s.tokens[k].kind == word && s.tokens[k].is(adverb) {
		k++
	}
	return k == sent.to || s.tokens[k].kind == stop || s.tokens[k].kind == comma
}

// bySlot reads a verb that is not known as one of saying in the place where only
// such verbs stand: right behind a quotation and a comma, with a name, a role
// or a pronoun behind it.
func (s *story) bySlot(sent sentence, i int) (cue, bool) {
	t := &s.tokens[i]
	if !s.lex.inverted || t.kind != word || t.class != 0 || t.upper || i < 1 {
		return cue{}, false
	}
	k := i
	for k > sent.from && (s.tokens[k-1].is(reflexive|auxiliary) && s.tokens[k-1].kind == word) {
		k--
	}
	if !s.behindQuotation(k) {
		return cue{}, false
	}
	r, ok := s.rightSubject(sent, i+1)
	if ok && r.pronoun&it != 0 {
		c := cue{at: i, end: i + 1, ref: r, ok: true}
		s.behindIt(sent, &c) // klinkt het bij Doe
		return c, c.ref.pronoun == 0
	}
	if !ok || r.person < 0 && r.pronoun&(he|she) == 0 && r.class&(role|crowd) == 0 {
		return cue{}, false
	}
	return cue{at: i, end: i + 1, ref: r, ok: true}, true
}

// isNoun says whether a word that may be a verb is a noun here: "a report".
func (s *story) isNoun(sent sentence, i int) bool {
	if i == sent.from {
		return false
	}
	t := &s.tokens[i-1]
	return t.kind == word && (t.is(article|preposition) && !t.is(adverb|sourceBefore) || isGenitive(s.word(i-1)))
}

// behindQuotation says whether a quotation, and a comma or a dash or both
// perhaps, stands before the token.
func (s *story) behindQuotation(i int) bool {
	i--
	if i >= 0 && s.tokens[i].kind == dash {
		i--
	}
	if i >= 0 && s.tokens[i].kind == comma {
		i--
	}
	return i >= 0 && s.tokens[i].kind == quoted
}

// nameStart is where the capitalised words begin that end before the token.
func (s *story) nameStart(end int) int {
	for end > 0 && s.tokens[end-1].kind == word && s.tokens[end-1].upper && !s.tokens[end-1].is(common) {
		end--
	}
	return end
}

// byColon reads "Jane Doe: …", a name or a role before a colon with a quotation
// behind it, without a verb of saying.
func (s *story) byColon(sent sentence, i int) (cue, bool) {
	if i+1 >= sent.to || s.tokens[i+1].kind != quoted {
		return cue{}, false
	}
	start := s.chunkStart(sent, i)
	for k := start; k < i; k++ {
		if s.tokens[k].is(verb|weakVerb) && !s.tokens[k].upper {
			return cue{}, false
		}
	}
	if start != sent.from && s.tokens[start-1].kind != comma && s.tokens[start-1].kind != dash {
		return cue{}, false
	}
	if s.tokens[max(start, s.nameStart(i)-1)].is(common) {
		return cue{}, false // the case of Jane Doe: "…"
	}
	r, ok := s.phrase(start, i)
	if end := s.run(start, i); end > start && end < i && s.tokens[end].is(preposition) && s.tokens[end].kind == word && !s.tokens[end].is(link|particle) {
		// Doe on Roe: "…"
		if at, to := s.nameIn(start, end); at < to && s.known(at, to) >= 0 {
			r, ok = ref{person: s.known(at, to), kind: news.OriginPerson, from: start, to: end}, true
		}
	}
	if !ok {
		// grinst der Hausmeister: the phrase right before the colon.
		k := i
		for k > start && (s.tokens[k-1].upper || s.tokens[k-1].is(role|crowd|particle) && !s.tokens[k-1].is(article)) {
			k--
		}
		if k > start && s.tokens[k-1].is(article) && !s.tokens[k-1].is(oblique) {
			k--
		}
		if k < i && k > start && s.tokens[k-1].class == 0 && s.lex.inverted {
			r, ok = s.phrase(k, i)
		}
	}
	if !ok {
		for _, m := range s.mentionsBetween(start, i) {
			if s.isSubject(m.at) {
				r, ok = ref{person: m.person, kind: news.OriginPerson, from: m.at, to: m.at + 1}, true // Doe is brief:
				break
			}
		}
	}
	if !ok {
		// A note lay inside: the document nearest to the colon.
		for k := i - 1; k >= start; k-- {
			if s.tokens[k].is(document) && !s.tokens[k].is(verb|weakVerb) {
				if k > start && s.tokens[k-1].is(article) {
					k--
				}
				r, ok = s.phrase(k, i)
				break
			}
		}
	}
	if !ok || r.person < 0 && r.class&document == 0 && (r.pronoun != 0 || r.class&(role|crowd|organization) == 0) {
		return cue{}, false
	}
	return cue{at: i, end: i + 1, ref: r, ok: true, before: true}, true
}
