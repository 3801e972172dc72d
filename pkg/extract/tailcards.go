package extract

import (
	"strings"

	"github.com/copydesk/copydesk/pkg/weburl"
)

const (
	// longestCard is how much text, in bytes, a card has that leads to a story.
	longestCard = 700
	// leastCards is how many cards of a kind make a list of other stories.
	leastCards = 3
)

// cutTailCards cuts the cards off the story's end that lead to other stories of
// the outlet: elements of one kind side by side, each of which begins with a
// link and goes on with a line or two of its story. Lists that are named after
// what they are have gone before; these are told by their form.
func (s *story) cutTailCards(picked []int32) []int32 {
	lists := map[int32]bool{}
	k := len(picked)
	for at := k; at > leastCards; at-- {
		b := &s.blocks[picked[at-1]]
		switch {
		case s.inCard(picked[at-1], lists):
			k = at - 1
		case isHeading(s.els[b.el].tag) || isLabel(b): // it may head the list
		default:
			return picked[:k]
		}
	}
	return picked[:k]
}

// inCard says whether a block stands in a card of a list of other stories. What
// is known of elements as lists is kept.
func (s *story) inCard(i int32, lists map[int32]bool) bool {
	for at := s.blocks[i].el; at >= 0 && at != s.root && s.els[at].text <= longestCard; at = s.els[at].parent {
		if !s.isCard(at) {
			continue
		}
		up := s.els[at].parent
		if up < 0 {
			return false // the page itself is in no list
		}
		is, known := lists[up]
		if !known {
			is = s.holdsCards(up, at)
			lists[up] = is
		}
		if is {
			return true
		}
	}
	return false
}

// isCard says whether an element begins with a link to another page of the
// outlet and has a little more text.
func (s *story) isCard(at int32) bool {
	e := &s.els[at]
	if e.last-e.first < 2 || e.text > longestCard {
		return false
	}
	link := s.soleLink(e.first)
	return link != "" && weburl.Site(link) == weburl.Site(s.base)
}

// holdsCards says whether an element holds several cards of a kind.
func (s *story) holdsCards(up, like int32) bool {
	kind, n := &s.els[like], 0
	class := attr(kind.node, "class")
	for at := up + 1; at < s.els[up].end; at = s.els[at].end {
		e := &s.els[at]
		if e.tag == kind.tag && attr(e.node, "class") == class && s.isCard(at) {
			n++
		}
	}
	return n >= leastCards
}

// isBetweenLinks says whether a block without links stands between two that are
// links to one and the same page of the outlet: the headline of another story above
// it, and what leads on below.
func (s *story) isBetweenLinks(i int32) bool {
	if i == 0 || int(i)+1 >= len(s.blocks) || s.blocks[i].linked > 0 {
		return false
	}
	above := s.soleLink(i - 1)
	return above != "" && above == s.soleLink(i+1) && weburl.Site(above) == weburl.Site(s.base)
}

// soleLink is where a block leads that is one link and nothing else, empty for
// any other block and for places on the page itself.
func (s *story) soleLink(i int32) string {
	if b := &s.blocks[i]; int(b.linked)*5 < len(b.text)*4 {
		return ""
	}
	k := s.firstAnchor(i)
	if k == len(s.anchors) || s.anchors[k].block != i || strings.HasPrefix(s.anchors[k].href, "#") {
		return ""
	}
	return s.absolute(s.anchors[k].href)
}
