package extract

import (
	"net/url"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
)

// address finds the canonical address and the short link.
func (s *story) address() {
	for _, l := range s.links {
		switch {
		case hasToken(l.rel, "canonical") && s.rec.CanonicalURL == "":
			if u := s.absolute(l.href); strings.HasPrefix(u, "http") {
				s.rec.CanonicalURL = u
				s.credit("canonicalUrl", candidate{u, news.FromMeta, "link[rel=canonical]", 0.95})
			}
		case hasToken(l.rel, "shortlink") && s.rec.ShortURL == "":
			s.setShort(s.absolute(l.href), news.FromMeta, "link[rel=shortlink]")
		}
	}
	if s.rec.CanonicalURL == "" {
		if v, _ := s.lookup("og:url"); v != "" {
			if u := s.absolute(v); strings.HasPrefix(u, "http") {
				s.rec.CanonicalURL = u
				s.credit("canonicalUrl", candidate{u, news.FromMeta, "og:url", 0.8})
			}
		}
	}
	if s.in.URL == "" && s.rec.CanonicalURL != "" {
		s.in.URL = s.rec.CanonicalURL // a saved page: relative links need a base
	}
	if s.rec.ShortURL == "" {
		// A short link is printed so that readers can copy it.
		for i := range s.blocks {
			if b := &s.blocks[i]; len(b.text) < 60 && isShortLink(b.text) {
				s.setShort(b.text, news.FromText, s.path(b.el))
				break
			}
		}
	}
}

func (s *story) setShort(u string, method news.Method, path string) {
	if u == "" || u == s.rec.URL || u == s.rec.CanonicalURL {
		return
	}
	s.rec.ShortURL = u
	s.credit("shortUrl", candidate{u, method, path, 0.8})
}

// isShortLink says whether a line is nothing but a short web address with a
// path.
func isShortLink(line string) bool {
	if !strings.HasPrefix(line, "https://") && !strings.HasPrefix(line, "http://") || strings.ContainsAny(line, " \n") || len(line) > 50 {
		return false
	}
	u, err := url.Parse(line)
	return err == nil && u.Host != "" && len(u.Path) > 3 && u.RawQuery == ""
}

func hasToken(list, token string) bool {
	for _, t := range strings.Fields(list) {
		if t == token {
			return true
		}
	}
	return false
}

// absolute resolves a link against the page's address.
func (s *story) absolute(href string) string {
	href = strings.TrimSpace(href)
	ref, err := url.Parse(href)
	if err != nil {
		return ""
	}
	if ref.IsAbs() {
		return ref.String()
	}
	base, err := url.Parse(s.in.URL)
	if err != nil || !base.IsAbs() || base.Opaque != "" {
		return href
	}
	return base.ResolveReference(ref).String()
}

