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
	if !strings.HasPrefix(s.base, "http") && s.rec.CanonicalURL != "" {
		s.base = s.rec.CanonicalURL // a saved page
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

// isLink says whether a line is a web address and no more.
func isLink(line string) bool {
	return (strings.HasPrefix(line, "https://") || strings.HasPrefix(line, "http://")) && !strings.ContainsAny(line, " \n")
}

// isShortLink says whether a line is nothing but a short web address with a
// path.
func isShortLink(line string) bool {
	if !isLink(line) || len(line) > 50 {
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
	base, err := url.Parse(s.base)
	if err != nil || !base.IsAbs() || base.Opaque != "" {
		return href
	}
	return base.ResolveReference(ref).String()
}
