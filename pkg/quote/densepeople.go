package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mostDense is how many people of a story in a dense language are kept,
// mostTries how many places are looked at for them.
const (
	mostDense = 60
	mostTries = 400
)

// findDensePeople finds the people whom a story of a dense language names.
func (s *story) findDensePeople() {
	text := " " + strings.Join(s.blocks, "\n ")
	for _, t := range s.blocks {
		switch {
		case len(s.lex.lists[topic]) == 0:
			s.chinesePeople(t, text)
		case s.lex.hangul:
			s.koreanPeople(t)
		default:
			s.japanesePeople(t)
		}
	}
	for i := range s.people.all {
		s.people.all[i].words = s.denseForms(s.people.all[i].name, text)
	}
}

// addDense keeps a person, unless the story has named him already.
func (s *story) addDense(name, role string) {
	for i := range s.people.all {
		p := &s.people.all[i]
		if p.name == name {
			if p.role == "" {
				p.role = role
			}
			return
		}
		if strings.HasPrefix(p.name, name) || strings.HasPrefix(name, p.name) && utf8.RuneCountInString(p.name) > 1 {
			if len(name) > len(p.name) {
				p.name = name
			}
			return
		}
	}
	if len(s.people.all) < mostDense {
		s.people.all = append(s.people.all, person{name: name, role: role, sure: true})
	}
}

// denseForms are the forms in which a name occurs: in full, and by the part
// that the text uses alone, before a title or a particle.
func (s *story) denseForms(name, text string) []string {
	forms := []string{name}
	for _, dot := range [...]string{"·", "・"} {
		if i := strings.LastIndex(name, dot); i >= 0 {
			if part := name[i+len(dot):]; part != "" {
				forms = append(forms, part)
			}
			return forms
		}
	}
	if fields := strings.Fields(name); len(fields) > 1 {
		return append(forms, fields[len(fields)-1])
	}
	n := utf8.RuneCountInString(name)
	switch {
	case isHangul(name):
		part := firstRunes(name, 1)
		return append(append(forms, s.titledForms(" "+part+" ", text)...), s.titledForms(" "+part, text)...)
	case len(s.lex.lists[topic]) == 0:
		return append(forms, s.titledForms(firstRunes(name, 1), text)...)
	}
	for k := min(n-1, 3); k >= 2; k-- {
		part := firstRunes(name, k)
		for at := 0; ; {
			i := strings.Index(text[at:], part)
			if i < 0 {
				break
			}
			at += i + len(part)
			if rest := text[at:]; s.startsTitle(rest) != "" || strings.ContainsRune("はが、。もに", firstRune(rest)) {
				return append(forms, part)
			}
		}
	}
	return append(forms, s.titledForms(firstRunes(name, 1), text)...)
}

// titledForms are a surname with the titles that stand behind it in the text.
func (s *story) titledForms(part, text string) []string {
	var forms []string
	for at := 0; len(forms) < 4; {
		i := strings.Index(text[at:], part)
		if i < 0 {
			break
		}
		at += i + len(part)
		if w := s.startsTitle(text[at:]); w != "" {
			forms = append(forms, strings.TrimSpace(part)+strings.Repeat(" ", strings.Count(strings.TrimLeft(part, " "), " "))+w)
		}
	}
	return forms
}

