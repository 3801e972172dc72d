package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/prose"
)

// japanesePeople finds names before a title, or an age: 柏木トメさん（88）.
func (s *story) japanesePeople(t string) {
	for _, w := range s.lex.lists[title|role] {
		for at := range s.places(t, w) {
			if name, own := s.japaneseName(t[:at]); name != "" {
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
	if han > 0 && unicode.Is(unicode.Katakana, prose.FirstRune(name)) {
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

// japaneseSubject reads the subject by the particle behind it, in a passage
// that has a quotation or a verb of saying.
func (s *story) japaneseSubject(p *passage) (string, bool) {
	spoken := len(p.quotes) > 0
	for _, w := range s.lex.lists[verb] {
		spoken = spoken || strings.Contains(p.text, w)
	}
	if !spoken {
		return "", false
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
		case 'で', 'に', 'と', 'へ', 'ら', 'て':
			continue // では, には: no subject
		}
		if r != 'は' && unicode.Is(unicode.Hiragana, after) {
			continue
		}
		if k := strings.LastIndexAny(phrase, "、，,"+mark); k >= 0 {
			_, size := utf8.DecodeRuneInString(phrase[k:])
			phrase = phrase[k+size:]
		}
		phrase = strings.TrimPrefix(phrase, "と")
		if phrase == "" || s.lex.words[phrase]&me != 0 || utf8.RuneCountInString(phrase) > 36 {
			continue
		}
		if person, _ := s.densePerson(phrase); person < 0 && s.denseClass(phrase) == 0 && !s.looksForeign(lastNoun(phrase)) && prose.LastRune(phrase) != '」' {
			if r == 'は' && len(p.quotes) == 0 {
				return "", false
			}
			continue
		}
		return phrase, true
	}
	return "", false
}
