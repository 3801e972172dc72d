package feed

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// collector gathers what a document lists, within the limits, and counts what
// it leaves out.
type collector struct {
	limits Limits
	base   *url.URL // of the document, nil where it has none
	doc    Document
	items  map[string]int // index in doc.Items, by address
	feeds  map[string]bool
	cut    bool // the body was longer than the limit

	entries    int // looked at, whether taken or not
	homeless   int // items without a web address
	repeated   int // items whose address came before
	unfinished int // items that break off
	shortened  int // texts over the limit
	undated    int // dates that were not understood
	undatedRaw string
	full       bool // there are more entries than the limit
}

func newCollector(address string, limits Limits) *collector {
	c := &collector{limits: limits, items: map[string]int{}, feeds: map[string]bool{}}
	if u, err := url.Parse(address); err == nil && isWeb(u) {
		c.base = u
	}
	return c
}

func (c *collector) warn(format string, args ...any) {
	c.doc.Warnings = append(c.doc.Warnings, fmt.Sprintf(format, args...))
}

// item takes an item, or folds it into the one that has its address already.
func (c *collector) item(it Item) {
	if !c.room() {
		return
	}
	if it.URL == "" {
		c.homeless++
		return
	}
	if at, ok := c.items[it.URL]; ok {
		c.repeated++
		c.doc.Items[at].fill(it)
		return
	}
	c.items[it.URL] = len(c.doc.Items)
	c.doc.Items = append(c.doc.Items, it)
}

// room says whether one more entry may be looked at, and counts it.
func (c *collector) room() bool {
	c.full = c.entries == c.limits.Items
	if !c.full {
		c.entries++
	}
	return !c.full
}

// fill takes from another item of the same address what this one lacks.
func (i *Item) fill(o Item) {
	for _, field := range [...]struct{ to, from *string }{{&i.ID, &o.ID}, {&i.Title, &o.Title}, {&i.Language, &o.Language}} {
		if *field.to == "" {
			*field.to = *field.from
		}
	}
	if i.Published.Value == "" {
		i.Published = o.Published
	}
	if i.Updated.Value == "" {
		i.Updated = o.Updated
	}
	if len(i.Keywords) == 0 {
		i.Keywords = o.Keywords
	}
}

// source takes another document to read.
func (c *collector) source(s Source) {
	switch {
	case !c.room():
	case s.URL == "":
		c.homeless++
	case c.feeds[s.URL]:
		c.repeated++
	default:
		c.feeds[s.URL] = true
		c.doc.Sources = append(c.doc.Sources, s)
	}
}

// hub takes the address of a hub.
func (c *collector) hub(address string) {
	for _, h := range c.doc.Hubs {
		if h == address {
			return
		}
	}
	const most = 10
	if address != "" && len(c.doc.Hubs) < most {
		c.doc.Hubs = append(c.doc.Hubs, address)
	}
}

// text is s as plain text within the limit.
func (c *collector) text(s string) string {
	s = cleanText(s)
	short := cutText(s, c.limits.Text)
	if short != s {
		c.shortened++
	}
	return short
}

// date reads a date; one that is not understood is counted.
func (c *collector) date(raw string) news.Date {
	raw = cleanText(raw)
	if raw == "" {
		return news.Date{}
	}
	d, ok := parseDate(raw)
	if !ok {
		if c.undated == 0 {
			c.undatedRaw = cutText(raw, maxRawDate)
		}
		c.undated++
	}
	return d
}

// keywords adds to the keywords of an item.
func (c *collector) keywords(it *Item, words ...string) {
	for _, w := range words {
		if w = c.text(w); w == "" || len(it.Keywords) == maxKeywords {
			continue
		}
		it.Keywords = append(it.Keywords, w)
	}
}

// finish gives every item the language of the document that has none of its
// own, and writes down what was left out.
func (c *collector) finish() *Document {
	for i := range c.doc.Items {
		if c.doc.Items[i].Language == "" {
			c.doc.Items[i].Language = c.doc.Language
		}
	}
	count := func(n int, format string, args ...any) {
		if n > 0 {
			c.warn(format, append([]any{n}, args...)...)
		}
	}
	count(c.homeless, "dropped, no web address: %d")
	count(c.repeated, "folded, address repeated: %d")
	count(c.unfinished, "dropped, entry breaks off: %d")
	count(c.shortened, "texts cut at the limit: %d")
	count(c.undated, "dates not understood: %d, the first %q", c.undatedRaw)
	if c.full {
		c.warn("more than %d entries, the rest left out", c.limits.Items)
	}
	return &c.doc
}

// address is the first of the references that is, after resolving, a web
// address, in normal form; empty if none is.
func address(base *url.URL, references ...string) string {
	for _, ref := range references {
		if normal, err := weburl.Normalize(resolve(base, ref)); err == nil {
			return normal
		}
	}
	return ""
}

// resolve makes a reference absolute (RFC 3986, section 5). Line breaks in it
// are dropped, as browsers do.
func resolve(base *url.URL, ref string) string {
	if ref = strings.TrimSpace(ref); strings.ContainsAny(ref, "\n\r\t") {
		ref = strings.Join(strings.FieldsFunc(ref, func(r rune) bool { return r < ' ' }), "")
	}
	switch {
	case ref == "" || isAddress(ref):
		return ref
	case strings.HasPrefix(strings.ToLower(ref), "www."):
		return "http://" + ref
	case base == nil:
		return ""
	}
	u, err := base.Parse(ref)
	if err != nil {
		return ""
	}
	return u.String()
}

// isAddress says whether a reference is an absolute web address.
func isAddress(ref string) bool {
	scheme, rest, ok := strings.Cut(ref, "://")
	return ok && rest != "" && (strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "http"))
}

func isWeb(u *url.URL) bool {
	return (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
