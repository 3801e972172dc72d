package extract

import "golang.org/x/net/html/atom"

// leastListed is how much text, in bytes, a list of the story's has at least.
const leastListed = 100

// isListed says whether a block is all of an item of a list of the story's: one
// of which at least half the items, and half the text, are no links.
func (s *story) isListed(at int32) bool {
	if e := &s.els[at]; e.tag != atom.Li || e.last-e.first > 1 {
		return false
	}
	list := s.els[at].parent
	tells, known := s.listed[list]
	if !known {
		if s.listed == nil {
			s.listed = map[int32]bool{}
		}
		tells = s.tellsMore(list)
		s.listed[list] = tells
	}
	return tells
}

func (s *story) tellsMore(list int32) bool {
	e := &s.els[list]
	if e.tag != atom.Ul && e.tag != atom.Ol || e.text < leastListed || e.linked*2 >= e.text {
		return false
	}
	links, others := 0, 0
	for at := list + 1; at < e.end; at = s.els[at].end {
		if li := &s.els[at]; li.linked*2 > li.text {
			links++
		} else if li.text > 0 {
			others++
		}
	}
	return others >= links
}
