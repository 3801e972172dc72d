package extract

import (
	"sort"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/byline"
	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/weburl"
	"github.com/copydesk/copydesk/pkg/when"
)

// longestSymbol is how long a line without words may be, in bytes, to part the
// story and not be of it: "* * *".
const longestSymbol = 20

// judge says whether a block belongs to the story, and the element that told.
func (s *story) judge(i, root int32) (Verdict, int32) {
	b := &s.blocks[i]
	n := int32(len(b.text))
	if s.head >= 0 && (s.within(b.el, s.head) || b.el == s.head) {
		return IsHeadline, s.head
	}
	if s.captionLines[i] {
		return Caption, b.el
	}
	for at := b.el; at != root && at >= 0; at = s.els[at].parent {
		if why := s.strange(at, b); why != InStory {
			return why, at
		}
	}
	tag := s.els[b.el].tag
	heading := isHeading(tag)
	switch {
	case n < 300 && s.isLinkedParagraph(b.el) || b.linked*2 > n && n < 300 && !(heading && s.staysHere(i)) && !s.tells(b) && !s.citesOther(i) && !s.isListed(b.el):
		return Linked, b.el // a line that is mostly a link leads away
	case b.linked > 0 && n < 120 && s.cutSite(b.text) != b.text:
		return Outlet, b.el // the outlet's name among links
	case s.isBetweenLinks(i):
		return Teaser, b.el
	case isPlea(b.text):
		return Plea, b.el
	case n < longestArchiveCaption && isArchiveCaption(b.text):
		return Caption, b.el
	case !s.isCell(b.el) && s.isHeadMatter(i, b):
		return HeadLine, b.el
	case n < 20 && s.isClockLine(i):
		return Clock, b.el // the time of an update
	case (n < 4 || n < longestSymbol && !s.isCell(b.el)) && tag != atom.Pre && prose.CountWords(b.text) == 0:
		return Symbol, b.el
	case n < 20 && !heading && !b.bold() && isTailHead(b.text) && !prose.EndsSentence(b.text):
		return Label, b.el // the label of a button: "Comments"
	}
	return InStory, -1
}

// isLinkedParagraph says whether a paragraph of several blocks is mostly links: what
// its first line announces.
func (s *story) isLinkedParagraph(at int32) bool {
	e := &s.els[at]
	return e.tag == atom.P && e.last-e.first > 1 && e.linked*2 > e.text
}

// staysHere says whether the first link of a block leads to a place on the page
// itself, as headings' links do that readers can copy.
func (s *story) staysHere(i int32) bool {
	k := s.firstAnchor(i)
	return k < len(s.anchors) && s.anchors[k].block == i && strings.HasPrefix(s.anchors[k].href, "#")
}

// isCell says whether an element stands in a table of data, where numbers look
// like dates.
func (s *story) isCell(at int32) bool {
	tr := s.upTo(at, atom.Tr)
	return tr >= 0 && s.isDataTable(tr)
}

// tells says whether a block full of links is a paragraph all the same: a
// sentence that goes beyond them.
func (s *story) tells(b *block) bool {
	n := int32(len(b.text))
	return n > longestBareCaption/2 && b.linked*10 < n*8 && prose.EndsSentence(b.text) && s.els[b.el].tag == atom.P
}

// citesOther says whether a block is one link, alone among running text, that
// leads to another site: that is what the story speaks of, not one of the
// outlet's other stories.
func (s *story) citesOther(i int32) bool {
	switch s.els[s.blocks[i].el].tag {
	case atom.P, atom.H2, atom.H3, atom.H4:
	default:
		return false
	}
	if next := i + 1; next < s.els[s.root].last && s.blocks[next].linked*2 > int32(len(s.blocks[next].text)) {
		return false
	}
	k := s.firstAnchor(i)
	if k == len(s.anchors) || s.anchors[k].block != i || k+1 < len(s.anchors) && s.anchors[k+1].block == i {
		return false
	}
	u := s.absolute(s.anchors[k].href)
	site := weburl.Site(u)
	return strings.HasPrefix(u, "http") && !networks[site] && site != weburl.Site(s.base)
}

