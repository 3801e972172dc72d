package stream

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/nats-io/nats.go"

	"github.com/copydesk/copydesk/pkg/news"
)

// noise is what no compressor makes smaller.
func noise(n int) []byte {
	b := make([]byte, n)
	r := rand.NewChaCha8([32]byte{1})
	if _, err := r.Read(b); err != nil {
		panic(err)
	}
	return b
}

func TestPagesArriveAsPublished(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	seen := map[string]int{}
	c := desktop(t, func(cfg *Config) {
		cfg.Inspect = func(schema string, doc []byte) error {
			mu.Lock()
			defer mu.Unlock()
			seen[schema]++
			return nil
		}
	})
	coded := pageOf("gzip", noise(1000))
	coded.ContentEncoding = "gzip"
	truncated := pageOf("file", []byte("<p>Harbour reopens"))
	truncated.Site, truncated.Truncated = news.NoSite, true
	pages := []*news.Page{
		pageOf("small", []byte("<h1>Rain in Harbourton</h1>")),
		pageOf("empty", nil),
		pageOf("repetitive", bytes.Repeat([]byte("<p>tide</p>"), 100_000)),
		pageOf("noise-3MB", noise(3<<20)),
		coded, truncated,
	}
	got := make(chan *Message[*news.Page], len(pages))
	running(t, func(ctx context.Context) error {
		return c.ConsumePages(ctx, 1, func(_ context.Context, m *Message[*news.Page]) error {
			got <- m
			return nil
		})
	})
	for i, want := range pages {
		for range 2 { // the second is a duplicate
			if err := c.PublishPage(t.Context(), want); err != nil {
				t.Fatal(err)
			}
		}
		m := receive(t, got)
		if !bytes.Equal(want.Body, m.Value.Body) {
			t.Errorf("page %d: body of %d bytes is not as published", i, len(m.Value.Body))
		}
		if diff := cmp.Diff(want, m.Value, cmpopts.IgnoreFields(news.Page{}, "Body")); diff != "" {
			t.Errorf("page %d (-want +got):\n%s", i, diff)
		}
		if m.Sequence != uint64(i+1) || time.Since(m.Published) > time.Minute || m.Attempt != 1 {
			t.Errorf("message %d: sequence %d, published %v, attempt %d", i, m.Sequence, m.Published, m.Attempt)
		}
		if diff := cmp.Diff(want.Trace(), m.Trace); diff != "" {
			t.Errorf("trace (-want +got):\n%s", diff)
		}
	}
	told(t, c, len(pages))
	mu.Lock()
	defer mu.Unlock()
	if seen[news.PageSchema] != 2*len(pages) || seen[news.EventSchema] != len(pages) {
		t.Errorf("inspected: %v", seen)
	}
}

func TestPageFrames(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	for _, f := range []struct {
		name         string
		page         *news.Page
		coding, body string
	}{
		{"plain text is packed", pageOf("a", bytes.Repeat([]byte("tide "), 100)), codingZstd, ""},
		{"what is coded stays", func() *news.Page {
			p := pageOf("a", bytes.Repeat([]byte("tide "), 100))
			p.ContentEncoding = "br"
			return p
		}(), "", ""},
		{"what grows is not packed", pageOf("a", noise(100)), "", ""},
		{"what is large is kept aside", pageOf("a", noise(600<<10)), "", pageOf("a", noise(600<<10)).CaptureID},
	} {
		m, body, err := c.framePage(f.page)
		if err != nil {
			t.Fatalf("%s: %v", f.name, err)
		}
		if got := m.Header.Get(headerCoding); got != f.coding {
			t.Errorf("%s: coding %q, want %q", f.name, got, f.coding)
		}
		if got := m.Header.Get(headerBody); got != f.body || (body != nil) != (f.body != "") {
			t.Errorf("%s: body at %q, want %q", f.name, got, f.body)
		}
		if said := m.Header.Get(headerPage); strings.ContainsAny(said, "\r\n") {
			t.Errorf("%s: header has lines: %q", f.name, said)
		}
	}
}

func TestPageThatCannotBePublished(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	wide := pageOf("wide", []byte("x"))
	wide.Hints.Title = strings.Repeat("c", MaxPageHeader)
	short := pageOf("short", []byte("x"))
	short.Length = 2
	for _, p := range []struct {
		name string
		page *news.Page
		want news.Reason
	}{
		{"header too large", wide, news.HeaderTooLarge},
		{"length is another", short, news.Malformed},
	} {
		err := c.PublishPage(t.Context(), p.page)
		if f := news.FaultOf(err); err == nil || f.Kind != news.Permanent || f.Reason != p.want {
			t.Errorf("%s: %v, want %s", p.name, err, p.want)
		}
	}
}

