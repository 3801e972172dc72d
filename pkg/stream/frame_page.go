package stream

import (
	"context"
	"fmt"
	"slices"
	"sort"

	"github.com/nats-io/nats.go"

	"github.com/copydesk/copydesk/pkg/coding"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/warc"
)

// MaxPageHeader is the largest description of a page, everything but its body
// as JSON, that travels in a message: 48 kB. The broker takes 64 kB of headers
// in all, and a page that dies needs room for its history.
const MaxPageHeader = 48 << 10

// maxBody is the largest body that is read, in bytes: a guard of our memory,
// far over what a fetcher takes.
const maxBody = 64 << 20

// How a body is packed for the way: by itself, or as the record of a web archive
// has it.
const (
	codingZstd   = "zstd"
	codingRecord = "warc"
)

// framePage makes the message of a page. Where the body is too large to travel
// in it, the message names an object and the body to keep there is returned
// beside it.
func (c *Conn) framePage(p *news.Page) (m *nats.Msg, body []byte, err error) {
	if p.Length != len(p.Body) {
		return nil, nil, malformed("page says %d bytes and has %d", p.Length, len(p.Body))
	}
	if p.ContentEncoding == "" {
		if packed, ok := coding.Shorten(p.Body); ok {
			return c.frameBody(p, packed, codingZstd, p.CaptureID)
		}
	}
	return c.frameBody(p, p.Body, "", p.CaptureID)
}

// frameRecorded makes the message of a page that the archive has. It is the record
// as it lies there that travels: who reads the page has to unpack it anyway. Its
// object is another than that of the page as it came, which may still be unread, or
// dead.
func (c *Conn) frameRecorded(p *news.Page, record []byte) (m *nats.Msg, body []byte, err error) {
	return c.frameBody(p, record, codingRecord, p.CaptureID+"."+codingRecord)
}

func (c *Conn) frameBody(p *news.Page, data []byte, packed, object string) (m *nats.Msg, body []byte, err error) {
	said, err := fitting(p, func(p *news.Page) (string, error) { return jsonLine(p) })
	if err != nil {
		return nil, nil, err
	}
	m = frame(rawSubject(p), news.PageSchema, p.CaptureID, p.Trace())
	m.Header.Set(headerPage, said)
	m.Data = data
	if packed != "" {
		m.Header.Set(headerCoding, packed)
	}
	if len(m.Data) > c.cfg.InlineLimit {
		body, m.Data = m.Data, nil
		m.Header.Set(headerBody, object)
	}
	return m, body, nil
}

// fitting is what is said of a page. What is too long for its message is cut, the
// longest first: the body is what matters.
func fitting(p *news.Page, say func(*news.Page) (string, error)) (string, error) {
	said, err := say(p)
	if err != nil || len(said) <= MaxPageHeader {
		return said, err
	}
	whole := len(said)
	// The first length that is too long for values of headers and redirects.
	long := sort.Search(MaxPageHeader, func(limit int) bool {
		tried, failed := say(cutHeaders(p, limit))
		if failed == nil && len(tried) <= MaxPageHeader {
			said = tried
			return false
		}
		return true
	})
	if long == 0 {
		return "", &news.Fault{
			Kind: news.Permanent, Reason: news.HeaderTooLarge,
			Err: fmt.Errorf("description of %d bytes, more than %d even without its headers", whole, MaxPageHeader),
		}
	}
	return said, nil
}

// cutHeaders is the page with no value of a header field and no address of a
// redirect longer than limit; without them all if it is 0.
func cutHeaders(p *news.Page, limit int) *news.Page {
	less := *p
	less.HeadersCut = true
	if limit == 0 {
		less.RequestHeader, less.ResponseHeader, less.Redirects = nil, nil, nil
		return &less
	}
	less.RequestHeader, less.ResponseHeader = slices.Clone(p.RequestHeader), slices.Clone(p.ResponseHeader)
	for _, fields := range [][]news.HeaderField{less.RequestHeader, less.ResponseHeader} {
		for i := range fields {
			fields[i].Value = clip(fields[i].Value, limit)
		}
	}
	less.Redirects = slices.Clone(p.Redirects)
	for i := range less.Redirects {
		less.Redirects[i].URL = clip(less.Redirects[i].URL, limit)
	}
	return &less
}

// readPage undoes framePage.
func (c *Conn) readPage(ctx context.Context, h nats.Header, data []byte) (*news.Page, error) {
	var p news.Page
	if err := readJSON([]byte(h.Get(headerPage)), news.PageSchema, &p); err != nil {
		return nil, err
	}
	data, err := c.payload(ctx, h, data, p.Length)
	if err != nil {
		return nil, err
	}
	if got := news.Digest(data); len(data) != p.Length || got != p.Digest {
		return nil, malformed("body has %d bytes and digest %s, should have %d and %.80s", len(data), got, p.Length, p.Digest)
	}
	p.Body = data
	return &p, nil
}

// payload is what a message of a body brings, wherever it lies and however it is
// packed for the way; length is what the message says of it.
func (c *Conn) payload(ctx context.Context, h nats.Header, data []byte, length int) ([]byte, error) {
	if length < 0 || length > maxBody {
		return nil, malformed("a body of %d bytes, at most %d are read", length, maxBody)
	}
	if name := h.Get(headerBody); name != "" {
		var err error
		if data, err = c.kept(ctx, bucketBody, name); err != nil {
			return nil, err
		}
	}
	switch name := h.Get(headerCoding); name {
	case "":
		return data, nil
	case codingZstd:
		plain, err := coding.Decode(data, codingZstd, maxBody)
		if err != nil {
			return nil, malformed("unpack body: %w", err)
		}
		return plain, nil
	case codingRecord:
		body, err := warc.Body(data, maxBody)
		if err != nil {
			return nil, malformed("unpack record: %w", err)
		}
		return body[:min(len(body), length)], nil // the page may have only the begin
	default:
		return nil, malformed("body has the unknown coding %.40q", name)
	}
}
