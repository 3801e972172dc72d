package stream

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"go.opentelemetry.io/otel/codes"

	"github.com/copydesk/copydesk/pkg/news"
)

// ErrFull is returned by [Conn.PublishFetch] when the queue takes no more. The
// job stays where it is kept, and is offered again later.
var ErrFull = errors.New("the queue is full")

// ErrNoStreams is returned by what publishes on a broker that has no streams
// yet, on a [Conn] that does not make them by [Conn.Setup].
var ErrNoStreams = errors.New("the broker has no streams of Copydesk: start a service on it, or make them with \"copydesk streams apply\"")

// PublishFetch puts a job into the queue of its host. It returns [ErrFull]
// when the queue takes no more: that is the queue's back-pressure.
func (c *Conn) PublishFetch(ctx context.Context, j *news.FetchJob) error {
	m, err := frameJSON(fetchSubject(j), news.FetchSchema, j.VisitID, j.Trace(), j)
	if err != nil {
		return fmt.Errorf("publish job for %q: %w", j.URL, err)
	}
	ctx, span := c.traceDispatch(ctx, j)
	defer span.End()
	carry(ctx, m)
	if err := c.send(ctx, news.FetchSchema, m.Data, m); err != nil {
		span.SetStatus(codes.Error, "the job could not be sent")
		return fmt.Errorf("publish job for %q: %w", j.URL, err)
	}
	return nil
}

// PublishPage publishes a page. It waits while the extractors or the archive are
// far behind.
func (c *Conn) PublishPage(ctx context.Context, p *news.Page) error {
	if err := c.publishPage(ctx, p); err != nil {
		return fmt.Errorf("publish page %q: %w", p.URL, err)
	}
	return nil
}

func (c *Conn) publishPage(ctx context.Context, p *news.Page) error {
	m, body, err := c.framePage(p)
	if err != nil {
		return err
	}
	if err := c.raw.wait(ctx, c, len(m.Data)); err != nil {
		return err
	}
	if body != nil {
		if err := c.keep(ctx, bucketBody, m.Header.Get(headerBody), body); err != nil {
			return err
		}
	}
	carry(ctx, m)
	return c.send(ctx, news.PageSchema, []byte(m.Header.Get(headerPage)), m)
}

// PublishRevisit tells that a page is as it was. It waits as [Conn.PublishPage]
// does.
func (c *Conn) PublishRevisit(ctx context.Context, r *news.Revisit) error {
	m, err := frameRevisit(r)
	if err == nil {
		err = c.raw.wait(ctx, c, len(m.Data))
	}
	if err == nil {
		carry(ctx, m)
		err = c.send(ctx, news.RevisitSchema, m.Data, m)
	}
	if err != nil {
		return fmt.Errorf("publish that %q is as it was: %w", r.Page.URL, err)
	}
	return nil
}

// PublishImport publishes a record that is imported. It waits while the archive
// is far behind.
func (c *Conn) PublishImport(ctx context.Context, r *news.Record) error {
	m, body, err := c.frameRecord(r)
	if err == nil && body != nil {
		err = c.keep(ctx, bucketBody, m.Header.Get(headerBody), body)
	}
	if err == nil {
		err = c.queue(ctx, news.RecordSchema, []byte(m.Header.Get(headerRecord)), m)
	}
	if err != nil {
		return fmt.Errorf("publish record %s of %s: %w", r.Place, r.File, err)
	}
	return nil
}

// PublishReplay publishes a page of the archive for extraction in a run: what is
// known of it, and the record that has its body, as it lies there. It waits while
// the extractors are far behind.
func (c *Conn) PublishReplay(ctx context.Context, run news.Run, p *news.Page, record []byte) error {
	m, body, err := c.frameRecorded(p, record)
	if err == nil && body != nil {
		err = c.keep(ctx, bucketBody, m.Header.Get(headerBody), body)
	}
	if err == nil {
		m.Subject = replaySubject(run.Name)
		m.Header.Set(jetstream.MsgIDHeader, inRun(run, p.CaptureID))
		err = setJSON(m.Header, headerRun, run)
	}
	if err == nil {
		err = c.queue(ctx, news.PageSchema, []byte(m.Header.Get(headerPage)), m)
	}
	if err != nil {
		return fmt.Errorf("publish page %q of run %s: %w", p.URL, run.Name, err)
	}
	return nil
}

// queuePause is the wait after a work queue took no more.
const queuePause = 100 * time.Millisecond

// queue sends a message to a work queue, and waits while that is full.
func (c *Conn) queue(ctx context.Context, schema string, doc []byte, m *nats.Msg) error {
	for {
		err := c.send(ctx, schema, doc, m)
		if !errors.Is(err, ErrFull) {
			return err
		}
		sleep(ctx, queuePause)
		if ctx.Err() != nil {
			return fmt.Errorf("%w (%w)", context.Cause(ctx), err)
		}
	}
}