// What a page came with may be too long for its message: the page arrives all
// the same, its longest values cut and the others whole.
func TestLongHeadersAreCut(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	cookie := pageOf("cookie", []byte("x"))
	cookie.ResponseHeader = append(cookie.ResponseHeader, news.HeaderField{Name: "Set-Cookie", Value: strings.Repeat("<\">", MaxPageHeader)})
	hops := pageOf("hops", []byte("x"))
	for range 10 {
		hops.Redirects = append(hops.Redirects, news.Redirect{URL: "https://news.example/" + strings.Repeat("a", 8000), Status: 301})
	}
	many := pageOf("many", []byte("x"))
	for range 5000 {
		many.ResponseHeader = append(many.ResponseHeader, news.HeaderField{Name: "X-Tide"})
	}
	for _, tt := range []struct {
		name  string
		page  *news.Page
		check func(*news.Page) bool
	}{
		{"a cookie", cookie, func(p *news.Page) bool {
			return p.ResponseHeader[0] == cookie.ResponseHeader[0] && len(p.ResponseHeader[1].Value) > MaxPageHeader/5
		}},
		{"redirects", hops, func(p *news.Page) bool {
			return len(p.Redirects) == 10 && len(p.Redirects[9].URL) > MaxPageHeader/11 && p.ResponseHeader[0] == hops.ResponseHeader[0]
		}},
		{"too many to cut", many, func(p *news.Page) bool { return p.ResponseHeader == nil }},
	} {
		m, _, err := c.framePage(tt.page)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		got, err := c.readPage(t.Context(), m.Header, m.Data)
		if err != nil || !got.HeadersCut || string(got.Body) != "x" || !tt.check(got) {
			t.Errorf("%s: %v, page %.500v", tt.name, err, got)
		}
		if tt.page.HeadersCut {
			t.Errorf("%s: publishing cut the caller's page", tt.name)
		}
	}
}

func TestBodyIsNeverWrittenAgain(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	var first uint64
	for range 2 {
		if err := c.keep(t.Context(), bucketBody, "capture", noise(300<<10)); err != nil {
			t.Fatal(err)
		}
		s, err := c.js.Stream(t.Context(), "OBJ_"+bucketBody)
		if err != nil {
			t.Fatal(err)
		}
		if last := s.CachedInfo().State.LastSeq; first == 0 {
			first = last
		} else if last != first {
			t.Errorf("object was written again: %d messages, had %d", last, first)
		}
	}
	if _, err := c.kept(t.Context(), bucketBody, "another"); news.FaultOf(err).Reason != news.Expired {
		t.Errorf("an object that is gone: %v, want expired", err)
	}
}

