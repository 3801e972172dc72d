package extract

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/weburl"
	"github.com/copydesk/copydesk/pkg/when"
)

const (
	// kickerReach is how many blocks above the headline a kicker may stand.
	kickerReach = 4
	// sectionReach is how many blocks above the headline its section may stand.
	sectionReach = 6
	// longestLabel is the length of a kicker's label, in characters.
	longestLabel = 70
)

// kicker finds the labels that are printed above the headline, or in it. The
// name of the section counts where it stands above them.
func (s *story) kicker() {
	if s.head < 0 {
		return
	}
	s.findKicker()
	if label, at := s.sectionAbove(); at >= 0 && !containsFold(s.rec.Kicker, label) && !prose.Same(label, strings.Join(s.rec.Kicker, " ")) {
		if len(s.rec.Kicker) == 0 {
			s.setKicker([]string{label}, s.path(at), 0.6)
		} else {
			s.rec.Kicker = append([]string{label}, s.rec.Kicker...)
		}
		if s.mass[at] == 0 { // else the label stands bare in what holds the story
			s.leaveOut(at)
		}
	}
}

func (s *story) findKicker() {
	if len(s.headLabels) > 0 {
		s.setKicker(s.headLabels, s.path(s.head), 0.85)
		return
	}
	head := &s.els[s.head]
	best := int32(-1)
	for i := range s.els {
		e := &s.els[i]
		at := int32(i)
		if e.own&hintKicker == 0 || e.text > 200 || s.within(s.head, at) || s.within(at, s.head) {
			continue
		}
		if e.around&(hintRelated|hintComments|hintTeaser) != 0 && head.around&e.around&(hintRelated|hintComments|hintTeaser) == 0 {
			continue
		}
		away := head.first - e.first
		if isBlock(e.node) && e.first == e.last || away < -1 || away > kickerReach {
			continue
		}
		best = at // the last before the headline
		if s.parentOwn(at)&hintKicker != 0 && s.els[e.parent].text < 200 {
			best = e.parent
		}
	}
	if best >= 0 {
		if s.isPathHome(best) {
			return
		}
		if labels := s.undated(s.labels(best), best); len(labels) > 0 {
			s.leaveOut(best)
			s.setKicker(labels, s.path(best), 0.85)
			return
		}
	}
	s.kickerByPlace()
}

// isPathHome says whether an element is the path back to the home page: nothing
// but links, three or more, or the first of them to the home page.
func (s *story) isPathHome(at int32) bool {
	e := &s.els[at]
	links, home := 0, false
	for _, a := range s.anchors {
		if s.within(a.el, at) {
			home = home || links == 0 && (a.href == "/" || s.outlet.Is(a.text) || isHomeWord(a.text))
			links++
		}
	}
	// Signs between the links count as text.
	return e.linked+int32(links)*4 >= e.text && (links > 2 || links > 1 && home)
}

// undated leaves out the labels of those blocks of an element that hold a date:
// the line that says in which issue a story was printed.
func (s *story) undated(labels []string, at int32) []string {
	e := &s.els[at]
	for _, b := range s.blocks[e.first:max(e.first, e.last)] {
		if _, _, ok := when.Find(b.text, s.order); !ok {
			continue
		}
		f := prose.Fold(b.text)
		kept := labels[:0]
		for _, l := range labels {
			if !strings.Contains(f, prose.Fold(l)) {
				kept = append(kept, l)
			}
		}
		labels = kept
	}
	return labels
}

// sectionAbove finds the name of the story's section, as a line of its own above
// the headline.
func (s *story) sectionAbove() (label string, at int32) {
	head := &s.els[s.head]
	for i := head.first - 1; i >= max(0, head.first-sectionReach); i-- {
		b := &s.blocks[i]
		if utf8.RuneCountInString(b.text) > longestLabel/2 || s.closest(b.el, atom.Nav, atom.Li) >= 0 || s.els[b.el].own&hintCrumbs != 0 {
			continue
		}
		direct := i == head.first-1
		if !direct && (s.out[b.el] || !s.together(b.el, s.head)) {
			continue
		}
		if s.isSection(b.text) || direct && s.leadsUp(i) {
			return strings.Trim(b.text, " :-–—|,/>"), b.el
		}
	}
	return "", -1
}

// isSection says whether a label is the name of the story's section.
func (s *story) isSection(label string) bool {
	return label != "" && (prose.Same(label, s.rec.Section) || containsFold(s.rec.Breadcrumbs, label)) && !s.outlet.Is(label)
}

