package extract

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/prose"
)

// toldBody is the story's text as the structured data has it, folded; empty
// where there is none worth the name.
func (s *story) toldBody() string {
	if s.ld == nil {
		return ""
	}
	text := s.ld.Text("articleBody")
	if len(text) < 300 {
		return ""
	}
	if len(text)*len(s.blocks) > compareBudget {
		return ""
	}
	if strings.Contains(text, "</") {
		text = stripTags(text)
	}
	return prose.Fold(text)
}

// rootByNames finds the one element that calls itself the story's body.
func (s *story) rootByNames() (int32, float64) {
	total := max(1, s.mass[s.realm])
	best, most := int32(-1), int32(0)
	for i := range s.els {
		if s.els[i].own&propBody != 0 && !s.out[i] && s.mass[i] > most && s.within(int32(i), s.realm) {
			best, most = int32(i), s.mass[i]
		}
	}
	if best >= 0 && most > 200 && most*5 > total {
		return s.widen(best), 0.9
	}
	return -1, 0
}

// rootByText finds the smallest element that holds nearly all blocks, of so many
// bytes at least, that a structured text has.
func (s *story) rootByText(told string, least int) int32 {
	found := make([]int32, len(s.els))
	total := int32(0)
	for i := range s.blocks {
		b := &s.blocks[i]
		if len(b.text) < least || s.out[b.el] {
			continue
		}
		if isIn(told, b.text) {
			found[b.el] += int32(len(b.text))
			total += int32(len(b.text))
		}
	}
	if int(total)*3 < len(told) {
		return -1
	}
	for i := len(s.els) - 1; i > 0; i-- {
		if p := s.els[i].parent; p >= 0 {
			found[p] += found[i]
		}
	}
	best := int32(-1)
	for i := range s.els {
		if found[i]*10 >= total*9 {
			best = int32(i) // the last in document order is the innermost
		}
	}
	return best
}

// isIn says whether the folded text has a block, or the head or the end of it.
func isIn(told, text string) bool {
	f := prose.Fold(text)
	if len(f) <= tellingPart {
		return f != "" && strings.Contains(told, f)
	}
	return strings.Contains(told, f[:tellingPart]) || strings.Contains(told, f[len(f)-tellingPart:])
}

// rootByScore finds the element with the most running text near by.
func (s *story) rootByScore() (int32, float64) {
	points := make([]float64, len(s.els))
	for i := range s.blocks {
		b := &s.blocks[i]
		if s.out[b.el] || !s.isProse(b) || !s.within(b.el, s.realm) {
			continue
		}
		p := b.points()
		at := b.el
		if !holdsProse(s.els[at].tag) {
			at = s.els[at].parent
		}
		for level := 0; at >= 0 && level < 5; level++ {
			switch level {
			case 0:
				points[at] += p
			case 1:
				points[at] += float64(p / 2)
			default:
				points[at] += p / float64(level*3)
			}
			at = s.els[at].parent
		}
	}
	best, top := int32(-1), 0.0
	for i := range s.els {
		if points[i] == 0 || !s.within(int32(i), s.realm) {
			continue
		}
		e := &s.els[i]
		score := points[i] * s.nameFactor(e)
		if e.text > 0 {
			score *= 1 - float64(e.linked)/float64(e.text)
		}
		if score > top {
			best, top = int32(i), score
		}
	}
	if best < 0 {
		return -1, 0
	}
	root := s.widen(best)
	total := max(1, s.mass[s.realm])
	return root, min(0.9, 0.2+float64(s.mass[root])/float64(total))
}

// points is what a block of running text gives the elements around it.
func (b *block) points() float64 {
	n := float64(len(b.text))
	return float64((1 + float64(b.commas) + min(n/100, 4)) * (1 - float64(b.linked)/n))
}

// holdsProse says whether an element with text of its own is a container, not
// a paragraph.
func holdsProse(t atom.Atom) bool {
	switch t {
	case atom.P, atom.Li, atom.Blockquote, atom.Pre, atom.Dd, atom.Dt, atom.Span, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return false
	}
	return true
}

// nameFactor raises what calls itself a story and lowers what calls itself
// something else.
func (s *story) nameFactor(e *element) float64 {
	f := 1.0
	switch {
	case e.own&(hintProse|propBody) != 0:
		f = 1.3
	case e.own&wordStory != 0 || e.own&wordBody != 0 || e.tag == atom.Article || e.tag == atom.Main:
		f = 1.1
	}
	if e.own&(notStory|hintBox|hintGallery|hintCaption|hintTeaser) != 0 {
		f *= 0.6
	}
	return f
}

// widen climbs from an element to the one around it that holds much more
// running text that is not furniture, as often as there is one: stories are cut
// into sections by what stands between them.
func (s *story) widen(at int32) int32 {
	for up := s.els[at].parent; up >= 0; up = s.els[up].parent {
		e := &s.els[up]
		if e.tag == atom.Body || e.tag == atom.Html || !s.within(up, s.realm) || s.rivals(up) {
			break
		}
		if s.els[at].tag == atom.Article && s.closest(up, atom.Article) < 0 {
			break // an article holds all of its story, unless it stands in another one
		}
		if s.clean(up)*100 >= s.clean(at)*115 {
			at = up
		}
	}
	return at
}

// rivals says whether an element holds several stories.
func (s *story) rivals(at int32) bool {
	n := 0
	for i := at + 1; i < s.els[at].end; i++ {
		e := &s.els[i]
		if e.tag == atom.Article && s.mass[i] > 150 && !s.out[i] && s.hasHeading(i) {
			n++
		}
	}
	return n > 1
}

// hasHeading says whether a heading stands inside an element: an article without
// one is a section of its story.
func (s *story) hasHeading(at int32) bool {
	k, _ := slices.BinarySearch(s.headings, at)
	return k < len(s.headings) && s.headings[k] < s.els[at].end
}
