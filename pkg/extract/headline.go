package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/byline"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/structured"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// mostHeadlines bounds how many lines are weighed.
const mostHeadlines = 300

// headline finds the headline as the page prints it. What metadata calls the
// headline is often shortened or sharpened for machines, so it only says which
// of the printed lines is meant; where nothing is printed it stands in.
func (s *story) headline() {
	told := s.toldHeadlines()
	best, bestScore := int32(-1), 0.0
	var bags []prose.Bag
	for _, c := range told {
		if b := prose.BagOf(c.value); !slices.ContainsFunc(bags, func(o prose.Bag) bool { return o.Folded == b.Folded }) {
			bags = append(bags, b)
		}
	}
	lines := s.headlineElements(told)
	for _, at := range lines[:min(len(lines), mostHeadlines)] {
		text := s.textOf(at)
		if n := utf8.RuneCountInString(text); n < 4 || n > 300 || s.outlet.Is(text) {
			continue
		}
		if score := s.headlineScore(at, text, bags); score > bestScore {
			best, bestScore = at, score
		}
	}
	var chosen candidate
	if best >= 0 {
		s.head = best
		text, labels := s.printedHeadline(best, told)
		s.headLabels = labels
		chosen = candidate{text, news.FromSelector, s.path(best), min(1, 0.5+bestScore/10)}
	} else if len(told) > 0 {
		chosen = told[0]
		chosen.confidence = 0.6
	}
	if chosen.value == "" && s.in.Hints.Title != "" {
		chosen = candidate{prose.Squash(s.in.Hints.Title), news.FromFeed, s.in.Hints.Source, 0.4}
	}
	if chosen.value == "" {
		return
	}
	s.rec.Headline = chosen.value
	var rest []candidate
	seen := []string{prose.Fold(chosen.value)}
	for _, c := range told {
		if f := prose.Fold(c.value); !slices.Contains(seen, f) {
			seen = append(seen, f)
			rest = append(rest, c)
			s.rec.AlternativeHeadlines = append(s.rec.AlternativeHeadlines, c.value)
		}
	}
	if len(rest) > 0 {
		s.rec.AlternativeHeadline = rest[0].value
	}
	s.credit("headline", chosen, rest...)
}

// headlineByPlace takes the line above the first paragraph for the headline of
// a page that states none.
func (s *story) headlineByPlace() {
	if s.rec.Headline != "" || len(s.picked) == 0 {
		return
	}
	first := s.picked[0]
	for _, i := range s.picked {
		if s.isProse(&s.blocks[i]) && len(s.blocks[i].text) > 80 {
			first = i
			break
		}
	}
	for i := first - 1; i >= max(0, first-6); i-- {
		b := &s.blocks[i]
		text := strings.ReplaceAll(b.text, "\n", " ")
		if prose.CountWords(text) < 3 || utf8.RuneCountInString(text) > longestHeadline || b.linked > 0 || prose.EndsSentence(text) && !strings.HasSuffix(text, "?") ||
			s.outlet.Is(text) || s.isDateLine(text) || s.isCredited(text) {
			continue
		}
		if _, by := byline.CutBy(text); by {
			continue
		}
		s.head = b.el
		s.rec.Headline = text
		s.credit("headline", candidate{text, news.FromHeuristic, s.path(b.el), 0.4})
		kept := s.picked[:0]
		for _, k := range s.picked {
			if k > i {
				kept = append(kept, k)
			}
		}
		s.picked = kept
		return
	}
}

// toldHeadlines holds what the metadata calls the headline, without the
// outlet's name, best first.
func (s *story) toldHeadlines() []candidate {
	var all []candidate
	add := func(value string, method news.Method, path string) {
		value = prose.Squash(structured.Unescape(value))
		if value == "" || utf8.RuneCountInString(value) > 400 {
			return
		}
		value = s.withoutSite(value)
		if value != "" && !s.outlet.Is(value) {
			all = append(all, candidate{value, method, path, 0.7})
		}
	}
	if s.ld != nil {
		for _, key := range [...]string{"headline", "name", "alternativeHeadline", "alternateName"} {
			if key == "name" && !s.ld.IsArticle() {
				continue
			}
			add(s.ld.Text(key), news.FromJSONLD, key)
		}
	}
	if v := s.prop("headline"); v != "" {
		add(v, news.FromMicrodata, "headline")
	}
	if v := s.prop("name"); v != "" {
		add(v, news.FromMicrodata, "name")
	}
	for _, name := range [...]string{"og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "headline", "hdl", "title", "citation_title"} {
		if v, _ := s.lookup(name); v != "" {
			add(v, news.FromMeta, name)
		}
	}
	add(s.title, news.FromSelector, "title")
	return all
}

