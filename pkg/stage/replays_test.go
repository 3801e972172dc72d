package stage

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/search"
	"github.com/copydesk/copydesk/pkg/siterules"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
)

// livePage is a story, or for every fifth a list of them.
func livePage(n int) *news.Page {
	return livePageAt(fmt.Sprintf("https://harbour.example/2026/boat-%d-is-late", n), n)
}

// livePageAt is the nth page at an address.
func livePageAt(url string, n int) *news.Page {
	at := time.Date(2026, 3, 1, 12, n, 0, 0, time.UTC)
	var body strings.Builder
	fmt.Fprintf(&body, "<html lang=en><title>Boat %d is late</title><main>", n)
	if n%5 == 4 {
		for i := range 30 {
			fmt.Fprintf(&body, "<h3><a href=/2026/boat-%d-is-late>Boat %d is late</a></h3>", i, i)
		}
	} else {
		fmt.Fprintf(&body, "<article><h1>Boat %d is late</h1><p class=by>By Ada Finch", n)
		for i := range 6 {
			fmt.Fprintf(&body, "<p>Boat %d was seen off the north mole at low tide, said the harbour master, and paragraph %d of the log says that nobody on the quay was surprised by it.", n, i)
		}
	}
	digest := news.Digest([]byte(body.String()))
	visit := news.VisitID(url, at)
	return &news.Page{
		Schema: news.PageSchema, VisitID: visit, CaptureID: news.CaptureID(visit, digest), RequestedURL: url, URL: url,
		Site: "harbour.example", Status: 200, ContentType: "text/html; charset=utf-8", FetchedAt: at,
		Digest: digest, Length: body.Len(), Body: []byte(body.String()), Origin: news.OriginFetch,
	}
}

// replayed are the results of a replay, as they are kept.
func replayed(t *testing.T, rows *store.Store, run string) (all []store.Comparison) {
	t.Helper()
	for after := int64(0); ; {
		some, err := rows.Compare(t.Context(), run, "", after, 100)
		if err != nil {
			t.Fatal(err)
		}
		if len(some) == 0 {
			return all
		}
		all = append(all, some...)
		after = some[len(some)-1].Number
	}
}

