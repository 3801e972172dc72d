package stream

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

func TestSetupIsIdempotentAndNeverShrinks(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	setUp(t, c)

	less := connect(t, Config{
		Server: c.cfg.Server, AckWait: 2 * time.Second,
		Topology: Topology{Raw: Limit{Bytes: 1 << 20, Age: time.Hour}, Dead: Limit{Age: time.Hour}},
	})
	wantSome := []Difference{
		{Stream: "RAW", Setting: "bytes", Have: "20000000000", Want: "1048576"},
		{Stream: "RAW", Setting: "age", Have: "336h0m0s", Want: "1h0m0s"},
		{Stream: "DEAD", Setting: "age", Have: "720h0m0s", Want: "1h0m0s"},
		{Stream: "BODY", Setting: "age", Have: "1056h0m0s", Want: "2h0m0s"},
		{Stream: "RECORD", Setting: "age", Have: "2880h0m0s", Want: "2161h0m0s"},
		{Stream: "LATER", Reader: "fetch-later", Setting: "ack wait", Have: "1m0s", Want: "2s"},
	}
	for range 2 { // reported, and not changed
		got, err := less.Setup(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(wantSome, got[:min(len(got), len(wantSome))]); diff != "" {
			t.Errorf("Setup (-want +got):\n%s", diff)
		}
		if want := len(wantSome) - 1 + len(readers()); len(got) != want {
			t.Errorf("%d differences, want %d: %v", len(got), want, got)
		}
	}
	if changed, err := less.Apply(t.Context()); err != nil || len(changed) == 0 {
		t.Fatalf("Apply = %v, %v", changed, err)
	}
	if left, err := less.Setup(t.Context()); err != nil || len(left) > 0 {
		t.Errorf("Setup after Apply = %v, %v", left, err)
	}
}

// On a broker of an older build Setup adds what messages need, and leaves the
// settings as they are.
func TestSetupOnAnOlderBroker(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	setUp(t, c)
	raw, err := c.js.Stream(t.Context(), streamRaw)
	if err != nil {
		t.Fatal(err)
	}
	older := raw.CachedInfo().Config
	older.Subjects, older.MaxBytes = []string{"news.v1.raw.*"}, 1<<30
	if _, err := c.js.UpdateStream(t.Context(), older); err != nil {
		t.Fatal(err)
	}
	wide := reader{streamShadow, "index-import", "news.v1.shadow.>"}.config(5 * time.Second)
	if _, err := c.js.UpdateConsumer(t.Context(), streamShadow, wide); err != nil {
		t.Fatal(err)
	}
	for _, r := range resultReaders {
		if err := c.js.DeleteConsumer(t.Context(), r.stream, r.name); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.js.DeleteStream(t.Context(), streamImport); err != nil {
		t.Fatal(err)
	}
	want := []Difference{
		{Stream: "RAW", Setting: "bytes", Have: "1073741824", Want: "20000000000"},
		{Stream: "SHADOW", Reader: "index-import", Setting: "ack wait", Have: "5s", Want: "1m0s"},
	}
	for range 2 {
		got, err := c.Setup(t.Context())
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("Setup, %v (-want +got):\n%s", err, diff)
		}
	}
	if left, err := c.Compare(t.Context()); err != nil || len(left) != len(want) {
		t.Errorf("left %v, %v", left, err)
	}
}

// The partition of a host never changes.
func TestPartition(t *testing.T) {
	for host, want := range map[string]int{"": 5, "news.example": 22, "www.news.example": 17, "b\u00fccher.example": 10} {
		if got := Partition(host); got != want {
			t.Errorf("Partition(%q) = %d, want %d", host, got, want)
		}
	}
}

func TestSubjects(t *testing.T) {
	page := pageOf("a", nil)
	page.Site = "dw.example"
	stateless := &news.Article{}
	for _, s := range []struct{ name, got, want string }{
		{"fetch", fetchSubject(jobOf("a")), "news.v1.fetch.p22.1"},
		{"raw", rawSubject(page), "news.v1.raw.dw_example"},
		{"as it was", revisitSubject(&news.Revisit{Page: *page}), "news.v1.unchanged.dw_example"},
		{"article", articleSubject(articleOf("a")), "news.v1.article.en.news_example"},
		{"article of nobody", articleSubject(stateless), "news.v1.article.und._"},
		{"import", importSubject("spring-2024"), "news.v1.import.spring-2024"},
		{"replay", replaySubject("spring-2024"), "news.v1.replay.spring-2024"},
		{"shadow", shadowSubject(importRun, articleOf("a")), "news.v1.shadow.spring-2024.import.en.news_example"},
		{"event", eventSubject(news.Event{Stage: news.StageIndex}), "news.v1.event.index._"},
		{"dead", deadSubject(news.StageFetch), "news.v1.dead.fetch"},
	} {
		if s.got != s.want {
			t.Errorf("%s: %q, want %q", s.name, s.got, s.want)
		}
	}
}

// What a dead letter names is there as long as the letter, however late it died.
func TestObjectsOutliveTheirMessages(t *testing.T) {
	const day = 24 * time.Hour
	for _, tt := range []struct {
		name         string
		change       func(*Topology)
		body, record time.Duration
	}{
		{"by default", func(*Topology) {}, 44 * day, 120 * day},
		{"runs are kept longest", func(t *Topology) { t.Shadow.Age = 100 * day }, 44 * day, 130 * day},
		{"letters for ever", func(t *Topology) { t.Dead.Age = -1 }, 0, 0},
		{"pages and runs for ever", func(t *Topology) { t.Raw.Age, t.Shadow.Age = -1, -1 }, 0, 0},
	} {
		topology := DefaultTopology()
		tt.change(&topology)
		buckets := topology.buckets()
		if body, record := buckets[0].TTL, buckets[1].TTL; body != tt.body || record != tt.record {
			t.Errorf("%s: bodies %v, records %v, want %v and %v", tt.name, body, record, tt.body, tt.record)
		}
	}
}
