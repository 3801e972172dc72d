package quote

import (
	"strings"
	"unicode"

	"github.com/copydesk/copydesk/pkg/prose"
)

// longestWord is how much before a passage is looked at for a word, in bytes.
const longestWord = 80

// isTitle says whether a passage is the title of a work: it stands behind the
// word for one, or is written as titles are.
func (s *story) isTitle(q *span) bool {
	if s.lex == nil {
		return false
	}
	text := s.blocks[q.block]
	before := strings.TrimRight(tail(text[:q.open], longestWord), " ")
	if s.lex.dense && !s.lex.hangul {
		return s.endClasses(before)&work != 0 || s.isNameInMarks(before, text[q.from:q.to], text[q.close:]) || len(s.lex.lists[topic]) > 0 && !strings.HasPrefix(text[q.open:], "「") && !strings.HasPrefix(text[q.close:], "と")
	}
	if s.lex.final && unicode.IsLower(prose.FirstRune(text[q.from:q.to])) {
		return false
	}
	if w := before[strings.LastIndexAny(before, " (")+1:]; w != "" && (s.lex.class(strings.ToLower(w))&work != 0 || s.lex.caseless && s.lex.class(strings.TrimLeft(w, "وبل"))&work != 0) {
		return true
	}
	return !s.lex.nouns && isTitleCase(text[q.from:q.to])
}

// isNameInMarks says whether Japanese words in quotation marks are a name, or a
// term: the particle of a noun or a bracket stands right behind them, and a noun
// right before, or they are short; or they have no letter of grammar.
func (s *story) isNameInMarks(before, inner, behind string) bool {
	if len(s.lex.lists[topic]) == 0 {
		return false
	}
	hiragana := strings.IndexFunc(inner, func(r rune) bool { return unicode.Is(unicode.Hiragana, r) }) >= 0
	if strings.HasPrefix(behind, "と") && hiragana || strings.ContainsAny(inner, "。、！？") {
		return false
	}
	noun := behind != "" && strings.ContainsRune("のはがをにでへも（", prose.FirstRune(behind))
	return noun && (unicode.In(prose.LastRune(before), unicode.Han, unicode.Katakana) || len(inner) < shortNoun) || !hiragana && len(inner) < 2*shortNoun
}

// shortNoun is how long words are at most, in bytes, that are marked as a noun and
// spoken by nobody.
const shortNoun = 40

// isTitleCase says whether all words have capitals, but for short ones.
func isTitleCase(s string) bool {
	uppers, lowers, letters := 0, 0, 0
	for w := range strings.FieldsSeq(s) {
		r := prose.FirstRune(w)
		switch {
		case unicode.IsUpper(r):
			uppers++
		case unicode.IsLower(r) && len(w) > 3:
			return false
		case unicode.IsLower(r):
			lowers++
		}
		for _, r := range w {
			if unicode.IsLower(r) {
				letters++
			}
		}
	}
	return uppers >= 3 && uppers > lowers && letters > 0
}
