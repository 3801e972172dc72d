package extract

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
)

const (
	// leastProse is the shortest block, in bytes, that counts as running text.
	leastProse = 50
	// tellingPart is how many bytes of a block are looked up in a structured
	// articleBody.
	tellingPart = 60
	// leastBehindWall is how much running text, in bytes, makes an element named
	// after a paywall the story behind it.
	leastBehindWall = 600
	// compareBudget bounds the work of comparing another text of the story with the
	// page: its bytes times the page's blocks.
	compareBudget = 1 << 29
	// doubtful is the confidence below which a second opinion is asked.
	doubtful = 0.5
)

// findBody finds the element that holds the story and the blocks in it that
// are the story's.
//
// The page is read as its blocks. Those of running text give points to the
// elements around them, falling with the distance; what is furniture by its
// names gives none. The element with the most points is widened while that
// brings in more of the same kind. A structured articleBody, where the page has
// one, shows which element holds the story; the text is the page's own, unless it
// prints none of it (givenbody.go).
func (s *story) findBody() {
	s.weigh()
	s.mark()
	if s.bodyByRule() {
		return
	}
	s.realm = s.findRealm()
	told := s.toldBody()
	root, sure := s.rootByNames()
	if told != "" {
		if r := s.rootByText(told, leastProse); r >= 0 {
			root, sure = r, 0.95
		}
	}
	if root < 0 {
		root, sure = s.rootByScore()
		root = s.withRecipe(root)
	}
	s.root, s.sure = root, sure
	if root >= 0 {
		s.picked = s.pick(root, told)
	}
	// Another reading is worth its time only where there is more to read.
	if picked := s.pickedText(); (picked < 250 || s.sure < doubtful) && int(s.els[s.realm].text) > 2*picked+500 {
		s.secondOpinion()
	}
	if told != "" {
		s.givenBody(told)
	}
}

// weigh sums the running text inside every element.
func (s *story) weigh() {
	s.mass = make([]int32, len(s.els))
	for i := range s.blocks {
		if b := &s.blocks[i]; s.isProse(b) {
			s.mass[b.el] += int32(len(b.text)) - b.linked
		}
	}
	for i := len(s.els) - 1; i > 0; i-- {
		if p := s.els[i].parent; p >= 0 {
			s.mass[p] += s.mass[i]
		}
	}
}

// isProse says whether a block reads like a sentence of a story.
func (s *story) isProse(b *block) bool {
	n := int32(len(b.text))
	if n < leastProse || b.linked*5 > n*2 {
		return false
	}
	switch s.els[b.el].tag {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Figcaption:
		return false
	}
	return true
}

// mark finds the elements whose text is no part of any story.
func (s *story) mark() {
	s.out = make([]bool, len(s.els))
	total := int32(1)
	if len(s.mass) > 0 {
		total = max(1, s.mass[0])
	}
	for i := range s.els {
		e := &s.els[i]
		if e.parent >= 0 && s.out[e.parent] {
			s.out[i] = true
			continue
		}
		out, said := s.ruledOut(int32(i))
		s.out[i] = out || !said && s.isOut(int32(i), total)
	}
}

func (s *story) isOut(i, total int32) bool {
	e := &s.els[i]
	switch e.tag {
	case atom.Html, atom.Body, atom.Main:
		return false
	case atom.Nav:
		return true
	case atom.Footer, atom.Aside:
		return s.mass[i]*2 < total
	}
	if e.own&propBody != 0 || s.head >= 0 && s.within(s.head, i) && e.own&hintRelated == 0 {
		return false
	}
	if e.own&notStory == 0 {
		return false
	}
	if e.tag == atom.Article && e.own&(hintComments|hintRelated) == 0 {
		return false
	}
	if e.own&notStory == hintPaywall {
		// Both the story behind a barrier and the barrier are called so.
		switch e.tag {
		case atom.P, atom.Li, atom.Ul, atom.Ol, atom.H2, atom.H3, atom.H4, atom.Blockquote:
			return false
		}
		return s.mass[i] < leastBehindWall
	}
	if e.own&hintPaid != 0 && s.tellsStory(i) {
		return false
	}
	if e.own&hintComments != 0 && e.own&hintProse == 0 {
		return s.mass[i]*10 < total*9
	}
	if e.own&(hintProse|wordMain) != 0 {
		return s.mass[i]*4 < total
	}
	return s.mass[i]*2 < total
}

// toldBody is the story's text as the structured data has it, folded; empty
// where there is none worth the name.
func (s *story) toldBody() string {
	if s.ld == nil {
		return ""
	}
	text := s.ld.text("articleBody")
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

// clean is the running text inside an element that is not furniture.
func (s *story) clean(at int32) int32 {
	sum := int32(0)
	e := &s.els[at]
	for i := e.first; i < e.last; i++ {
		b := &s.blocks[i]
		if !s.out[b.el] && s.isProse(b) {
			sum += int32(len(b.text)) - b.linked
		}
	}
	return sum
}

func (s *story) pickedText() int {
	n := 0
	for _, i := range s.picked {
		n += len(s.blocks[i].text)
	}
	return n
}

// bodyCredit notes where the body came from.
func (s *story) bodyCredit(method news.Method, path string) {
	s.credit("articleBody", candidate{method: method, path: path, confidence: s.sure})
}