func TestArticlesArriveAsPublished(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	small := articleOf("small")
	argued := articleOf("argued") // large only by what was not chosen
	argued.Provenance = map[string]news.Provenance{"headline": {
		Method: news.FromMeta, Confidence: 0.5,
		Alternatives: []news.Alternative{{Value: strings.Repeat("Tide ", 200_000), Method: news.FromText}},
	}}
	long := articleOf("long")
	long.ArticleBody = strings.Repeat("The harbour office said so. ", 900<<10/28)

	got := make(chan *Message[*news.Article], 3)
	running(t, func(ctx context.Context) error {
		return c.ConsumeArticles(ctx, Batch{Size: 10, Wait: 50 * time.Millisecond}, func(_ context.Context, batch []*Message[*news.Article]) []error {
			for _, m := range batch {
				got <- m
			}
			return nil
		})
	})
	for _, a := range []*news.Article{small, argued, long} {
		if err := c.PublishArticle(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		want := a
		if a == argued {
			want = withoutAlternatives(a)
		}
		m := receive(t, got)
		if diff := cmp.Diff(want, m.Value); diff != "" {
			t.Errorf("%s (-want +got):\n%.2000s", a.Headline, diff)
		}
		if diff := cmp.Diff(a.Trace(), m.Trace); diff != "" {
			t.Errorf("%s: trace (-want +got):\n%s", a.Headline, diff)
		}
	}
	if argued.Provenance["headline"].Alternatives == nil {
		t.Error("publishing took the alternatives from the caller's record")
	}
	if diff := cmp.Diff([]string{"index/1 done()", "index/1 done()", "index/1 done()"}, told(t, c, 3)); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	m, record, err := frameArticle(long)
	if err != nil || record == nil || len(m.Data) > 4<<10 || !strings.Contains(string(m.Data), `"recordRef":"`+long.ID) {
		t.Errorf("frame of a long record: %d bytes %.300s, record %d bytes, %v", len(m.Data), m.Data, len(record), err)
	}
}

func TestJobsComeByPriority(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	for _, p := range []news.Priority{news.Backfill, news.Normal, news.Fresh} {
		j := jobOf(string(rune('a' + p)))
		j.Priority = p
		j.Hints.Title = "Tide tables"
		if err := c.PublishFetch(t.Context(), j); err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range fetchReaders[1:] {
		shown(t, c, r.stream, r.name, 1)
	}
	got := make(chan *news.FetchJob, 3)
	running(t, func(ctx context.Context) error {
		return c.ConsumeFetches(ctx, 1, func(_ context.Context, m *Message[*news.FetchJob]) error {
			got <- m.Value
			return nil
		})
	})
	for want := news.Fresh; want <= news.Backfill; want++ {
		j := receive(t, got)
		if j.Priority != want || j.Hints.Title != "Tide tables" {
			t.Errorf("job %+v, want priority %d", j, want)
		}
	}
	settled(t, c, streamFetch, "fetch-backfill")
}

func TestEventsAreToldOnce(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	e := news.Event{Schema: news.EventSchema, Stage: news.StageFetch, Trace: jobOf("a").Trace(), Attempt: 1, Outcome: news.Done, At: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}
	for range 2 {
		if err := c.PublishEvent(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	second := e
	second.Attempt = 2
	if err := c.PublishEvent(t.Context(), second); err != nil {
		t.Fatal(err)
	}
	got := make(chan news.Event, 3)
	running(t, func(ctx context.Context) error {
		return c.ConsumeEvents(ctx, Batch{Size: 10, Wait: 50 * time.Millisecond}, func(_ context.Context, batch []*Message[news.Event]) []error {
			for _, m := range batch {
				got <- m.Value
			}
			return make([]error, len(batch))
		})
	})
	for _, want := range []news.Event{e, second} {
		if diff := cmp.Diff(want, receive(t, got)); diff != "" {
			t.Errorf("event (-want +got):\n%s", diff)
		}
	}
	fetches := make(chan news.Event, 3)
	extracted := e
	extracted.Stage = news.StageExtract
	if err := c.PublishEvent(t.Context(), extracted); err != nil {
		t.Fatal(err)
	}
	running(t, func(ctx context.Context) error {
		return c.ConsumeFetchEvents(ctx, Batch{Size: 1, Wait: 50 * time.Millisecond}, func(_ context.Context, batch []*Message[news.Event]) []error {
			fetches <- batch[0].Value
			return nil
		})
	})
	watched := make(chan news.Event, 3)
	running(t, func(ctx context.Context) error {
		return c.WatchEvents(ctx, func(e news.Event) { watched <- e })
	})
	for i, want := range []news.Event{e, second, extracted} {
		if want.Stage == news.StageFetch {
			if diff := cmp.Diff(want, receive(t, fetches)); diff != "" {
				t.Errorf("event of a fetch %d (-want +got):\n%s", i, diff)
			}
		}
		if diff := cmp.Diff(want, receive(t, watched)); diff != "" {
			t.Errorf("event watched %d (-want +got):\n%s", i, diff)
		}
	}
	settled(t, c, streamEvent, "frontier")
	settled(t, c, streamEvent, "journey")
	if n := len(eventsOf(t, c, 3)); n != 3 {
		t.Errorf("%d events, want 3: work on events is not told of", n)
	}
}

func TestInspectionStopsWhatIsMalformed(t *testing.T) {
	t.Parallel()
	c := desktop(t, func(cfg *Config) {
		cfg.Inspect = func(string, []byte) error { return errors.New("no such field") }
	})
	if err := c.PublishFetch(t.Context(), jobOf("a")); news.FaultOf(err).Reason != news.Malformed {
		t.Errorf("PublishFetch = %v, want malformed", err)
	}
}

// The law: whatever the headers and payload are, reading them is a value or a
// fault, never a panic.
func FuzzReadPage(f *testing.F) {
	c := &Conn{}
	page := pageOf("a", []byte("<p>tide"))
	m, _, err := c.framePage(page)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(m.Header.Get(headerPage), codingZstd, m.Data)
	f.Add(m.Header.Get(headerPage), "", page.Body)
	f.Add(`{"schema":"page/1","length":-1}`, "", []byte(nil))
	f.Fuzz(func(t *testing.T, said, coding string, data []byte) {
		p, err := c.readPage(t.Context(), nats.Header{headerPage: {said}, headerCoding: {coding}}, data)
		if (p == nil) == (err == nil) {
			t.Errorf("readPage = %v, %v", p, err)
		}
		if err == nil && p.Length != len(p.Body) {
			t.Errorf("length %d, body %d bytes", p.Length, len(p.Body))
		}
	})
}
