package extract

import (
	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/news"
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