// Two replays by one extractor make the same records, byte for byte, one of them
// stopped again and again on its way; they are what the index has; and journeys,
// articles and subscribers know nothing of either.
func TestReplaysAreEqual(t *testing.T) {
	conn := desktop(t, stream.Config{})
	c := openCabinet(t, t.TempDir())
	index, err := search.Open(filepath.Join(t.TempDir(), "search"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { index.Close() })
	running(t, NewIndexer(conn, c.rows, index, stream.Batch{Size: 7, Wait: 20 * time.Millisecond}, zerolog.Nop()).Run)
	archiver := func(ctx context.Context) error {
		return NewArchiver(conn, c.rows, c.files, zerolog.Nop()).Run(ctx)
	}
	extractor := func(ctx context.Context) error {
		return (&Extractor{Conn: conn, Workers: 2, PageLimit: 1 << 20}).Run(ctx)
	}
	const pages, lists = 150, 30
	begin := func(name string) {
		t.Helper()
		r := store.Replay{Run: news.Run{Name: name, Kind: news.RunReplay, BegunAt: time.Now().UTC()}}
		if err := c.rows.BeginReplay(t.Context(), r, nil); err != nil {
			t.Fatal(err)
		}
	}
	ended := func(name string) int64 {
		runs, err := c.rows.Runs(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, run := range runs {
			if run.Name == name {
				return run.Ended
			}
		}
		return 0
	}

	stopLive := together(t, archiver, extractor)
	for i := range pages {
		if err := conn.PublishPage(t.Context(), livePage(i)); err != nil {
			t.Fatal(err)
		}
	}
	waitUntil(t, "all came in, and are archived", func() bool {
		counts, err := c.rows.Counts(t.Context())
		captures, errCaptures := c.rows.CountCaptures(t.Context())
		return err == nil && errCaptures == nil && counts.Visits == pages && counts.Open == 0 && captures.Captures == pages
	})
	before, err := c.rows.Counts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	begin("one")
	waitUntil(t, "the first replay is complete", func() bool { return ended("one") == pages })
	stopLive()

	begin("two")
	for ended("two") < pages {
		was := ended("two")
		stop := together(t, archiver, extractor)
		waitUntil(t, "the second gets on", func() bool { return ended("two") > was })
		stop()
	}

	one, two := replayed(t, c.rows, "one"), replayed(t, c.rows, "two")
	if len(one) != pages || len(two) != pages {
		t.Fatalf("%d and %d results", len(one), len(two))
	}
	none := 0
	for i := range one {
		if diff := cmp.Diff(one[i], two[i]); diff != "" {
			t.Errorf("the second is another (-first +second):\n%s", diff)
		}
		if one[i].After.Outcome == news.Skipped {
			none++
			continue
		}
		if !bytes.Equal(one[i].Before.Record, one[i].After.Record) {
			t.Errorf("%s: it is not what the index has (-index +replay):\n%s", one[i].URL, cmp.Diff(string(one[i].Before.Record), string(one[i].After.Record)))
		}
	}
	if none != lists {
		t.Errorf("%d pages are no article, want %d", none, lists)
	}
	after, err := c.rows.Counts(t.Context())
	if diff := cmp.Diff(before, after); diff != "" || err != nil {
		t.Errorf("the rows know of the replays (-before +after), %v:\n%s", err, diff)
	}
	var streams []stream.StreamStatus
	waitUntil(t, "the broker tells of its streams", func() (told bool) {
		streams, err = conn.Streams(t.Context())
		return err == nil
	})
	for _, s := range streams {
		if want := uint64(pages - lists); s.Name == "ARTICLE" && s.Messages != want {
			t.Errorf("%d messages on ARTICLE, want %d", s.Messages, want)
		}
	}
}

// A page whose body an earlier capture of another page has, or of the page itself
// but for the last, was extracted when it came, and is replayed with that body. One
// that was found as it was is neither.
func TestReplayOfRevisits(t *testing.T) {
	conn := desktop(t, stream.Config{})
	c := openCabinet(t, t.TempDir())
	index, err := search.Open(filepath.Join(t.TempDir(), "search"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { index.Close() })
	running(t, NewIndexer(conn, c.rows, index, stream.Batch{Size: 7, Wait: 20 * time.Millisecond}, zerolog.Nop()).Run)
	running(t, NewArchiver(conn, c.rows, c.files, zerolog.Nop()).Run)
	running(t, (&Extractor{Conn: conn, Workers: 2, PageLimit: 1 << 20}).Run)

	first := livePage(1)
	later := func(p *news.Page) *news.Page {
		p.FetchedAt = p.FetchedAt.Add(time.Hour)
		p.VisitID = news.VisitID(p.URL, p.FetchedAt)
		p.CaptureID = news.CaptureID(p.VisitID, p.Digest)
		return p
	}
	twin, edited, restored := livePageAt("https://harbour.example/2026/late-again", 1), later(livePageAt(first.URL, 2)), later(later(livePage(1)))
	extracted := []*news.Page{first, twin, edited, restored}
	for i, p := range extracted {
		p.Protocol, p.ResponseHeader = "HTTP/1.1", []news.HeaderField{{Name: "Content-Type", Value: p.ContentType}}
		if err := conn.PublishPage(t.Context(), p); err != nil {
			t.Fatal(err)
		}
		waitUntil(t, "it is archived", func() bool { return len(c.captures(t)) == i+1 })
	}
	same := later(later(later(livePage(1))))
	same.Body = nil
	if err := conn.PublishRevisit(t.Context(), &news.Revisit{Schema: news.RevisitSchema, Page: *same, SameAs: restored.CaptureID, Digest: restored.Digest}); err != nil {
		t.Fatal(err)
	}
	if err := conn.PublishEvent(t.Context(), news.Event{Stage: news.StageFetch, Trace: same.Trace(), Attempt: 1, Outcome: news.Unchanged, At: time.Now()}); err != nil {
		t.Fatal(err)
	}
	waitUntil(t, "all came in, and are archived", func() bool {
		counts, err := c.rows.Counts(t.Context())
		captures, errCaptures := c.rows.CountCaptures(t.Context())
		return err == nil && errCaptures == nil && counts.Visits == 5 && counts.Open == 0 && captures == store.CaptureCounts{Captures: 5, Revisits: 3}
	})

	if err := c.rows.BeginReplay(t.Context(), store.Replay{Run: news.Run{Name: "all", Kind: news.RunReplay, BegunAt: time.Now().UTC()}}, nil); err != nil {
		t.Fatal(err)
	}
	waitUntil(t, "it is complete", func() bool {
		run, err := c.rows.Run(t.Context(), "all")
		return err == nil && run.Ended == run.Captures
	})
	results := map[string]store.Comparison{}
	for _, r := range replayed(t, c.rows, "all") {
		results[r.CaptureID] = r
	}
	if len(results) != len(extracted) {
		t.Errorf("%d results, want %d", len(results), len(extracted))
	}
	for _, p := range extracted {
		r := results[p.CaptureID]
		if r.After.Outcome != news.Done || r.Before.ContentHash != r.After.ContentHash || !bytes.Equal(r.Before.Record, r.After.Record) {
			t.Errorf("%s of %s is not what the index has, but %s (-index +replay):\n%s", p.URL, p.FetchedAt, r.After.Outcome, cmp.Diff(string(r.Before.Record), string(r.After.Record)))
		}
	}
}

// together runs stages until it is told to stop them.
func together(t *testing.T, stages ...func(context.Context) error) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, len(stages))
	for _, run := range stages {
		go func() { ended <- run(ctx) }()
	}
	stopped := false
	stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		for range stages {
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}
	}
	t.Cleanup(stop)
	return stop
}

