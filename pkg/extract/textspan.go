package extract

import (
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/prose"
)

// The weights by which lines make a story, or part it from what is around it.
const (
	// shortSentence and longSentence are lengths in characters: from the first
	// on a sentence counts, from the second on it counts no more.
	shortSentence = 60
	longSentence  = 400
	// labelWeight is that of a line that is no sentence: a link, a button, a
	// heading.
	labelWeight = -50
	// otherWeight is that of a line that announces other stories, which may
	// stand within this one; commentWeight that of one that announces comments,
	// behind which nobody else writes.
	otherWeight   = -150
	commentWeight = -1000
)

// weigh says how much each line is running text.
func (p *textPage) weigh() {
	for i := range p.lines {
		if p.lines[i].weight = p.lines[i].weigh(); p.lines[i].weight == labelWeight && p.creditOf(i).Label != "" {
			p.lines[i].weight = 0 // a picture's caption, as stories have
		}
	}
}

func (l *textLine) weigh() int {
	n := utf8.RuneCountInString(l.text)
	if prose.IsDense(l.text) {
		n *= 2 // a character is about half a word
	}
	switch {
	case l.common:
		return 0
	case n < shortSentence && isCommentHead(l.text):
		return commentWeight
	case n < shortSentence && isTailHead(l.text):
		return otherWeight
	case n >= shortSentence && prose.EndsSentence(l.text):
		return min(n, longSentence) - shortSentence/2
	case n > 2*longestSubhead:
		return min(n, longSentence) / 3
	case prose.EndsSentence(l.text) && n > shortSentence/2:
		return 0
	}
	return labelWeight
}

const (
	// surelyLike is how far a line says what the address says that is the
	// headline, or repeats it.
	surelyLike = 0.6
	// leastBelow is the part, one in so many, of the page's longest stretch of
	// running text that must stand below such a line.
	leastBelow = 4
)

// storySpan is the stretch of lines with the most running text and the least of
// anything else. Where a line above says what the address says, the story is
// below that.
func (p *textPage) storySpan() (first, last int) {
	from := p.stretches()
	best := 0
	for i := p.at; i < len(p.lines); i++ {
		if from[i].sum > best {
			best, first, last = from[i].sum, i, from[i].end
		}
	}
	least, inside, behind := best/leastBelow, first, last
	prose := len(p.lines) // the first running text below
	for i := len(p.lines) - 1; i >= p.at; i-- {
		if prose < len(p.lines) && (i <= inside || i >= behind) && p.like(i) >= surelyLike {
			// What stands between are buttons: "Share", "Comments".
			if sum := from[prose].sum + (prose-i)*labelWeight; sum > least {
				least, first, last = sum, prose, from[prose].end
			}
		}
		if p.lines[i].weight > 0 {
			prose = i
		}
	}
	last = p.withoutCards(first, last)
	for last < len(p.lines) && last > first && p.lines[last].weight == 0 && !isPlea(p.lines[last].text) {
		last++ // a short sentence closes it
	}
	return first, last
}

const (
	// fewestCards is how many cards of other stories in a row are a list of them.
	fewestCards = 3
	// shortestCardHead is the length, in characters, from which on a line above a
	// single sentence is rather the headline of another story than a subhead.
	shortestCardHead = 36
)

// withoutCards cuts the cards of other stories off the end of a stretch: each is
// a headline and a line of text.
func (p *textPage) withoutCards(first, last int) int {
	cards, at := 0, last
	for at-2 > first && p.isCard(at-2) {
		at -= 2
		cards++
	}
	if cards < fewestCards || at-first < cards {
		return last
	}
	return at
}

// isCard says whether a line is a headline and the next its text.
func (p *textPage) isCard(i int) bool {
	line := p.lines[i].text
	return p.lines[i].weight == labelWeight && utf8.RuneCountInString(line) >= shortestCardHead && !prose.IsDense(line) && p.lines[i+1].weight > 0
}

// stretch is the most running text that begins at a line: its weight, and the
// line behind it.
type stretch struct{ sum, end int }

func (p *textPage) stretches() []stretch {
	from := make([]stretch, len(p.lines)+1)
	for i := len(p.lines) - 1; i >= p.at; i-- {
		from[i] = stretch{p.lines[i].weight, i + 1}
		if below := from[i+1]; below.sum > 0 {
			from[i] = stretch{p.lines[i].weight + below.sum, below.end}
		}
	}
	return from
}
