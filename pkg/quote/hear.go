package quote

import (
	"sort"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
)

// source is one origin that the story names.
type source struct {
	name   string
	words  []string // of the name, in lower case
	kind   news.PersonKind
	role   string
	person int // index in people, -1 for none
	class  class
	// at is where it was last named, a token.
	at int
}

// mostSources and mostPeople bound what is kept of a story.
const (
	mostSources = 300
	mostPeople  = 200
)

// hear goes through the story and finds who said what.
func (s *story) hear() {
	last := -1      // who spoke last
	lastBlock := -1 // and where
	var late []int  // quotations of subheads, which the text below explains
	for _, sent := range s.sentences {
		all := s.cues(sent)
		quotes := s.quotesOf(sent)
		heading := s.kinds[sent.block] == news.Subhead
		if len(all) == 0 && len(quotes) == 0 {
			continue
		}
		of := make([]int, len(all)) // the source of each cue
		for i := range all {
			of[i] = -1
			c := &all[i]
			if c.weak && !s.weakCounts(sent, c, quotes) {
				continue
			}
			if heading && len(quotes) == 0 {
				continue
			}
			if c.follow {
				switch {
				case i > 0 && of[i-1] >= 0:
					of[i] = of[i-1]
				default:
					of[i] = s.subjectOf(sent, c.at, last)
				}
				if of[i] < 0 && c.ok {
					of[i] = s.resolve(&c.ref, last)
				}
			} else {
				of[i] = s.resolve(&c.ref, last)
			}
			if of[i] >= 0 && s.tokens[c.at].is(verb|weakVerb|past) {
				s.hearers(sent, max(c.at, c.ref.to-1))
			}
			if of[i] >= 0 && len(quotes) == 0 {
				last, lastBlock = of[i], sent.block
				s.sources[last].at = c.at
			}
		}
		for _, q := range quotes {
			span := s.tokens[q].span
			who, verb := s.speakerOf(q, all, of)
			switch {
			case who >= 0:
			case heading:
				if len(late) < mostLate {
					late = append(late, span)
				}
				continue
			case s.isNobody(q):
			default:
				who = s.subjectOf(sent, q, last)
				if who < 0 && last >= 0 {
					if other := s.subjectSince(max(s.sources[last].at, s.blockStart(sent.block-1)), q, 0); other >= 0 {
						who = s.sourceOfPerson(other, q)
					} else if sent.block-lastBlock <= s.reach(sent, lastBlock) {
						who = last
					}
				} else if who < 0 {
					if other := s.subjectSince(s.blockStart(sent.block-1), q, 0); other >= 0 {
						who = s.sourceOfPerson(other, q)
					}
				}
			}
			s.speakers[span] = said{who, verb}
			if who >= 0 {
				last, lastBlock = who, sent.block
				s.sources[last].at = q
			}
		}
	}
	s.explain(late)
}

// reach is how many blocks back the last speaker may be: pictures and
// subheads between do not count.
func (s *story) reach(sent sentence, last int) int {
	n := 1
	if s.tokens[sent.from].kind == quoted && sent.to-sent.from < 3 {
		n = 3 // an answer, or speech that goes on
	}
	for k := last + 1; k < sent.block; k++ {
		if s.blocks[k] == "" || s.kinds[k] == news.Subhead {
			n++
		}
	}
	return n
}

func (s *story) quotesOf(sent sentence) []int {
	var all []int
	for i := sent.from; i < sent.to; i++ {
		if s.tokens[i].kind == quoted {
			all = append(all, i)
		}
	}
	return all
}

// weakCounts says whether a verb that does not always mean saying does so here:
// a quotation stands in the sentence, or a clause follows.
func (s *story) weakCounts(sent sentence, c *cue, quotes []int) bool {
	if len(quotes) > 0 {
		return true
	}
	if pair := s.lex.pairs[s.lower(c.at)]; pair != nil {
		for k := c.end; k < sent.to && k < c.end+longestClause && s.tokens[k].kind != quoted; k++ {
			for _, second := range pair {
				if s.lower(k) == second && (k+1 == sent.to || s.tokens[k+1].kind != word || s.tokens[k+1].is(conjunction)) {
					return true
				}
			}
		}
	}
	k := c.end
	if k < sent.to && s.tokens[k].kind == comma {
		k++
	}
	return k < sent.to && s.tokens[k].is(that)
}

