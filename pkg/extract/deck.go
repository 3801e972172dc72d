package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/when"
)

// longestDeck is the length of a deck, in bytes.
const longestDeck = 1200

// longParagraph is the length, in bytes, from which on a paragraph is one of the
// story's.
const longParagraph = 80

// mostHeader bounds what an element named a header holds, in bytes, if it is the
// header of a story.
const mostHeader = 1500

// deck finds the printed standfirst, between the headline and the body or at
// the body's head. A description in the metadata is no deck, but where the page
// prints the same words apart from the body it proves one.
func (s *story) deck() {
	description, from := s.lookup("description", "og:description", "twitter:description", "dc.description")
	if description == "" && s.ld != nil {
		description, from = s.ld.Text("description"), "description"
	}
	if description != "" {
		s.rec.Description = description
		s.credit("description", candidate{description, news.FromMeta, from, 0.9})
	}
	if s.head < 0 {
		return
	}
	at, score := s.deckElement(description)
	if at < 0 {
		return
	}
	text := s.deckText(at)
	if inside := s.pickedIn(at); inside > 0 {
		if (s.pickedText()-inside)*2 < inside*3 {
			return // that is the story itself
		}
		// What only the description sets apart is a paragraph of the story too.
		if s.setApart(at) {
			s.leaveOut(at)
		}
	}
	s.rec.Deck = text
	s.leadsOn = s.deckEnd(at) == s.firstPicked()
	s.credit("deck", candidate{text, news.FromSelector, s.path(at), min(1, score/3)})
}

// setApart says whether the page itself sets an element apart from the story, by
// its name, its place or its type.
func (s *story) setApart(at int32) bool {
	e := &s.els[at]
	return e.own&hintDeck != 0 || isHeading(e.tag) || s.inHeader(at) || e.last-e.first == 1 && s.blocks[e.first].bold()
}

// pickedIn is how much of the body, in bytes, stands in an element.
func (s *story) pickedIn(at int32) int {
	n := 0
	if s.fillsBlock(at) && s.isPicked(s.els[at].first) {
		return len(s.blocks[s.els[at].first].text)
	}
	for _, i := range s.picked {
		if e := &s.els[at]; i >= e.first && i < e.last {
			n += len(s.blocks[i].text)
		}
	}
	return n
}

// fillsBlock says whether an inline element is all that its block holds.
func (s *story) fillsBlock(at int32) bool {
	e := &s.els[at]
	return !isBlock(e.node) && int(e.first) < len(s.blocks) && e.text > 0 && prose.Same(s.blocks[e.first].text, s.textOf(at))
}

