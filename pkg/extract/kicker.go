package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/news"
)

const (
	// kickerReach is how many blocks above the headline a kicker may stand.
	kickerReach = 4
	// longestLabel is the length of a kicker's label, in characters.
	longestLabel = 70
)

// kicker finds the labels that are printed above the headline, or in it.
func (s *story) kicker() {
	if s.head < 0 {
		return
	}
	if len(s.headLabels) > 0 {
		s.setKicker(s.headLabels, s.path(s.head), 0.9)
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
		if labels := s.labels(best); len(labels) > 0 {
			s.leaveOut(best)
			s.setKicker(labels, s.path(best), 0.85)
			return
		}
	}
	s.kickerByPlace()
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
	if runes(b.text) > longestLabel || !s.together(b.el, s.head) || ends(b.text) {
		return
	}
	if s.within(s.head, b.el) {
		// Bare text beside the headline, in the same element. A link may as well
		// lead back to somewhere, unless it is called like the story's section.
		loose := b.linked == 0 || same(b.text, s.rec.Section)
		if labels := cutLabels(b.text); len(labels) <= 3 && loose && !s.isSiteName(b.text) {
			s.dropBlocks(i, i+1)
			s.setKicker(labels, s.path(b.el), 0.5)
		}
		return
	}
	if e.own&(hintDate|hintByline|hintChanged|hintFurniture|hintRelated|hintCaption|hintCredit|hidden) != 0 || s.out[b.el] {
		return
	}
	if _, _, ok := findDate(b.text, s.order); ok || s.isSiteName(b.text) || isPlea(b.text) {
		return
	}
	if e.tag == atom.Li || s.closest(b.el, atom.Nav) >= 0 || e.around&hintCrumbs != 0 || e.own&hintCrumbs != 0 {
		s.kickerFromCrumbs(b.el)
		return
	}
	if labels := s.labels(b.el); len(labels) > 0 && len(labels) <= 3 {
		s.dropBlocks(i, i+1)
		s.setKicker(labels, s.path(b.el), 0.6)
	}
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
		if isHomeWord(l) || same(l, s.rec.Headline) {
			return
		}
	}
	s.setKicker(labels, s.path(list), 0.5)
}

// isHomeWord says whether a label is that of the link home.
func isHomeWord(label string) bool {
	switch fold(label) {
	case "home", "startseite", "accueil", "inicio", "início", "homepage", "start", "forsiden", "etusivu", "hjem", "hem", "portada", "главная", "головна",
		"anasayfa", "beranda", "stronagłówna", "トップ", "首页":
		return true
	}
	return false
}

// together says whether two elements stand in one group: their common ancestor
// is near to both.
func (s *story) together(a, b int32) bool {
	up := s.els[b].parent
	for range 3 {
		if up < 0 || s.els[up].tag == atom.Body {
			return false
		}
		if s.within(a, up) {
			return true
		}
		up = s.els[up].parent
	}
	return false
}

// labels cuts an element's text into its labels: what stands in elements of
// its own, or between bars.
func (s *story) labels(at int32) []string {
	var all []string
	var walk func(n *html.Node)
	var loose strings.Builder
	flush := func() {
		for _, label := range cutLabels(loose.String()) {
			if !contains(all, label) {
				all = append(all, label)
			}
		}
		loose.Reset()
	}
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				loose.WriteString(c.Data)
			case c.Type != html.ElementNode || unseen(c) || c.DataAtom == atom.Svg || c.DataAtom == atom.Style || c.DataAtom == atom.Script:
			case c.DataAtom == atom.Br:
				loose.WriteByte('\n')
			default:
				if hintsOf(c)&hidden != 0 {
					continue
				}
				flush()
				walk(c)
				flush()
			}
		}
	}
	walk(s.els[at].node)
	flush()
	return all
}

// cutLabels cuts a line at the signs that stand between labels.
func cutLabels(line string) []string {
	var all []string
	for piece := range strings.FieldsFuncSeq(line, func(r rune) bool { return strings.ContainsRune("|/›»>•·\n", r) }) {
		piece = strings.Trim(squash(piece), " :-–—|,")
		if n := runes(piece); n > 1 && n <= longestLabel {
			all = append(all, piece)
		}
	}
	return all
}

func (s *story) setKicker(labels []string, path string, confidence float64) {
	var kept []string
	for _, l := range labels {
		if same(l, s.rec.Headline) || fold(l) == "" {
			continue
		}
		kept = append(kept, l)
	}
	if len(kept) == 0 {
		return
	}
	s.rec.Kicker = kept
	s.credit("kicker", candidate{strings.Join(kept, " | "), news.FromSelector, path, confidence})
}