// startsTitle is the title with which a text begins, "" for none.
func (s *story) startsTitle(text string) string {
	for _, c := range [...]class{title | role, role} {
		if c == role && len(s.lex.lists[title|role]) > 0 {
			break
		}
		for _, w := range s.lex.lists[c] {
			if strings.HasPrefix(text, w) {
				return w
			}
		}
	}
	return ""
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// densePerson is the person who is named first in a text, and where; -1 for
// none.
func (s *story) densePerson(text string) (person, at int) {
	text = head(text, longestPassage)
	person, at = -1, len(text)
	for i := range s.people.all {
		for _, form := range s.people.all[i].words {
			if k := strings.Index(text, form); k >= 0 && k < at {
				person, at = i, k
			}
		}
	}
	return person, at
}

// chineseEnds are characters that seldom end a given name, and often begin what
// stands behind a name.
const chineseEnds = "说說在的是向对對等称稱表告也还還则則已今赛賽抱拒只起指认認为為和与與及傍晚受嗓昨日接回坦介透强強宣补補笑出发發提上下从從将將被把让讓就都又再曾曾不没沒有到来來去看听聽写寫问問答率带帶代"

// chinesePeople finds names behind words for a role: 镇长沈文彬.
func (s *story) chinesePeople(t, whole string) {
	for _, w := range s.lex.lists[role] {
		for from := 0; ; {
			i := strings.Index(t[from:], w)
			if i < 0 {
				break
			}
			i += from
			from = i + len(w)
			if s.tries++; s.tries > mostTries {
				return
			}
			if s.hasRole(firstRunes(t[from:], 4)) {
				continue
			}
			if name := s.chineseName(t[from:], whole); name != "" {
				s.addDense(name, s.chineseRole(t[:i])+w)
			}
		}
	}
	for from := 0; ; {
		// …的馮炳全，: somebody whom a clause describes.
		i := strings.Index(t[from:], "的")
		if i < 0 {
			break
		}
		from += i + len("的")
		if s.tries++; s.tries > mostTries {
			return
		}
		name := s.chineseName(t[from:], whole)
		if n := utf8.RuneCountInString(name); n > 1 && strings.HasPrefix(t[from+len(name):], "，") {
			s.addDense(name, "")
		}
	}
	for from := 0; ; {
		i := strings.Index(t[from:], "·")
		if i < 0 {
			break
		}
		i += from
		from = i + len("·")
		start := i
		for start > 0 {
			r, size := utf8.DecodeLastRuneInString(t[:start])
			if !unicode.Is(unicode.Han, r) || strings.ContainsRune("的和与與及、", r) || i-start > 15 {
				break
			}
			start -= size
		}
		for _, w := range s.lex.lists[role] {
			if k := strings.LastIndex(t[start:i], w); k >= 0 {
				start += k + len(w)
			}
		}
		if s.tries++; s.tries > mostTries {
			return
		}
		if start < i {
			if end := from + len(foreignPart(t[from:])); end > from {
				s.addDense(t[start:end], "")
			}
		}
	}
}

// hasRole says whether a text has a word for a role.
func (s *story) hasRole(t string) bool {
	for _, w := range s.lex.lists[role] {
		if utf8.RuneCountInString(w) > 1 && strings.Contains(t, w) {
			return true
		}
	}
	return false
}

// chineseRole is the part of a role that stands before its last word.
func (s *story) chineseRole(t string) string {
	t = tail(t, 90)
	if i := strings.LastIndexAny(t, "，。：；、“”"+mark+" "); i >= 0 {
		_, size := utf8.DecodeRuneInString(t[i:])
		t = t[i+size:]
	}
	if utf8.RuneCountInString(t) > 10 {
		return ""
	}
	return t
}

// foreignPart is how much of a text goes on with a foreign name.
func foreignPart(t string) string {
	n := 0
	for i, r := range t {
		if !unicode.Is(unicode.Han, r) && r != '·' || strings.ContainsRune(chineseEnds, r) || n >= 10 {
			return t[:i]
		}
		n++
	}
	return t
}

// chineseName is the name with which a text begins, "" for none.
func (s *story) chineseName(t, whole string) string {
	if part := foreignPart(t); strings.Contains(part, "·") {
		return part
	}
	for _, sur := range s.lex.lists[surname] {
		rest, ok := strings.CutPrefix(t, sur)
		if !ok {
			continue
		}
		one := firstRunes(rest, 1)
		if one == "" || !unicode.Is(unicode.Han, firstRune(one)) || strings.Contains(chineseEnds, one) && s.lex.words[sur+one] == 0 && !strings.Contains(whole, sur+one+"说") {
			return ""
		}
		two := firstRunes(rest, 2)
		last := lastRune(two)
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
	if r := firstRune(t); strings.ContainsRune("老阿小", r) {
		if name := firstRunes(t, 2); unicode.Is(unicode.Han, lastRune(name)) {
			return name
		}
	}
	return ""
}

// beginsWord says whether a text begins with a verb of saying or an adverb.
func (s *story) beginsWord(t string) bool {
	for _, c := range [...]class{verb, adverb} {
		for _, w := range s.lex.lists[c] {
			if strings.HasPrefix(t, w) {
				return true
			}
		}
	}
	return false
}

// japanesePeople finds names before a title, or an age: 柏木トメさん（88）.
func (s *story) japanesePeople(t string) {
	for _, w := range s.lex.lists[title|role] {
		for from := 0; ; {
			i := strings.Index(t[from:], w)
			if i < 0 {
				break
			}
			i += from
			from = i + len(w)
			if s.tries++; s.tries > mostTries {
				return
			}
			if name, own := s.japaneseName(t[:i]); name != "" {
				s.addDense(name, roleOf(own, w))
			}
		}
	}
	for i, r := range t {
		if r != '（' && r != '(' {
			continue
		}
		next, _ := utf8.DecodeRuneInString(t[i+utf8.RuneLen(r):])
		if unicode.IsDigit(next) {
			before := t[:i]
			for _, w := range s.lex.lists[title|role] {
				before = strings.TrimSuffix(before, w)
			}
			if name, own := s.japaneseName(before); name != "" {
				s.addDense(name, roleOf(own, ""))
			}
		}
	}
}

// tail is the end of a text, whole characters.
func tail(text string, n int) string {
	if len(text) <= n {
		return text
	}
	i := len(text) - n
	for i < len(text) && !utf8.RuneStart(text[i]) {
		i++
	}
	return text[i:]
}

func roleOf(own, title string) string {
	if title == "さん" || title == "氏" || title == "くん" || title == "ちゃん" {
		title = ""
	}
	if own != "" && title != "" {
		return own + "の" + title
	}
	return own + title
}

// japaneseName is the name that ends a text, and whose it is said to be before
// it; "" for none. A name has no small letters, and does not change from
// katakana to Han characters.
func (s *story) japaneseName(t string) (name, own string) {
	start := len(t)
	for start > 0 && len(t)-start < 60 {
		r, size := utf8.DecodeLastRuneInString(t[:start])
		if !unicode.In(r, unicode.Han, unicode.Katakana) && !strings.ContainsRune("・ー々ヶ＝", r) {
			break
		}
		start -= size
	}
	name = t[start:]
	han := strings.IndexFunc(name, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	if han > 0 && unicode.Is(unicode.Katakana, firstRune(name)) {
		name = name[han:]
	}
	for _, w := range s.lex.lists[role] {
		if rest, ok := strings.CutPrefix(name, w); ok && rest != "" {
			name = rest
		}
	}
	n := utf8.RuneCountInString(name)
	if n < 2 || n > 16 || s.denseClass(name) != 0 || n == 2 && !strings.HasSuffix(t[:start], "の") {
		return "", ""
	}
	if before, ok := strings.CutSuffix(t[:start], "の"); ok {
		before = tail(before, 60)
		if i := strings.LastIndexAny(before, "、。「」はがを"+mark); i >= 0 {
			_, size := utf8.DecodeRuneInString(before[i:])
			before = before[i+size:]
		}
		if utf8.RuneCountInString(before) < 14 {
			own = before
		}
	}
	return name, own
}

// koreanPeople finds names beside titles: 옥태민 대표이사, 농민 여준섭(58) 씨.
func (s *story) koreanPeople(t string) {
	fields := strings.Fields(t)
	for i, w := range fields {
		w, age := cutAge(w)
		w = s.withoutTopic(w)
		if s.isKoreanTitle(strings.TrimSuffix(w, "인")) {
			continue
		}
		titledBehind := (age || w == fields[i]) && i+1 < len(fields) && s.isKoreanTitle(s.withoutTopic(fields[i+1]))
		farBehind := i+2 < len(fields) && s.isKoreanTitle(s.withoutTopic(fields[i+2])) && fields[i+2] != s.withoutTopic(fields[i+2])
		titledBefore := i > 0 && s.isKoreanTitle(fields[i-1])
		name := s.isKoreanName(w) && !s.isKoreanNoun(w)
		switch {
		case name && (age || titledBehind || farBehind || titledBefore || i > 0 && fields[i-1] == "출신"):
			own := ""
			if titledBehind && s.withoutTopic(fields[i+1]) != "씨" {
				own = s.withoutTopic(fields[i+1])
			} else if farBehind {
				own = fields[i+1] + " " + s.withoutTopic(fields[i+2])
			} else if titledBefore {
				own = fields[i-1]
			}
			s.addDense(w, own)
		case !name && i > 0 && titledBehind && s.withoutTopic(fields[i+1]) != fields[i+1] && !s.isKoreanName(fields[i-1]) && utf8.RuneCountInString(fields[i-1]) > 1:
			// 아나 벨루주 의장: a name of two words.
			if first := fields[i-1]; (i == 1 || strings.HasSuffix(fields[i-2], ",")) && s.denseClass(w) == 0 && s.denseClass(first) == 0 && !strings.ContainsAny(first+w, mark+"의을를에와과") {
				s.addDense(first+" "+w, s.withoutTopic(fields[i+1]))
			}
		case i > 1 && strings.HasSuffix(fields[i-2], "인") && !titledBefore && s.isKoreanTitle(strings.TrimSuffix(fields[i-2], "인")) && s.denseClass(w) == 0 && w != fields[i] && isHangul(w):
			s.addDense(fields[i-1]+" "+w, strings.TrimSuffix(fields[i-2], "인"))
		}
	}
}

// cutAge takes an age in brackets off a word.
func cutAge(w string) (string, bool) {
	i := strings.IndexByte(w, '(')
	if i <= 0 || i+1 >= len(w) || w[i+1] < '0' || w[i+1] > '9' {
		return w, false
	}
	return w[:i], true
}

// koreanEnds hang on names beside the particles of subjects.
var koreanEnds = [...]string{"이었다", "에게는", "께서는", "측은", "에게", "께서", "이다", "은", "는", "이", "가", "도", "의", "다", "과", "와"}

// withoutTopic takes a particle off a word.
func (s *story) withoutTopic(w string) string {
	w = strings.TrimRight(w, ".,")
	for _, t := range koreanEnds {
		if base, ok := strings.CutSuffix(w, t); ok && utf8.RuneCountInString(base) >= 1 && (s.isKoreanTitle(base) || s.isKoreanName(base) && !s.isKoreanName(w)) {
			return base
		}
	}
	if base, ok := strings.CutSuffix(w, "은"); ok && utf8.RuneCountInString(base) > 1 {
		return base
	}
	return w
}

// isKoreanTitle says whether a word is one for a role, or ends with one.
func (s *story) isKoreanTitle(w string) bool {
	return s.lex.words[w]&role != 0 || s.longEnds(w)&role != 0
}

// longEnds are the classes of all words of two syllables or more with which a
// word ends.
func (s *story) longEnds(w string) class {
	var all class
	i := len(w)
	for n := 1; n <= longestEnd && i > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(w[:i])
		i -= size
		if n > 1 {
			all |= s.lex.words[w[i:]]
		}
	}
	return all
}

// isKoreanNoun says whether a word is a known noun, or ends with one of more
// than one syllable.
func (s *story) isKoreanNoun(w string) bool {
	const noun = role | organization | document | crowd
	return (s.lex.words[w]|s.longEnds(w))&noun != 0
}

// isKoreanName says whether a word is a surname with a given name.
func (s *story) isKoreanName(w string) bool {
	n := utf8.RuneCountInString(w)
	if n < 2 || n > 4 || !isHangul(w) {
		return false
	}
	for k := 1; k <= 2; k++ {
		if s.lex.words[firstRunes(w, k)]&surname != 0 && (n == k+2 || n == 2 && strings.HasSuffix(w, "모")) {
			return true
		}
	}
	return false
}
