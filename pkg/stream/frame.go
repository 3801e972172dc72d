package stream

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/copydesk/copydesk/pkg/news"
)

// frame is an empty message with the headers that every message has.
func frame(subject, schema, id string, t news.Trace) *nats.Msg {
	m := nats.NewMsg(subject)
	m.Header.Set(headerSchema, schema)
	setTrace(m.Header, t)
	if id != "" {
		m.Header.Set(jetstream.MsgIDHeader, id)
	}
	return m
}

// frameJSON is a message whose payload is a JSON document.
func frameJSON(subject, schema, id string, t news.Trace, v any) (*nats.Msg, error) {
	doc, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	m := frame(subject, schema, id, t)
	m.Data = doc
	return m, nil
}

// readJSON reads a document of a schema. Ours begin with it; only others are
// read twice.
func readJSON(doc []byte, schema string, v any) error {
	if !bytes.HasPrefix(doc, []byte(`{"schema":"`+schema+`",`)) {
		if err := checkSchema(doc, schema); err != nil {
			return err
		}
	}
	if err := json.Unmarshal(doc, v); err != nil {
		return malformed("read %s: %w", schema, err)
	}
	return nil
}

func checkSchema(doc []byte, schema string) error {
	var said struct {
		Schema string `json:"schema"`
	}
	if err := json.Unmarshal(doc, &said); err != nil {
		return malformed("read %s: %w", schema, err)
	}
	if said.Schema != schema {
		return malformed("read %s: schema is %.40q: written by another version of copydesk", schema, said.Schema)
	}
	return nil
}

func malformed(format string, args ...any) error {
	return &news.Fault{Kind: news.Permanent, Reason: news.Malformed, Err: fmt.Errorf(format, args...)}
}
