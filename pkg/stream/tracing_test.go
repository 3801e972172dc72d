package stream

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.opentelemetry.io/otel/codes"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"github.com/copydesk/copydesk/pkg/news"
)

// recording is a desktop whose spans are kept.
func recording(t *testing.T) (*Conn, *tracetest.SpanRecorder) {
	t.Helper()
	spans := tracetest.NewSpanRecorder()
	provider := sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(spans))
	return desktop(t, func(c *Config) { c.Tracing = provider }), spans
}

// said is what a span says of an attempt.
type said struct {
	Name    string
	Outcome string
	Status  codes.Code
	Attempt int64
}

func saying(s sdktrace.ReadOnlySpan) said {
	d := said{Name: s.Name(), Status: s.Status().Code}
	for _, a := range s.Attributes() {
		switch a.Key {
		case attrOutcome:
			d.Outcome = a.Value.AsString()
		case attrAttempt:
			d.Attempt = a.Value.AsInt64()
		}
	}
	return d
}

// A job that waits, dies and is sent back is in one trace, all the way.
func TestTraceOutlastsRetryAndDeath(t *testing.T) {
	t.Parallel()
	c, spans := recording(t)
	if err := c.PublishFetch(t.Context(), jobOf("a")); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var tries atomic.Int32
	done := make(chan error, 1)
	go func() {
		done <- c.ConsumeFetches(ctx, 1, func(ctx context.Context, m *Message[*news.FetchJob]) error {
			switch tries.Add(1) {
			case 1:
				return &news.Fault{Kind: news.Temporary, Reason: news.Timeout, Err: errors.New("slow")}
			case 2:
				return &news.Fault{Kind: news.Permanent, Reason: news.Internal, Err: errors.New("broken")}
			}
			return nil
		})
	}()
	var letters []DeadMessage
	eventually(t, "the job is dead", func() (is bool) {
		var err error
		if letters, err = c.DeadList(t.Context(), 0, 1); err != nil {
			t.Fatal(err)
		}
		return len(letters) == 1
	})
	if err := c.DeadRetry(t.Context(), letters[0].Sequence); err != nil {
		t.Fatal(err)
	}
	eventually(t, "every span has ended", func() bool { return len(spans.Ended()) == 4 })
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
	var got []said
	ended := spans.Ended()
	dispatch := ended[0].SpanContext()
	for i, s := range ended {
		got = append(got, saying(s))
		if s.SpanContext().TraceID() != dispatch.TraceID() {
			t.Errorf("span %d is in another trace", i)
		}
		if i > 0 && s.Parent().SpanID() != dispatch.SpanID() {
			t.Errorf("span %d is not the dispatch's child", i)
		}
	}
	want := []said{
		{Name: "dispatch"}, {Name: "fetch", Outcome: "retry", Status: codes.Error, Attempt: 1},
		{Name: "fetch", Outcome: "dead", Status: codes.Error, Attempt: 2}, {Name: "fetch", Outcome: "done", Attempt: 3},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("spans (-want +got):\n%s", diff)
	}
}

// Records that are kept together are each in their own trace, and linked.
func TestTraceOfABatch(t *testing.T) {
	t.Parallel()
	c, spans := recording(t)
	for _, name := range []string{"a", "b"} {
		ctx, span := c.tracer.Start(t.Context(), "extract")
		if err := c.PublishArticle(ctx, articleOf(name)); err != nil {
			t.Fatal(err)
		}
		span.End()
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	done := make(chan error, 1)
	go func() {
		done <- c.ConsumeArticles(ctx, Batch{Size: 2, Wait: 5 * time.Second}, func(context.Context, []*Message[*news.Article]) []error { return nil })
	}()
	byName := map[string][]sdktrace.ReadOnlySpan{}
	eventually(t, "both are kept", func() bool {
		clear(byName)
		for _, s := range spans.Ended() {
			byName[s.Name()] = append(byName[s.Name()], s)
		}
		return len(byName["index"]) == 2
	})
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
	linked := map[string]bool{}
	for _, batch := range byName["index batch"] {
		for _, l := range batch.Links() {
			linked[l.SpanContext.SpanID().String()] = true
		}
	}
	for _, s := range byName["index"] {
		if s.SpanContext().TraceID() != byName["extract"][0].SpanContext().TraceID() && s.SpanContext().TraceID() != byName["extract"][1].SpanContext().TraceID() {
			t.Error("a record is not in the trace of its page")
		}
		if !linked[s.SpanContext().SpanID().String()] || len(s.Links()) != 1 {
			t.Error("a record and its batch are not linked")
		}
	}
}

// Who wants no traces has none in the messages.
func TestNoTraceUnlessWanted(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	if err := c.PublishFetch(t.Context(), jobOf("a")); err != nil {
		t.Fatal(err)
	}
	s, err := c.js.Stream(t.Context(), streamFetch)
	if err != nil {
		t.Fatal(err)
	}
	m, err := s.GetMsg(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if got := m.Header.Get("traceparent"); got != "" {
		t.Errorf("traceparent %q", got)
	}
}

func TestSpansHoldNoPassword(t *testing.T) {
	got := withoutUser("https://reader:secret@daily.example/story?id=1")
	if want := "https://daily.example/story?id=1"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
