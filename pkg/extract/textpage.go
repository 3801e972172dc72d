package extract

import (
	"strings"

	"github.com/copydesk/copydesk/pkg/prose"
)

// textPage is a page of which only the text survives: its lines, and how far
// they have been read.
type textPage struct {
	lines []textLine
	// at is the next line to read, end the one behind the story.
	at, end int
}

// textLine is one line that is not empty.
type textLine struct {
	text string
	// apart says that an empty line stood before it, common that the page says
	// the same again and again.
	apart, common bool
	// weight says how much it is running text.
	weight int
}

// commonly is how often a line is said, between others, that belongs to no story.
const commonly = 3

func readLines(text string) *textPage {
	p := &textPage{}
	apart := false
	for line := range strings.Lines(text) {
		if line = prose.Squash(line); line == "" {
			apart = true
			continue
		}
		if len(p.lines) == mostLines {
			break
		}
		p.lines = append(p.lines, textLine{text: line, apart: apart})
		apart = false
	}
	times := map[string]int{}
	for i, l := range p.lines {
		if i == 0 || l.text != p.lines[i-1].text {
			times[l.text]++
		}
	}
	for i := range p.lines {
		p.lines[i].common = times[p.lines[i].text] >= commonly
	}
	p.weigh()
	return p
}
