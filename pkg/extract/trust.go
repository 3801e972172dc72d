package extract

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/structured"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// Structured data is written by systems. What they say of another story is not
// believed.

// mostDistrusted bounds how many articles in the data are looked at.
const mostDistrusted = 20

// chooseArticle takes the article of the structured data that is of this page.
func (s *story) chooseArticle() {
	for range mostDistrusted {
		s.ld = s.graph.Article
		if s.ld == nil || !s.isOfAnother(s.ld) {
			return
		}
		s.warn(fmt.Sprintf("structured data: an article is of another page: %q", s.ld.Text("headline")))
		s.graph.DropArticle(s.in.URL)
	}
	s.ld = nil
}

// leastAlike is the share of words that two headlines of one story have in common.
const leastAlike = 0.3

// isOfAnother says whether an article in the data has the address of another page
// and a headline that is like nothing that this page is called.
func (s *story) isOfAnother(t structured.Thing) bool {
	title := t.Text("headline")
	if prose.CountWords(title) < 3 || prose.IsCJK(prose.FirstRune(title)) {
		return false
	}
	address := ""
	for _, key := range [...]string{"url", "mainEntityOfPage", "@id"} {
		if u := t.Text(key); strings.Contains(u, "://") {
			address = weburl.Bare(u)
			break
		}
	}
	if address == "" || !strings.Contains(address, "/") {
		return false
	}
	pages := []string{s.in.URL, s.in.RequestedURL}
	for _, l := range s.links {
		if hasToken(l.rel, "canonical") {
			pages = append(pages, s.absolute(l.href))
		}
	}
	if slices.ContainsFunc(pages, func(p string) bool { return weburl.Bare(p) == address }) {
		return false
	}
	names := []string{s.title}
	for _, name := range [...]string{"og:title", "twitter:title"} {
		if v, _ := s.lookup(name); v != "" {
			names = append(names, v)
		}
	}
	for _, at := range s.headings {
		if s.els[at].tag == atom.H1 {
			names = append(names, s.textOf(at))
		}
	}
	bag := prose.BagOf(title)
	for _, name := range names {
		if f := prose.Fold(name); f != "" && (strings.Contains(bag.Folded, f) || strings.Contains(f, bag.Folded)) || bag.Likeness(prose.FoldedWords(name)) >= leastAlike {
			return false
		}
	}
	return true
}
