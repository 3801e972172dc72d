package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/prose"
)

// japanesePeople finds names before a title, or an age: 柏木トメさん（88）.
func (s *story) japanesePeople(t string) {
	for at, behind := range s.lex.wordsIn(t, title) {
		if s.tries++; s.tries > mostTries {
			break
		}
		name, own := s.japaneseName(t[:at], isHonorific(t[at:behind]))
		if name == "" && isHonorific(t[at:behind]) {
			name, own = s.japaneseGivenName(t[:at], t[behind:])
		}
		if name != "" {
			s.addDense(name, s.japaneseRole(own, t[at:behind]))
		}
	}
	for i, r := range t {
		if r != '（' && r != '(' {
			continue
		}
		next, _ := utf8.DecodeRuneInString(t[i+utf8.RuneLen(r):])
		if unicode.IsDigit(next) {
			before := strings.TrimSuffix(t[:i], s.lex.longestBefore(t[:i], title))
			if name, own := s.japaneseName(before, true); name != "" {
				s.addDense(name, s.japaneseRole(own, ""))
			}
		}
	}
	for at, behind := range s.lex.wordsIn(t, role) {
		// 俳優、北条遼。 監督の沢田ミチルは
		sign := prose.FirstRune(t[behind:])
		if sign != '、' && sign != 'の' {
			continue
		}
		rest := t[behind+utf8.RuneLen(sign):]
		end := strings.IndexFunc(rest, func(r rune) bool {
			return !unicode.In(r, unicode.Han, unicode.Katakana) && !strings.ContainsRune("・ー々ヶ＝", r)
		})
		if end < 0 || !strings.ContainsRune("。、はが（", prose.FirstRune(rest[end:])) {
			continue
		}
		if name := s.japaneseStranger(rest[:end]); name == rest[:end] && utf8.RuneCountInString(name) > 2 && (sign == '、' || !isHan(name)) {
			s.addDense(name, t[at:behind])
		}
	}
	for i := 0; ; {
		n := strings.Index(t[i:], "「")
		if n < 0 {
			break
		}
		s.japaneseSpeaker(t[i : i+n])
		i += n + len("「")
	}
}

// isHonorific says whether a title tells nothing of what somebody does.
func isHonorific(title string) bool {
	return title == "さん" || title == "氏" || title == "くん" || title == "ちゃん" || title == "君" || title == "様"
}

// japaneseGivenName is a name of two characters that ends a text, before an
// honorific with an age behind it, or with what somebody is before it:
// 桐生の母、美香さん（45）.
func (s *story) japaneseGivenName(before, behind string) (name, own string) {
	name = tail(before, 6)
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(behind, "（("))
	aged := strings.HasPrefix(behind, "（") && unicode.IsDigit(r)
	at, ok := strings.CutSuffix(before[:len(before)-len(name)], "、")
	if utf8.RuneCountInString(name) != 2 || !isHan(name) || s.denseClass(name) != 0 || !ok && !aged {
		return "", ""
	}
	own = at[strings.LastIndexAny(at, "、。「」")+1:]
	if i := strings.LastIndexAny(at, "、。「」"); i >= 0 {
		_, size := utf8.DecodeRuneInString(at[i:])
		own = at[i+size:]
	}
	if s.denseClass(own)&role == 0 {
		return name, ""
	}
	return name, own
}

// japaneseSpeaker keeps who is the subject of the words that lead to a
// quotation, if he has a name of the usual length and nothing tells that it is
// another word: エースの城間は.
func (s *story) japaneseSpeaker(t string) {
	t = tail(t, longestPassage)
	if i := strings.LastIndexAny(strings.TrimSuffix(t, "。"), "。」\n"); i >= 0 {
		_, size := utf8.DecodeRuneInString(t[i:])
		t = t[i+size:]
	}
	if strings.HasSuffix(t, "。") && !strings.Contains(t, "こう") {
		return
	}
	t = withoutBrackets(t)
	i := strings.Index(t, "は")
	if i < 0 {
		return
	}
	name := s.japaneseStranger(t[:i])
	if before, ok := strings.CutSuffix(t[:i-len(name)], "の"); name != "" && (ok || s.denseClass(name) == 0) {
		own := lastNoun(before)
		if s.denseClass(own)&role == 0 {
			own = ""
		}
		s.addDense(name, own)
	}
}

// japaneseStranger is what ends a text and can be a name of which nothing tells
// what it is: two to six Han characters or more in katakana.
func (s *story) japaneseStranger(t string) string {
	start := len(t)
	for start > 0 && len(t)-start < 40 {
		r, size := utf8.DecodeLastRuneInString(t[:start])
		if !unicode.In(r, unicode.Han, unicode.Katakana) && !strings.ContainsRune("・ー々ヶ＝", r) {
			break
		}
		start -= size
	}
	name := t[start:]
	if i := strings.IndexFunc(name, func(r rune) bool { return unicode.Is(unicode.Katakana, r) }); i > 0 && strings.Contains(name, "・") {
		if s.denseClass(name[:i])&organization != 0 {
			return "" // 地元紙ヘラルド・ポスト
		}
		name = name[i:]
	}
	n := utf8.RuneCountInString(name)
	if n < 2 || n > 6 && isHan(name) || !isHan(name) && !strings.Contains(name, "・") && !isMixedName(name) || s.isJapaneseNoun(name) || s.endClasses(name)&common != 0 {
		return ""
	}
	return name
}

