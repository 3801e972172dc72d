package feed

import (
	"cmp"
	"slices"
)

// opml reads a subscription list (OPML 2.0, "Subscription lists"), its outlines
// nested as deep as they like.
func (c *collector) opml(r *reader, root element) {
	r.children(func(e element) {
		switch e.name {
		case "head":
			r.children(func(e element) {
				if e.name == "title" {
					c.doc.Title = c.text(plainText(r.text()))
				}
			})
		case "body":
			r.children(func(e element) { c.outline(r, e, nil) })
		case "outline":
			c.outline(r, e, nil)
		}
	})
}

func (c *collector) outline(r *reader, e element, groups []string) {
	if e.name != "outline" {
		return
	}
	title := c.text(plainText(cmp.Or(e.attr("title"), e.attr("text"))))
	if raw := e.attr("xmlUrl"); raw != "" {
		c.source(Source{URL: address(e.base, raw), Kind: Unknown, Title: title, Groups: slices.Clone(groups)})
		c.enough(r)
	} else if title != "" && len(groups) < maxGroups {
		groups = append(slices.Clip(groups), title)
	}
	r.children(func(e element) { c.outline(r, e, groups) })
}
