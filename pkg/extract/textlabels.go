package extract

import (
	"strings"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/prose"
)

// labelsAbove are the labels right above the headline, if they are few: many
// are a menu.
func (p *textPage) labelsAbove(head int) []string {
	const most = 2
	var labels []string
	for i := head - 1; i >= p.at; i-- {
		line := p.lines[i].text
		if utf8.RuneCountInString(line) > longestLabel || prose.EndsSentence(line) {
			break
		}
		if labels = append(splitLabels(line), labels...); p.lines[i].apart {
			break
		}
		if head-i > most {
			return nil
		}
	}
	return labels
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
