package stream

import (
	"context"

	"github.com/nats-io/nats.go"

	"github.com/copydesk/copydesk/pkg/news"
)

// Captured is what the archive is to keep: a page that a visit brought, word that
// it is as it was, or a record of somebody else's archive. One of them is set.
type Captured struct {
	Page    *news.Page
	Revisit *news.Revisit
	Record  *news.Record
}

// Trace names the visit and the capture, as far as they are known.
func (c Captured) Trace() news.Trace {
	switch {
	case c.Revisit != nil:
		return c.Revisit.Trace()
	case c.Record != nil:
		return c.Record.Trace()
	}
	return c.Page.Trace()
}

// frameRevisit makes the message of a revisit. Its page is cut as one that
// travels with its body.
func frameRevisit(r *news.Revisit) (*nats.Msg, error) {
	said, err := fitting(&r.Page, func(p *news.Page) (string, error) {
		short := *r
		short.Page = *p
		return jsonLine(short)
	})
	if err != nil {
		return nil, err
	}
	m := frame(revisitSubject(r), news.RevisitSchema, "unchanged/"+r.Page.CaptureID, r.Trace())
	m.Data = []byte(said)
	return m, nil
}

// readCapture undoes framePage, frameRevisit and frameRecord.
func (c *Conn) readCapture(ctx context.Context, h nats.Header, data []byte) (got Captured, err error) {
	switch h.Get(headerSchema) {
	case news.RevisitSchema:
		got.Revisit = new(news.Revisit)
		err = readJSON(data, news.RevisitSchema, got.Revisit)
	case news.RecordSchema:
		got.Record, err = c.readRecord(ctx, h, data)
	default:
		got.Page, err = c.readPage(ctx, h, data)
	}
	if err != nil {
		return Captured{}, err
	}
	return got, nil
}

// unpackedShare is about how many times as large as it travels a record of pages
// is in memory, itself included.
const unpackedShare = 8

// captureSize is how many bytes of memory a capture takes that a message
// describes, of a page mostly its body; 0 where the message cannot be read.
func captureSize(h nats.Header, data []byte) int {
	var said struct {
		Length int `json:"length"`
	}
	schema := h.Get(headerSchema)
	switch schema {
	case news.RevisitSchema:
		return len(data)
	case news.RecordSchema:
		if readJSON([]byte(h.Get(headerRecord)), schema, &said) != nil {
			return 0
		}
		return max(0, unpackedShare*said.Length)
	}
	if readJSON([]byte(h.Get(headerPage)), news.PageSchema, &said) != nil {
		return 0
	}
	return max(0, said.Length)
}
