package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/prose"
)

// longestKicker is how many words a kicker has at most.
const longestKicker = 5

// kickerBefore parts a headline from a kicker that ran together with it, where
// the text says so: in another line, in a mark between them, or in a capital
// where no space is.
func (p *textPage) kickerBefore(head int) (kicker, headline string) {
	line := p.lines[head].text
	for _, at := range []func(line string, head int) (int, int){p.cutAtMark, p.cutBeforeTitle, p.cutAtDash, p.cutAtCapital} {
		if end, begin := at(line, head); end > 0 {
			return line[:end], line[begin:]
		}
	}
	return "", line
}

// isKicker says whether what stands before a place of a line can be a kicker,
// and what stands behind it a headline.
func isKicker(before, behind string) bool {
	return before != "" && prose.CountWords(before) <= longestKicker && prose.CountWords(behind) >= fewestWords && !isLowerRune(prose.FirstRune(behind))
}

// cutAtMark finds the end of a kicker where the title, or another line above
// the story, says the same with a mark between two words ("Fire in the harbour:
// All crews safe") and the headline has only a space there, or nothing.
func (p *textPage) cutAtMark(line string, head int) (end, begin int) {
	for i, l := range p.lines[:min(len(p.lines), head+headReach)] {
		if i == head || len(l.text) < len(line) {
			continue
		}
		end := 0
		for end < len(line) && line[end] == l.text[end] {
			end++
		}
		rest, behind := strings.TrimLeft(line[end:], " "), strings.TrimLeft(l.text[end:], kickerMarks)
		before := strings.TrimRight(line[:end], " ")
		if rest != "" && len(behind) < len(l.text)-end && strings.HasPrefix(behind, rest) && isKicker(before, rest) {
			return len(before), len(line) - len(rest)
		}
	}
	return 0, 0
}

// kickerMarks stand between a kicker and its headline.
const kickerMarks = " :|–—-+/•·"

// cutBeforeTitle finds the begin of a headline where the title says it without
// the kicker, or a part of it that is more than a name.
func (p *textPage) cutBeforeTitle(line string, _ int) (end, begin int) {
	for _, from := range sentences(p.title) {
		said := p.title[from.begin:from.end]
		at := strings.Index(line, said)
		if at <= 0 || prose.CountWords(said) <= fewestWords {
			continue
		}
		if strings.HasSuffix(line[:at], p.title[:from.begin]) {
			at -= from.begin // the title's other parts are there too
		}
		if before := strings.TrimRight(line[:at], kickerMarks); isKicker(before, line[at:]) {
			return len(before), at
		}
	}
	return 0, 0
}

type span struct{ begin, end int }

// sentences are the parts of a title between its marks, the whole first.
func sentences(title string) []span {
	all := []span{{0, len(title)}}
	from := 0
	for i := 0; i+1 < len(title); i++ {
		if strings.IndexByte(":?!", title[i]) >= 0 && title[i+1] == ' ' {
			all = append(all, span{from, i}, span{i + 2, len(title)})
			from = i + 2
		}
	}
	return all
}

// cutAtDash finds a kicker before a dash or a bar, or before the first of two
// colons: the second is the headline's.
func (p *textPage) cutAtDash(line string, _ int) (end, begin int) {
	for _, dash := range [...]string{" - ", " – ", " | "} {
		before, behind, ok := strings.Cut(line, dash)
		if ok && isKicker(before, behind) && prose.CountWords(behind) > fewestWords {
			return len(before), len(before) + len(dash)
		}
	}
	if before, behind, ok := strings.Cut(line, ": "); ok && prose.CountWords(before) <= longestKicker && strings.Contains(behind, ": ") {
		return len(before), len(before) + 2
	}
	return 0, 0
}

// cutAtCapital finds a capital where no space is. Names have such capitals too;
// those the story says again.
func (p *textPage) cutAtCapital(line string, head int) (end, begin int) {
	from, before := 0, rune(0) // the begin of the word, the letter before
	for i, r := range line {
		glued := unicode.IsUpper(r) && (unicode.IsLower(before) || strings.ContainsRune(`"”“»?!`, before)) && from < i
		if glued && prose.CountWords(line[:i]) <= longestKicker && utf8.RuneCountInString(line[from:i]) >= 4 && prose.CountWords(line[i:]) > fewestWords && !p.hasWord(line[from:wordEnd(line, i)], head) {
			return i, i
		}
		if before = r; r == ' ' {
			from = i + 1
		}
	}
	return 0, 0
}

func wordEnd(line string, i int) int {
	if n := strings.IndexByte(line[i:], ' '); n >= 0 {
		return i + n
	}
	return len(line)
}

// hasWord says whether a word stands in a line that does not repeat the headline.
func (p *textPage) hasWord(word string, head int) bool {
	for _, l := range p.lines {
		if strings.Contains(l.text, word) && !strings.Contains(l.text, p.lines[head].text) {
			return true
		}
	}
	return false
}