// isHeadMatter says whether a short line is the headline again, or the date or
// the byline of the story.
func (s *story) isHeadMatter(i int32, b *block) bool {
	if len(b.text) > 300 {
		return false
	}
	if prose.Same(b.text, s.rec.Headline) || clockAlone.MatchString(b.text) {
		return true
	}
	m, at, ok := when.Find(b.text, s.order)
	if ok && s.isDayHeading(i) {
		return false
	}
	if ok && len(b.text) < 120 {
		rest := len(b.text) - len(m.Raw)
		if rest < 12 || at == 0 && !prose.EndsSentence(b.text) || rest < 90 && (when.SaysPublished(b.text[:at]) || when.SaysChanged(b.text[:at])) && !prose.EndsSentence(b.text) {
			return true
		}
	}
	if ok && len(b.text) < 120 && !prose.EndsSentence(b.text) && at < 20 {
		if rest, by := byline.CutBy(strings.TrimLeft(b.text[at+len(m.Raw):], " ,|·•–—-/")); by && len(s.bylines().Printed(rest)) > 0 {
			return true // "Saturday, 4 May | by Iven Marr"
		}
	}
	if ok && s.isTwoDates(b.text[:at]+b.text[at+len(m.Raw):]) {
		return true
	}
	if strings.ContainsAny(b.text, ":：©(摄攝") && s.isCredited(b.text) {
		return true // a caption in no element of its own
	}
	if rest, ok := byline.CutBy(b.text); ok && len(b.text) < 90 && !prose.EndsSentence(b.text) && len(s.bylines().Printed(rest)) > 0 {
		return true
	}
	return false
}

// isClockLine says whether a time element makes up a block.
func (s *story) isClockLine(i int32) bool {
	k := sort.Search(len(s.times), func(k int) bool { return s.els[s.times[k]].first >= i })
	for _, at := range s.times[k:] {
		if s.els[at].first != i {
			break
		}
		if s.textOf(at) == s.blocks[i].text {
			return true
		}
	}
	return false
}

// isTwoDates says whether a line, of which one date has been taken out, says when
// the story was published and when it was changed, and nothing else.
func (s *story) isTwoDates(line string) bool {
	n := 1
	for ; n < 3; n++ {
		m, at, ok := when.Find(line, s.order)
		if !ok {
			break
		}
		line = line[:at] + line[at+len(m.Raw):]
	}
	return n > 1 && len(line) < 60 && prose.CountWords(line) <= 3*n
}

// strange says why an element inside the body is not of the story, if so.
func (s *story) strange(at int32, b *block) Verdict {
	if s.out[at] {
		return Furniture
	}
	if s.isRuledBody(at) {
		return InStory
	}
	e := &s.els[at]
	switch e.tag {
	case atom.Figure, atom.Figcaption, atom.Aside, atom.Nav, atom.Footer, atom.Form, atom.Address:
		if e.tag != atom.Form || e.text < 800 {
			return Boxed
		}
		return InStory
	}
	h := e.own
	if h&(hintProse|propBody) != 0 {
		return InStory
	}
	small := len(b.text) < 400
	switch {
	case h&(hintCaption|hintCredit) != 0 && s.mass[at] < 800:
		return Caption
	case h&(hintByline|hintDate|hintChanged|hintKicker) != 0 && h&wordBody == 0 && e.text < 300 && !(isHeading(e.tag) && (e.text > 40 || h&(hintByline|hintKicker) == 0 && !strings.ContainsAny(b.text, "0123456789"))):
		return HeadLine
	case h&hintTeaser != 0 && e.linked > 0:
		return Teaser
	case h&hintByline != 0 && s.mass[at] > 0 && s.mass[at]*4 < s.mass[s.root] && s.isBehindMost(at):
		return AboutBox // a box about who wrote it
	case s.boxes[at]:
		return Caption // a picture and the line below it
	case h&hintGallery != 0 && small:
		return Gallery
	case h&hintMedia != 0 && e.text < 400 && !isHeading(e.tag) && e.tag != atom.P:
		return Media
	case h&hintQuote != 0:
		return PullQuote
	case h&hintInfo != 0 && h&wordBody == 0 && s.boxed*3 < s.mass[s.root]:
		return InfoBox
	case h&hintHead != 0 && !isHeading(e.tag) && e.linked*2 > e.text:
		return HeadLine
	}
	return InStory
}

// boxedText is how much running text inside an element stands in boxes. Where
// that is much of it, boxes are how the page sets its stories.
func (s *story) boxedText(root int32) int32 {
	sum := int32(0)
	for i := root + 1; i < s.els[root].end; i++ {
		if e := &s.els[i]; e.own&hintInfo != 0 && e.own&wordBody == 0 {
			sum += s.mass[i]
			i = e.end - 1
		}
	}
	return sum
}

// isBehindMost says whether an element stands in the last third of the body.
func (s *story) isBehindMost(at int32) bool {
	r := &s.els[s.root]
	return (s.els[at].first-r.first)*3 > (r.last-r.first)*2
}
