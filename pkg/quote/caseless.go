package quote

import (
	"strings"
	"unicode"
)

// longestName is how many words a name without capitals has at most.
const longestName = 5

// raise marks the words of names in a language without capitals, as if they had
// some: a first name, with those behind it and one surname; the surname alone
// elsewhere. What is not known then, and begins as words do on which a
// preposition hangs, is taken for one.
func (s *story) raise() {
	s.findStrangers()
	occurs := map[string]bool{}
	for i := range s.tokens {
		occurs[strings.TrimPrefix(s.word(i), "ال")] = true
	}
	surnames := map[string]bool{}
	tokens := s.tokens
	for i := 0; i < len(tokens); i++ {
		if !tokens[i].is(firstName) || tokens[i].more != 0 || s.isOffice(i) || tokens[i].is(link) && i > 0 && tokens[i-1].is(role) {
			continue
		}
		if !tokens[i].is(particle) {
			tokens[i].class &= firstName | male | female
		}
		tokens[i].upper = true
		if i > 1 && tokens[i-1].kind == word && tokens[i-1].class == 0 && tokens[i-2].is(verb) && tokens[i-2].kind == word && tokens[i-2].block == tokens[i].block && !isArabicDefinite(s.word(i-1)) && tokens[i-1].end-tokens[i-1].start > 5 {
			tokens[i-1].upper, tokens[i-1].class = true, firstName // تقول حواء إدريس
			surnames[s.word(i)] = true
		}
		surname, closed := false, false // closed: by عبد, بن and the word behind it
		for n := 1; i+1 < len(tokens) && n < longestName && !surname; n++ {
			next := &tokens[i+1]
			if next.block != tokens[i].block || next.kind != word || next.end-next.start < 4 || !s.mayGoOn(i+1, n) {
				break
			}
			if rest, ok := strings.CutPrefix(s.word(i+1), "ب"); ok && occurs[strings.TrimPrefix(rest, "ال")] {
				break // بفيروس: with a preposition
			}
			if closed && next.class == 0 && !isNisba(s.word(i+1)) {
				break
			}
			closed = closed || n > 1 && tokens[i].is(particle)
			surname = next.class&^(role|title|male|female) == 0 && !next.is(firstName) && !tokens[i].is(particle)
			i++
			tokens[i].upper = true
			tokens[i].class &= firstName | male | female | particle
		}
		if surname {
			surnames[s.word(i)] = true
		}
	}
	for i := range tokens {
		t := &tokens[i]
		if t.kind != word || t.class != 0 || t.upper {
			continue
		}
		switch w := s.word(i); {
		case surnames[w]:
			t.upper = true
		case len(w) > 6 && (strings.HasPrefix(w, "ل") || strings.HasPrefix(w, "ب")):
			t.class = preposition
		}
	}
}

// mayGoOn says whether the word at the token may be the nth of a name: nothing is
// known of it, or it is a name; the second may be one for a role: أسامة القاضي.
func (s *story) mayGoOn(i, n int) bool {
	t := &s.tokens[i]
	if t.class&^(firstName|male|female|particle) == 0 {
		return true
	}
	if n > 1 || t.class&^(title|male|female) != role {
		return false
	}
	if i+1 == len(s.tokens) {
		return true
	}
	next := &s.tokens[i+1]
	if isArabicDefinite(s.word(i)) {
		return !next.is(firstName)
	}
	return next.kind != word || !isArabicDefinite(s.word(i+1)) && next.class != 0 // مراد حداد
}

func isArabicDefinite(w string) bool { return strings.HasPrefix(w, "ال") && len(w) > 6 }

// isNisba says whether a word tells where somebody comes from, as many surnames
// do: الفيومي.
func isNisba(w string) bool { return isArabicDefinite(w) && strings.HasSuffix(w, "ي") }

