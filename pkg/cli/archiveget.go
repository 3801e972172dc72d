package cli

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/coding"
	"github.com/copydesk/copydesk/pkg/news"
)

type archiveGetCommand struct {
	Page    captureName `arg:"" name:"url[@time]" help:"An address, or a file that was added; with @2026-01-31 or @2026-01-31T10:00:00Z its last capture of then or before, else its last."`
	Headers bool        `xor:"what" help:"The answer's header instead of its body."`
	Record  bool        `xor:"what" help:"The WARC record instead, as it is in the archive."`
	Raw     bool        `xor:"what" help:"The body with its content coding, as it came."`
}

// Run writes out what is wanted of one capture. In JSON it says where it is, and
// what is known of the page.
func (x *archiveGetCommand) Run(ctx context.Context, c *console) error {
	url, err := addressOf(x.Page.URL)
	if err != nil {
		return err
	}
	conn, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	q := api.ArchiveGetRequest{URL: url, At: x.Page.At, Record: x.Record}
	reply, err := api.Gather[api.ArchiveGetReply](func(offset int) (api.Piece, error) {
		q.Offset = offset
		return ask[api.Piece](ctx, conn, api.ArchiveGet, q)
	})
	if err != nil {
		return err
	}
	switch {
	case c.JSON:
		reply.Body, reply.Record = nil, nil
		return printJSON(c.out, reply)
	case x.Record:
		_, err = c.out.Write(reply.Record)
	case x.Headers:
		if len(reply.Page.ResponseHeader) == 0 {
			return fmt.Errorf("the answer of %s was not recorded: %w", reply.Capture.URL, errNotFound)
		}
		err = writeHeader(c.out, reply.Page)
	case x.Raw:
		_, err = c.out.Write(reply.Body)
	default:
		err = c.writeBody(reply)
	}
	return err
}

// mostPage is what a body may unfold to, in bytes.
const mostPage = 256 << 20

// writeBody takes the content coding off a body; one that cannot be taken off
// stays on it, and is told.
func (c *console) writeBody(reply api.ArchiveGetReply) error {
	body, err := coding.Decode(reply.Body, reply.Page.ContentEncoding, mostPage)
	if err != nil {
		fmt.Fprintf(c.err, "the body is as it came: %v\n", err)
		body = reply.Body
	}
	_, err = c.out.Write(body)
	return err
}

func writeHeader(w io.Writer, p *news.Page) error {
	var b strings.Builder
	if p.Status != 0 {
		fmt.Fprintf(&b, "%s %d\n", p.Protocol, p.Status)
	}
	for _, f := range p.ResponseHeader {
		fmt.Fprintf(&b, "%s: %s\n", f.Name, f.Value)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// captureName is an address, and a time if one is named.
type captureName struct {
	URL string
	At  time.Time
}

// UnmarshalText reads URL or URL@TIME. A day is all of it.
func (m *captureName) UnmarshalText(text []byte) error {
	m.URL = string(text)
	at := strings.LastIndexByte(m.URL, '@')
	if at < 0 {
		return nil
	}
	stated := m.URL[at+1:]
	if t, err := time.ParseInLocation(time.DateOnly, stated, time.Local); err == nil {
		m.URL, m.At = m.URL[:at], t.AddDate(0, 0, 1).Add(-time.Microsecond)
		return nil
	}
	for _, form := range []string{time.RFC3339, "2006-01-02T15:04", "20060102150405"} {
		if t, err := time.ParseInLocation(form, stated, zoneOf(form)); err == nil {
			m.URL, m.At = m.URL[:at], t.Add(resolution(form)-time.Microsecond)
			return nil
		}
	}
	return nil // the address has an @ of its own
}

// zoneOf is the zone of a time that states none: 14 digits are what archives
// write, in UTC.
func zoneOf(form string) *time.Location {
	if strings.HasPrefix(form, "2006-") {
		return time.Local
	}
	return time.UTC
}

// resolution is how long the moment is that a time in that form names.
func resolution(form string) time.Duration {
	if strings.Contains(form, "05") {
		return time.Second
	}
	return time.Minute
}
