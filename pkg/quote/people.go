package quote

import (
	"slices"
	"strings"
)

// person is somebody whom the story names in full.
type person struct {
	name  string
	words []string // of the name, in lower case
	role  string   // as printed beside it
	roles []string // the words of the role that are roles, in lower case
	// sex is he, she or 0.
	sex class
	// sure says that a first name or a role tells that it is one.
	sure bool
	// at is the token of the first mention.
	at int
}

// people are all of a story, and who was mentioned where.
type people struct {
	all    []person
	byLast map[string][]int
	// byStart is by the first two words of a name: Ana Cabo, Ana Cabo Faro.
	byStart map[string]int
	// bare and common count how often a capitalised word stands alone without
	// an article, and with one; inner leaves out those that open a sentence.
	bare, common, inner map[string]int
	// mentions are in the order of the text.
	mentions []mention
}

type mention struct{ at, person int }

// findPeople finds the people of the story by their full names.
func (s *story) findPeople() {
	s.people.byLast, s.people.byStart = map[string][]int{}, map[string]int{}
	s.people.bare, s.people.common, s.people.inner = map[string]int{}, map[string]int{}, map[string]int{}
	type found struct{ from, to int }
	var runs []found
	for _, sent := range s.sentences {
		for i := sent.from; i < sent.to; {
			t := &s.tokens[i]
			if t.kind != word || !t.upper {
				i++
				continue
			}
			end := s.run(i, sent.to)
			if end == i {
				i++
				continue
			}
			runs = append(runs, found{i, end})
			i = end
		}
	}
	var named []found
	for _, r := range runs {
		from, to := s.nameIn(r.from, r.to)
		switch {
		case to-from == 1:
			if s.hasArticle(from) {
				s.people.common[s.lower(from)]++
			} else if s.tokens[from].class&(organization|document|crowd|role) == 0 {
				s.people.bare[s.lower(from)]++
				if !s.beginsSentence(from) {
					s.people.inner[s.lower(from)]++
				}
			}
		case to-from >= 2:
			named = append(named, found{from, to})
		}
	}
	for _, sure := range [...]bool{true, false} {
		for _, r := range named {
			s.addPerson(r.from, r.to, sure)
		}
	}
	for _, r := range runs {
		if from, to := s.nameIn(r.from, r.to); to-from == 1 {
			s.addSingle(from)
		}
	}
	for _, r := range runs {
		from, to := s.nameIn(r.from, r.to)
		if to > from {
			if p := s.known(from, to); p >= 0 {
				s.people.mentions = append(s.people.mentions, mention{to - 1, p})
				who := &s.people.all[p]
				if role, words, sex := s.roleBeside(from, to); who.role == "" && role != "" {
					who.role = role
					who.roles, who.sex = append(who.roles, words...), who.sex|sex
				}
			}
		}
	}
}

// nameIn is the part of a run behind its last word for a role.
func (s *story) nameIn(from, to int) (int, int) {
	for k := to - 1; k >= from; k-- {
		t := &s.tokens[k]
		if k > from && k+1 < to && t.is(firstName) && !s.tokens[k-1].is(firstName) && !s.isInitials(k-1) {
			return k, to
		}
		if t.is(role|crowd) && !(t.is(firstName) && k+1 < to) && !s.isSurname(from, k, to) && !s.isKnownSurname(from, k, to) {
			for k+1 < to && !s.tokens[k+1].upper && s.tokens[k+1].is(article) {
				k++
			}
			return k + 1, to
		}
		if isGenitive(s.word(k)) && k < to-1 {
			return k + 1, to
		}
	}
	return from, to
}

