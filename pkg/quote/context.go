package quote

import (
	"sort"

	"github.com/copydesk/copydesk/pkg/news"
)

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
		if k > sent.from && s.tokens[k-1].is(preposition|link|common) || isGenitive(s.word(m.at)) {
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
	if from >= before || s.tokens[from].kind != word || !s.tokens[from].is(article) && !inside && !s.isBareRole(from) {
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
			if n := k + 1; n == before && !s.lex.caseless || n < before && s.tokens[n].kind == word && !s.tokens[n].is(verb|weakVerb|auxiliary|passive|who|preposition|past|negation) {
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

// isBareRole says whether the word at the token is a role that needs no article:
// "Treneren", or any in a language that has none.
func (s *story) isBareRole(k int) bool {
	if s.lex.final {
		// Üst düzey bir yetkili.
		for n := 0; n < 7 && k+1 < len(s.tokens) && s.tokens[k].kind == word && !s.tokens[k].is(verb|weakVerb|conjunction); k, n = k+1, n+1 {
			if s.tokens[k].is(indefinite) && s.tokens[k+1].is(role|crowd) && !s.tokens[k+1].is(oblique) {
				return true
			}
		}
		return false
	}
	return s.tokens[k].is(role|crowd) && (s.lex.enclitic && s.isDefinite(k) || s.lex.inflected)
}

// leadBefore is who opens the sentence before one that is nothing but a
// quotation, by what he is: "A mother who waits nods. “…”"; -1 for nobody.
func (s *story) leadBefore(sent sentence, last int) int {
	i := sort.Search(len(s.sentences), func(i int) bool { return s.sentences[i].to > sent.from }) - 1
	if i < 0 || s.sentences[i].block != sent.block || s.tokens[sent.from].kind != quoted || len(s.quotesOf(s.sentences[i])) > 0 {
		return -1
	}
	before := s.sentences[i]
	if last >= 0 && s.sources[last].at >= before.from {
		return -1 // somebody spoke in it
	}
	r, ok := s.opening(before, before.to)
	if !ok || r.person >= 0 || r.inside || r.class&(role|crowd) == 0 || len(s.mentionsBetween(before.from, r.to)) > 0 {
		return -1
	}
	return s.resolve(&r, last)
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
		if s.lex.gendered && sex != 0 && src.kind != news.OriginPerson && s.tokens[at].block == s.tokens[src.at].block {
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

// thingBefore is the document or organisation that opens the sentence before
// that of a pronoun: "The study is out. It found that …"; -1 if there is none.
func (s *story) thingBefore(r *ref, last int) int {
	i := sort.Search(len(s.sentences), func(i int) bool { return s.sentences[i].to > r.from }) - 1
	if r.pronoun&it == 0 || i < 0 || s.sentences[i].block != s.tokens[r.from].block {
		return -1
	}
	sent := s.sentences[i]
	thing, ok := s.opening(sent, sent.to)
	if !ok || thing.person >= 0 || thing.class&(document|organization) == 0 || thing.class&(role|crowd) != 0 || thing.inside {
		return -1
	}
	return s.resolve(&thing, last)
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
	if !ok || r.person >= 0 || r.class&(role|crowd) == 0 || r.inside || !s.fits(s.sexOf(r.class), sex) || s.byRole(&r) >= 0 {
		return -1
	}
	for k := range s.sources {
		if s.sources[k].person < 0 && s.sources[k].name == r.name {
			return k
		}
	}
	if len(s.sources) == mostSources {
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
	if s.lex.inflected && at > 0 && s.tokens[at-1].upper && s.lex.isNominative(s.lower(at-1)) {
		return true
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
		if t.kind == word && t.is(preposition) && k > 1 && s.isRoleOf(k-1) {
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
		fits := src.kind == news.OriginOrganization || pronoun&it != 0 && src.kind == news.OriginDocument && !s.lex.gendered
		if pronoun&they != 0 {
			fits = fits || src.class&crowd != 0
		}
		if fits && src.at < at && (best < 0 || src.at > s.sources[best].at) && s.tokens[at].block-s.tokens[src.at].block <= 2 {
			best = i
		}
	}
	return best
}
