package quote

import (
	"slices"
	"strings"
	"unicode"

	"github.com/copydesk/copydesk/pkg/prose"
)

// caseEnding is how a word ends in one case, and in the nominative.
type caseEnding struct{ ending, nominative string }

// longestEnding is how long, in bytes, the ending of a case is at most.
const longestEnding = 8

// nominatives gives what a word may be in the nominative, if it is another form.
func (l *lexicon) nominatives(w string, yield func(string) bool) {
	for n := min(longestEnding, len(w)-3); n > 0; n-- {
		for _, c := range l.cases[w[len(w)-n:]] {
			if !yield(w[:len(w)-n] + c.nominative) {
				return
			}
		}
	}
}

// classOfCase looks a word up that stands in another case than the nominative.
func (l *lexicon) classOfCase(w string, upper bool) class {
	want := role | crowd | organization | outlet | document | work
	if upper && l.inflected {
		want |= firstName | male | female
	}
	if i := strings.LastIndexByte(w, '-'); i > 0 {
		w = w[i+1:]
	}
	var found class
	l.nominatives(w, func(base string) bool {
		if c := l.class(base); c&want&^(male|female) != 0 {
			found = c & (want | male | female)
		}
		return found == 0
	})
	if found != 0 && !endsIn(w, l.plurals) {
		found |= oblique
	}
	return found
}

// nominative is a name without the case at its end, where nothing else ends a
// word in another case: "Karar metninde", Karar metni.
func (l *lexicon) nominative(name string) string {
	if !l.suffixed || l.class(strings.ToLower(name[strings.LastIndexByte(name, ' ')+1:])) != 0 {
		return name
	}
	l.nominatives(name, func(base string) bool {
		if l.class(strings.ToLower(base[strings.LastIndexByte(base, ' ')+1:]))&(role|crowd|organization|document) != 0 {
			name = base
			return false
		}
		return true
	})
	return name
}

// datives end what somebody points to, in a language whose verbs end the sentence:
// "önemine", "tehlikeye", "kuraklığa".
var datives = []string{"na", "ne", "ya", "ye", "ğa", "ğe"}

// inDative says whether the last word before a verb that is no adverb is a noun in
// the dative.
func (s *story) inDative(sent sentence, verbAt int) bool {
	for k := verbAt - 1; k > sent.from && s.tokens[k].kind == word; k-- {
		if !s.tokens[k].is(adverb) {
			return endsIn(s.word(k), datives)
		}
	}
	return false
}

// isInflected says whether an ending hangs on the name at the token, so that the
// next is another: "Harbour Ligi'nde Doe".
func (s *story) isInflected(k int) bool {
	w := s.word(k)
	return s.lex.suffixed && len(s.stem(w)) < len(w) && unicode.IsLower(prose.LastRune(w))
}

// locatives end a name at which something is: "Lig'de", "Ligi'nde".
var locatives = []string{"da", "de", "ta", "te"}

// behindPlaces is where the words go on behind the names of places and contests in
// which something is said.
func (s *story) behindPlaces(from, to int) int {
	for k := to - 1; k >= from; k-- {
		if s.isInflected(k) && endsIn(s.word(k), locatives) {
			return k + 1
		}
	}
	return from
}

// isNominative says whether a first name stands in the nominative.
func (l *lexicon) isNominative(first string) bool { return l.words[first]&firstName != 0 }

// sameName says whether two full names are one in different cases.
func (l *lexicon) sameName(a, b []string) bool {
	if !l.inflected || len(a) != len(b) {
		return false
	}
	for i := range a {
		if !l.alike(a[i], b[i]) {
			return false
		}
	}
	return true
}

// alike says whether two words, or the parts of two with a hyphen, differ by
// their case at most.
func (l *lexicon) alike(a, b string) bool {
	if len(a) < 3 || len(b) < 3 || a[:2] != b[:2] {
		return a == b
	}
	first, rest, ok := strings.Cut(a, "-")
	if other, more, both := strings.Cut(b, "-"); ok && both {
		return l.alike(first, other) && l.alike(rest, more)
	}
	return a == b || sameStem(a, b) || l.sameInCases(a, b)
}

