package extract

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/prose"
)

// Structured data is written by systems. What they left empty, and what they say
// of another story, is not believed.

// unfilledMarks stand around the names of values that a template did not fill in.
var unfilledMarks = [...]string{"{{", "}}", "${", "<%", "%%", "##", "[["}

// isUnfilled says whether a value is the name of one, left by a system that had
// none: "{{title}}", "null", "undefined".
func isUnfilled(v string) bool {
	switch v {
	case "null", "undefined", "None", "NULL", "n/a", "N/A", "[object Object]", "(none)":
		return true
	}
	if len(v) > 200 {
		return false
	}
	if len(v) > 2 && v[0] == '%' && v[len(v)-1] == '%' && !strings.Contains(v, " ") {
		return true
	}
	for _, mark := range unfilledMarks {
		if strings.Contains(v, mark) {
			return true
		}
	}
	return false
}

// mostDistrusted bounds how many articles in the data are looked at.
const mostDistrusted = 20

// chooseArticle takes the article of the structured data that is of this page.
func (s *story) chooseArticle() {
	for range mostDistrusted {
		s.ld = s.graph.article
		if s.ld == nil || !s.isOfAnother(s.ld) {
			return
		}
		s.warn(fmt.Sprintf("structured data: an article is of another page: %q", s.ld.text("headline")))
		s.graph.dropArticle(s.in.URL)
	}
	s.ld = nil
}

// leastAlike is the share of words that two headlines of one story have in common.
const leastAlike = 0.3

// isOfAnother says whether an article in the data has the address of another page
// and a headline that is like nothing that this page is called.
func (s *story) isOfAnother(t thing) bool {
	title := t.text("headline")
	if prose.CountWords(title) < 3 || prose.IsCJK(prose.FirstRune(title)) {
		return false
	}
	address := ""
	for _, key := range [...]string{"url", "mainEntityOfPage", "@id"} {
		if u := t.text(key); strings.Contains(u, "://") {
			address = bareURL(u)
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
	if slices.ContainsFunc(pages, func(p string) bool { return bareURL(p) == address }) {
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
