package stream

import (
	"context"
	"fmt"

	"github.com/nats-io/nats.go"

	"github.com/copydesk/copydesk/pkg/coding"
	"github.com/copydesk/copydesk/pkg/news"
)

// frameRecord makes the message of a record that is imported. Where its bytes are
// too many to travel in it, the message names an object, and the bytes to keep
// there are returned beside it.
func (c *Conn) frameRecord(r *news.Record) (m *nats.Msg, body []byte, err error) {
	if r.Length != len(r.Body) {
		return nil, nil, malformed("record says %d bytes and has %d", r.Length, len(r.Body))
	}
	said, err := describeRecord(r)
	if err != nil {
		return nil, nil, err
	}
	id := recordID(r)
	m = frame(importSubject(r.Run), news.RecordSchema, id, r.Trace())
	m.Header.Set(headerRecord, said)
	m.Data = r.Body
	if !r.Packed {
		if packed, ok := coding.Shorten(r.Body); ok {
			m.Data = packed
			m.Header.Set(headerCoding, codingZstd)
		}
	}
	if len(m.Data) > c.cfg.InlineLimit {
		body, m.Data = m.Data, nil
		m.Header.Set(headerBody, id)
	}
	return m, body, nil
}

// recordID is the same for the same record of the same run.
func recordID(r *news.Record) string {
	return "record-" + news.URLHash(fmt.Sprintf("%s\n%s\n%s\n%s", r.Run, r.File, r.Place, news.Digest(r.Body)))
}

// describeRecord is the record without its bytes, one line of JSON.
func describeRecord(r *news.Record) (string, error) {
	said, err := jsonLine(r)
	if err == nil && len(said) > MaxPageHeader {
		err = &news.Fault{
			Kind: news.Permanent, Reason: news.HeaderTooLarge,
			Err: fmt.Errorf("description of %d bytes, at most %d travel", len(said), MaxPageHeader),
		}
	}
	return said, err
}

// readRecord undoes frameRecord.
func (c *Conn) readRecord(ctx context.Context, h nats.Header, data []byte) (*news.Record, error) {
	var r news.Record
	if err := readJSON([]byte(h.Get(headerRecord)), news.RecordSchema, &r); err != nil {
		return nil, err
	}
	data, err := c.payload(ctx, h, data, r.Length)
	if err != nil {
		return nil, err
	}
	if len(data) != r.Length {
		return nil, malformed("record has %d bytes, should have %d", len(data), r.Length)
	}
	if r.Body = data; r.Page == nil {
		return &r, nil
	}
	if got := news.Digest(data); r.Page.Length != r.Length || r.Page.Digest != got {
		return nil, malformed("body has %d bytes and digest %s, should have %d and %.80s", len(data), got, r.Page.Length, r.Page.Digest)
	}
	r.Page.Body = data
	return &r, nil
}