// A capture that the archive has no more, or cannot read, has its result too.
func TestReplayOfWhatIsLost(t *testing.T) {
	conn := desktop(t, stream.Config{})
	c := openCabinet(t, t.TempDir())
	index, err := search.Open(filepath.Join(t.TempDir(), "search"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { index.Close() })
	lost := news.Capture{CaptureID: livePage(1).CaptureID, VisitID: livePage(1).VisitID, URL: livePage(1).URL, Site: "harbour.example", Kind: news.CaptureResponse, File: "gone.warc.gz"}
	if err := c.rows.PutCaptures(t.Context(), []news.Capture{lost}); err != nil {
		t.Fatal(err)
	}
	if err := c.rows.BeginReplay(t.Context(), store.Replay{Run: news.Run{Name: "lost", Kind: news.RunReplay, BegunAt: time.Now()}}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := c.rows.ReplaceCaptures(t.Context(), lost.File, nil); err != nil {
		t.Fatal(err)
	}
	running(t, NewIndexer(conn, c.rows, index, stream.Batch{Size: 7, Wait: 20 * time.Millisecond}, zerolog.Nop()).Run)
	running(t, NewArchiver(conn, c.rows, c.files, zerolog.Nop()).Run)
	waitUntil(t, "it has its result", func() bool {
		counts, err := c.rows.RunOutcomes(t.Context(), "lost")
		return err == nil && counts[news.Dead] == 1
	})
	if got := replayed(t, c.rows, "lost"); got[0].After.Reason != news.NotArchived {
		t.Errorf("%+v", got[0])
	}
	if counts, err := c.rows.Counts(t.Context()); err != nil || counts.Visits != 0 {
		t.Errorf("its journey is told: %+v, %v", counts, err)
	}
}

// The rules that a run brings are its alone, whatever the extractor has: pages wait
// for them, and are never extracted with others.
func TestRunBringsItsRules(t *testing.T) {
	conn := desktop(t, stream.Config{MaxAttempts: 20})
	c := openCabinet(t, t.TempDir())
	index, err := search.Open(filepath.Join(t.TempDir(), "search"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { index.Close() })
	rule := func(headline string) []byte {
		return fmt.Appendf(nil, "schema: siterules/1\nrules:\n  - {site: harbour.example, since: 2020-01-01, headline: %s}\n", headline)
	}
	path := filepath.Join(t.TempDir(), "rules.yaml")
	if err := os.WriteFile(path, rule("p.by"), 0o600); err != nil {
		t.Fatal(err)
	}
	own, err := siterules.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	digest := func(text []byte) string {
		t.Helper()
		set, err := siterules.Parse("rules", text)
		if err != nil {
			t.Fatal(err)
		}
		return set.Digest()
	}
	running(t, NewIndexer(conn, c.rows, index, stream.Batch{Size: 7, Wait: 20 * time.Millisecond}, zerolog.Nop()).Run)
	running(t, (&Extractor{Conn: conn, Workers: 2, PageLimit: 1 << 20, Rules: own}).Run)

	page := livePage(1)
	if err := c.rows.PutCaptures(t.Context(), []news.Capture{{CaptureID: page.CaptureID, VisitID: page.VisitID, URL: page.URL, Site: page.Site, Kind: news.CaptureResponse, File: "one.warc.gz"}}); err != nil {
		t.Fatal(err)
	}
	brought, late := rule("title"), rule("h1")
	runs := map[string]struct {
		rules    string
		headline string
	}{
		"own":     {"", "By Ada Finch"},
		"without": {news.NoRules, "Boat 1 is late"},
		"brought": {digest(brought), "Boat 1 is late"},
		"late":    {digest(late), "Boat 1 is late"},
	}
	begin := func(name string) news.Run {
		t.Helper()
		run := news.Run{Name: name, Kind: news.RunReplay, BegunAt: time.Now().UTC().Truncate(time.Microsecond), Rules: runs[name].rules}
		if err := c.rows.BeginReplay(t.Context(), store.Replay{Run: run}, nil); err != nil {
			t.Fatal(err)
		}
		if name == "brought" {
			if err := conn.KeepRules(t.Context(), run, brought); err != nil {
				t.Fatal(err)
			}
		}
		if err := conn.PublishReplay(t.Context(), run, page, fmt.Appendf(nil, "WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", len(page.Body), page.Body)); err != nil {
			t.Fatal(err)
		}
		return run
	}
	result := func(name string) store.Made {
		t.Helper()
		all := replayed(t, c.rows, name)
		if len(all) != 1 {
			t.Fatalf("%s has %d captures", name, len(all))
		}
		return all[0].After
	}
	for _, name := range []string{"own", "without", "brought"} {
		begin(name)
		waitUntil(t, name+" has its result", func() bool { return result(name).Outcome != "" })
	}
	run := begin("late") // behind them: each try that is in vain has it wait longer
	waitUntil(t, "the last was tried without its rules", func() bool {
		streams, err := conn.Streams(t.Context())
		return err == nil && slices.ContainsFunc(streams, func(s stream.StreamStatus) bool { return s.Name == "LATER" && s.Messages > 0 })
	})
	if got := result("late"); got.Outcome != "" {
		t.Errorf("without its rules it made %+v", got)
	}
	if err := conn.KeepRules(t.Context(), run, late); err != nil {
		t.Fatal(err)
	}
	waitUntil(t, "the last has its rules, and its result", func() bool { return result("late").Outcome != "" })
	for name, want := range runs {
		var got news.Article
		if err := json.Unmarshal(result(name).Record, &got); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		set := want.rules
		switch set {
		case "":
			set = own.Set().Digest()
		case news.NoRules:
			set = ""
		}
		if got.Headline != want.headline || got.Extraction.Rules != set {
			t.Errorf("%s: headline %q by %q, want %q by %q", name, got.Headline, got.Extraction.Rules, want.headline, set)
		}
	}
}
