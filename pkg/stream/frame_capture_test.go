package stream

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"

	"github.com/copydesk/copydesk/pkg/news"
)

// revisitOf is word that a page is as it was, by its server.
func revisitOf(name string) *news.Revisit {
	page := pageOf(name, nil)
	page.Status = 304
	return &news.Revisit{Schema: news.RevisitSchema, Page: *page, SameAs: "earlier", Digest: news.Digest([]byte("tide"))}
}

// The archive gets pages and revisits in the order in which they were published,
// as they were; nobody else gets the revisits.
func TestCapturesArriveAsPublished(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	first, second, again := pageOf("first", []byte("<p>tide")), pageOf("second", noise(600<<10)), revisitOf("again")
	for _, publish := range []func() error{
		func() error { return c.PublishPage(t.Context(), first) },
		func() error { return c.PublishRevisit(t.Context(), again) },
		func() error { return c.PublishRevisit(t.Context(), again) }, // a duplicate
		func() error { return c.PublishPage(t.Context(), second) },
	} {
		if err := publish(); err != nil {
			t.Fatal(err)
		}
	}
	got := make(chan *Message[Captured], 10)
	running(t, func(ctx context.Context) error {
		return c.ConsumeCaptures(ctx, Batch{Size: 10, Wait: 50 * time.Millisecond}, func(_ context.Context, batch []*Message[Captured]) []error {
			for _, m := range batch {
				got <- m
			}
			return nil
		})
	})
	for i, want := range []Captured{{Page: first}, {Revisit: again}, {Page: second}} {
		m := receive(t, got)
		if diff := cmp.Diff(want, m.Value); diff != "" {
			t.Errorf("capture %d (-want +got):\n%.1000s", i, diff)
		}
		if diff := cmp.Diff(want.Trace(), m.Trace); diff != "" {
			t.Errorf("trace of %d (-want +got):\n%s", i, diff)
		}
	}
	if diff := cmp.Diff([]string{"archive/1 done()", "archive/1 done()", "archive/1 done()"}, told(t, c, 3)); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	running(t, func(ctx context.Context) error {
		return c.ConsumePages(ctx, 1, func(context.Context, *Message[*news.Page]) error { return nil })
	})
	settled(t, c, streamRaw, "extract")
	if n := len(told(t, c, 5)); n != 5 {
		t.Errorf("%d events, want 3 of the archive and 2 of extraction", n)
	}
}

// What a page came with may be too long for its message, also of one that is as
// it was.
func TestLongHeadersOfRevisitsAreCut(t *testing.T) {
	r := revisitOf("cookie")
	r.Page.ResponseHeader = append(r.Page.ResponseHeader, news.HeaderField{Name: "Set-Cookie", Value: strings.Repeat("<\">", MaxPageHeader)})
	m, err := frameRevisit(r)
	if err != nil {
		t.Fatal(err)
	}
	got, err := (&Conn{}).readCapture(t.Context(), m.Header, m.Data)
	if err != nil || len(m.Data) > MaxPageHeader || !got.Revisit.Page.HeadersCut || got.Revisit.SameAs != r.SameAs || r.Page.HeadersCut {
		t.Errorf("%v, %d bytes: %.500v", err, len(m.Data), got.Revisit)
	}
}

// Large pages are handled few at a time, however many a batch may have.
func TestCapturesComeInPartsOfSomeBytes(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	const pages, size = 7, 100 << 10
	for i := range pages {
		if err := c.PublishPage(t.Context(), pageOf(string(rune('a'+i)), noise(size))); err != nil {
			t.Fatal(err)
		}
	}
	var mu sync.Mutex
	var parts []int
	running(t, func(ctx context.Context) error {
		return c.ConsumeCaptures(ctx, Batch{Size: 100, Wait: 50 * time.Millisecond, Bytes: 3*size + 1}, func(_ context.Context, batch []*Message[Captured]) []error {
			mu.Lock()
			defer mu.Unlock()
			parts = append(parts, len(batch))
			return nil
		})
	})
	told(t, c, pages)
	mu.Lock()
	defer mu.Unlock()
	sum := 0
	for _, n := range parts {
		sum += n
	}
	if most := slices.Max(parts); most > 3 || sum != pages {
		t.Errorf("parts of %v pages, want %d in all and at most 3 in each", parts, pages)
	}
}

// Where nothing is archived, nobody waits for it and nothing is told.
func TestCapturesArePassed(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	for _, name := range []string{"a", "b", "c"} {
		if err := c.PublishRevisit(t.Context(), revisitOf(name)); err != nil {
			t.Fatal(err)
		}
	}
	shown(t, c, streamRaw, "archive", 3)
	running(t, func(ctx context.Context) error {
		return c.PassCaptures(ctx, Batch{Size: 2, Wait: 50 * time.Millisecond})
	})
	settled(t, c, streamRaw, "archive")
	if events := eventsOf(t, c, 0); len(events) > 0 {
		t.Errorf("told %v", events)
	}
}

// The law: whatever the headers and payload are, reading them is a value or a
// fault, and weighing them a number, never a panic.
func FuzzReadCapture(f *testing.F) {
	c := &Conn{}
	page, _, err := c.framePage(pageOf("a", []byte("<p>tide")))
	if err != nil {
		f.Fatal(err)
	}
	revisit, err := frameRevisit(revisitOf("b"))
	if err != nil {
		f.Fatal(err)
	}
	record, _, err := c.frameRecord(recordOf("7", []byte("tide")))
	if err != nil {
		f.Fatal(err)
	}
	for _, m := range []*nats.Msg{page, revisit, record} {
		f.Add(m.Header.Get(headerSchema), m.Header.Get(headerPage)+m.Header.Get(headerRecord), m.Header.Get(headerCoding), m.Data)
	}
	f.Add(news.RevisitSchema, "", "", []byte(`{"schema":"unchanged/1","page":null}`))
	f.Fuzz(func(t *testing.T, schema, said, coding string, data []byte) {
		h := nats.Header{headerSchema: {schema}, headerPage: {said}, headerRecord: {said}, headerCoding: {coding}}
		got, err := c.readCapture(t.Context(), h, data)
		if (got == Captured{}) == (err == nil) {
			t.Errorf("readCapture = %v, %v", got, err)
		}
		if err == nil {
			got.Trace()
		}
		if size := captureSize(h, data); size < 0 {
			t.Errorf("weighs %d bytes", size)
		}
	})
}
