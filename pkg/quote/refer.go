package quote

import (
	"slices"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
)

// resolve finds or makes the source that a phrase refers to, -1 if it cannot
// be told.
func (s *story) resolve(r *ref, last int) int {
	switch {
	case r.person >= 0:
		return s.sourceOfPerson(r.person, r.from)
	case r.pronoun&(he|she) != 0:
		return s.lastPerson(r.pronoun&(he|she), r.from, last)
	case r.pronoun&(it|they) != 0:
		if who := s.thingBefore(r, last); who >= 0 {
			return who
		}
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
		if s.isSameRole(r, last) {
			return last
		}
		if r.definite && last >= 0 && r.to < len(s.tokens) && s.tokens[r.to].is(own) {
			return last // المتحدث ذاته
		}
		if p := s.byRole(r); p >= 0 {
			return s.sourceOfPerson(p, r.from)
		}
		if p := s.byPost(r); p >= 0 {
			return s.sourceOfPerson(p, r.from)
		}
		if r.definite && !s.hasMore(r) && (s.has(r.to-1, epithet) || !s.isAnother(r, last)) {
			if who := s.lastPerson(s.sexOf(s.tokens[r.from].class), r.from, last); who >= 0 && !s.isBystander(r, who) {
				return who
			}
		}
	}
	if r.class&role != 0 && r.definite && r.behind && last >= 0 && s.tokens[s.sources[last].at].block == s.tokens[r.from].block {
		if p := s.sources[last].person; p >= 0 && s.fits(s.people.all[p].sex, s.sexOf(s.tokens[r.from].class)) {
			return last
		}
	}
	if i := s.sourceLike(r); i >= 0 {
		return i
	}
	if s.asNamed(r) {
		if i := s.sourceLike(r); i >= 0 {
			return i
		}
	}
	if len(s.sources) == mostSources {
		return -1
	}
	s.sources = append(s.sources, source{name: r.name, words: s.nameWords(r.name), kind: r.kind, role: r.role, person: -1, class: r.class, as: s.roleWord(r), at: r.from})
	return len(s.sources) - 1
}

// sourceLike is the source without a person's name that a phrase names again,
// perhaps more fully; -1 if there is none.
func (s *story) sourceLike(r *ref) int {
	words := s.nameWords(r.name)
	for i := range s.sources {
		if s.sameSource(&s.sources[i], r, words) {
			if len(r.name) > len(s.sources[i].name) && !strings.Contains(s.sources[i].name, r.name) && r.class&document == 0 {
				s.sources[i].name, s.sources[i].words = r.name, words
			}
			s.sources[i].at, s.sources[i].as = r.from, s.roleWord(r)
			return i
		}
	}
	return -1
}

// byPost is the person whose role is of the same thing as that of a phrase: "la
// titular de Interior" after "la ministra del Interior, Ana Cabo"; -1 if nobody
// or several have one.
func (s *story) byPost(r *ref) int {
	if !r.definite || r.to-r.from < 3 || !s.tokens[r.to-1].upper || !s.hasMore(r) || s.lex.nouns {
		return -1
	}
	of, found := s.lower(r.to-1), -1
	for i := range s.people.all {
		p := &s.people.all[i]
		if p.role == "" || p.at >= r.from || !slices.Contains(s.nameWords(p.role), of) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
}

// isSameRole says whether a phrase, "the spokesman", means who spoke last without
// a name: "a ministry spokesman".
func (s *story) isSameRole(r *ref, last int) bool {
	return r.definite && last >= 0 && s.sources[last].person < 0 && s.sources[last].as != "" && s.sources[last].as == s.roleWord(r) && r.to-r.from == 2
}

// roleWord is the word for a role in a phrase, in lower case, empty for none.
func (s *story) roleWord(r *ref) string {
	for k := r.from; k < r.to; k++ {
		if s.tokens[k].is(role) {
			return s.lower(k)
		}
	}
	return ""
}

// isAnother says whether a role is not that of who spoke last: he has one that
// is printed, and spoke in another block.
func (s *story) isAnother(r *ref, last int) bool {
	if last < 0 || s.sources[last].person < 0 || s.tokens[s.sources[last].at].block == s.tokens[r.from].block {
		return false
	}
	if s.lex.caseless && s.tokens[r.from].block-s.tokens[s.sources[last].at].block == 1 {
		return false // a second person comes with a name
	}
	p := &s.people.all[s.sources[last].person]
	return len(p.roles) > 0 && len(s.mentionsBetween(s.first[s.tokens[r.from].block], r.from)) == 0
}

// isBystander says whether a role is that of a neighbour, relative or witness,
// which nobody is who has another one printed: "the neighbour" is not the
// director.
func (s *story) isBystander(r *ref, who int) bool {
	p := s.sources[who].person
	w := s.roleWord(r)
	return p >= 0 && len(s.people.all[p].roles) > 0 && (s.lex.relations[w] || s.lex.relations[s.withoutArticle(w)])
}

// hasMore says whether a phrase tells more than a role: of what, or for whom.
func (s *story) hasMore(r *ref) bool {
	if s.lex.caseless && r.to-r.from > 2 {
		return true
	}
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
	s.sources = append(s.sources, source{name: who.name, kind: news.OriginPerson, role: who.role, person: p, at: at})
	return len(s.sources) - 1
}

// sameRole says whether two words are one role: in the same form, with the
// article at its end or in another case, or one more exact than the other:
// Bürgermeister and Oberbürgermeister.
func (s *story) sameRole(own, w string) bool {
	if own == w || s.lex.caseless && strings.TrimPrefix(own, "ال") == strings.TrimPrefix(w, "ال") || s.lex.inflected && s.lex.sameInCases(own, w) || s.lex.enclitic && strings.HasPrefix(w, own) && len(w)-len(own) < 4 {
		return true
	}
	w = s.withoutArticle(w)
	return s.lex.second && len(own) > 5 && len(w) > 5 && (strings.HasSuffix(own, w) || strings.HasSuffix(w, own))
}

// byRole is the person whose role the phrase names, -1 for none.
func (s *story) byRole(r *ref) int {
	best, several := -1, false
	w := s.roleWord(r)
	if w == "" {
		return best
	}
	fits := make([]bool, len(s.people.all))
	for i := range s.people.all {
		p := &s.people.all[i]
		for _, own := range p.roles {
			if (p.at < r.from || best < 0) && s.sameRole(own, w) {
				several = several || best >= 0 && best != i
				best, fits[i] = i, true
			}
		}
	}
	if !several {
		return best
	}
	before := s.mentionsBetween(0, r.from)
	for i := len(before) - 1; i >= max(0, len(before)-farMentions); i-- {
		if fits[before[i].person] {
			return before[i].person
		}
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
	if s.lex.inflected && r.kind == news.OriginOrganization && s.lex.alikeWords(a, b) {
		return true
	}
	if !r.definite {
		return a[len(a)-1] == b[len(b)-1] && (r.kind == news.OriginOrganization || r.class&crowd != 0 && len(b) == 1) && sameWords(a, b)
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