// isSurname says whether a word for a role is a surname here: it ends the run,
// or a particle is next, and a first name stands before it: Jan de Boer.
func (s *story) isSurname(from, k, to int) bool {
	if k+1 < to && !(s.tokens[k+1].is(particle) && !s.tokens[k+1].upper) {
		return false
	}
	if k == from {
		return false
	}
	for k--; k > from && s.tokens[k].is(particle) && !s.tokens[k].upper; k-- {
	}
	if k < from {
		return false
	}
	t := &s.tokens[k]
	// Roles have no capitals inside a sentence where nouns have none: Noortje Prins.
	plain := s.lex.second && !s.lex.nouns && k > from && t.upper && t.class == 0
	return (t.is(firstName) || plain) && !t.is(role)
}

// isKnownSurname says whether a word for a role that stands alone with a capital
// is the surname of somebody whom the story names in full: Bakker.
func (s *story) isKnownSurname(from, k, to int) bool {
	return from == k && k+1 == to && s.lex.second && !s.lex.nouns && len(s.people.byLast[s.lower(k)]) > 0 && !s.hasArticle(k)
}

// isCommonSurname says whether the last word of a run is a surname though it may
// be a noun: a first name stands before it, and before that a role: Başkan Ayşe
// Liman, voorzitter Jan Oosterhof.
func (s *story) isCommonSurname(from, k, to int) bool {
	return k+1 == to && k == from+1 && s.tokens[from].is(firstName) && from > 0 && s.tokens[from-1].kind == word && s.tokens[from-1].is(role)
}

// addPerson takes a run of two words or more for a person if something speaks
// for it.
func (s *story) addPerson(from, to int, sure bool) {
	var words []string
	for k := from; k < to; k++ {
		if s.tokens[k].is(organization|document|calendar|work) && !s.tokens[k].is(firstName) && !s.isCommonSurname(from, k, to) {
			return
		}
		words = append(words, s.lower(k))
	}
	if len(words) > 5 || len(s.people.all) == mostPeople || isAcronym(s.word(to-1)) || isCapitals(s.phraseText(from, to)) {
		return
	}
	if !sure && s.lex.nouns && to-from == 3 && !s.tokens[from+1].is(particle) {
		from++ // a job that is not known as one
		words = words[1:]
	}
	first, last := &s.tokens[from], words[len(words)-1]
	before := from - 1
	titled := before >= 0 && s.tokens[before].kind == word && s.tokens[before].is(role) && s.tokens[before].block == first.block
	if !first.is(firstName) && s.namesFollow(to) {
		return // the mayor of the place, Jane Doe
	}
	if sure != (first.is(firstName) || titled || s.isInitials(from) || slices.Contains(s.lex.honorifics, last)) {
		return
	}
	if !sure {
		if s.hasArticle(from) || s.isLinked(from) || s.isOwner(to) || s.isSureName(last) || !s.seemsPerson(from, to, last) {
			return
		}
	}
	name := s.phraseText(from, to)
	p := person{name: name, words: words, sure: sure, at: from}
	p.role, p.roles, p.sex = s.roleBeside(from, to)
	start := ""
	if s.lex.twofold && len(words) > 1 && len(words) < 5 && first.is(firstName) {
		start = words[0] + " " + words[1]
	}
	same := s.people.byLast[last]
	if i, ok := s.people.byStart[start]; ok && start != "" && len(same) == 0 {
		same = []int{i}
		s.people.byLast[last] = same
	}
	for _, i := range same {
		old := &s.people.all[i]
		if !sameWords(old.words, words) && !endsAlike(old.words, words) {
			continue
		}
		if len(words) > len(old.words) {
			old.name, old.words = name, words
		}
		if old.role == "" {
			old.role = p.role
		}
		old.roles = append(old.roles, p.roles...)
		old.sex |= p.sex
		return
	}
	if s.lex.inflected && s.addCase(&p) {
		return
	}
	s.people.byLast[last] = append(s.people.byLast[last], len(s.people.all))
	if start != "" {
		s.people.byStart[start] = len(s.people.all)
	}
	s.people.all = append(s.people.all, p)
}