// speakerOf is the source of the cue that a quotation belongs to.
func (s *story) speakerOf(q int, all []cue, of []int) (who int, said string) {
	best, distance := -1, 0
	for i := range all {
		if of[i] < 0 {
			continue
		}
		c := &all[i]
		d := 0
		switch {
		case c.at > q:
			from := c.at
			if c.before {
				from = min(from, c.ref.from)
			}
			d = from - q
			if d > 2 || s.tokens[c.at].is(sourceBefore) && s.tokens[q+1].kind != comma {
				d += 30 // not right behind it
			}
		default:
			d = 3 + (q-c.at)/4
		}
		if best < 0 || d < distance {
			best, distance = i, d
		}
	}
	if best < 0 {
		return -1, ""
	}
	if k := all[best].at; s.tokens[k].kind == word && !s.tokens[k].is(sourceBefore|sourceAfter|sourceOf|sourceFrom|quoteOnly) {
		said = s.word(k)
	}
	return of[best], said
}

// subjectOf is the person of whom a sentence without a word of saying speaks,
// -1 if it does not tell.
func (s *story) subjectOf(sent sentence, before, last int) int {
	for k := sent.from; k < before && k < sent.from+3; k++ {
		t := &s.tokens[k]
		if t.kind != word {
			break
		}
		if t.is(he|she) && (t.upper || k == sent.from) {
			return s.resolve(&ref{person: -1, pronoun: t.class & pronoun, from: k, to: k + 1}, last)
		}
	}
	for _, m := range s.mentionsBetween(sent.from, min(before, sent.from+9)) {
		k := m.at
		for k > sent.from && (s.tokens[k-1].upper || s.tokens[k-1].is(particle|role)) {
			k--
		}
		if k > sent.from && s.tokens[k-1].is(preposition|link) || isGenitive(s.word(m.at)) {
			continue
		}
		return s.sourceOfPerson(m.person, m.at)
	}
	if r, ok := s.opening(sent, before); ok && (r.inside || last < 0 || s.tokens[s.sources[last].at].block != sent.block) {
		return s.resolve(&r, last)
	}
	if r, ok := s.nearDocument(sent, before); ok {
		return s.resolve(&r, last)
	}
	if last >= 0 && s.tokens[s.sources[last].at].block == sent.block {
		return -1
	}
	if s.lex.nouns {
		return -1
	}
	if end := s.run(sent.from, before); end > sent.from && end < before && (end-sent.from > 1 || s.people.inner[s.lower(sent.from)] > 0) && s.tokens[end].kind == word && !s.tokens[end].upper && !s.tokens[end].is(preposition|link) {
		if r, ok := s.unnamed(sent.from, end); ok {
			return s.resolve(&r, last)
		}
	}
	return -1
}

// nearDocument is a document that is spoken of right before a quotation: "a note
// with the words".
func (s *story) nearDocument(sent sentence, q int) (ref, bool) {
	for k := q - 1; k > sent.from && k > q-6; k-- {
		t := &s.tokens[k]
		if t.kind != word {
			break
		}
		if t.is(document) && !t.is(verb|weakVerb) && s.tokens[k-1].is(indefinite) {
			return s.phrase(k-1, k+1)
		}
	}
	return ref{}, false
}

// opening is the phrase that opens a sentence, if it names a document, an
// organisation or people by what they are, and goes on to a quotation without
// a word of saying: "The report puts it at \"not less than a year\"".
func (s *story) opening(sent sentence, before int) (ref, bool) {
	from := sent.from
	for from < before && s.tokens[from].is(adverb|conjunction) && s.tokens[from].kind == word {
		from++
	}
	inside := from < before && s.tokens[from].is(local)
	if inside && !s.tokens[from].is(article) {
		from++
	}
	if from >= before || s.tokens[from].kind != word || !s.tokens[from].is(article) && !inside {
		return ref{}, false
	}
	head := -1
	k := from
	for ; k < before && k < from+longestClause; k++ {
		t := &s.tokens[k]
		if t.kind != word || t.is(verb|weakVerb|auxiliary|passive|pronoun|negation|who|conjunction|past) && !t.is(article|organization|document) || t.is(preposition) && !t.is(link|article) && (head < 0 || !s.tokens[head].is(role|crowd)) {
			break
		}
		if t.is(organization | document | crowd | role) {
			head = k
		} else if head >= 0 && t.is(article) && !s.tokens[k-1].is(link) && !t.is(genitive|link) {
			break
		} else if head >= 0 && t.class == 0 && !t.upper {
			// An adjective, or the verb already.
			if n := k + 1; n < before && s.tokens[n].kind == word && !s.tokens[n].is(verb|weakVerb|auxiliary|passive|who|preposition|past|negation) {
				break
			}
		}
	}
	if head < 0 || k-from > longestPhrase || inside && !s.tokens[head].is(document) {
		return ref{}, false
	}
	r, ok := s.phrase(from, k)
	if inside && (!ok || r.class&document == 0) {
		return r, false
	}
	r.inside = inside
	return r, ok
}