// isMixedName says whether a word is a surname in Han characters with a given name
// in katakana.
func isMixedName(w string) bool {
	i := strings.IndexFunc(w, func(r rune) bool { return unicode.Is(unicode.Katakana, r) })
	return i > 3 && i <= 9 && len(w)-i >= 6 && strings.IndexFunc(w[i:], func(r rune) bool { return !unicode.Is(unicode.Katakana, r) && r != 'ー' }) < 0
}

// isJapaneseNoun says whether a word that can be a name ends with another noun;
// given names end with those of one character for people: 達夫, 直人.
func (s *story) isJapaneseNoun(w string) bool {
	_, size := utf8.DecodeLastRuneInString(w)
	const noun = title | role | crowd | organization | document
	return s.longEnds(w)&noun != 0 || s.lex.words[w[len(w)-size:]]&(title|organization|document) != 0
}

// japaneseRole is what is printed of what somebody is: his title, or the word
// for a role before his name.
func (s *story) japaneseRole(own, title string) string {
	own = lastNoun(withoutBrackets(own))
	if title != "" && !isHonorific(title) {
		if s.denseClass(own)&organization != 0 && !strings.HasPrefix(own, "の") {
			return own + "の" + title
		}
		return title
	}
	if s.denseClass(own)&role == 0 {
		return ""
	}
	return own
}

// japaneseName is the name that ends a text, and whose it is said to be before
// it; "" for none. A name has no small letters, and does not change from
// katakana to Han characters.
func (s *story) japaneseName(t string, honorific bool) (name, own string) {
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
	if han > 0 && unicode.Is(unicode.Katakana, prose.FirstRune(name)) {
		name = name[han:]
	}
	if w := s.lex.longestAt(name, role); w != "" && w != name && s.lex.words[w]&title == 0 {
		name = name[len(w):]
	}
	n := utf8.RuneCountInString(name)
	if n < 2 || n > 16 || s.isJapaneseNoun(name) || n == 2 && !strings.HasSuffix(t[:start], "の") && (honorific || s.lex.words[name]&common != 0 || start > 0 && unicode.In(prose.LastRune(t[:start]), unicode.Han, unicode.Katakana)) {
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

// japaneseSubject reads the subject by the particle behind it, in a passage
// that has a quotation or a verb of saying.
func (s *story) japaneseSubject(p *passage) (string, bool) {
	spoken := len(p.quotes) > 0
	spoken = spoken || s.lex.contains(p.text, verb)
	if !spoken {
		return "", false
	}
	if phrase := s.documentIn(p.text); phrase != "" {
		return phrase, true
	}
	// 「…」と佐々木。
	if i := strings.LastIndex(p.text, mark+"と"); i >= 0 {
		rest := p.text[i+len(mark)+len("と"):]
		if person, at := s.densePerson(rest); person >= 0 && at == 0 {
			return rest, true
		}
	}
	for i, r := range p.text {
		if r != 'は' && r != 'が' && r != 'も' || i == 0 {
			continue
		}
		phrase := p.text[:i]
		after, _ := utf8.DecodeRuneInString(p.text[i+utf8.RuneLen(r):])
		switch prose.LastRune(phrase) {
		case 'で', 'に', 'と', 'へ', 'て':
			continue // では, には: no subject
		}
		if strings.HasSuffix(phrase, "から") {
			continue
		}
		if r != 'は' && unicode.Is(unicode.Hiragana, after) {
			continue
		}
		if k := strings.LastIndexAny(phrase, "、，,"+mark); k >= 0 {
			_, size := utf8.DecodeRuneInString(phrase[k:])
			phrase = phrase[k+size:]
		}
		phrase = strings.TrimPrefix(phrase, "と")
		phrase = strings.TrimPrefix(strings.TrimPrefix(phrase, "して"), "し")
		if utf8.RuneCountInString(phrase) > 24 {
			phrase = lastNoun(phrase)
		}
		if phrase == "" || s.lex.words[phrase]&me != 0 || utf8.RuneCountInString(phrase) > 36 {
			continue
		}
		if len(p.quotes) == 0 && !s.lex.contains(p.text[i:], verb) {
			continue
		}
		phrase = strings.TrimSpace(withoutBrackets(phrase))
		if person, _ := s.densePerson(phrase); person < 0 && s.sourceClass(phrase) == 0 && !s.looksForeign(katakanaTail(phrase)) && !s.looksForeign(lastNoun(phrase)) && prose.LastRune(phrase) != '」' {
			if r == 'は' && len(p.quotes) == 0 {
				return "", false
			}
			continue
		}
		return phrase, true
	}
	return "", false
}

// documentIn is the document in which a text says that a quotation stands:
// 日記には「…」とあった, 초안에는 “…”라는 문구가; "" for none.
func (s *story) documentIn(text string) string {
	before, _, _ := strings.Cut(text, mark)
	for _, w := range [...]string{"には", "에는 "} {
		i := strings.Index(before, w)
		if i <= 0 {
			continue
		}
		phrase := before[:i]
		if k := strings.LastIndexAny(phrase, "、。 "); k >= 0 && !s.lex.hangul {
			_, size := utf8.DecodeRuneInString(phrase[k:])
			phrase = phrase[k+size:]
		} else if fields := strings.Fields(phrase); len(fields) > 2 {
			phrase = strings.Join(fields[len(fields)-2:], " ")
		}
		if s.denseClass(phrase) == document {
			return phrase
		}
	}
	return ""
}

// katakanaTail is the katakana with which a text ends.
func katakanaTail(t string) string {
	return t[len(strings.TrimRightFunc(t, func(r rune) bool { return unicode.Is(unicode.Katakana, r) || r == 'ー' || r == '・' })):]
}
