package extract

import (
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/prose"
)

// dropLoneHeads drops headings that no text follows, at the end, and those of
// tables of contents.
func (s *story) dropLoneHeads(picked []int32) []int32 {
	kept := picked[:0]
	for k, i := range picked {
		b := &s.blocks[i]
		if k+1 < len(picked) && (isHeading(s.els[b.el].tag) && s.headsLinks(i, picked[k+1]) || (isHeading(s.els[b.el].tag) || isLabel(b)) && s.headsContents(i, picked[k+1])) {
			continue
		}
		kept = append(kept, i)
	}
	picked = kept
	for len(picked) > 0 {
		b := &s.blocks[picked[len(picked)-1]]
		if !isHeading(s.els[b.el].tag) && !isLabel(b) {
			break
		}
		picked = picked[:len(picked)-1]
	}
	return picked
}

// headsContents says whether a table of contents stood below a heading, up to
// the next block of the story: nothing but links to places on the page.
func (s *story) headsContents(head, next int32) bool {
	for i := head + 1; i < next; i++ {
		if !s.staysHere(i) {
			return false
		}
	}
	return next-head > 1
}

// headsLinks says whether a list of other stories stood below a heading, up to
// the next block of the story: links and nothing else, or links up to another
// heading.
func (s *story) headsLinks(head, next int32) bool {
	links := int32(0)
	for i := head + 1; i < next; i++ {
		if b := &s.blocks[i]; int(b.linked)*2 > len(b.text) {
			links++
		}
	}
	if isHeading(s.els[s.blocks[next].el].tag) {
		return links > 1 && links*2 >= next-head-1
	}
	return links > 2 && links == next-head-1
}

// isLabel says whether a block is a short line that announces what follows.
func isLabel(b *block) bool {
	return len(b.text) < 60 && (strings.HasSuffix(b.text, ":") || b.bold() && !prose.EndsSentence(b.text) && len(b.text) < 30)
}

func isHeading(t atom.Atom) bool {
	switch t {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}
