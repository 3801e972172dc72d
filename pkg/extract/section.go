package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
)

// section finds the part of the outlet that the story belongs to, and the path
// to it.
func (s *story) section() {
	s.breadcrumbs()
	var all []candidate
	if s.ld != nil {
		if v := s.ld.Text("articleSection"); v != "" {
			all = append(all, candidate{v, news.FromJSONLD, "articleSection", 0.9})
		}
	}
	if v := s.prop("articleSection"); v != "" {
		all = append(all, candidate{v, news.FromMicrodata, "articleSection", 0.85})
	}
	for _, name := range [...]string{"article:section", "og:article:section", "parsely-section", "cxenseparse:category", "section", "articlesection", "dc.subject", "category", "article.section", "vr:category", "dcsext.section"} {
		if v, _ := s.lookup(name); v != "" && utf8.RuneCountInString(v) < 60 {
			all = append(all, candidate{v, news.FromMeta, name, 0.8})
		}
	}
	if n := len(s.rec.Breadcrumbs); n > 0 {
		all = append(all, candidate{s.rec.Breadcrumbs[0], news.FromSelector, "breadcrumb", 0.6})
	}
	if len(all) > 0 {
		s.rec.Section = all[0].value
		s.credit("section", all[0], all[1:]...)
	}
}

func (s *story) breadcrumbs() {
	add := func(label string) {
		if isHomeWord(label) {
			s.rec.Breadcrumbs = nil // what stands before the way home is no part of the path
			return
		}
		if label == "" || s.outlet.Is(label) || prose.Same(label, s.rec.Headline) || utf8.RuneCountInString(label) > 60 {
			return
		}
		s.rec.Breadcrumbs = append(s.rec.Breadcrumbs, label)
	}
	for _, t := range s.graph.Things {
		if !slices.Contains(t.Types(), "breadcrumblist") {
			continue
		}
		for _, item := range s.graph.Objects(t, "itemListElement") {
			label := item.Text("name")
			if label == "" {
				if inner := s.graph.Objects(item, "item"); len(inner) > 0 {
					label = inner[0].Text("name")
				}
			}
			if !strings.Contains(label, "://") {
				add(label)
			}
		}
		if len(s.rec.Breadcrumbs) > 0 {
			s.credit("breadcrumbs", candidate{strings.Join(s.rec.Breadcrumbs, " > "), news.FromJSONLD, "BreadcrumbList", 0.9})
			return
		}
	}
	for i := range s.els {
		e := &s.els[i]
		if e.own&hintCrumbs == 0 || e.text == 0 || e.text > 400 {
			continue
		}
		for _, l := range s.labels(int32(i)) {
			add(l)
		}
		if len(s.rec.Breadcrumbs) > 0 {
			s.credit("breadcrumbs", candidate{strings.Join(s.rec.Breadcrumbs, " > "), news.FromSelector, s.path(int32(i)), 0.7})
			return
		}
	}
	s.plainCrumbs(add)
}

// plainCrumbs reads a path in no element named so: links in one line above the
// headline, the first of which leads home, with arrows between them.
func (s *story) plainCrumbs(add func(string)) {
	if s.head < 0 {
		return
	}
	for k, a := range s.anchors {
		if a.block >= s.els[s.head].first {
			return
		}
		if k > 0 && s.anchors[k-1].block == a.block || a.href != "/" || !strings.ContainsAny(s.blocks[a.block].text, ">›»") || len(s.blocks[a.block].text) > 200 {
			continue
		}
		for _, l := range s.labels(s.blocks[a.block].el) {
			add(l)
		}
		if len(s.rec.Breadcrumbs) > 0 {
			s.credit("breadcrumbs", candidate{strings.Join(s.rec.Breadcrumbs, " > "), news.FromSelector, s.path(s.blocks[a.block].el), 0.5})
			return
		}
	}
}
