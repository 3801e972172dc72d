package extract

import (
	"slices"

	"github.com/copydesk/copydesk/pkg/when"
)

// headingsAround is how many headings on either side may be of the same kind.
const headingsAround = 3

// isDayHeading says whether a heading with a date is one of several below which
// the days of a story are told, not the story's own date.
func (s *story) isDayHeading(i int32) bool {
	at := s.blocks[i].el
	k, ok := slices.BinarySearch(s.headings, at)
	if !ok || !s.headsProse(i) {
		return false
	}
	for _, other := range s.headings[max(0, k-headingsAround):min(len(s.headings), k+headingsAround+1)] {
		o := &s.els[other]
		if other == at || o.tag != s.els[at].tag || o.parent != s.els[at].parent || o.last-o.first != 1 || !s.headsProse(o.first) {
			continue
		}
		if _, _, dated := when.Find(s.blocks[o.first].text, s.order); dated {
			return true
		}
	}
	return false
}

// headsProse says whether running text stands below a block.
func (s *story) headsProse(i int32) bool {
	return int(i)+1 < len(s.blocks) && s.isProse(&s.blocks[i+1])
}
