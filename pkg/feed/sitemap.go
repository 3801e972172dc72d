package feed

import (
	"bytes"
	"cmp"
	"strings"
)

// urlset reads a sitemap (https://www.sitemaps.org/protocol.html) with the
// elements of news sitemaps. Addresses on other hosts than the sitemap's own
// are taken: whether it may speak for them is not its to say.
func (c *collector) urlset(r *reader, root element) {
	r.children(func(e element) {
		if term(root, e) == "url" {
			c.sitemapURL(r, root)
		}
	})
}

func (c *collector) sitemapURL(r *reader, root element) {
	var it Item
	r.children(func(e element) {
		switch term(root, e) {
		case "loc":
			it.URL = address(e.base, r.text())
		case "lastmod":
			it.Updated = c.date(r.text())
		case "news:news":
			c.doc.Kind = NewsSitemap
			c.sitemapNews(r, root, &it)
		}
	})
	if !c.ended(r) {
		c.item(it)
		c.enough(r)
	}
}

// sitemapNews reads the news extension (schema sitemap-news/0.9).
func (c *collector) sitemapNews(r *reader, root element, it *Item) {
	r.children(func(e element) {
		switch term(root, e) {
		case "news:publication":
			r.children(func(e element) {
				switch term(root, e) {
				case "news:language":
					it.Language = languageTag(r.text())
				case "news:name":
					c.doc.Title = cmp.Or(c.doc.Title, c.text(plainText(r.text())))
				}
			})
		case "news:language": // outside of news:publication until 2009
			it.Language = cmp.Or(it.Language, languageTag(r.text()))
		case "news:publication_date":
			it.Published = c.date(r.text())
		case "news:title":
			it.Title = c.text(plainText(r.text()))
		case "news:keywords":
			c.keywords(it, strings.Split(plainText(r.text()), ",")...)
		}
	})
}

// sitemapIndex reads a list of sitemaps (sitemaps protocol, "Using Sitemap
// index files").
func (c *collector) sitemapIndex(r *reader, root element) {
	r.children(func(e element) {
		if term(root, e) != "sitemap" {
			return
		}
		s := Source{Kind: Sitemap}
		r.children(func(e element) {
			switch term(root, e) {
			case "loc":
				s.URL = address(e.base, r.text())
			case "lastmod":
				s.Updated = c.date(r.text())
			}
		})
		if !c.ended(r) {
			c.source(s)
			c.enough(r)
		}
	})
}

// readLines reads a text sitemap, one address a line (sitemaps protocol, "Text
// file").
func (c *collector) readLines(text []byte) {
	for line := range bytes.Lines(text) {
		if c.full {
			break
		}
		line = bytes.TrimSpace(line)
		if len(line) > 0 {
			c.item(Item{URL: address(nil, string(line[:min(len(line), maxValue)]))})
		}
	}
}