// deckText is the deck's text, its lines kept apart.
func (s *story) deckText(at int32) string {
	e := &s.els[at]
	if !isBlock(e.node) {
		return s.textOf(at)
	}
	var lines []string
	for _, b := range s.blocks[e.first:s.deckEnd(at)] {
		if line := strings.ReplaceAll(b.text, "\n", " "); !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// deckEnd is the block behind the deck: behind the elements, too, that follow it
// and are named and made like it.
func (s *story) deckEnd(at int32) int32 {
	e := &s.els[at]
	end := e.last
	if e.own&hintDeck == 0 || e.last-e.first != 1 {
		return end
	}
	for i := e.end; int(i) < len(s.els); i = s.els[i].end {
		next := &s.els[i]
		if next.parent != e.parent || next.tag != e.tag || next.first != end || next.last != end+1 || next.linked > 0 ||
			attr(next.node, "class") != attr(e.node, "class") && next.own&hintDeck == 0 {
			break
		}
		end = next.last
	}
	return end
}

// deckElement finds the element that prints the deck and how sure that is.
func (s *story) deckElement(description string) (int32, float64) {
	head := &s.els[s.head]
	// From the headline to the first paragraphs.
	hi := min(int32(len(s.blocks)), head.last+10)
	if len(s.picked) > 0 && s.picked[0] >= head.last {
		hi = min(int32(len(s.blocks)), max(hi, min(s.picked[0]+2, head.last+30)))
	}
	lo := max(0, head.first-3)
	best, bestScore := int32(-1), 1.0
	told := prose.Fold(description)
	for i := range s.els {
		e := &s.els[i]
		at := int32(i)
		if e.text < 20 || e.text > longestDeck || e.first < lo || e.last > hi || s.within(s.head, at) || s.within(at, s.head) ||
			!isBlock(e.node) && e.own&hintDeck == 0 || e.first >= e.last && !s.fillsBlock(at) {
			continue
		}
		if score := s.deckScore(at, told); score > bestScore && !s.isOther(at) {
			best, bestScore = at, score
		}
	}
	return best, bestScore
}

func (s *story) deckScore(at int32, told string) float64 {
	e := &s.els[at]
	around := e.around
	if e.last-e.first == 1 {
		around |= s.els[s.blocks[e.first].el].around
	}
	if e.own&(notStory|hintCaption|hintCredit|hintByline|hintDate|hintKicker|hintGallery|hidden) != 0 ||
		around&^s.aroundStory()&(hintCaption|hintCredit|hintGallery|hintRelated|hintComments|hintPaywall|hintBio) != 0 {
		return 0
	}
	if s.out[at] && (e.own&hintDeck == 0 || !s.together(at, s.head)) {
		return 0
	}
	if e.linked*2 > e.text || e.last-e.first == 1 && s.closest(s.blocks[e.first].el, atom.Figure) >= 0 || s.closest(at, atom.Figure, atom.Figcaption, atom.Nav, atom.Aside) >= 0 {
		return 0
	}
	head := &s.els[s.head]
	text := s.textOf(at)
	score := 0.0
	below := e.first >= head.last
	if e.own&hintDeck != 0 {
		score += 1.6
		if e.own&hintTeaser != 0 {
			score -= 0.3
		}
		if e.last-e.first > 3 && s.holdsDeck(at) {
			score -= 1 // it is named after one of the lines in it
		}
	}
	if strings.Contains(attr(e.node, "itemprop"), "description") || strings.Contains(attr(e.node, "itemprop"), "alternativeHeadline") {
		score += 1.2
	}
	inBody := s.isPicked(e.first)
	single := e.last-e.first == 1
	if told != "" && len(told) > 30 && single {
		f := prose.Fold(text)
		if f == told || strings.HasPrefix(f, told[:len(told)*9/10]) || len(f) > 40 && strings.HasPrefix(told, f) {
			if inBody {
				score += 0.5
			} else {
				score += 1.6
			}
		}
	}
	if single && below {
		b := &s.blocks[e.first]
		switch {
		case e.tag == atom.H2 && e.text > 40 && e.first <= head.last+4 && !s.isInStory(e.first):
			score += 1.2
		case isHeading(e.tag) && e.text > 60 && e.first <= head.last+4 && prose.EndsSentence(text) && !s.isInStory(e.first):
			score += 1.2 // a sentence, where a subhead would have the story before it
		case e.own&hintTeaser != 0 && e.own&hintDeck == 0 && e.text > 60 && e.linked == 0 && prose.EndsSentence(text) && s.sameParent(at, s.head):
			score += 1.2
		case b.bold() && len(b.text) > 60 && inBody && e.first == s.firstPicked():
			score += 1.3
		case e.text > 50 && e.first == head.last && !inBody && prose.EndsSentence(text):
			score += 1.2
		case e.text > 50 && !inBody && e.first+1 == s.firstPicked() && s.within(at, s.root) && s.isProse(b):
			score += 1.1 // what the structured text of the body leaves out at its head
		case e.text > 50 && inBody && e.first == s.firstPicked() && s.inHeader(at):
			score += 1.2
		case e.text > 50 && s.together(at, s.head) && !inBody && s.sameParent(at, s.head):
			score += 1.1
		case e.text > 50 && s.together(at, s.head) && !inBody:
			score += 0.5
		}
	}
	if !below {
		score -= 0.8
	}
	if inBody && e.last-e.first > 3 {
		score -= 0.8
	}
	return score
}

// isOther says whether an element that may be the deck is rather a date, a
// byline, a credit, a caption.
func (s *story) isOther(at int32) bool {
	text := s.textOf(at)
	return isPlea(text) || prose.Same(text, s.rec.Headline) || s.isDateLine(text) || s.isCredited(text) || !prose.EndsSentence(text) && (s.isDated(text) || s.holdsTime(at)) ||
		s.els[at].own&hintDeck == 0 && s.isBelowPicture(at)
}

// isDated says whether a text holds a date or a byline.
func (s *story) isDated(text string) bool {
	_, _, ok := when.Find(text, s.order)
	return ok && utf8.RuneCountInString(text) < 200
}

// holdsTime says whether a time element stands inside an element.
func (s *story) holdsTime(at int32) bool {
	k, _ := slices.BinarySearch(s.times, at)
	return k < len(s.times) && s.within(s.times[k], at)
}

// isBelowPicture says whether an element shares a small group with a picture,
// whose caption it then is.
func (s *story) isBelowPicture(at int32) bool {
	for up, n := at, 0; n < 3 && up >= 0 && !s.within(s.head, up) && s.els[up].text <= s.els[at].text+120; up, n = s.els[up].parent, n+1 {
		i, _ := slices.BinarySearch(s.images, up)
		if i < len(s.images) && s.images[i] < s.els[up].end {
			return true
		}
	}
	return false
}

// inHeader says whether an element stands in the header element that holds the
// headline.
func (s *story) inHeader(at int32) bool {
	if h := s.closest(at, atom.Header); h >= 0 && s.within(s.head, h) {
		return true
	}
	for up := s.els[at].parent; up >= 0 && s.els[up].text < mostHeader; up = s.els[up].parent {
		if s.els[up].own&hintHead != 0 && s.within(s.head, up) {
			return true
		}
	}
	return false
}

// holdsDeck says whether one of the lines in an element is named a deck itself.
func (s *story) holdsDeck(at int32) bool {
	for i := at + 1; i < s.els[at].end; i++ {
		if e := &s.els[i]; e.own&hintDeck != 0 && e.last-e.first == 1 && isBlock(e.node) {
			return true
		}
	}
	return false
}

// aroundStory is what the elements around the headline and around the body are named
// after: that says nothing of a line there.
func (s *story) aroundStory() hint {
	var h hint
	if s.head >= 0 {
		h = s.els[s.head].around
	}
	if s.root >= 0 {
		h |= s.els[s.root].own | s.els[s.root].around
	}
	return h
}

// isInStory says whether a paragraph of the story stands before a block, which then
// is a subhead at most.
func (s *story) isInStory(block int32) bool {
	return len(s.picked) > 0 && s.picked[0] >= s.els[s.head].last && slices.ContainsFunc(s.picked, func(i int32) bool {
		return i < block && len(s.blocks[i].text) > longParagraph && s.isProse(&s.blocks[i])
	})
}

func (s *story) sameParent(a, b int32) bool { return s.els[a].parent == s.els[b].parent }

func (s *story) isPicked(block int32) bool {
	_, ok := slices.BinarySearch(s.picked, block)
	return ok
}

func (s *story) firstPicked() int32 {
	if len(s.picked) == 0 {
		return -1
	}
	return s.picked[0]
}

// leaveOut takes an element's blocks out of the body; those of an inline element
// only if it is all of its block.
func (s *story) leaveOut(at int32) {
	e := &s.els[at]
	if isBlock(e.node) {
		s.dropBlocks(e.first, e.last)
	} else if s.fillsBlock(at) {
		s.dropBlocks(e.first, e.first+1)
	}
}

// dropBlocks takes the blocks from first up to last out of the body.
func (s *story) dropBlocks(first, last int32) {
	kept := s.picked[:0]
	for _, i := range s.picked {
		if i < first || i >= last {
			kept = append(kept, i)
		}
	}
	s.picked = kept
}
