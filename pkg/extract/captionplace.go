package extract

import (
	"sort"

	"golang.org/x/net/html/atom"
)

// captioned is the nearest element around a picture that also holds its
// caption, and no other picture; else the caption that stands beside the picture,
// else the picture itself.
func (s *story) captioned(at int32) int32 {
	for up, n := s.els[at].parent, 0; up >= 0 && n < boxDepth; up, n = s.els[up].parent, n+1 {
		e := &s.els[up]
		if up == s.root || e.tag == atom.Body || e.tag == atom.Article || s.within(s.head, up) && s.head >= 0 || e.text > longestGroup || e.end-up > largestGroup || s.holdsOther(up, at) {
			break
		}
		if s.captionElement(up) >= 0 || s.boxes[up] {
			return up
		}
	}
	if beside := s.captionBeside(at); beside >= 0 {
		return beside
	}
	return at
}

const (
	// longestGroup is how much text, in bytes, stands around a picture at most in
	// the element that is for it and its caption.
	longestGroup = 700
	// largestGroup is how many elements are in it at most.
	largestGroup = 1000
	// mostTwins is how many pictures beside one are looked at.
	mostTwins = 20
)

// holdsOther says whether an element holds another picture than the one at hand.
// Those of noscript and those of the same words or name are that one again.
func (s *story) holdsOther(up, at int32) bool {
	k := sort.Search(len(s.images), func(k int) bool { return s.images[k] >= up })
	own := s.els[max(at, s.firstImage(at))].node
	for n := 0; k < len(s.images) && s.within(s.images[k], up); k, n = k+1, n+1 {
		i := s.images[k]
		e := &s.els[i]
		if n == mostTwins {
			return true
		}
		if s.within(i, at) || s.small(e.node) || s.els[e.parent].tag == atom.Noscript {
			continue
		}
		if alt := attr(e.node, "alt"); alt != "" && alt == attr(own, "alt") {
			continue
		}
		if src := anySource(e.node); src != "" && !isOrnament(src, "") && !samePicture(src, anySource(own)) {
			return true
		}
	}
	return false
}

// captionBeside is the element named a caption that follows a picture's own
// frame, -1 if there is none.
func (s *story) captionBeside(at int32) int32 {
	frame := at
	for up := s.els[at].parent; up >= 0 && up != s.root && s.els[up].text == s.els[at].text; up = s.els[up].parent {
		frame = up
	}
	next := s.els[frame].end
	for n := 0; n < 3 && int(next) < len(s.els) && s.els[next].parent == s.els[frame].parent; n++ {
		e := &s.els[next]
		if e.text > 0 {
			if e.own&hintCaption != 0 && e.text < longestGroup && e.tag != atom.A && !isHeading(e.tag) && !s.holdsOther(next, at) {
				return next
			}
			return -1
		}
		if s.holdsOther(next, at) {
			return -1
		}
		next = e.end
	}
	return -1
}

// captionElement is the element inside a group, or the group itself, that is
// named a caption, or a credit; -1 if there is none.
func (s *story) captionElement(group int32) int32 {
	best := int32(-1)
	for i := group + 1; i < s.els[group].end; i++ {
		e := &s.els[i]
		if e.linked*2 > e.text && s.holdsHeading(i) {
			continue // the headline of what a player plays
		}
		if e.tag == atom.Figcaption && e.own&hintCaption != 0 {
			return i
		}
		if best < 0 && e.own&hintCaption != 0 && e.text > 0 {
			best = i
		}
	}
	if best < 0 && s.els[group].own&hintCaption != 0 && s.els[group].text > 0 {
		return group
	}
	if best >= 0 {
		return best
	}
	for i := group + 1; i < s.els[group].end; i++ {
		if s.els[i].own&hintCredit != 0 && s.els[i].tag != atom.Img {
			return i
		}
	}
	return -1
}
