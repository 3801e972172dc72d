package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/prose"
)

// chineseEnds are characters that seldom end a given name, and often begin what
// stands behind a name.
const chineseEnds = "说說在的是向对對等称稱表告也还還则則已今赛賽抱拒只起指认認为為和与與及傍晚受嗓昨日接回坦介透强強宣补補笑出发發提上下从從将將被把让讓就都又再曾曾不没沒有到来來去看听聽写寫问問答率带帶代"

// chinesePeople finds names behind words for a role: 镇长沈文彬.
func (s *story) chinesePeople(t, whole string) {
	for at, from := range s.lex.wordsIn(t, role) {
		if s.tries++; s.tries > mostTries {
			return
		}
		if w := t[at:from]; s.lex.words[w]&title != 0 && len(w) > 3 {
			// 阮女士, of whom no more is told.
			if sur := s.lex.longestBefore(t[:at], surname); sur != "" && !s.hasSurname(sur) {
				s.addDense(sur+w, "")
			}
		}
		if s.hasRole(firstRunes(t[from:], 4)) {
			continue
		}
		name := s.chineseName(t[from:], whole)
		if name == "" {
			name = s.strangeName(t[from:], whole)
		}
		if name != "" {
			s.addDense(name, s.chineseRole(t[:at])+t[at:from])
		}
	}
	for _, from := range s.places(t, "的") {
		// …的馮炳全，: somebody whom a clause describes.
		name := s.chineseName(t[from:], whole)
		if n := utf8.RuneCountInString(name); n > 1 && !strings.ContainsAny(strings.TrimPrefix(name, firstRunes(name, 1)), noGivenName) && strings.HasPrefix(t[from+len(name):], "，") {
			s.addDense(name, "")
		}
	}
	for at, from := range s.places(t, "·") {
		start := at
		for start > 0 {
			r, size := utf8.DecodeLastRuneInString(t[:start])
			if !unicode.Is(unicode.Han, r) || strings.ContainsRune("的和与與及、", r) || at-start > 15 {
				break
			}
			start -= size
		}
		part := t[start:at]
		for _, behind := range s.lex.wordsIn(part, role) {
			start = max(start, at-len(part)+behind)
		}
		if start < at {
			if end := from + len(s.foreignPart(t[from:])); end > from {
				s.addDense(t[start:end], "")
			}
		}
	}
}

// hasRole says whether a text has a word for a role.
func (s *story) hasRole(t string) bool {
	for at, behind := range s.lex.wordsIn(t, role) {
		if behind-at > 3 {
			return true
		}
	}
	return false
}

// chineseRole is the part of a role that stands before its last word.
func (s *story) chineseRole(t string) string {
	t = tail(t, 90)
	if i := strings.LastIndexAny(t, chineseSigns+"的"); i >= 0 {
		_, size := utf8.DecodeRuneInString(t[i:])
		t = t[i+size:]
	}
	if utf8.RuneCountInString(t) > 10 {
		return ""
	}
	return t
}

// foreignPart is how much of a text goes on with a foreign name.
func (s *story) foreignPart(t string) string {
	n := 0
	for i, r := range t {
		if n > 1 && len(s.lex.longestAt(t[i:], verb|adverb)) > 3 {
			return t[:i]
		}
		if !unicode.Is(unicode.Han, r) && r != '·' || strings.ContainsRune(chineseEnds, r) || n >= 10 {
			return t[:i]
		}
		n++
	}
	return t
}

// chineseName is the name with which a text begins, "" for none.
func (s *story) chineseName(t, whole string) string {
	if part := s.foreignPart(t); strings.Contains(part, "·") {
		return part
	}
	if sur := s.lex.longestAt(t, surname); sur != "" {
		rest := t[len(sur):]
		one := firstRunes(rest, 1)
		if one == "" || !unicode.Is(unicode.Han, prose.FirstRune(one)) || strings.Contains(chineseEnds, one) && s.lex.words[sur+one] == 0 && !strings.Contains(whole, sur+one+"说") {
			return ""
		}
		two := firstRunes(rest, 2)
		last := prose.LastRune(two)
		if two == one || !unicode.Is(unicode.Han, last) {
			return sur + one
		}
		short, long := strings.Count(whole, sur+one), strings.Count(whole, sur+two)
		if long > 1 && long == short || !strings.ContainsRune(chineseEnds, last) && !s.beginsWord(rest[len(one):]) {
			return sur + two
		}
		return sur + one
	}
	// 老崔, 阿傑, 小王: a nickname.
	if name := firstRunes(t, 2); isNickname(name, s.lex.words[name[len(firstRunes(t, 1)):]]) {
		return name
	}
	return ""
}

// beginsWord says whether a text begins with a verb of saying or an adverb.
func (s *story) beginsWord(t string) bool { return s.lex.longestAt(t, verb|adverb) != "" }

// hasSurname says whether somebody of that surname is known.
func (s *story) hasSurname(sur string) bool {
	for i := range s.people.all {
		if strings.HasPrefix(s.people.all[i].name, sur) {
			return true
		}
	}
	return false
}

// isNickname says whether two characters are a nickname; the second has the class.
func isNickname(name string, second class) bool {
	switch prose.FirstRune(name) {
	case '老', '小':
		return second&surname != 0
	case '阿':
		return unicode.Is(unicode.Han, prose.LastRune(name)) && utf8.RuneCountInString(name) == 2
	}
	return false
}

// strangeName is the name with which a text begins behind a word for a role, if
// it is written as foreign names are, or comes again before a verb: a surname
// that no list has; "" for none.
func (s *story) strangeName(t, whole string) string {
	end, n := 0, 0
	for i, r := range t {
		if end = i; s.lex.words[string(r)]&sound == 0 || n > 8 || n > 1 && s.beginsWord(t[i:]) {
			break
		}
		n++
		end = i + utf8.RuneLen(r)
	}
	if name := t[:end]; n > 2 || n == 2 && (strings.Count(whole, name) > 1 || s.beginsWord(t[end:])) {
		return name
	}
	name := firstRunes(t, 3)
	if len(name) < 9 || !isHan(name) || strings.ContainsAny(name, noGivenName) || s.lex.longestAt(name, verb|weakVerb|adverb|role|crowd|organization|document) != "" {
		return ""
	}
	for i, count := 0, 0; count < 20; count++ {
		k := strings.Index(whole[i:], name)
		if k < 0 {
			break
		}
		i += k + len(name)
		if count > 0 || !strings.HasPrefix(whole[i:], t[len(name):]) {
			if rest := whole[i:]; s.beginsWord(rest) || strings.HasPrefix(rest, "对此") || strings.HasPrefix(rest, "對此") {
				return name
			}
		}
	}
	return ""
}
