package extract

import (
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/siterules"
)

// verdicts are those on the blocks of one page, and at which element each was
// told. They are kept only for who asks: a nil pointer takes what it is told and
// keeps nothing.
type verdicts struct {
	of    []Verdict
	at    []int32
	kinds map[int32]news.BlockKind
	lines []textLine
	asks  []ExplainedSelector
	signs []signSet // by block
}

// asked notes how many elements a selector of the site rule matched.
func (v *verdicts) asked(field siterules.Field, selector string, matches int) {
	if v != nil {
		v.asks = append(v.asks, ExplainedSelector{field, selector, matches})
	}
}

// readAs notes the lines of a page of which only the text is read.
func (v *verdicts) readAs(lines []textLine) {
	if v != nil {
		v.lines = lines
	}
}

// weigh notes the signs of all blocks of a page.
func (v *verdicts) weigh(s *story, c *crowd) {
	if v == nil {
		return
	}
	v.signs = make([]signSet, len(s.blocks))
	for i := range s.blocks {
		v.signs[i] = s.signsOf(int32(i), c)
	}
}

// write notes that a block has become one of the body.
func (v *verdicts) write(i int32, kind news.BlockKind) {
	if v != nil {
		v.kinds[i] = kind
	}
}

// tell notes a verdict on block i.
func (v *verdicts) tell(i int32, why Verdict, at int32) {
	if v == nil {
		return
	}
	for len(v.of) <= int(i) {
		v.of, v.at = append(v.of, InStory), append(v.at, -1)
	}
	v.of[i], v.at[i] = why, at
}

// step notes that every block without a verdict that is not among the picked
// ones has just been left out.
func (v *verdicts) step(why Verdict, first, last int32, picked []int32) {
	if v == nil {
		return
	}
	for i := first; i < last; i++ {
		for len(picked) > 0 && picked[0] < i {
			picked = picked[1:]
		}
		if len(picked) > 0 && picked[0] == i || int(i) < len(v.of) && v.of[i] != InStory {
			continue
		}
		v.tell(i, why, -1)
	}
}

// left notes that whatever has gone from the body since the last verdicts went
// for one reason.
func (s *story) left(why Verdict) {
	if s.verdicts != nil && s.root >= 0 {
		s.verdicts.step(why, s.els[s.root].first, s.els[s.root].last, s.picked)
	}
}
