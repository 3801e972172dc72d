package extract

import (
	"strings"

	"github.com/copydesk/copydesk/pkg/photocredit"
	"github.com/copydesk/copydesk/pkg/prose"
)

// textPage is a page of which only the text survives: its lines, and how far
// they have been read.
type textPage struct {
	lines []textLine
	// photos reads the credits in them.
	photos photocredit.Reader
	// title is the page's, without the outlet's name, empty if the text does not
	// begin with it; titleDate is the date in it.
	title, titleDate string
	// named holds the words of what names the story: its address, its title.
	named []map[string]bool
	// shown holds the captions, folded, of the pictures that were read.
	shown map[string]bool
	// at is the next line to read, head that of the headline, end the one behind
	// the story.
	at, head, end int
}

// textLine is one line that is not empty.
type textLine struct {
	text string
	// apart says that an empty line stood before it, common that the page says
	// the same again and again.
	apart, common bool
	// weight says how much it is running text.
	weight int
	// words are those of the line as addresses write them, once they were asked
	// for.
	words map[string]bool
	// credit is that of a picture in the line, once it was asked for.
	credit *textCredit
}

// words are those of a line as addresses write them.
func (p *textPage) words(i int) map[string]bool {
	l := &p.lines[i]
	if l.words == nil {
		l.words = addressWords(l.text)
	}
	return l.words
}

// like is how far a line says what the address or the title says, 0 to 1.
func (p *textPage) like(i int) float64 {
	most := 0.0
	for _, named := range p.named {
		most = max(most, likeWords(p.words(i), named))
	}
	return most
}

// commonly is how often a line is said, between others, that belongs to no story.
const commonly = 3

func readLines(text string, photos photocredit.Reader) *textPage {
	p := &textPage{photos: photos, shown: map[string]bool{}}
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
	p.unwrap()
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
