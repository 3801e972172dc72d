package extract

import (
	"strings"
	"unicode/utf8"
)

const (
	// narrowest and widest are how wide, in characters, the column of a text is
	// whose lines are broken where they are full.
	narrowest, widest = 40, 100
	// fewestFull is how many full lines such a text has; half of those that another
	// follows without an empty line are full.
	fewestFull = 4
	// ragged is how much, in characters, the longest line may fall short of the
	// column.
	ragged = 2
)

// unwrap joins lines that were broken because they were full, as old wires, mails
// and archives of print break them: the next word had no room in the column.
func (p *textPage) unwrap() {
	width := 0
	for _, l := range p.lines {
		if width = max(width, utf8.RuneCountInString(l.text)); width > widest {
			return
		}
	}
	full, followed := 0, 0
	for i := range p.lines {
		if i > 0 && !p.lines[i].apart {
			followed++
		}
		if p.isFull(i, width) {
			full++
		}
	}
	if width < narrowest || full < fewestFull || 2*full < followed {
		return
	}
	var joined []textLine
	var paragraph strings.Builder
	for i, l := range p.lines {
		if paragraph.Len() == 0 {
			joined = append(joined, l)
		}
		paragraph.WriteString(l.text)
		if p.isFull(i, width) {
			paragraph.WriteByte(' ')
			continue
		}
		joined[len(joined)-1].text = paragraph.String()
		paragraph.Reset()
	}
	p.lines = joined
}

// isFull says whether the first word of the next line had no room in this one.
func (p *textPage) isFull(i, width int) bool {
	if i+1 == len(p.lines) || p.lines[i+1].apart {
		return false
	}
	next, _, _ := strings.Cut(p.lines[i+1].text, " ")
	return utf8.RuneCountInString(p.lines[i].text)+1+utf8.RuneCountInString(next) > width-ragged
}
