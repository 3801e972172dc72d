package explain

import (
	"html"
	"slices"
	"strings"

	dom "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/extract"
)

// sheet writes the page's own markup, inert: all that gets into it are tags and
// attributes named in this package, and text with its signs escaped.
type sheet struct {
	strings.Builder
	extract.Explanation
	extents map[*dom.Node]extent
	// inside is the block whose element is open, -1 for none.
	inside int
	// folded says that what is written stands in a fold, why what verdict there
	// was on an element around it that was left out as a whole.
	folded bool
	why    extract.Verdict
	// picture is the image of the record that the element around shows, -1 for
	// none and where it was met.
	picture int
	// telling counts, before each block, those that tell of the story itself.
	telling []int
	// begun says of each block whether it has its anchor.
	begun []bool
	// strokes are what is marked in each block, seen how many signs of it that
	// show are written, anchors those of strokes that are.
	strokes map[int][]stroke
	seen    []int
	anchors map[string]bool
}

// extent is what there is to see inside an element: how many boxes that stand
// for something, and the first and last block, -1 for none.
type extent struct{ boxes, first, last int }

func (e extent) nothing() bool { return e.boxes == 0 && e.first < 0 }

// sheetOf gives the page's markup, and the anchors in it of what is marked.
func sheetOf(x extract.Explanation) (markup string, anchors map[string]bool) {
	s := &sheet{
		Explanation: x, inside: -1, picture: -1, extents: map[*dom.Node]extent{}, begun: make([]bool, len(x.Blocks)), telling: make([]int, 1, len(x.Blocks)+1),
		strokes: strokesOf(&x), seen: make([]int, len(x.Blocks)), anchors: map[string]bool{},
	}
	for i := range x.Blocks {
		n := s.telling[i]
		if slices.ContainsFunc(x.Blocks[i].Fields, func(f string) bool { return colourOf(f) != "about" }) {
			n++
		}
		s.telling = append(s.telling, n)
	}
	if x.Page == nil {
		for i := range x.Blocks {
			s.open("p", nil, i)
			s.speech(i, x.Blocks[i].Text)
			s.WriteString("</p>\n")
		}
		return s.String(), s.anchors
	}
	s.measure(x.Page.Document)
	s.dropDiffering()
	s.children(x.Page.Document)
	return s.String(), s.anchors
}

func (s *sheet) measure(n *dom.Node) extent {
	e := extent{first: -1, last: -1}
	switch n.Type {
	case dom.TextNode:
		if i, ok := s.Page.Block[n]; ok && i < len(s.Blocks) {
			e.first, e.last = i, i
			if len(s.strokes[i]) > 0 {
				s.seen[i] += signs(n.Data)
			}
		}
	case dom.ElementNode:
		if stands[n.DataAtom] != "" {
			e.boxes = 1
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		in := s.measure(c)
		e.boxes += in.boxes
		if e.first < 0 {
			e.first = in.first
		}
		e.last = max(e.last, in.last)
	}
	s.extents[n] = e
	return e
}

func (s *sheet) children(n *dom.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == dom.TextNode:
			s.run(c)
		case c.Type != dom.ElementNode:
			s.children(c)
		case c.DataAtom == atom.Br:
			s.WriteString("<br>")
		case stands[c.DataAtom] != "":
			s.stand(c)
		case !s.extents[c].nothing():
			s.element(c)
		}
	}
}

// run writes a text; where its block is not all of an element that is open, in
// an element of its own.
func (s *sheet) run(n *dom.Node) {
	switch i := s.extents[n].first; {
	case i < 0:
		if strings.TrimSpace(n.Data) == "" {
			s.WriteByte(' ') // else nobody sees it
		}
	case i == s.inside:
		s.speech(i, n.Data)
	default:
		s.open("span", nil, i)
		s.speech(i, n.Data)
		s.WriteString("</span>")
	}
}

func (s *sheet) element(n *dom.Node) {
	if k, shows := s.Page.Pictures[n]; shows {
		outer := s.picture
		s.picture = k
		defer func() { s.picture = outer }()
	}
	shape := shapes[n.DataAtom]
	if shape.name == "" {
		s.children(n)
		return
	}
	outer, outerWhy, outerFolded := s.inside, s.why, s.folded
	if why, left := s.Page.Left[n]; left && s.why == extract.InStory {
		s.why = why
	}
	folds := s.why != extract.InStory && !s.folded && s.foldable(n)
	s.folded = s.folded || folds
	if folds && shape.fold == around {
		s.fold(n)
	}
	block := s.soleBlock(n)
	if block >= 0 {
		s.inside = block
	}
	s.open(shape.name, n, block)
	if folds && shape.fold == inside {
		s.fold(n)
	}
	s.children(n)
	if folds && shape.fold == inside {
		s.WriteString("</details>")
	}
	s.WriteString("</" + shape.name + ">")
	if shape.fold != inLine {
		s.WriteByte('\n')
	}
	s.inside, s.why, s.folded = outer, outerWhy, outerFolded
	if folds && shape.fold == around {
		s.WriteString("</details>\n")
	}
}

// soleBlock is the block that an element is all of; -1 for none.
func (s *sheet) soleBlock(n *dom.Node) int {
	e := s.extents[n]
	if e.first != e.last || e.first < 0 || s.begun[e.first] || shapes[n.DataAtom].fold == inLine {
		return -1
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if s.extents[c].first == e.first && c.Type == dom.ElementNode && shapes[c.DataAtom].fold != inLine {
			return -1 // it is all of an element further in
		}
	}
	return e.first
}

// foldable says whether an element that was left out is worth a fold: it has
// several lines, and tells nothing of the story but what stands on every page
// of the outlet.
func (s *sheet) foldable(n *dom.Node) bool {
	e := s.extents[n]
	fold := shapes[n.DataAtom].fold
	return e.last > e.first && (fold == around || fold == inside) && s.telling[e.last+1] == s.telling[e.first]
}

func (s *sheet) text(t string) { s.WriteString(html.EscapeString(t)) }
