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
		return s.endClasses(before)&work != 0 || s.isNameInMarks(before, text[q.close:]) || strings.HasPrefix(text[q.open:], "『") && len(s.lex.lists[topic]) > 0 && !strings.HasPrefix(text[q.close:], "と")
	}
	if w := before[strings.LastIndexAny(before, " (")+1:]; w != "" && (s.lex.class(strings.ToLower(w))&work != 0 || s.lex.caseless && s.lex.class(strings.TrimLeft(w, "وبل"))&work != 0) {
		return true
	}
	return !s.lex.nouns && isTitleCase(text[q.from:q.to])
}

// isNameInMarks says whether Japanese words in quotation marks are a name: a
// noun stands right before them, and the particle of a noun or a bracket right
// behind.
func (s *story) isNameInMarks(before, behind string) bool {
	return unicode.In(prose.LastRune(before), unicode.Han, unicode.Katakana) && strings.ContainsRune("のはがをにでへも（", prose.FirstRune(behind)) && len(s.lex.lists[topic]) > 0
}

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