// section finds the part of the outlet that the story belongs to, and the path
// to it.
func (s *story) section() {
	s.breadcrumbs()
	var all []candidate
	if s.ld != nil {
		if v := s.ld.text("articleSection"); v != "" {
			all = append(all, candidate{v, news.FromJSONLD, "articleSection", 0.9})
		}
	}
	if v := s.prop("articleSection"); v != "" {
		all = append(all, candidate{v, news.FromMicrodata, "articleSection", 0.85})
	}
	for _, name := range [...]string{"article:section", "og:article:section", "parsely-section", "cxenseparse:category", "section", "dc.subject", "category", "article.section", "vr:category", "dcsext.section"} {
		if v, _ := s.lookup(name); v != "" && runes(v) < 60 {
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
		if label == "" || isHomeWord(label) || s.isSiteName(label) || same(label, s.rec.Headline) || runes(label) > 60 {
			return
		}
		s.rec.Breadcrumbs = append(s.rec.Breadcrumbs, label)
	}
	for _, t := range s.graph.things {
		if !contains(t.types(), "breadcrumblist") {
			continue
		}
		for _, item := range s.graph.objects(t, "itemListElement") {
			label := item.text("name")
			if label == "" {
				if inner := s.graph.objects(item, "item"); len(inner) > 0 {
					label = inner[0].text("name")
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
}

// keywords gathers the topics that the outlet states.
func (s *story) keywords() {
	set := func(values []string, c candidate) bool {
		var all []string
		for _, v := range values {
			for piece := range strings.FieldsFuncSeq(v, func(r rune) bool { return r == ',' || r == ';' || r == '|' || r == '、' || r == '،' }) {
				piece = strings.Trim(squash(unescape(piece)), " .#\"'[]")
				if piece == "" || runes(piece) > 80 || len(all) >= 60 {
					continue
				}
				if !containsFold(all, piece) {
					all = append(all, piece)
				}
			}
		}
		if len(all) == 0 {
			return false
		}
		s.rec.Keywords = all
		c.value = strings.Join(all, ", ")
		s.credit("keywords", c)
		return true
	}
	metaAll := func(name string) []string {
		var all []string
		for _, m := range s.metas {
			if m.name == name {
				all = append(all, m.content)
			}
		}
		return all
	}
	if s.ld != nil && set(s.ld.texts("keywords"), candidate{method: news.FromJSONLD, path: "keywords", confidence: 0.9}) {
		return
	}
	for _, name := range [...]string{"news_keywords", "keywords", "article:tag", "og:article:tag", "parsely-tags", "sailthru.tags", "cxenseparse:taglist", "dc.subject", "dcterms.subject"} {
		if set(metaAll(name), candidate{method: news.FromMeta, path: name, confidence: 0.85}) {
			return
		}
	}
	if v := s.prop("keywords"); v != "" && set([]string{v}, candidate{method: news.FromMicrodata, path: "keywords", confidence: 0.8}) {
		return
	}
	if s.ld != nil {
		set(s.ld.texts("about"), candidate{method: news.FromJSONLD, path: "about", confidence: 0.6})
	}
	if len(s.rec.Keywords) > 0 {
		return
	}
	var tags []string
	for _, a := range s.anchors {
		if hasToken(strings.ToLower(attr(s.els[a.el].node, "rel")), "tag") {
			tags = append(tags, s.textOf(a.el))
		}
	}
	set(tags, candidate{method: news.FromSelector, path: "a[rel=tag]", confidence: 0.7})
}

func containsFold(list []string, v string) bool {
	f := fold(v)
	for _, x := range list {
		if fold(x) == f {
			return true
		}
	}
	return false
}

// access finds whether the story can be read without paying.
func (s *story) access() {
	set := func(free bool, evidence news.AccessEvidence, c candidate) {
		s.rec.IsAccessibleForFree = &free
		s.rec.AccessEvidence = evidence
		s.credit("isAccessibleForFree", c)
	}
	if s.ld != nil {
		switch v := s.ld["isAccessibleForFree"].(type) {
		case bool:
			set(v, news.AccessByStructuredData, candidate{method: news.FromJSONLD, path: "isAccessibleForFree", confidence: 0.9})
			return
		case string:
			switch strings.ToLower(v) {
			case "true", "http://schema.org/true", "https://schema.org/true":
				set(true, news.AccessByStructuredData, candidate{method: news.FromJSONLD, path: "isAccessibleForFree", confidence: 0.9})
				return
			case "false", "http://schema.org/false", "https://schema.org/false":
				set(false, news.AccessByStructuredData, candidate{method: news.FromJSONLD, path: "isAccessibleForFree", confidence: 0.9})
				return
			}
		}
	}
	for _, m := range s.metas {
		if m.name == "article:content_tier" {
			set(m.content == "free", news.AccessByMeta, candidate{method: news.FromMeta, path: m.name, confidence: 0.85})
			return
		}
	}
	for i := range s.els {
		if e := &s.els[i]; e.own&hintPaywall != 0 && e.text > 40 && s.root >= 0 && e.first > s.els[s.root].first {
			set(false, news.AccessByMarkup, candidate{method: news.FromSelector, path: s.path(int32(i)), confidence: 0.5})
			return
		}
	}
}

// schemaTypes maps structured types to those that the record tells apart.
var schemaTypes = map[string]news.ArticleType{
	"newsarticle": news.NewsArticle, "article": news.NewsArticle, "opinionnewsarticle": news.OpinionNewsArticle,
	"analysisnewsarticle": news.AnalysisNewsArticle, "backgroundnewsarticle": news.BackgroundNewsArticle,
	"reportagenewsarticle": news.ReportageNewsArticle, "reviewnewsarticle": news.ReviewNewsArticle, "review": news.ReviewNewsArticle,
	"liveblogposting": news.LiveBlogPosting, "blogposting": news.BlogPosting,
}

func (s *story) articleType() {
	if s.ld == nil {
		return
	}
	for _, name := range s.ld.types() {
		if t, ok := schemaTypes[name]; ok {
			s.rec.Type = t
			s.credit("type", candidate{string(t), news.FromJSONLD, "@type", 0.9})
			if t != news.NewsArticle {
				return
			}
		}
	}
}