// HandOn publishes the record that was made of a page: on ARTICLE, or for a run
// that is no news on SHADOW. What there is to tell of the work on a page of an
// import goes with it, and is kept with the record. It waits while the indexers are
// far behind.
func (c *Conn) HandOn(ctx context.Context, page *Message[*news.Page], a *news.Article) error {
	m, record, err := frameArticle(a)
	if err != nil {
		return fmt.Errorf("publish article %q: %w", a.URL, err)
	}
	to, told := &c.article, false
	if run := page.Run; run != nil && !run.Publish {
		to = &c.shadow
		m.Subject = shadowSubject(*run, a)
		m.Header.Set(jetstream.MsgIDHeader, inRun(*run, a.ID))
		err = setJSON(m.Header, headerRun, *run)
		if err == nil && !run.Replays() { // of which events go nowhere
			told, err = page.delivery.tellWith(m, newDesk(c, news.StageExtract), a.Trace())
		}
	}
	if err == nil {
		err = c.sendArticle(ctx, to, a.ID, m, record)
	}
	if err != nil {
		return fmt.Errorf("publish article %q: %w", a.URL, err)
	}
	page.Trace, page.delivery.told = a.Trace(), told
	return nil
}

// maxEventHeader is the longest event that goes in a header, in bytes: addresses
// have no limit.
const maxEventHeader = 8 << 10

// tellWith has m tell that the work on d is done, unless there is no room for that.
func (d *delivery) tellWith(m *nats.Msg, k *desk, t news.Trace) (told bool, err error) {
	e := k.event(d, news.Done, nil)
	e.Trace = t
	said, err := jsonLine(e)
	if err != nil || len(said) > maxEventHeader {
		return false, err
	}
	m.Header.Set(headerEvent, said)
	return true, nil
}

// PublishPromoted publishes the record that a replay made as news. It waits while
// the indexers are far behind.
func (c *Conn) PublishPromoted(ctx context.Context, run news.Run, a *news.Article) error {
	m, record, err := frameArticle(a)
	if err == nil {
		m.Header.Set(jetstream.MsgIDHeader, inRun(run, a.ID))
		if err = setJSON(m.Header, headerRun, run); err == nil {
			err = c.sendArticle(ctx, &c.article, a.ID, m, record)
		}
	}
	if err != nil {
		return fmt.Errorf("promote article %q of run %s: %w", a.URL, run.Name, err)
	}
	return nil
}

// PublishArticle publishes a record. It waits while the indexers are far
// behind.
func (c *Conn) PublishArticle(ctx context.Context, a *news.Article) error {
	if err := c.publishArticle(ctx, a); err != nil {
		return fmt.Errorf("publish article %q: %w", a.URL, err)
	}
	return nil
}

func (c *Conn) publishArticle(ctx context.Context, a *news.Article) error {
	m, record, err := frameArticle(a)
	if err != nil {
		return err
	}
	return c.sendArticle(ctx, &c.article, a.ID, m, record)
}

// publishRecord sends the message of a record, which lies beside it if it is too
// large.
func (c *Conn) sendArticle(ctx context.Context, v *valve, id string, m *nats.Msg, record []byte) error {
	if err := v.wait(ctx, c, len(m.Data)); err != nil {
		return err
	}
	doc := m.Data
	if record != nil {
		doc = record
		if err := c.keep(ctx, bucketRecord, id, record); err != nil {
			return err
		}
	}
	carry(ctx, m)
	return c.send(ctx, news.ArticleSchema, doc, m)
}

// PublishWithdrawn tells that the page of a story is gone.
func (c *Conn) PublishWithdrawn(ctx context.Context, w *news.Withdrawn) error {
	m, err := frameJSON(withdrawnSubject(w), news.WithdrawnSchema, w.ID, w.Trace(), w)
	if err == nil {
		err = c.send(ctx, news.WithdrawnSchema, m.Data, m)
	}
	if err != nil {
		return fmt.Errorf("publish that %q is gone: %w", w.URL, err)
	}
	return nil
}

// PublishEvent tells what became of a page. An event of a stage, a visit and an
// attempt is one event, however often it is told.
func (c *Conn) PublishEvent(ctx context.Context, e news.Event) error {
	return c.publishEvent(ctx, e, eventID(e))
}

// eventID is the same however often an event is told; empty where it is of no
// visit.
func eventID(e news.Event) string {
	if e.VisitID == "" {
		return ""
	}
	return fmt.Sprintf("%s/%s/%d", e.Stage, e.VisitID, e.Attempt)
}

func (c *Conn) publishEvent(ctx context.Context, e news.Event, id string) error {
	e.Schema = news.EventSchema
	m, err := frameJSON(eventSubject(e), news.EventSchema, id, e.Trace, e)
	if err != nil {
		return fmt.Errorf("publish event of %q: %w", e.URL, err)
	}
	m.Header.Set(headerURLHash, news.URLHash(e.URL))
	if err := c.send(ctx, news.EventSchema, m.Data, m); err != nil {
		return fmt.Errorf("publish event of %q: %w", e.URL, err)
	}
	return nil
}