// alikeWords says whether all words of the shorter of two names are in the
// longer, in whatever case, and the first of both are one.
func (l *lexicon) alikeWords(a, b []string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	for _, w := range a {
		if !slices.ContainsFunc(b, func(v string) bool { return l.alike(w, v) }) {
			return false
		}
	}
	return l.alike(a[0], b[0])
}

// sameInCases says whether one of two words is the nominative of the other.
func (l *lexicon) sameInCases(a, b string) bool {
	same := false
	l.nominatives(a, func(base string) bool { same = base == b; return !same })
	if !same {
		l.nominatives(b, func(base string) bool { same = base == a; return !same })
	}
	return same
}

// endsInCase says whether a phrase that begins at from ends before the token, in
// a language whose names have cases: behind a noun comes what it is of, with an
// adjective perhaps, but no other word in small letters; and a person only
// behind a role.
func (s *story) endsInCase(k, from, to int) bool {
	t, before := &s.tokens[k], &s.tokens[k-1]
	const nouns = role | crowd | organization | document
	if t.is(near|link) || s.leadsToPerson(k, from, to) {
		return false
	}
	if t.upper && t.glued && s.isName(k-1) {
		return true // сказал Рыжов «Листку»
	}
	if t.upper {
		end := s.run(k, to)
		return before.is(organization|crowd|document) && !before.upper && end > k && s.known(k, end) >= 0
	}
	if before.upper && before.class&nouns == 0 {
		return true
	}
	if before.is(document) && t.is(role) && !t.is(crowd) {
		return true
	}
	if !before.is(nouns) || t.class != 0 {
		return false
	}
	if before.is(organization) && endsIn(s.word(k), s.lex.adjectives) {
		return false // straż pożarna
	}
	last := k+1 >= to || s.tokens[k+1].kind != word
	if before.is(role) && !before.is(oblique) && (last || s.tokens[k+1].is(preposition)) {
		return false // właścicielka pensjonatu
	}
	return last || s.tokens[k+1].upper || !s.tokens[k+1].is(nouns)
}

// leadsToPerson says whether the phrase that begins at from has a role before the
// token, and goes on to the name of who has it: "капитан ледокола Глеб Заварзин".
func (s *story) leadsToPerson(k, from, to int) bool {
	role := slices.ContainsFunc(s.tokens[from:k], func(t token) bool { return t.is(role) })
	for n := 0; role && k < to && n < longestRole && s.tokens[k].kind == word; k, n = k+1, n+1 {
		if t := &s.tokens[k]; t.upper {
			if end := s.run(k, to); end > k {
				if at, _ := s.nameIn(k, end); at < end && s.known(at, end) >= 0 {
					return true
				}
				k = end - 1
			}
		} else if t.is(verb | weakVerb | conjunction | who | auxiliary | passive | pronoun) {
			return false
		}
	}
	return false
}

func endsIn(w string, ends []string) bool {
	return slices.ContainsFunc(ends, func(end string) bool { return strings.HasSuffix(w, end) })
}

// sexOfVerb is whether a man or a woman does what a verb says, as far as its
// ending tells.
func (s *story) sexOfVerb(i int) class {
	t := &s.tokens[i]
	switch {
	case t.kind != word || !t.is(verb|weakVerb) || t.upper:
	case endsIn(s.word(i), s.lex.feminine):
		return she
	case endsIn(s.word(i), s.lex.masculine):
		return he
	}
	return 0
}

// sexBehind is that of who speaks a quotation, by the verb without a subject
// that stands behind it.
func (s *story) sexBehind(q int) class {
	for k := q + 1; k < len(s.tokens) && k < q+4; k++ {
		if t := &s.tokens[k]; t.kind == word && t.block == s.tokens[q].block {
			return s.sexOfVerb(k)
		}
	}
	return 0
}