// resolve finds or makes the source that a phrase refers to, -1 if it cannot
// be told.
func (s *story) resolve(r *ref, last int) int {
	switch {
	case r.person >= 0:
		return s.sourceOfPerson(r.person, r.from)
	case r.pronoun&(he|she) != 0:
		return s.lastPerson(r.pronoun&(he|she), r.from, last)
	case r.pronoun&(it|they) != 0:
		return s.lastOther(r.pronoun, r.from)
	case r.pronoun != 0:
		return -1
	}
	if r.vague {
		if last >= 0 && s.tokens[r.from].block-s.tokens[s.sources[last].at].block <= 1 {
			return last
		}
		if last < 0 {
			return s.lastPerson(s.sexOf(s.tokens[r.from].class), r.from, last)
		}
		return -1
	}
	if r.class&role != 0 && !s.tokens[r.from].is(indefinite) {
		if p := s.byRole(r); p >= 0 {
			return s.sourceOfPerson(p, r.from)
		}
		if r.definite && !s.hasMore(r) && !s.isAnother(r, last) {
			if who := s.lastPerson(s.sexOf(s.tokens[r.from].class), r.from, last); who >= 0 {
				return who
			}
		}
	}
	if r.class&role != 0 && r.definite && r.behind && last >= 0 && s.tokens[s.sources[last].at].block == s.tokens[r.from].block {
		if p := s.sources[last].person; p >= 0 && s.fits(s.people.all[p].sex, s.sexOf(s.tokens[r.from].class)) {
			return last
		}
	}
	words := s.nameWords(r.name)
	for i := range s.sources {
		if s.sameSource(&s.sources[i], r, words) {
			if len(r.name) > len(s.sources[i].name) && !strings.Contains(s.sources[i].name, r.name) && r.class&document == 0 {
				s.sources[i].name, s.sources[i].words = r.name, words
			}
			s.sources[i].at = r.from
			return i
		}
	}
	if len(s.sources) == mostSources {
		return -1
	}
	s.sources = append(s.sources, source{name: r.name, words: s.nameWords(r.name), kind: r.kind, role: r.role, person: -1, class: r.class, at: r.from})
	return len(s.sources) - 1
}

// isAnother says whether a role is not that of who spoke last: he has one that
// is printed, and spoke in another block.
func (s *story) isAnother(r *ref, last int) bool {
	if last < 0 || s.sources[last].person < 0 || s.tokens[s.sources[last].at].block == s.tokens[r.from].block {
		return false
	}
	p := &s.people.all[s.sources[last].person]
	return len(p.roles) > 0 && len(s.mentionsBetween(s.first[s.tokens[r.from].block], r.from)) == 0
}

// hasMore says whether a phrase tells more than a role: of what, or for whom.
func (s *story) hasMore(r *ref) bool {
	for k := r.from + 1; k < r.to; k++ {
		if s.tokens[k].is(link | genitive | preposition) {
			return true
		}
	}
	return false
}

// sourceOfPerson finds or makes the source of a person.
func (s *story) sourceOfPerson(p, at int) int {
	for i := range s.sources {
		if s.sources[i].person == p {
			s.sources[i].at = at
			return i
		}
	}
	if len(s.sources) == mostSources {
		return -1
	}
	who := &s.people.all[p]
	s.sources = append(s.sources, source{name: who.name, kind: news.KindPerson, role: who.role, person: p, at: at})
	return len(s.sources) - 1
}