// send has the document inspected and its message published.
func (c *Conn) send(ctx context.Context, schema string, doc []byte, m *nats.Msg, opts ...jetstream.PublishOpt) error {
	if c.cfg.Inspect != nil {
		if err := c.cfg.Inspect(schema, doc); err != nil {
			return &news.Fault{Kind: news.Permanent, Reason: news.Malformed, Err: fmt.Errorf("against schema %q: %w", schema, err)}
		}
	}
	return c.publish(ctx, m, opts...)
}

// publish returns when the broker has stored m.
func (c *Conn) publish(ctx context.Context, m *nats.Msg, opts ...jetstream.PublishOpt) error {
	if size := headerSize(m.Header); size > maxHeader {
		return &news.Fault{Kind: news.Permanent, Reason: news.HeaderTooLarge, Err: fmt.Errorf("message headers of %d bytes, more than the broker's %d", size, maxHeader)}
	}
	return c.persist(ctx, "publish on "+m.Subject, func(ctx context.Context) error {
		_, err := c.js.PublishMsg(ctx, m, opts...)
		if errors.Is(err, jetstream.ErrNoStreamResponse) {
			err = fmt.Errorf("no stream takes it: the broker is starting, or \"copydesk streams apply\" makes what is missing: %w", err)
		}
		return err
	})
}

// The waits between two tries of persist.
const (
	persistFirst = 50 * time.Millisecond
	persistMost  = 2 * time.Second
)

// persist does try until it succeeds, ctx ends, or waiting is no cure. What is
// waited for is seen in the log and in [Conn.Ready].
func (c *Conn) persist(ctx context.Context, what string, try func(context.Context) error) error {
	wait := persistFirst
	for waiting := false; ; wait = min(2*wait, persistMost) {
		began := time.Now()
		once, cancel := context.WithTimeout(ctx, requestTimeout)
		err := c.denied.explain(try(once), began)
		cancel()
		if err == nil {
			if waiting {
				c.denied.forget()
				c.log.Info().Str("what", what).Msg("the NATS broker does it again")
			}
			return nil
		}
		if ctx.Err() != nil {
			return fmt.Errorf("%s: %w (%w)", what, context.Cause(ctx), err)
		}
		if err := refusal(err); err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		if c.lacksStreams(ctx, err) {
			return fmt.Errorf("%s: %w (%w)", what, ErrNoStreams, err)
		}
		if !waiting {
			waiting = true
			defer c.trouble.begin(err)()
			c.log.Warn().Err(err).Str("what", what).Msg("waiting for the NATS broker")
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s: %w (%w)", what, context.Cause(ctx), err)
		case <-time.After(wait):
		}
	}
}

// lacksStreams says whether err comes of streams that are not there and that we
// do not make. A broker that is just starting does not answer a publish either,
// so it is asked.
func (c *Conn) lacksStreams(ctx context.Context, err error) bool {
	if c.makesStreams.Load() {
		return false
	}
	if errors.Is(err, jetstream.ErrNoStreamResponse) {
		ctx, cancel := context.WithTimeout(ctx, requestTimeout)
		defer cancel()
		_, err = c.js.Stream(ctx, streamEvent)
	}
	return errors.Is(err, jetstream.ErrStreamNotFound) || errors.Is(err, jetstream.ErrBucketNotFound) || errors.Is(err, jetstream.ErrConsumerNotFound)
}

// The codes of the server's answers that nats.go has no names for.
const (
	codeMessageTooLarge = 10054
	codeWrongLastID     = 10070
	codeStoreFailed     = 10077 // over a limit of the stream, or a full disk
	codeHeaderTooLarge  = 10097
)

// refusal is the error for what the broker will not do however long we wait,
// else nil. That JetStream is not enabled is none: a server that is going down
// says so too.
func refusal(err error) error {
	switch {
	case errors.Is(err, nats.ErrMaxPayload):
		return &news.Fault{Kind: news.Permanent, Reason: news.TooLarge, Err: err}
	case errors.Is(err, errSetup), errors.Is(err, nats.ErrConnectionClosed),
		errors.Is(err, jetstream.ErrScheduleTargetInvalid),
		errors.Is(err, jetstream.ErrSchedulePatternInvalid),
		errors.Is(err, jetstream.ErrMessageSchedulesDisabled),
		errors.Is(err, nats.ErrBadSubject):
		return err
	}
	var answer *jetstream.APIError
	if !errors.As(err, &answer) {
		return nil
	}
	switch {
	case isTaken(err):
		return err
	case answer.ErrorCode == codeStoreFailed && strings.HasPrefix(answer.Description, "maximum "):
		return fmt.Errorf("%w (%w)", ErrFull, err)
	case answer.ErrorCode == codeMessageTooLarge, answer.ErrorCode == codeHeaderTooLarge:
		return &news.Fault{Kind: news.Permanent, Reason: news.TooLarge, Err: err}
	}
	return nil
}