// findStrangers marks first names that are not known as such: behind a title,
// or where a definite noun that ends what somebody is has a word without an
// article behind it and one with an article behind that, in a sentence that
// tells what was said: قال الباحث تميم الغافري.
func (s *story) findStrangers() {
	spoken := map[string]bool{} // words right behind a verb of saying
	for i := range s.tokens {
		if i > 0 && s.tokens[i-1].is(verb|weakVerb) && s.tokens[i-1].kind == word {
			spoken[s.word(i)] = true
		}
	}
	told := false // the last verb announces nothing but a clause
	said, office := -longestPhrase, -longestPhrase
	for i := 0; i+2 < len(s.tokens); i++ {
		t, first, last := &s.tokens[i], &s.tokens[i+1], &s.tokens[i+2]
		if t.kind != word {
			if t.kind == stop {
				said, office = -longestPhrase, -longestPhrase
			}
			continue
		}
		if t.is(verb | weakVerb | participle) {
			said, told = i, t.is(clauseOnly)
		}
		if t.is(role) {
			office = i
		}
		if i-office > 6 || first.kind != word || last.kind != word || first.class != 0 || last.class != 0 || last.block != t.block {
			continue
		}
		w := s.word(i + 1)
		titled := t.is(title)
		if isArabicDefinite(w) || len(w) < 6 || !titled && strings.HasSuffix(w, "ا") || strings.HasSuffix(w, "ً") || strings.HasPrefix(w, "ب") && len(w) > 10 || strings.HasPrefix(w, "لل") {
			continue
		}
		if titled || isArabicDefinite(s.word(i)) && i-said < longestPhrase && (told || s.endsSubject(i+3) || spoken[s.word(i+2)]) {
			first.class |= firstName
		}
	}
}

// endsSubject says whether what stands at the token shows that a name, and not
// what somebody announced, ends before it: the clause or the quotation that tells
// what was said.
func (s *story) endsSubject(i int) bool {
	if i >= len(s.tokens) {
		return false
	}
	switch t := &s.tokens[i]; t.kind {
	case colon, quoted:
		return true
	case word:
		return t.is(that)
	}
	return false
}

// withoutVowels takes the marks of short vowels and doubled letters off a word.
func withoutVowels(w string) string {
	if strings.IndexFunc(w, unicode.IsMark) < 0 {
		return w
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsMark(r) {
			return -1
		}
		return r
	}, w)
}

// isOwned says whether the noun at the token is no more than what the noun
// before it is of: علوم البحار is no sailor.
func (s *story) isOwned(k int) bool {
	if !s.lex.caseless || k == 0 || s.tokens[k-1].block != s.tokens[k].block {
		return false
	}
	before := &s.tokens[k-1]
	return before.kind == word && before.class == 0 && !before.upper && isArabicDefinite(s.word(k)) && !isArabicDefinite(s.word(k-1))
}

// goesOnFor is where the name of an organisation or a document ends that goes
// on with what it is for, or whose it is: المكتب الوطني للصيد, بيان لنقابة المهندسين.
func (s *story) goesOnFor(to int) int {
	for to < len(s.tokens) && to > 0 && s.tokens[to].block == s.tokens[to-1].block && s.tokens[to].kind == word {
		w := s.word(to)
		if rest, ok := strings.CutPrefix(w, "ل"); !ok || s.lex.words[w] != 0 || !strings.HasPrefix(rest, "ل") && s.lex.classOf(rest, false)&organization == 0 {
			return to
		}
		for to++; to < len(s.tokens) && s.tokens[to].kind == word && s.tokens[to].class&^(organization|role) == 0 && isArabicDefinite(s.word(to)); to++ {
		}
	}
	return to
}

// isOffice says whether a word that may be a first name is one for a role of
// somebody whose name follows: أمينة المكتبة هند.
func (s *story) isOffice(i int) bool {
	if !s.tokens[i].is(role) || i+1 == len(s.tokens) || !isArabicDefinite(s.word(i+1)) {
		return false
	}
	for k := i + 2; k < len(s.tokens) && k < i+5 && s.tokens[k].kind == word; k++ {
		if s.tokens[k].is(firstName) {
			return true
		}
	}
	return false
}
