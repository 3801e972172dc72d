package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
)

func isHangul(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return unicode.Is(unicode.Hangul, r) }) >= 0
}

// denseClass is the class of the word with which a phrase ends, 0 for none.
func (s *story) denseClass(phrase string) class {
	if c := s.lex.words[phrase]; c&(he|they|me) != 0 {
		return c
	}
	all := s.endClasses(phrase)
	for _, c := range [...]class{crowd, title | role, role, document, organization} {
		if all&c == c {
			return c
		}
	}
	return 0
}

// sourceClass is denseClass of a phrase without what tells how many there are:
// 卒業生ら, 関係者2人.
func (s *story) sourceClass(phrase string) class {
	if c := s.denseClass(phrase); c != 0 {
		return c
	}
	if one := strings.TrimSuffix(strings.TrimSuffix(phrase, "ら"), "たち"); one != phrase {
		return s.denseClass(one)
	}
	return s.denseClass(strings.TrimRight(phrase, "0123456789０１２３４５６７８９人名"))
}

// longestEnd is how many characters a known noun has at most.
const longestEnd = 9

// endClasses are the classes of all words with which a phrase ends.
func (s *story) endClasses(phrase string) class {
	var all class
	i := len(phrase)
	for n := 0; n < longestEnd && i > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(phrase[:i])
		i -= size
		all |= s.lex.words[phrase[i:]]
	}
	return all
}

// denseSource finds or makes the source that a phrase of a dense language
// names, -1 for none.
func (s *story) denseSource(phrase string, topicOf int) int {
	phrase = strings.TrimSpace(withoutBrackets(phrase))
	if phrase == "" {
		return -1
	}
	if c := s.lex.words[phrase]; c&(he|they) != 0 {
		if topicOf >= 0 {
			return s.sourceOfPerson(topicOf, 0)
		}
		return -1
	} else if c&me != 0 {
		return -1
	}
	if person, _ := s.densePerson(phrase); person >= 0 && s.denseClass(phrase) != document {
		return s.sourceOfPerson(person, 0)
	}
	c := s.sourceClass(phrase)
	if i := strings.IndexFunc(phrase, func(r rune) bool { return unicode.Is(unicode.Katakana, r) }); c == 0 && i > 0 && strings.Contains(phrase, "・") && isHan(phrase[:i]) {
		c, phrase = s.denseClass(phrase[:i]), phrase[i:]
	}
	if inner, before := innerName(phrase); inner != "" {
		c, phrase = s.denseClass(before)|organization, inner
	}
	if of, ok := strings.CutSuffix(phrase, " 측"); ok {
		c, phrase = organization, of
	}
	if last := lastNoun(phrase); c == 0 && s.looksForeign(last) {
		phrase = last
	} else if last := katakanaTail(phrase); c == 0 && s.looksForeign(last) {
		c, phrase = organization, last
	}
	if c == 0 && !s.looksForeign(phrase) {
		return -1
	}
	if cut := lastNoun(phrase); c&document != 0 || c&(role|crowd) != 0 && strings.Contains(cut, "の") {
		if strings.HasSuffix(phrase[:len(phrase)-len(cut)], "ある") && c&document == 0 {
			cut = "ある" + cut // ある会派の市議
		}
		if !strings.HasPrefix(cut, "の") {
			phrase = cut
		}
	}
	kind := kindOf(c)
	if c == 0 {
		kind = news.OriginPerson
	}
	if at := s.denseSame(phrase); at >= 0 {
		return at
	}
	for i := range s.sources {
		src := &s.sources[i]
		if src.person < 0 && (src.name == phrase || src.kind == kind && strings.HasSuffix(src.name, phrase)) {
			return i
		}
	}
	if len(s.sources) == mostSources {
		return -1
	}
	s.sources = append(s.sources, source{name: phrase, kind: kind, person: -1, class: c})
	return len(s.sources) - 1
}

// denseSame is the source without a name that a phrase means again: 这名外交官,
// 其中一人; -1 for none.
func (s *story) denseSame(phrase string) int {
	for _, w := range [...]string{"这名", "這名", "这位", "這位", "该名", "該名", "该", "該", "其中一"} {
		rest, ok := strings.CutPrefix(phrase, w)
		if !ok {
			continue
		}
		for i := len(s.sources) - 1; i >= 0; i-- {
			src := &s.sources[i]
			if src.kind == news.OriginPerson && (strings.HasSuffix(src.name, rest) || strings.HasSuffix(src.role, rest) || w == "其中一" && src.person < 0) {
				return i
			}
		}
	}
	return -1
}

// innerName is the name in quotation marks with which a phrase ends, and what
// stands before it.
func innerName(phrase string) (inner, before string) {
	last := prose.LastRune(phrase)
	if !strings.ContainsRune("」』”’\"'》", last) {
		return "", ""
	}
	body := phrase[:len(phrase)-utf8.RuneLen(last)]
	i := strings.LastIndexAny(body, "「『“‘\"'《")
	if i < 0 {
		return "", ""
	}
	_, size := utf8.DecodeRuneInString(body[i:])
	return body[i+size:], body[:i]
}

// lastNoun is what stands behind the last small letter of a Japanese phrase, or
// the last "的" of a Chinese one: the report in "the report that the town
// wrote".
func lastNoun(phrase string) string {
	if isHangul(phrase) {
		return phrase
	}
	i := strings.LastIndexFunc(phrase, func(r rune) bool { return unicode.Is(unicode.Hiragana, r) && r != 'の' || r == '的' })
	if i < 0 {
		return phrase
	}
	_, size := utf8.DecodeRuneInString(phrase[i:])
	return phrase[i+size:]
}

// looksForeign says whether a phrase is a name with a dot between its parts.
func (s *story) looksForeign(phrase string) bool {
	n := utf8.RuneCountInString(phrase)
	if n < 4 || n > 20 {
		return false
	}
	// A company or a stranger in katakana.
	kana := strings.IndexFunc(phrase, func(r rune) bool { return !unicode.Is(unicode.Katakana, r) && r != 'ー' && r != '・' }) < 0
	return kana || strings.ContainsAny(phrase, "·・")
}

// withoutBrackets takes out what stands in brackets: ages, readings.
func withoutBrackets(s string) string {
	for {
		i := strings.IndexAny(s, "(（[［")
		if i < 0 {
			return s
		}
		j := strings.IndexAny(s[i:], ")）]］")
		if j < 0 {
			return s[:i]
		}
		_, size := utf8.DecodeRuneInString(s[i+j:])
		s = s[:i] + s[i+j+size:]
	}
}
