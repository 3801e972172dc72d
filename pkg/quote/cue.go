package quote

import (
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
)

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
		if t.kind != word || !t.is(verb|weakVerb|past|sourceBefore|opinion|sourceOf|sourceFrom|sourceAfter|quoteOnly|participle) {
			continue
		}
		c := cue{at: i, end: i + 1 + t.more, weak: t.is(weakVerb) && !t.is(verb)}
		switch {
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
			if !s.behindQuotation(i) {
				continue
			}
			c.ref, c.ok = s.rightPhrase(sent, c.end)
		case t.upper && !s.beginsSentence(i), s.isNoun(sent, i):
			continue
		case t.is(participle):
			c.follow = true
		default:
			if !s.subject(sent, &c) {
				continue
			}
		}
		if c.ok || c.follow {
			c.ref.behind = !c.before && s.behindQuotation(i)
			all = append(all, c)
		}
	}
	return all
}

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
	return t.kind == word && (t.is(article|preposition) && !t.is(adverb) || isGenitive(s.word(i-1)))
}

// behindQuotation says whether a quotation, and a comma perhaps, stands before
// the token.
func (s *story) behindQuotation(i int) bool {
	i--
	if i >= 0 && (s.tokens[i].kind == comma || s.tokens[i].kind == dash) {
		i--
	}
	return i >= 0 && s.tokens[i].kind == quoted
}

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
			if s.tokens[j].kind == open {
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
		if aux < 0 && s.tokens[c.at].is(past) {
			return false
		}
		if aux >= 0 {
			if r, ok := s.phrase(s.chunkStart(sent, aux), aux); ok {
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
	if head > sent.from && s.tokens[head-1].kind == comma && !s.behindQuotation(head) {
		if s.lex.second && !s.isApposition(sent, head-1) {
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
	if start < head {
		if r, ok := s.phrase(start, head); ok {
			// Doe, Roe und Entzug: the end of a list is no subject.
			listed := s.lex.nouns && start > sent.from && s.tokens[start-1].is(conjunction) && r.person < 0 && r.pronoun == 0 && r.class == 0
			c.ref, c.ok, c.before = r, !listed, true
			return true
		}
		if start > sent.from && s.tokens[start-1].is(who) && !s.lex.second {
			if r, ok := s.antecedent(sent, start-1); ok && r.pronoun == 0 {
				c.ref, c.ok, c.before = r, true, true
				return true
			}
		}
		if !s.lex.inverted {
			return true
		}
	} else if start > sent.from && s.tokens[start-1].is(who) {
		if r, ok := s.antecedent(sent, start-1); ok {
			c.ref, c.ok, c.before = r, true, true
		}
		return true
	}
	if start == head && start > sent.from && s.tokens[start-1].is(conjunction) {
		c.follow = true // he came and said
		if s.lex.inverted {
			c.ref, c.ok = s.rightSubject(sent, c.end)
		}
		return true
	}
	c.ref, c.ok = s.rightSubject(sent, c.end)
	if c.ok && c.ref.pronoun&it != 0 {
		s.behindIt(sent, c)
	}
	return true
}

// firstSubject finds the subject of a verb that ends its sentence: right behind
// a verb that follows a quotation, or else what opens the sentence.
func (s *story) firstSubject(sent sentence, c *cue) bool {
	verbAt := c.at
	for verbAt > sent.from && s.tokens[verbAt-1].is(adverb) {
		verbAt--
	}
	if s.behindQuotation(verbAt) {
		if c.ref, c.ok = s.rightPhrase(sent, c.end); c.ok {
			return true
		}
	}
	c.before = true
	for _, m := range s.mentionsBetween(sent.from, c.at) {
		if !strings.ContainsAny(s.word(m.at), "'’") {
			c.ref, c.ok = ref{person: m.person, kind: news.KindPerson, from: m.at, to: m.at + 1}, true
			return true
		}
	}
	end := sent.from
	for end < c.at && end < sent.from+longestClause && s.tokens[end].kind == word && !s.tokens[end].is(preposition|conjunction) {
		end++
	}
	for k := end; k > sent.from && !c.ok; k-- {
		if s.tokens[k-1].class&(role|organization|document|crowd) != 0 || s.tokens[k-1].upper && k-sent.from < 4 {
			c.ref, c.ok = s.phrase(sent.from, k)
			break
		}
	}
	c.follow = !c.ok
	return true
}

// behindIt finds the source behind a verb without a subject of its own: "hieß es
// in einem Bericht", "lyder det fra Doe".
func (s *story) behindIt(sent sentence, c *cue) {
	k := c.ref.to
	for k < sent.to && s.tokens[k].kind == word && s.tokens[k].is(adverb|calendar) {
		k++
	}
	if k >= sent.to || s.tokens[k].kind != word || !s.tokens[k].is(preposition) {
		return
	}
	inside := s.tokens[k].is(local)
	if r, ok := s.rightPhrase(sent, k+1); ok && r.pronoun == 0 && (r.class&document != 0 || !inside && (r.person >= 0 || r.class&organization != 0)) {
		c.ref = r
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
		if r, ok := s.phrase(second, end); ok && r.person >= 0 {
			return r, true
		}
	}
	if r, ok := s.phrase(first, second-1); ok && r.person >= 0 && !s.tokens[second].is(preposition|conjunction) {
		return r, true
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

// allName says whether tokens are capitalised words and particles only.
func (s *story) allName(from, to int) bool {
	for k := from; k < to; k++ {
		if t := &s.tokens[k]; t.kind != word || !t.upper && !t.is(particle) {
			return false
		}
	}
	return true
}

// rightSubject reads the subject that begins at the token.
func (s *story) rightSubject(sent sentence, from int) (ref, bool) {
	r, ok := s.rightPhrase(sent, from)
	if !ok && from < sent.to && s.tokens[from].is(preposition) && (s.behindQuotation(from-1) || s.lex.caseless) {
		return s.farSubject(sent, from)
	}
	if ok && (r.person < 0 && s.tokens[r.from].is(oblique) || r.pronoun == me) {
		return r, false
	}
	return r, ok
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
			if p = s.known(at, to); p >= 0 && (to-at > 1 || !before.is(preposition|link)) && !before.is(preposition) {
				return ref{person: p, kind: news.KindPerson, from: at, to: to}, true
			}
		}
		k = end - 1
	}
	return ref{}, false
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
	if !ok {
		return r, false
	}
	if s.lex.caseless && r.person < 0 && r.class&role != 0 {
		s.farName(sent, &r)
	}
	// The mayor, Jane Doe; the host, foreign minister Jane Doe.
	if r.person < 0 && (r.class&role != 0 || r.vague || s.tokens[from].is(role)) && to+1 < sent.to && s.tokens[to].kind == comma {
		if end := s.phraseEnd(sent, to+1); end > to+1 {
			if second, ok := s.phrase(to+1, end); ok && second.person >= 0 {
				second.from = r.from
				return second, true
			}
		}
	}
	return r, true
}

// originPhrase reads what stands behind "according to". Of data from somebody
// the source is somebody; people without names are told apart by all that is
// said of them: "two people familiar with the matter".
func (s *story) originPhrase(sent sentence, from int) (ref, bool) {
	if inner, ok := s.innerOrigin(sent, from); ok {
		return inner, true
	}
	r, ok := s.rightPhrase(sent, from)
	if r.vague || !ok && s.lex.enclitic && from < sent.to && s.tokens[from].kind == word && s.tokens[from].class == 0 && s.isDefinite(from) {
		end := s.phraseEnd(sent, from)
		return ref{person: -1, name: s.phraseText(from, max(end, from+1)), kind: news.KindOrganization, class: organization, from: from, to: max(end, from+1)}, true
	}
	if !ok || r.person >= 0 || r.to+1 >= sent.to {
		return r, ok
	}
	next := &s.tokens[r.to]
	switch {
	case r.class&crowd != 0 && !r.definite && next.is(preposition):
		end := r.to
		for end < sent.to && end-r.from < longestPhrase && s.tokens[end].kind == word && !s.tokens[end].is(conjunction|who|verb|calendar) {
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

// farName finds, in a language without capitals, the name behind a role of many
// words: "the head of the committee in the chamber Jane Doe"; without one, who
// has no article is known by all of them.
func (s *story) farName(sent sentence, r *ref) {
	k := r.to
	for k < sent.to && k-r.from < longestPhrase && s.tokens[k].kind == word && !s.tokens[k].is(conjunction|who|verb|weakVerb|adverb|calendar|pronoun|negation) {
		if end := s.run(k, sent.to); end > k {
			if p := s.known(k, end); p >= 0 {
				r.person, r.kind, r.to = p, news.KindPerson, end
			}
			return
		}
		k++
	}
	if k > r.to && r.to < sent.to && s.tokens[r.to].is(preposition) && !r.definite {
		r.to = k
		r.name = s.phraseText(r.from, k)
	}
}

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
		if s.lex.caseless && before.upper && !t.upper && !t.is(role) {
			break
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
		if t.is(preposition|conjunction|who|auxiliary|pronoun|verb|weakVerb|negation|passive) && !(t.upper && !t.is(preposition)) {
			if t.is(local) && before.is(organization) && k+1 < sent.to && s.tokens[k+1].upper {
				continue // das Gericht in Den Haag
			}
			if t.is(conjunction) && before.upper && k+1 < sent.to && s.tokens[k+1].upper && before.is(organization) {
				continue
			}
			break
		}
		if t.is(adverb|calendar) && !t.upper || t.is(calendar) {
			break
		}
		if t.is(article) && !before.is(link|preposition|particle) {
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
			break
		}
		if s.lex.nouns && !t.upper && before.upper && !t.is(role|crowd|organization|document) {
			break
		}
	}
	return k
}

// leftPhrase reads the noun phrase that ends before the token.
func (s *story) leftPhrase(sent sentence, end int) (ref, bool) {
	start := s.chunkStart(sent, end)
	k := end
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
	r, ok := s.phrase(start, i)
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
