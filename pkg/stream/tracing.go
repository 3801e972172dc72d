package stream

import (
	"context"
	"maps"
	"net/url"
	"slices"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	semconv "go.opentelemetry.io/otel/semconv/v1.41.0"
	"go.opentelemetry.io/otel/trace"

	"github.com/copydesk/copydesk/pkg/news"
)

// A page has one trace, from the sending of its job to the index: each message
// carries the span that made it, in the headers of W3C Trace Context, and keeps
// them wherever it waits, is tried alone, or is buried. Events carry none.
//
//	dispatch ─▶ fetch ─▶ extract ─▶ index ─ ─ index batch, shared with others
//	               └▶ fetch, tried again
const (
	tracerName = "github.com/copydesk/copydesk/pkg/stream"

	spanDispatch = "dispatch"
)

// The attributes that no convention has a name for.
const (
	attrStage   = attribute.Key("copydesk.stage")
	attrAttempt = attribute.Key("copydesk.attempt")
	attrOutcome = attribute.Key("copydesk.outcome")
	attrReason  = attribute.Key("copydesk.reason")
	attrVisit   = attribute.Key("copydesk.visit")
	attrCapture = attribute.Key("copydesk.capture")
	attrStory   = attribute.Key("copydesk.story")
	attrArticle = attribute.Key("copydesk.article")
	attrSite    = attribute.Key("copydesk.site")
)

// carrier is the headers of a message, to the propagator. NATS tells upper from
// lower case, and others write these names in lower case.
type carrier nats.Header

func (h carrier) Get(name string) string { return nats.Header(h).Get(name) }
func (h carrier) Set(name, value string) { nats.Header(h).Set(name, value) }
func (h carrier) Keys() []string         { return slices.Collect(maps.Keys(h)) }

// carry has m carry the span of ctx.
func carry(ctx context.Context, m *nats.Msg) {
	propagation.TraceContext{}.Inject(ctx, carrier(m.Header))
}

// traceDispatch begins the span, and mostly the trace, of a job that is sent.
func (c *Conn) traceDispatch(ctx context.Context, j *news.FetchJob) (context.Context, trace.Span) {
	return c.tracer.Start(ctx, spanDispatch,
		trace.WithSpanKind(trace.SpanKindProducer),
		trace.WithAttributes(
			semconv.MessagingSystemKey.String("nats"), semconv.MessagingOperationTypeSend, semconv.MessagingDestinationName(fetchSubject(j)),
		),
		trace.WithAttributes(traceAttributes(j.Trace())...))
}

// traceWork begins the span of the work on d, in the trace that d came with. It
// ends when d is settled.
func (k *desk) traceWork(ctx context.Context, d *delivery) context.Context {
	if untold(k.stage) {
		return ctx
	}
	h := d.raw.Header
	ctx = propagation.TraceContext{}.Extract(ctx, carrier(h))
	ctx, d.span = k.c.tracer.Start(ctx, string(k.stage),
		trace.WithSpanKind(trace.SpanKindConsumer),
		trace.WithAttributes(
			semconv.MessagingSystemKey.String("nats"), semconv.MessagingOperationTypeProcess,
			semconv.MessagingDestinationName(d.raw.Subject), semconv.MessagingMessageID(h.Get(jetstream.MsgIDHeader)),
			attrStage.String(string(k.stage)), attrAttempt.Int(d.attempt()),
		))
	return ctx
}

// traceBatch begins the span of what is done for several messages at once. It is
// in the trace of the first that is traced; it and all of them are linked.
func (k *desk) traceBatch(ctx context.Context, batch []*delivery) (context.Context, trace.Span) {
	var links []trace.Link
	for _, d := range batch {
		if d.span.IsRecording() {
			links = append(links, trace.Link{SpanContext: d.span.SpanContext()})
		}
	}
	if len(links) == 0 {
		return ctx, untraced
	}
	_, span := k.c.tracer.Start(trace.ContextWithSpanContext(ctx, links[0].SpanContext), string(k.stage)+" batch",
		trace.WithLinks(links...),
		trace.WithAttributes(attrStage.String(string(k.stage)), semconv.MessagingBatchMessageCount(len(batch))))
	for _, d := range batch {
		d.span.AddLink(trace.Link{SpanContext: span.SpanContext()})
	}
	return ctx, span
}

// traceOutcome says in the span of d what became of it.
func (d *delivery) traceOutcome(e news.Event) {
	if !d.span.IsRecording() {
		return
	}
	d.span.SetAttributes(attrOutcome.String(string(e.Outcome)))
	d.span.SetAttributes(traceAttributes(e.Trace)...)
	if e.Reason != "" {
		d.span.SetAttributes(attrReason.String(string(e.Reason)))
	}
	if e.Outcome == news.Dead || e.Outcome == news.Retrying {
		d.span.SetAttributes(semconv.ErrorTypeKey.String(string(e.Reason)))
		d.span.SetStatus(codes.Error, string(e.Outcome)+"("+string(e.Reason)+")")
	}
}

// untraced is the span of what nobody traces.
var untraced = trace.SpanFromContext(context.Background())

func traceAttributes(t news.Trace) []attribute.KeyValue {
	all := []attribute.KeyValue{semconv.URLFull(withoutUser(t.URL)), attrSite.String(t.Site), attrVisit.String(t.VisitID)}
	for _, a := range []attribute.KeyValue{attrCapture.String(t.CaptureID), attrStory.String(t.StoryID), attrArticle.String(t.ArticleID)} {
		if a.Value.AsString() != "" {
			all = append(all, a)
		}
	}
	return all
}

// withoutUser is an address without the name and password that it may hold.
func withoutUser(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	u.User = nil
	return u.String()
}