// addCase takes a full name for that of somebody who was named in another case;
// the nominative stays.
func (s *story) addCase(p *person) bool {
	for i := range s.people.all {
		old := &s.people.all[i]
		if !s.lex.sameName(old.words, p.words) {
			continue
		}
		if !s.lex.isNominative(old.words[0]) && s.lex.isNominative(p.words[0]) {
			old.name, old.words = p.name, p.words
			last := p.words[len(p.words)-1]
			s.people.byLast[last] = append(s.people.byLast[last], i)
		}
		if old.role == "" {
			old.role = p.role
		}
		old.roles, old.sex = append(old.roles, p.roles...), old.sex|p.sex
		return true
	}
	return false
}

// addSingle takes a single word for a person who has no other name in the
// story: behind a title, or a first name beside a verb of saying or a role.
func (s *story) addSingle(i int) {
	if len(s.people.all) == mostPeople || s.known(i, i+1) >= 0 || isAcronym(s.word(i)) || isCapitals(s.word(i)) || s.tokens[i].is(organization|document|calendar|role|crowd) {
		return
	}
	titled := i > 0 && s.tokens[i-1].block == s.tokens[i].block && s.tokens[i-1].kind == word && (s.tokens[i-1].is(title) || s.tokens[i-1].is(role) && !s.tokens[i-1].is(crowd) && !s.lex.nouns)
	name := s.lower(i)
	apart := i > 0 && i+1 < len(s.tokens) && s.tokens[i-1].kind == comma && s.tokens[i+1].kind == comma
	if !titled && (!s.tokens[i].is(firstName) || s.hasArticle(i) || !apart && !s.seemsPerson(i, i+1, name)) {
		return
	}
	p := person{name: s.phraseText(i, i+1), words: []string{name}, sure: true, at: i}
	p.role, p.roles, p.sex = s.roleBeside(i, i+1)
	s.people.byLast[name] = append(s.people.byLast[name], len(s.people.all))
	s.people.all = append(s.people.all, p)
}

// sameWords says whether all words of one name are in the other.
func sameWords(a, b []string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
next:
	for _, w := range a {
		for _, v := range b {
			if w == v {
				continue next
			}
		}
		return false
	}
	return true
}

// endsAlike says whether two names differ by an initial only.
func endsAlike(a, b []string) bool {
	return a[0] == b[0] && a[len(a)-1] == b[len(b)-1]
}

// known is the person that a name in the text is, -1 if the story has named
// nobody so in full.
func (s *story) known(from, to int) int {
	last := s.lower(to - 1)
	if p := s.knownAs(from, to, last); p >= 0 {
		return p
	}
	if to-from == 1 {
		// Aisha, whose full name was told.
		for i := range s.people.all {
			if p := &s.people.all[i]; p.sure && p.words[0] == last && len(p.words) < 4 && !s.tokens[from].is(role) {
				return i
			}
		}
		for i := range s.people.all {
			for n, w := range s.people.all[i].words {
				if n > 0 && len(w) > 3 && w == last {
					return i // the first of two surnames
				}
			}
		}
	}
	if s.lex.inflected {
		for i := range s.people.all {
			if p := &s.people.all[i]; s.lex.alike(p.words[len(p.words)-1], last) && (to-from == 1 || s.lex.alike(p.words[0], s.lower(from))) {
				return i
			}
		}
	}
	if s.lex.nouns && to-from == 1 && len(last) > 3 && strings.HasSuffix(last, "s") {
		return s.knownAs(from, to, last[:len(last)-1])
	}
	return -1
}

func (s *story) knownAs(from, to int, last string) int {
	best := -1
	for _, i := range s.people.byLast[last] {
		p := &s.people.all[i]
		fits := true
		for k := from; k < to-1; k++ {
			w := s.lower(k)
			has := false
			for _, v := range p.words {
				has = has || v == w
			}
			fits = fits && has
		}
		if fits && (best < 0 || p.at <= from) {
			best = i
		}
	}
	return best
}