// lastPerson is the person that a pronoun at the token means, or a role without
// a name: who opened a sentence since somebody spoke last, who spoke last, who
// was mentioned last, if of the right sex as far as is known.
func (s *story) lastPerson(sex class, at, last int) int {
	if sex != 0 {
		if who := s.roleBefore(sex, at); who >= 0 {
			return who
		}
	}
	if last >= 0 {
		src := &s.sources[last]
		if other := s.subjectSince(src.at, at, sex); other >= 0 {
			return s.sourceOfPerson(other, at)
		}
		if src.person >= 0 && s.fits(s.people.all[src.person].sex, sex) {
			return last
		}
		if s.lex.gendered && sex != 0 && src.kind != news.KindPerson && s.tokens[at].block == s.tokens[src.at].block {
			return last
		}
		if src.person < 0 && src.class&role != 0 && s.fits(s.sexOf(src.class), sex) && s.tokens[at].block-s.tokens[src.at].block <= 1 {
			return last
		}
	}
	before := s.mentionsBetween(0, at)
	for i := len(before) - 1; i >= max(0, len(before)-farMentions); i-- {
		if m := before[i]; s.fits(s.people.all[m.person].sex, sex) {
			return s.sourceOfPerson(m.person, at)
		}
	}
	return -1
}

// roleBefore is somebody without a name who opens the sentence before that of a
// pronoun, by his role: "The baker swept the street. “…,” he said."
func (s *story) roleBefore(sex class, at int) int {
	i := sort.Search(len(s.sentences), func(i int) bool { return s.sentences[i].to > at }) - 1
	if i < 0 || s.sentences[i].block != s.tokens[at].block {
		return -1
	}
	sent := s.sentences[i]
	if len(s.mentionsBetween(s.first[sent.block], sent.to)) > 0 || !s.tokens[sent.from].is(article) && !s.tokens[sent.from].is(role) {
		return -1
	}
	r, ok := s.opening(sent, sent.to)
	if !ok || r.person >= 0 || r.class&role == 0 || r.inside || !s.fits(s.sexOf(r.class), sex) || s.byRole(&r) >= 0 {
		return -1
	}
	for k := range s.sources {
		if s.sources[k].person < 0 && s.sources[k].name == r.name {
			return k
		}
	}
	if len(s.sources) == mostSources || !r.definite {
		return -1
	}
	s.sources = append(s.sources, source{name: r.name, words: s.nameWords(r.name), kind: r.kind, person: -1, class: r.class, at: r.from})
	return len(s.sources) - 1
}

// fits says whether somebody can be of the sex that is asked for; 0 is unknown.
func (s *story) fits(own, sex class) bool { return sex == 0 || own == 0 || own&sex != 0 }

// subjectSince is the person who last opened a sentence between two tokens, or
// stands behind the verb that does; -1 if nobody does.
func (s *story) subjectSince(from, to int, sex class) int {
	found := -1
	between := s.mentionsBetween(from+1, to)
	for _, m := range between[max(0, len(between)-farMentions):] {
		if !s.fits(s.people.all[m.person].sex, sex) || isGenitive(s.word(m.at)) {
			continue
		}
		if s.isSubject(m.at) {
			found = m.person
		}
	}
	return found
}

// isSubject says whether the name that ends at the token can be the subject of
// its sentence: nothing but words for a role stands before it.
func (s *story) isSubject(at int) bool {
	if s.lex.caseless {
		// Subjects stand behind verbs.
		for at > 0 && s.tokens[at-1].upper {
			at--
		}
		return at == 0 || !s.tokens[at-1].is(preposition|link)
	}
	k, apposed := at, false
	for n := 0; n < 8 && k > 0 && !s.beginsSentence(k); n++ {
		t := &s.tokens[k-1]
		if t.kind == comma && !apposed && s.allName(k, at+1) {
			apposed = true // the mayor, Jane Doe
			k--
			continue
		}
		if apposed && t.is(link|article) && !t.is(verb) {
			k--
			continue
		}
		if t.kind != word || t.is(preposition|link|who|pronoun) {
			return false
		}
		if t.is(conjunction) {
			return s.beginsSentence(k - 1)
		}
		if t.is(verb|weakVerb|auxiliary|passive) && !t.upper {
			return s.lex.inverted
		}
		k--
	}
	return s.beginsSentence(k)
}

// blockStart is the token before the first of a block with text, at the block
// or before it.
func (s *story) blockStart(block int) int {
	for block > 0 && s.blocks[block] == "" {
		block--
	}
	return s.first[max(0, block)] - 1
}

