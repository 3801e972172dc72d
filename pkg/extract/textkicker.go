package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/prose"
)

// kickerBefore parts a headline from a kicker that ran together with it: before
// a dash, or before a capital where no space is. Names have such capitals too;
// those the story says again.
func (p *textPage) kickerBefore(head int) (kicker, headline string) {
	line := p.lines[head].text
	for _, dash := range [...]string{" - ", " – ", " | "} {
		before, behind, ok := strings.Cut(line, dash)
		if ok && prose.CountWords(before) <= longestKicker && prose.CountWords(behind) > fewestWords && !isLowerRune(prose.FirstRune(behind)) {
			return before, behind
		}
	}
	if before, behind, ok := strings.Cut(line, ": "); ok && prose.CountWords(before) <= longestKicker && strings.Contains(behind, ": ") {
		return before, behind // of two colons the second is the headline's
	}
	from, before := 0, rune(0) // the begin of the word, the letter before
	for i, r := range line {
		glued := unicode.IsUpper(r) && (unicode.IsLower(before) || strings.ContainsRune(`"”“»?!`, before)) && from < i
		if glued && prose.CountWords(line[:i]) <= longestKicker && utf8.RuneCountInString(line[from:i]) >= 4 && prose.CountWords(line[i:]) > fewestWords && !p.says(line[from:wordEnd(line, i)], head) {
			return line[:i], line[i:]
		}
		if before = r; r == ' ' {
			from = i + 1
		}
	}
	return "", line
}

// longestKicker is how many words a kicker has at most.
const longestKicker = 5

func wordEnd(line string, i int) int {
	if n := strings.IndexByte(line[i:], ' '); n >= 0 {
		return i + n
	}
	return len(line)
}

// says whether a word stands in a line that does not repeat the headline.
func (p *textPage) says(word string, head int) bool {
	for _, l := range p.lines {
		if strings.Contains(l.text, word) && !strings.Contains(l.text, p.lines[head].text) {
			return true
		}
	}
	return false
}