// leadsUp says whether a block is a link to a folder that the story's own address
// lies in.
func (s *story) leadsUp(block int32) bool {
	own := weburl.Bare(s.base)
	for _, a := range s.anchors {
		if a.block == block && prose.Same(a.text, s.blocks[block].text) && !strings.Contains(attr(s.els[a.el].node, "rel"), "author") {
			up := weburl.Bare(s.absolute(a.href))
			return strings.Contains(up, "/") && len(up) < len(own) && strings.HasPrefix(own, up+"/")
		}
	}
	return false
}

// kickerByPlace takes a short line directly above the headline, in the same
// group as it, for the kicker.
func (s *story) kickerByPlace() {
	head := &s.els[s.head]
	i := head.first - 1
	if i < 0 || head.first == head.last {
		return
	}
	b := &s.blocks[i]
	e := &s.els[b.el]
	if utf8.RuneCountInString(b.text) > longestLabel || !s.together(b.el, s.head) || prose.EndsSentence(b.text) || s.lineHints(i)&(hintCaption|hintCredit) != 0 || s.closest(b.el, atom.Figure) >= 0 {
		return
	}
	if s.within(s.head, b.el) {
		// Bare text beside the headline, in the same element. A link may as well
		// lead back to somewhere, unless it is called like the story's section.
		loose := b.linked == 0 || prose.Same(b.text, s.rec.Section) || s.els[b.el].own&hintHead != 0 || s.inHeader(b.el) && !leadsBack(b.text)
		if labels := cutLabels(b.text); len(labels) <= 3 && loose && !s.outlet.Is(b.text) {
			s.dropBlocks(i, i+1)
			s.setKicker(labels, s.path(b.el), 0.5)
		}
		return
	}
	if _, _, ok := when.Find(b.text, s.order); ok || s.outlet.Is(b.text) || isPlea(b.text) {
		return
	}
	if s.isInPath(b.el) {
		s.kickerFromCrumbs(b.el)
		return
	}
	if e.own&(hintDate|hintByline|hintChanged|hintFurniture|hintRelated|hintCaption|hintCredit|hidden) != 0 || s.out[b.el] {
		return
	}
	if labels := s.labels(b.el); len(labels) > 0 && len(labels) <= 3 && !s.isPathHome(b.el) && !(b.linked > 0 && leadsBack(b.text)) {
		s.dropBlocks(i, i+1)
		s.setKicker(labels, s.path(b.el), 0.6)
	}
}

// lineHints is what the elements are named after that hold all of a block's text and
// no more.
func (s *story) lineHints(block int32) hint {
	b := &s.blocks[block]
	h := s.els[b.el].own
	for i := b.el + 1; i < s.els[b.el].end; i++ {
		if e := &s.els[i]; e.first == block && !isBlock(e.node) && prose.Same(s.textOf(i), b.text) {
			h |= e.own
		}
	}
	return h
}

// isInPath says whether an element is an entry of a list of links: a path back,
// topics.
func (s *story) isInPath(at int32) bool {
	e := &s.els[at]
	return e.tag == atom.Li || s.closest(at, atom.Nav) >= 0 || (e.own|e.around)&hintCrumbs != 0
}

// kickerFromCrumbs takes a breadcrumb for the kicker if it has one or two
// labels, leads neither home nor to the story, and stands by the headline.
func (s *story) kickerFromCrumbs(at int32) {
	list := s.closest(at, atom.Ul, atom.Ol, atom.Nav)
	if list < 0 || s.els[list].text > 120 {
		return
	}
	labels := s.labels(list)
	if len(labels) == 0 || len(labels) > 2 {
		return
	}
	for _, l := range labels {
		if isHomeWord(l) || s.outlet.Is(l) || prose.Same(l, s.rec.Headline) {
			return
		}
	}
	s.setKicker(labels, s.path(list), 0.5)
}

func (s *story) setKicker(labels []string, path string, confidence float64) {
	var kept []string
	for _, l := range labels {
		if prose.Same(l, s.rec.Headline) || prose.Fold(l) == "" || s.isDateLabel(l) || isCount(l) {
			continue
		}
		kept = append(kept, l)
	}
	if len(kept) == 0 {
		return
	}
	s.rec.Kicker = kept
	method := news.FromSelector
	if s.outline == nil {
		method = news.FromText
	}
	s.credit("kicker", candidate{strings.Join(kept, " | "), method, path, confidence})
}
