package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/prose"
)

// labelsAbove are the labels right above the headline, if they are few. Of many,
// which are a menu, it is the last if the menu has not got it too.
func (s *story) labelsAbove(p *textPage, head int) []string {
	const most = 2
	var labels []string
	for i := head - 1; i >= p.at; i-- {
		line := p.lines[i].text
		if !s.isLabelLine(line) {
			break
		}
		if head-i > most {
			last := p.lines[head-1].text
			if p.says(last, p.at, head-1) {
				return nil
			}
			return splitLabels(last)
		}
		if p.like(i) >= surelyLike && prose.CountWords(line) > longestKicker {
			break // the way to the page
		}
		if labels = append(splitLabels(line), labels...); p.lines[i].apart {
			break
		}
	}
	if slices.ContainsFunc(labels, isHomeWord) {
		return nil
	}
	return labels
}

// isLabelLine says whether a line may be a label, and not the outlet's name, a
// date, a byline, a button or the way to the page.
func (s *story) isLabelLine(line string) bool {
	return utf8.RuneCountInString(line) <= longestLabel && !prose.EndsSentence(line) &&
		!s.outlet.Is(line) && !s.tellsDate(line) && !s.isByLine(line) && !isPlea(line) && !isSkipLink(line) && !isControl(line) && !opensPath(line) && !isTrail(line) && !strings.Contains(line, ": ")
}

// opensPath says whether a line begins with the word for the home page.
func opensPath(line string) bool {
	words := strings.Fields(line)
	for n := 1; n <= min(2, len(words)); n++ {
		if isHomeWord(strings.Join(words[:n], " ")) {
			return true
		}
	}
	return false
}

// splitLabels parts labels that ran together when their markup was lost: a
// capital behind a small letter begins a new one, if both halves are long
// enough to be words.
func splitLabels(line string) []string {
	var all []string
	start := 0
	rs := []rune(line)
	for i := 1; i < len(rs); i++ {
		if !isUpperRune(rs[i]) || !isLowerRune(rs[i-1]) {
			continue
		}
		end := i
		for end < len(rs) && rs[end] != ' ' && (end == i || !isUpperRune(rs[end]) || isUpperRune(rs[end-1])) {
			end++
		}
		if i-start >= 4 && (end-i >= 4 || string(rs[i:end]) == strings.ToUpper(string(rs[i:end])) && end-i >= 2) {
			all = append(all, string(rs[start:i]))
			start = i
		}
	}
	return append(all, string(rs[start:]))
}

func isUpperRune(r rune) bool { return strings.ToLower(string(r)) != string(r) }
func isLowerRune(r rune) bool { return strings.ToUpper(string(r)) != string(r) }
