package extract

import "golang.org/x/net/html/atom"

// leastStory is the running text, in bytes, and leastParagraphs are the blocks of
// it, that make what stands with a headline its story, more than a long deck.
const leastStory, leastParagraphs = 300, 3

// mostScanned is how many blocks are looked through for those paragraphs.
const mostScanned = 300

// findRealm finds the part of the page that is the headline's own: pages that go
// on with the next story when their reader is through have several of a kind. It
// is the whole page where there is one story.
func (s *story) findRealm() int32 {
	if s.head < 0 {
		return 0
	}
	realm := s.head
	for realm > 0 && !s.tellsStory(realm) {
		realm = s.els[realm].parent
	}
	if realm <= 0 || s.els[realm].tag == atom.Body {
		return 0
	}
	head := &s.els[s.head]
	for _, at := range s.headings {
		e := &s.els[at]
		if at < s.els[realm].end || s.out[at] {
			continue
		}
		alike := e.tag == head.tag && attr(e.node, "class") == attr(head.node, "class")
		if (alike || s.headsArticle(at, realm)) && s.storyOf(at, realm) {
			return realm
		}
	}
	return 0
}

// tellsStory says whether an element holds paragraphs enough for a story.
func (s *story) tellsStory(at int32) bool {
	if s.mass[at] < leastStory {
		return false
	}
	e, n := &s.els[at], 0
	for i := e.first; i < min(e.last, e.first+mostScanned) && n < leastParagraphs; i++ {
		if s.isProse(&s.blocks[i]) {
			n++
		}
	}
	return n == leastParagraphs
}

// headsArticle says whether a heading is the first of an article like the one
// that the realm is in.
func (s *story) headsArticle(at, realm int32) bool {
	mine, other := s.closest(s.head, atom.Article), s.closest(at, atom.Article)
	return mine >= 0 && other >= 0 && s.within(realm, mine) && s.isLike(mine, other) && s.els[other].first == s.els[at].first
}

// isLike says whether two articles are of a kind: side by side, or of one class
// where each stands in a box of its own.
func (s *story) isLike(mine, other int32) bool {
	if s.els[mine].parent == s.els[other].parent {
		return true
	}
	class := attr(s.els[mine].node, "class")
	return class != "" && class == attr(s.els[other].node, "class") && !s.within(other, mine)
}

// storyOf says whether a heading outside the realm has a story of its own: much
// running text with it in an element that the realm is not in.
func (s *story) storyOf(at, realm int32) bool {
	for up := at; up >= 0 && !s.within(realm, up); up = s.els[up].parent {
		if s.tellsStory(up) {
			return true
		}
	}
	return false
}