// isNobody says whether a verb without a speaker stands behind a quotation:
// "…", hallte es durch die Straßen.
func (s *story) isNobody(q int) bool {
	k := q + 1
	if k >= len(s.tokens) || s.tokens[k].block != s.tokens[q].block {
		return false
	}
	if s.tokens[k].kind == colon {
		return true
	}
	if s.tokens[k].kind == comma {
		k++
	}
	self := false
	for k < len(s.tokens) && s.tokens[k].is(reflexive) {
		self = true
		k++
	}
	if k+1 >= len(s.tokens) || s.tokens[k+1].block != s.tokens[q].block {
		return false
	}
	t := &s.tokens[k]
	return t.kind == word && t.class == 0 && !t.upper && (s.tokens[k+1].is(it) || self && s.tokens[k+1].is(preposition))
}

// farMentions is how many mentions back a pronoun may reach.
const farMentions = 50

// mentionsBetween are the mentions of people from one token up to another.
func (s *story) mentionsBetween(from, to int) []mention {
	all := s.people.mentions
	lo := sort.Search(len(all), func(i int) bool { return all[i].at >= from })
	hi := sort.Search(len(all), func(i int) bool { return all[i].at >= to })
	return all[lo:max(lo, hi)]
}

// lastOther is the organisation, or the people, that a pronoun means: the
// source that was named last.
func (s *story) lastOther(pronoun class, at int) int {
	best := -1
	for i := range s.sources {
		src := &s.sources[i]
		fits := src.kind == news.KindOrganization
		if pronoun&they != 0 {
			fits = fits || src.class&crowd != 0
		}
		if fits && src.at < at && (best < 0 || src.at > s.sources[best].at) && s.tokens[at].block-s.tokens[src.at].block <= 2 {
			best = i
		}
	}
	return best
}

// byRole is the person whose role the phrase names, -1 for none.
func (s *story) byRole(r *ref) int {
	best := -1
	for k := r.from; k < r.to; k++ {
		if !s.tokens[k].is(role) {
			continue
		}
		w := s.lower(k)
		for i := range s.people.all {
			p := &s.people.all[i]
			for _, own := range p.roles {
				if (p.at < r.from || best < 0) && (own == w || s.lex.enclitic && strings.HasPrefix(w, own) && len(w)-len(own) < 4 || s.lex.nouns && len(own) > 5 && len(w) > 5 && (strings.HasSuffix(own, w) || strings.HasSuffix(w, own))) {
					best = i
				}
			}
		}
		break
	}
	return best
}

// sameSource says whether a phrase names a source that was named before.
func (s *story) sameSource(src *source, r *ref, b []string) bool {
	if src.person >= 0 || src.kind != r.kind {
		return false
	}
	a := src.words
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	if strings.EqualFold(src.name, r.name) {
		return true
	}
	if !r.definite {
		return a[len(a)-1] == b[len(b)-1] && r.kind == news.KindOrganization && sameWords(a, b)
	}
	return sameWords(a, b)
}

// nameWords are the words of a name in lower case, in languages whose nouns
// have capitals without the genitive's ending.
func (s *story) nameWords(name string) []string {
	words := strings.Fields(strings.ToLower(name))
	if s.lex.nouns {
		for i, w := range words {
			if len(w) > 4 {
				words[i] = strings.TrimSuffix(strings.TrimSuffix(w, "s"), "e")
			}
		}
	}
	return words
}

// mostLate is how many quotations in headings are explained.
const mostLate = 30

// explain finds the speakers of quotations in headings: those of the
// quotation in the text that has the same words, or of the person named in the
// heading.
func (s *story) explain(late []int) {
	for _, at := range late {
		q := &s.spans[at]
		text := strings.ToLower(strings.Trim(s.blocks[q.block][q.from:q.to], " .,!?…"))
		for i := range s.spans {
			o := &s.spans[i]
			if i != at && s.kinds[o.block] != news.Subhead && o.to-o.from >= len(text) && strings.Contains(strings.ToLower(s.blocks[o.block][o.from:o.to]), text) {
				s.speakers[at] = s.speakers[i]
			}
		}
		if s.speakers[at].source >= 0 {
			continue
		}
		for i := range s.spans {
			if s.spans[i].block > q.block && s.kinds[s.spans[i].block] != news.Subhead {
				s.speakers[at].source = s.speakers[i].source
				break
			}
		}
	}
}
