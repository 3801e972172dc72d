package extract

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
)

// ExplainedBlock is one run of the page's text and what became of it.
type ExplainedBlock struct {
	Text string `json:"text"`
	// Path is the place of the element that holds it.
	Path string `json:"path,omitempty"`
	// Score is how much it counts when the element that holds the story is
	// looked for: 0 for what is no running text.
	Score float64 `json:"score"`
	// Linked is the part of it that is links, 0 to 1.
	Linked float64 `json:"linked"`
	// Likely is how likely it is the story's by its signs, 0 to 1, and 0 where
	// no element holds a story; Signs are those that count, heaviest first.
	Likely float64     `json:"likely,omitempty"`
	Signs  []BlockSign `json:"-"`
	// Kind is what it is in the body, empty for what was left out.
	Kind news.BlockKind `json:"kind,omitempty"`
	// Why it was left out, and the element that told.
	Why   Verdict `json:"why,omitempty"`
	WhyAt string  `json:"whyAt,omitempty"`
	// Fields are those that were taken from here, besides the body.
	Fields []string `json:"fields,omitempty"`
}

// BlockSign is something that shows on a block. Weight is what it adds to the
// log-odds of the block's being the story's.
type BlockSign struct {
	Name   string
	Weight float64
}

// SignNames are the names of all signs that a block may show.
func SignNames() []string { return signNames[:] }

// explain tells the signs of a block, heaviest first.
func (w *signWeights) explain(g signSet) []BlockSign {
	var all []BlockSign
	for k, name := range signNames {
		if g.has(sign(k)) {
			all = append(all, BlockSign{name, w.of[k]})
		}
	}
	slices.SortStableFunc(all, func(a, b BlockSign) int { return cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)) })
	return all
}

func (s *story) explainBlocks() []ExplainedBlock {
	all := make([]ExplainedBlock, len(s.blocks))
	for i := range s.blocks {
		b, x := &s.blocks[i], &all[i]
		*x = ExplainedBlock{Text: b.text, Path: s.path(b.el)}
		if n := len(strings.Join(strings.Fields(b.text), "")); n > 0 {
			x.Linked = round2(min(1, float64(b.linked)/float64(n)))
		}
		if s.isProse(b) && !s.out[b.el] {
			x.Score = round2(b.points())
		}
		if v := s.verdicts; v.signs != nil {
			x.Likely, x.Signs = round2(weights.likely(v.signs[i])), weights.explain(v.signs[i])
		}
		at := int32(-1)
		if x.Kind = s.verdicts.kinds[int32(i)]; x.Kind == "" {
			x.Why, at = s.whyLeft(int32(i))
		}
		if at >= 0 {
			x.WhyAt = s.path(at)
		}
	}
	return all
}

// whyLeft is why a block is not in the body, and the element that told, -1 for
// none.
func (s *story) whyLeft(i int32) (Verdict, int32) {
	el := s.blocks[i].el
	told, at := InStory, int32(-1)
	if v := s.verdicts; int(i) < len(v.of) {
		told, at = v.of[i], v.at[i]
	}
	switch {
	case s.head >= 0 && s.within(el, s.head):
		return IsHeadline, s.head
	case s.out[el] && (told == InStory || told == Above || told == Furniture):
		at = s.outermostOut(el)
		if out, _ := s.ruledOut(at); out {
			return Ruled, at
		}
		return Furniture, at
	case told != InStory:
		return told, at
	case s.root < 0:
		return NoRoot, -1
	}
	return Outside, -1
}

func (s *story) outermostOut(at int32) int32 {
	for s.els[at].parent >= 0 && s.out[s.els[at].parent] {
		at = s.els[at].parent
	}
	return at
}

// leftElements holds the elements that were left out as a whole, the outermost
// of each kind: those that told so, and those beside the one with the story.
func (s *story) leftElements() map[*html.Node]Verdict {
	left := map[*html.Node]Verdict{}
	chosen := make([]bool, len(s.els)) // holds a block of the body
	for i := range s.verdicts.kinds {
		for at := s.blocks[i].el; at >= 0 && !chosen[at]; at = s.els[at].parent {
			chosen[at] = true
		}
	}
	for i := range s.blocks {
		if s.verdicts.kinds[int32(i)] != "" {
			continue
		}
		why, at := s.whyLeft(int32(i))
		if why == Outside {
			for at = s.blocks[i].el; s.els[at].parent >= 0 && !s.within(s.root, s.els[at].parent); {
				at = s.els[at].parent
			}
		}
		if at > 0 && !chosen[at] && (s.head < 0 || !s.within(s.head, at)) {
			left[s.els[at].node] = why
		}
	}
	return left
}

// explainLines explains a page of which only the text was read.
func (s *story) explainLines() []ExplainedBlock {
	kinds := map[string]news.BlockKind{}
	for _, b := range s.rec.Body {
		if b.Kind != news.List {
			kinds[b.Text] = b.Kind
			continue
		}
		for item := range strings.Lines(b.Text) {
			kinds[strings.TrimSpace(item)] = b.Kind
		}
	}
	all := make([]ExplainedBlock, len(s.verdicts.lines))
	begun := false
	for i, line := range s.verdicts.lines {
		all[i] = ExplainedBlock{Text: line.text, Path: lineName(i), Kind: kinds[withoutNumber(line.text)]}
		switch {
		case all[i].Kind != "":
			begun = true
		case prose.Same(line.text, s.rec.Headline):
			all[i].Why = IsHeadline
		case begun:
			all[i].Why = Behind
		default:
			all[i].Why = Above
		}
	}
	return all
}
