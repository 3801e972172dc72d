package extract

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/structured"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// topLinks is how many blocks at the top of a page may be links past its
// furniture.
const topLinks = 20

// publisher finds the outlet's name and gathers every form of it, for they
// must come off headlines and out of bylines.
func (s *story) publisher() {
	var all []candidate
	add := func(v string, method news.Method, path string, confidence float64) {
		v = prose.Squash(structured.Unescape(v))
		if v != "" && utf8.RuneCountInString(v) <= 60 && !strings.Contains(v, "://") && !prose.Same(v, s.prop("headline")) {
			all = append(all, candidate{v, method, path, confidence})
		}
	}
	if s.ld != nil {
		for _, o := range s.graph.Objects(s.ld, "publisher") {
			add(o.Text("name"), news.FromJSONLD, "publisher.name", 0.9)
		}
	}
	add(s.prop("publisher.name"), news.FromMicrodata, "publisher.name", 0.85)
	if v, _ := s.lookup("og:site_name"); !isAddress(v) {
		add(v, news.FromMeta, "og:site_name", 0.85)
	}
	for i := range min(topLinks, len(s.blocks)) {
		add(outletIn(s.blocks[i].text), news.FromText, "skip link", 0.8)
	}
	for _, name := range [...]string{"og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher", "article:publisher", "publisher", "cre", "twitter:app:name:iphone"} {
		if v, _ := s.lookup(name); v != "" {
			add(v, news.FromMeta, name, 0.8)
		}
	}
	for _, t := range s.graph.Things {
		for _, kind := range t.Types() {
			switch kind {
			case "newsmediaorganization", "organization", "website":
				add(t.Text("name"), news.FromJSONLD, kind+".name", 0.6)
			}
		}
	}
	if name := s.outletInTitle(); name != "" {
		add(name, news.FromSelector, "title", 0.6)
	}
	p := &news.Publisher{}
	if site := weburl.Site(s.base); site != news.NoSite { // of a saved page by its canonical address
		p.Domain = site
	}
	for _, c := range all {
		s.outlet.Add(c.value)
	}
	if u, err := url.Parse(s.base); err == nil && u.Hostname() != "" {
		host := strings.TrimPrefix(u.Hostname(), "www.")
		s.outlet.Add(host)
	}
	if site := weburl.Site(s.base); site != news.NoSite {
		s.outlet.AddDomain(site)
	}
	if len(all) == 0 {
		all = s.printedOutlet()
	}
	if len(all) > 0 {
		p.Name = all[0].value
		s.credit("publisher", all[0], all[1:]...)
	}
	if p.Name != "" || p.Domain != "" {
		s.rec.Publisher = p
	}
}

// printedOutlet is the outlet's name as the page's title, or its link home, has
// it, if that spells the domain.
func (s *story) printedOutlet() []candidate {
	if s.outlet.SpellsDomain(prose.Fold(s.title)) {
		return []candidate{{s.title, news.FromSelector, "title", 0.5}}
	}
	for _, a := range s.anchors {
		if a.href == "/" && s.outlet.SpellsDomain(prose.Fold(a.text)) {
			return []candidate{{a.text, news.FromSelector, s.path(a.el), 0.5}}
		}
	}
	return nil
}

// isAddress says whether a name is a domain rather than a name.
func isAddress(name string) bool {
	return strings.Contains(name, ".") && !strings.Contains(name, " ")
}

// outletInTitle is the tail of the page's title behind a separator, if the page
// prints the part before it as a heading, or the tail as its link home or in
// its copyright line.
func (s *story) outletInTitle() string {
	for _, sep := range separators {
		i := strings.LastIndex(s.title, sep)
		if i <= 0 || sep == ": " {
			continue
		}
		head, name := strings.TrimSpace(s.title[:i]), strings.TrimSpace(s.title[i+len(sep):])
		if name == "" || prose.CountWords(name) > 6 && prose.CountWords(head) > 6 || strings.ContainsAny(name, "0123456789") {
			continue
		}
		for _, at := range s.headings {
			if s.els[at].tag != atom.H1 || s.els[at].text >= 300 {
				continue
			}
			if h := s.textOf(at); prose.Same(h, head) {
				return name
			} else if prose.Same(h, name) && prose.CountWords(head) <= 6 && s.holdsDomain(head) {
				return head // the name stands first
			}
		}
		if s.leadsHome(name) {
			return name
		}
	}
	for _, sep := range separators {
		if name, _, ok := strings.Cut(s.title, sep); ok && prose.CountWords(name) <= 6 && s.leadsHome(name) {
			return name
		}
	}
	return ""
}

// leadsHome says whether a name is the text of a link to the home page, or that
// of the logo in one.
func (s *story) leadsHome(name string) bool {
	if name = strings.TrimSpace(name); name == "" || isHomeWord(name) {
		return false
	}
	for _, a := range s.anchors {
		if isHomeAddress(a.href) && prose.Same(a.text, name) {
			return true
		}
	}
	for _, i := range s.images[:min(topLinks, len(s.images))] {
		if prose.Same(attr(s.els[i].node, "alt"), name) {
			if a := s.closest(i, atom.A); a >= 0 && isHomeAddress(attr(s.els[a].node, "href")) {
				return true
			}
		}
	}
	return false
}

func isHomeAddress(href string) bool { return href == "/" || strings.HasPrefix(href, "index.") }

// holdsDomain says whether the letters of a name hold those of the outlet's
// domain: "The Example Gazette" for examplegazette.
func (s *story) holdsDomain(name string) bool {
	label, _, _ := strings.Cut(weburl.Site(s.base), ".")
	label = strings.ReplaceAll(label, "-", "")
	return len(label) > 3 && strings.Contains(prose.PlainLetters(prose.Fold(name)), label)
}

// separators stand between a headline and the outlet's name in a title.
var separators = []string{" | ", " - ", " – ", " — ", " • ", " · ", " :: ", " » ", " / ", " ‹ ", " « ", ": ", "|", "：", "｜", " > ", " ― ", " −", "--"}

// withoutSite takes the outlet's name off the ends of a title, as often as it
// stands there. What stands behind a separator without being the outlet's name
// stays unless the page prints the headline without it.
func (s *story) withoutSite(title string) string {
	for range 3 {
		cut := s.cutSite(title)
		if cut == title {
			return title
		}
		title = cut
	}
	return title
}

func (s *story) cutSite(title string) string {
	for _, sep := range separators {
		if i := strings.LastIndex(title, sep); i > 0 {
			tail := strings.TrimSpace(title[i+len(sep):])
			if s.outlet.Holds(tail) {
				return strings.TrimSpace(title[:i])
			}
		}
		if i := strings.Index(title, sep); i > 0 && s.outlet.Is(title[:i]) {
			return strings.TrimSpace(title[i+len(sep):])
		}
	}
	return title
}
