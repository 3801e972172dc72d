package stream

import (
	"context"
	"fmt"

	"github.com/nats-io/nats.go"

	"github.com/copydesk/copydesk/pkg/news"
)

// Result is what a replay made of one capture: the record, or the event that says
// why there is none. One of them is set.
type Result struct {
	Article *news.Article
	Event   *news.Event
}

// Trace names the visit and the capture.
func (r Result) Trace() news.Trace {
	if r.Event != nil {
		return r.Event.Trace
	}
	return r.Article.Trace()
}

// readResult undoes frameArticle, and what [Conn.PublishResult] does.
func (c *Conn) readResult(ctx context.Context, h nats.Header, data []byte) (got Result, err error) {
	if h.Get(headerSchema) == news.EventSchema {
		e, err := readEvent(ctx, h, data)
		return Result{Event: &e}, err
	}
	got.Article, err = c.readArticle(ctx, h, data)
	return got, err
}

// announce tells what became of a page: as an event, or where a replay has it
// only to the replay, which needs to know no more than that a page gave no
// record.
func (c *Conn) announce(ctx context.Context, run *news.Run, e news.Event, id string) error {
	if !run.Replays() {
		return c.publishEvent(ctx, e, id)
	}
	if e.Stage != news.StageExtract || !e.Final() {
		return nil
	}
	return c.publishResult(ctx, *run, e, id)
}

// PublishResult tells that a page gave a run no record, and why.
func (c *Conn) PublishResult(ctx context.Context, run news.Run, e news.Event) error {
	return c.publishResult(ctx, run, e, eventID(e))
}

func (c *Conn) publishResult(ctx context.Context, run news.Run, e news.Event, id string) error {
	e.Schema = news.EventSchema
	m, err := frameJSON(resultSubject(run, e), news.EventSchema, inRun(run, id), e.Trace, e)
	if err == nil {
		err = setJSON(m.Header, headerRun, run)
	}
	if err == nil {
		err = c.shadow.wait(ctx, c, len(m.Data))
	}
	if err == nil {
		err = c.send(ctx, news.EventSchema, m.Data, m)
	}
	if err != nil {
		return fmt.Errorf("publish what run %s made of %q: %w", run.Name, e.URL, err)
	}
	return nil
}
