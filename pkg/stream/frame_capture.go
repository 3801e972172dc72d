package stream

import (
	"context"

	"github.com/nats-io/nats.go"

	"github.com/copydesk/copydesk/pkg/news"
)

// Captured is what a visit brought: a page, or word that it is as it was.
type Captured struct {
	Page *news.Page
	// Revisit is set instead of Page where the page is as it was.
	Revisit *news.Revisit
}

// Trace names the visit and the capture.
func (c Captured) Trace() news.Trace {
	if c.Revisit != nil {
		return c.Revisit.Trace()
	}
	return c.Page.Trace()
}

// frameRevisit makes the message of a revisit.
func frameRevisit(r *news.Revisit) (*nats.Msg, error) {
	return frameJSON(revisitSubject(r), news.RevisitSchema, "unchanged/"+r.Page.CaptureID, r.Trace(), r)
}

// readCapture undoes framePage and frameRevisit.
func (c *Conn) readCapture(ctx context.Context, h nats.Header, data []byte) (got Captured, err error) {
	if h.Get(headerSchema) == news.RevisitSchema {
		got.Revisit = new(news.Revisit)
		err = readJSON(data, news.RevisitSchema, got.Revisit)
	} else {
		got.Page, err = c.readPage(ctx, h, data)
	}
	if err != nil {
		return Captured{}, err
	}
	return got, nil
}

// captureSize is how many bytes of memory a capture takes that a message
// describes, of a page mostly its body; 0 where the message cannot be read.
func captureSize(h nats.Header, data []byte) int {
	if h.Get(headerSchema) == news.RevisitSchema {
		return len(data)
	}
	var said struct {
		Length int `json:"length"`
	}
	if readJSON([]byte(h.Get(headerPage)), news.PageSchema, &said) != nil {
		return 0
	}
	return max(0, said.Length)
}
