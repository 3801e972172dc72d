package feed

import (
	"bytes"
	"errors"

	"github.com/copydesk/copydesk/pkg/coding"
)

// Parse reads a source document: body without content coding, the Content-Type
// and the address that it came with, either of which may be empty. A gzip file
// (".xml.gz") is opened; relative addresses are resolved against address.
//
// An error is a [*NotFeedError]. A document that is broken or cut half-way is
// no error: what could be read is returned, with a warning.
func Parse(body []byte, contentType, address string, limits Limits) (*Document, error) {
	c := newCollector(address, limits.orDefault())
	body, err := c.unpack(body)
	if err != nil {
		return nil, err
	}
	text := c.decode(body, contentType)
	found, err := sniff(text)
	if err != nil {
		return nil, err
	}
	c.doc.Kind = found.kind
	switch found.kind {
	case JSONFeed:
		err = c.readJSON(text[found.at:])
	case Sitemap:
		if found.lines {
			c.readLines(text[found.at:])
		} else {
			c.readXML(text[found.at:], c.urlset)
		}
	case SitemapIndex:
		c.readXML(text[found.at:], c.sitemapIndex)
	case OPML:
		c.readXML(text[found.at:], c.opml)
	case Atom:
		c.readXML(text[found.at:], c.atomFeed)
	default:
		c.readXML(text[found.at:], c.rss)
	}
	if err != nil {
		return nil, err
	}
	if found.junk {
		c.warn("text before the document")
	}
	return c.finish(), nil
}

// unpack takes gzip off, and cuts at the limit.
func (c *collector) unpack(body []byte) ([]byte, error) {
	if bytes.HasPrefix(body, []byte("\x1f\x8b")) {
		plain, err := coding.Decode(body, "gzip", c.limits.Bytes)
		if err != nil && len(plain) == 0 {
			return nil, &NotFeedError{BrokenGzip, err.Error()}
		}
		if err != nil && !errors.Is(err, coding.ErrTooLarge) {
			c.warn("gzip: %v", err)
		}
		c.cut = errors.Is(err, coding.ErrTooLarge)
		body = plain
	}
	if len(body) > c.limits.Bytes {
		body, c.cut = body[:c.limits.Bytes], true
	}
	if c.cut {
		c.warn("cut at %d bytes", c.limits.Bytes)
	}
	return body, nil
}