// headlineElements holds the elements that may print the headline, headings first:
// a menu has more lines named titles than are weighed.
func (s *story) headlineElements(told []candidate) []int32 {
	var all, named []int32
	for i := range s.blocks {
		b := &s.blocks[i]
		if len(b.text) > 12 && len(b.text) < 300 && len(told) > 0 && s.els[b.el].tag != atom.H1 && prose.Same(b.text, told[len(told)-1].value) {
			all = append(all, b.el)
		}
	}
	for i := range s.els {
		e := &s.els[i]
		if e.text == 0 && e.last == e.first && isBlock(e.node) {
			continue
		}
		switch e.tag {
		case atom.H1:
			all = append(all, int32(i))
		case atom.H2, atom.H3:
			if e.text < 400 {
				all = append(all, int32(i))
			}
		case atom.Div, atom.P, atom.Span, atom.Td, atom.Font, atom.B, atom.Strong:
			if e.own&(hintHead|hasProp) != 0 && e.text < 400 && e.last-e.first <= 1 {
				named = append(named, int32(i))
			}
		}
	}
	return append(all, named...)
}

func (s *story) headlineScore(at int32, text string, told []prose.Bag) float64 {
	e := &s.els[at]
	score := 0.0
	switch e.tag {
	case atom.H1:
		score = 3
	case atom.H2:
		score = 0.5
	}
	if isBlock(e.node) && e.first == e.last {
		return 0 // not shown
	}
	like := 0.0
	folded, words := prose.Fold(text), prose.FoldedWords(text)
	for i := range told {
		if told[i].Folded == folded {
			like = 1
			break
		}
		like = max(like, told[i].Likeness(words))
		if utf8.RuneCountInString(text) > 15 && strings.Contains(told[i].Folded, folded) {
			like = max(like, 0.85, float64(len(folded))/float64(len(told[i].Folded)))
		}
	}
	score += float64(4 * like)
	if e.tag != atom.H1 && like < 0.75 {
		return 0
	}
	if e.own&hasProp != 0 && strings.Contains(attr(e.node, "itemprop"), "headline") {
		score += 1.5
	}
	if e.own&hintHead != 0 {
		score += 0.5
	}
	if e.own&hintDeck != 0 && e.tag != atom.H1 {
		score--
	}
	around := e.around
	if around&(hintRelated|hintComments|hintFurniture|hintCrumbs) != 0 {
		score -= 1.5
	}
	if s.closest(at, atom.A) >= 0 || e.linked > e.text*3/4 {
		score-- // a headline that leads away is another story's, or the logo
	}
	if s.linksHome(at) {
		score -= 3
	}
	if s.closest(at, atom.Nav, atom.Footer, atom.Aside) >= 0 {
		score -= 2
	}
	if s.closest(at, atom.Article, atom.Main) >= 0 {
		score += 0.3
	}
	if s.endsPath(at) {
		score -= 4
	}
	if len(words) < 3 && like < 0.5 {
		score -= 1.5
	}
	// Of equals the first.
	return score - float64(float64(at)/float64(len(s.els))*0.2)
}

// linksHome says whether an element is a link to the home page, or holds one and no
// more, on a page that is not it.
func (s *story) linksHome(at int32) bool {
	e := &s.els[at]
	if e.linked < e.text*3/4 || e.linked == 0 {
		return false
	}
	own := weburl.Bare(s.base)
	for _, a := range s.anchors {
		if s.within(a.el, at) || s.within(at, a.el) {
			home := weburl.Bare(s.absolute(a.href))
			return isHomeAddress(a.href) || home != "" && !strings.Contains(home, "/") && strings.HasPrefix(own, home+"/")
		}
	}
	return false
}

// endsPath says whether an element is the last entry of a path back to the home
// page: everything before it in its parent is links, two or more.
func (s *story) endsPath(at int32) bool {
	e := &s.els[at]
	up := e.parent
	if up < 0 || e.linked > 0 || s.els[up].text > e.text+120 || s.els[up].linked < s.els[up].text-e.text || s.els[up].linked == 0 {
		return false
	}
	links := 0
	for _, a := range s.anchors {
		if a.el >= at {
			break
		}
		if a.el > up {
			links++
		}
	}
	return links > 1
}

// path names an element as a short selector, for provenance.
func (o *outline) path(at int32) string {
	if at < 0 {
		return ""
	}
	n := o.els[at].node
	p := n.Data
	if id := attr(n, "itemprop"); id != "" {
		return p + "[itemprop=" + id + "]"
	}
	if class := strings.Fields(attr(n, "class")); len(class) > 0 {
		return p + "." + class[0]
	}
	if id := attr(n, "id"); id != "" {
		return p + "#" + id
	}
	return p
}
