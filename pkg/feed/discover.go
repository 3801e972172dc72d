package feed

import (
	"bytes"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const (
	// discoverPrefix is how far into a page its links are looked for.
	discoverPrefix = 1 << 20
	// maxDiscovered is the most sources of a page.
	maxDiscovered = 100
)

// mediaKinds are the media types of feeds.
var mediaKinds = map[string]Kind{
	"application/rss+xml": RSS, "application/x-rss+xml": RSS, "text/rss+xml": RSS, "application/rdf+xml": RDF,
	"application/atom+xml": Atom, "application/feed+json": JSONFeed,
}

// Discover lists the feeds and sitemaps that a page names in its link elements
// (RSS autodiscovery; HTML standard, section 4.6.7.1), in their order, no
// address twice. The page is UTF-8 or a charset that agrees with ASCII.
func Discover(page []byte, pageAddress string) []Source {
	base, err := url.Parse(pageAddress)
	if err != nil || !isWeb(base) {
		base = nil
	}
	var found []Source
	z := html.NewTokenizer(bytes.NewReader(page[:min(len(page), discoverPrefix)]))
	z.SetMaxBuf(discoverPrefix)
	for kind := z.Next(); kind != html.ErrorToken && len(found) < maxDiscovered; kind = z.Next() {
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		name, more := z.TagName()
		tag := atom.Lookup(name)
		if !more || tag != atom.Link && tag != atom.Base {
			continue
		}
		attrs := attributes(z)
		if tag == atom.Base {
			if u, err := url.Parse(resolve(base, attrs["href"])); err == nil && isWeb(u) {
				base = u
			}
			continue
		}
		s, ok := linkedSource(base, attrs)
		if ok && !slices.ContainsFunc(found, func(o Source) bool { return o.URL == s.URL }) {
			found = append(found, s)
		}
	}
	return found
}

// attributes reads the attributes of a tag, the first of each name.
func attributes(z *html.Tokenizer) map[string]string {
	attrs := map[string]string{}
	for more := true; more; {
		var key, value []byte
		key, value, more = z.TagAttr()
		if _, ok := attrs[string(key)]; !ok {
			attrs[string(key)] = string(value)
		}
	}
	return attrs
}

// linkedSource makes a source of a link element that is one.
func linkedSource(base *url.URL, attrs map[string]string) (Source, bool) {
	rels := strings.Fields(strings.ToLower(attrs["rel"]))
	media, _, _ := strings.Cut(strings.ToLower(attrs["type"]), ";")
	kind, ok := mediaKinds[strings.TrimSpace(media)]
	switch {
	case slices.Contains(rels, "sitemap"):
		kind = Sitemap
	case slices.Contains(rels, "feed"):
		if !ok {
			kind = Unknown
		}
	case !ok || !slices.Contains(rels, "alternate"):
		return Source{}, false
	}
	u := address(base, attrs["href"])
	title := cutText(cleanText(attrs["title"]), Limits{}.orDefault().Text)
	return Source{URL: u, Kind: kind, Title: title}, u != ""
}
