package extract

import (
	"cmp"
	"sort"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/byline"
)

// ofStory says whether an element stands in the body, or between the headline
// and the body, and not in anything strange.
func (s *story) ofStory(at int32) bool {
	return !s.out[at] && s.standsInStory(at)
}

// isLead says whether a picture is the one that the page gives to those who link
// to it, and stands at the head of the story: then it is the story's, whatever
// the elements around it are named.
func (s *story) isLead(img int32) bool {
	if img < 0 || s.head < 0 || s.root < 0 || len(s.picked) == 0 {
		return false
	}
	e := &s.els[img]
	if e.first < s.els[s.head].first-mostAboveHead || e.first > s.picked[0]+1 || !s.within(img, s.realm) || !s.inArticle(img) {
		return false
	}
	const strange = hintRelated | hintComments | hintBio
	if (e.own|e.around)&(hintMedia|hidden|strange&^s.els[s.head].around) != 0 || s.ofPerson(img) {
		return false
	}
	if s.lead == "" {
		s.lead = cmp.Or(s.leadURL(), "-")
	}
	address, _ := s.addresses(e.node, img)
	return s.lead != "-" && address != "" && !namesOrnament(address) && samePicture(address, s.lead)
}

// mostAboveHead is how many blocks stand between a lead and the headline below it
// at most.
const mostAboveHead = 12

// standsInStory is [story.ofStory] for an element that may be out by its own
// names.
func (s *story) standsInStory(at int32) bool {
	e := &s.els[at]
	if e.around&(hintRelated|hintComments|hintBio) != 0 && !(s.root >= 0 && s.els[s.root].around&e.around&(hintRelated|hintComments|hintBio) != 0) || s.ofPerson(at) {
		return false
	}
	if s.root >= 0 && s.within(at, s.root) {
		if n := len(s.picked); n > 0 && e.first > s.picked[n-1]+1 {
			return false // behind the story
		}
		for up := e.parent; up >= 0 && up != s.root; up = s.els[up].parent {
			if s.mass[up]*2 > s.mass[s.root] {
				continue // whatever it is called, most of the story is in it
			}
			if s.els[up].own&(notStory&^hintPaywall|hintTeaser|hintByline) != 0 || s.els[up].tag == atom.Aside {
				return false
			}
			if s.els[up].tag == atom.A && (s.els[up].text > 60 || s.holdsHeading(up)) && !strings.HasPrefix(attr(s.els[up].node, "href"), "#") {
				return false
			}
		}
		return true
	}
	if s.head >= 0 && s.root >= 0 && s.els[s.root].first >= s.els[s.head].first {
		lo := s.els[s.head].first - 4
		return e.first >= lo && at < s.root && e.first <= s.els[s.root].first && s.inArticle(at) && e.around&^s.els[s.head].around&(hintByline|hintTeaser) == 0
	}
	return false
}

// inBox says whether a picture with its caption stands in the body among text of
// which nothing is the story's: in a box about something else.
func (s *story) inBox(group int32) bool {
	if s.root < 0 || !s.within(group, s.root) || len(s.picked) == 0 || s.inGallery(group) {
		return false
	}
	for up := s.els[group].parent; up >= 0 && up != s.root; up = s.els[up].parent {
		e := &s.els[up]
		k := sort.Search(len(s.picked), func(k int) bool { return s.picked[k] >= e.first })
		if k < len(s.picked) && s.picked[k] < e.last || e.first <= s.picked[0] {
			return false
		}
		if s.mass[up]-s.mass[group] >= leastBoxText && s.boxText(up, group) >= leastBoxText {
			return true
		}
	}
	return false
}

// inGallery says whether an element stands in one inside the body that is named
// after a set of pictures: the texts there are captions.
func (s *story) inGallery(at int32) bool {
	for up := s.els[at].parent; up >= 0 && up != s.root; up = s.els[up].parent {
		if s.els[up].own&hintGallery != 0 {
			return true
		}
	}
	return false
}

// leastBoxText is how much running text, in bytes, a box has beside its picture.
const leastBoxText = 200

// boxText is the running text inside an element that stands below no picture.
func (s *story) boxText(at, group int32) int {
	sum := 0
	for i := s.els[at].first; i < s.els[at].last; i++ {
		b := &s.blocks[i]
		e := &s.els[b.el]
		if s.isProse(b) && !s.within(b.el, group) && (e.own|e.around)&hintCaption == 0 && s.closest(b.el, atom.Figure) < 0 && !s.boxes[b.el] {
			sum += len(b.text)
		}
	}
	return sum
}

// ofPerson says whether an element stands in the microdata of a person: the
// picture shows who wrote the story, or whom it speaks of in a box.
func (s *story) ofPerson(at int32) bool {
	for up, n := s.els[at].parent, 0; up >= 0 && up != s.root && n < boxDepth; up, n = s.els[up].parent, n+1 {
		if strings.HasSuffix(attr(s.els[up].node, "itemtype"), "schema.org/Person") {
			return true
		}
	}
	return false
}

// holdsHeading says whether a heading stands inside an element.
func (s *story) holdsHeading(at int32) bool {
	k := sort.Search(len(s.headings), func(k int) bool { return s.headings[k] > at })
	return k < len(s.headings) && s.within(s.headings[k], at)
}

// inArticle says whether an element outside the body stands in the same article
// as the headline.
func (s *story) inArticle(at int32) bool {
	up := s.head
	for range 7 {
		if up = s.els[up].parent; up < 0 || s.els[up].tag == atom.Body {
			return false
		}
		if s.within(at, up) {
			return true
		}
	}
	return false
}

// isPortrait says whether a caption is a byline, or the date below one: then the
// picture shows who wrote the story.
func (s *story) isPortrait(caption string) bool {
	if caption == "" || len(caption) > 120 {
		return false
	}
	if s.isDateLine(caption) {
		return true
	}
	line, by := byline.CutBy(caption)
	return by && len(s.bylines().Printed(line)) > 0
}
