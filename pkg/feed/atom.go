package feed

import (
	"cmp"
	"strings"

	"golang.org/x/net/html"
)

// atomFeed reads Atom 1.0 (RFC 4287) and 0.3, whose elements have other names.
func (c *collector) atomFeed(r *reader, root element) {
	d := &c.doc
	if d.Language == "" {
		d.Language = root.lang
	}
	r.children(func(e element) {
		switch atomTerm(root, e) {
		case "title":
			d.Title = c.atomText(r, e)
		case "link":
			c.feedLink(e)
		case "entry":
			c.atomEntry(r, root, e)
		case "dc:language":
			if tag := languageTag(r.text()); tag != "" {
				d.Language = tag
			}
		}
	})
}

// atomTerm names an element as [term] does; Atom's own vocabulary has no
// prefix, whatever namespace the root is in.
func atomTerm(root, e element) string {
	return strings.TrimPrefix(term(root, e), "atom:")
}

func (c *collector) atomEntry(r *reader, root, entry element) {
	var it Item
	var page, other, source, id, mediaTitle, created string
	it.Language = entry.lang
	r.children(func(e element) {
		switch atomTerm(root, e) {
		case "title":
			it.Title = c.atomText(r, e)
		case "media:title":
			mediaTitle = r.text()
		case "media:group":
			r.children(func(e element) {
				if atomTerm(root, e) == "media:title" {
					mediaTitle = r.text()
				}
			})
		case "id":
			id = strings.TrimSpace(r.text())
		case "link":
			if relation(e) != "alternate" {
				break
			}
			u := address(e.base, e.attr("href"))
			if media := strings.ToLower(e.attr("type")); media != "" && !strings.Contains(media, "html") {
				other = cmp.Or(other, u)
			} else {
				page = cmp.Or(page, u)
			}
		case "feedburner:origlink":
			page = cmp.Or(address(e.base, r.text()), page)
		case "content":
			source = address(e.base, e.attr("src")) // section 4.1.3.2
		case "published", "issued":
			it.Published = c.date(r.text())
		case "updated", "modified":
			it.Updated = c.date(r.text())
		case "created", "dc:date":
			created = r.text()
		case "category":
			c.keywords(&it, cmp.Or(e.attr("label"), e.attr("term")))
		case "dc:subject":
			c.keywords(&it, r.text())
		}
	})
	if c.ended(r) {
		return
	}
	it.ID = c.text(id)
	it.URL = cmp.Or(page, other, source)
	if it.URL == "" && isAddress(id) {
		it.URL = address(nil, id)
	}
	if it.Title == "" {
		it.Title = c.text(plainText(mediaTitle))
	}
	if it.Published.Value == "" {
		it.Published = c.date(created)
	}
	c.item(it)
	c.enough(r)
}

// atomText is a text construct as plain text (RFC 4287, section 3.1). Titles
// of the type "text" are unescaped once more than the standard says, for no
// headline means "&amp;" when it says so.
func (c *collector) atomText(r *reader, e element) string {
	text := r.text()
	switch kind := strings.ToLower(e.attr("type")); {
	case strings.Contains(kind, "xhtml"):
		return c.text(text)
	case strings.Contains(kind, "html"):
		return c.text(plainText(text))
	}
	return c.text(html.UnescapeString(text))
}

// feedLink reads a link of the feed as a whole.
func (c *collector) feedLink(e element) {
	u := address(e.base, e.attr("href"))
	switch relation(e) {
	case "alternate":
		c.doc.URL = cmp.Or(c.doc.URL, u)
	case "self":
		c.doc.Self = cmp.Or(c.doc.Self, u)
	case "hub":
		c.hub(u)
	}
}

// relation is what a link is: "alternate" unless it says otherwise (RFC 4287,
// section 4.2.7.2).
func relation(e element) string {
	rel := strings.ToLower(strings.TrimSpace(e.attr("rel")))
	if rel == "" {
		return "alternate"
	}
	return strings.TrimPrefix(rel, "http://www.iana.org/assignments/relation/")
}
