package service

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"
	"golang.org/x/sync/errgroup"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/diff"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/search"
	"github.com/copydesk/copydesk/pkg/siterules"
	"github.com/copydesk/copydesk/pkg/stage"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
)

const ferryRule = `schema: siterules/1
rules:
  - site: ferry.example
    since: 2020-01-01
    headline: p.top
    leaveOut: .note
`

// ferryPage is a story of one of two sites; what the rule looks for stands on some
// of both.
func ferryPage(n int) *news.Page {
	site := []string{"ferry.example", "canal.example"}[n%2]
	url := fmt.Sprintf("https://%s/2026/boat-%d-is-late", site, n)
	at := time.Date(2026, 3, 1, 12, 0, n, 0, time.UTC)
	var body strings.Builder
	fmt.Fprintf(&body, "<html lang=en><title>Boat %d is late</title><main><article><h1>Boat %d is late</h1>", n, n)
	if n%3 == 0 {
		fmt.Fprintf(&body, "<p class=top>Boat %d waits for the tide", n)
	}
	for i := range 5 {
		fmt.Fprintf(&body, "<p>Boat %d was seen off the north mole at low tide, said the harbour master, and paragraph %d of the log says that nobody on the quay was surprised by it.", n, i)
	}
	if n%5 == 0 {
		fmt.Fprint(&body, "<p class=note>The log is kept by the warden, who writes down what he sees from his window every hour, and nothing else at all.")
	}
	digest, visit := news.Digest([]byte(body.String())), news.VisitID(url, at)
	return &news.Page{
		Schema: news.PageSchema, VisitID: visit, CaptureID: news.CaptureID(visit, digest), RequestedURL: url, URL: url,
		Site: site, Status: 200, ContentType: "text/html; charset=utf-8", FetchedAt: at,
		Digest: digest, Length: body.Len(), Body: []byte(body.String()), Origin: news.OriginFetch,
	}
}

// independently says by comparing the records in Go which fields a rule changes.
func independently(t *testing.T, page *news.Page, rules *siterules.Set) (fields []string) {
	t.Helper()
	var said [2]map[string]any
	for i, set := range []*siterules.Set{nil, rules} {
		a, err := stage.Extract(page, 1<<20, set)
		if err != nil {
			t.Fatal(err)
		}
		bare := *a
		bare.ID, bare.ContentHash, bare.Simhash, bare.Provenance, bare.Extraction, bare.Raw = "", "", "", nil, news.Extraction{}, news.Raw{}
		text, err := json.Marshal(bare)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, &said[i]); err != nil {
			t.Fatal(err)
		}
	}
	all := maps.Clone(said[0])
	maps.Copy(all, said[1])
	for name := range all {
		if !cmp.Equal(said[0][name], said[1][name]) {
			fields = append(fields, name)
		}
	}
	slices.Sort(fields)
	return fields
}

// A rule for one site, which the extractors do not have, is replayed: the diff names exactly the articles and the
// fields that an independent comparison finds, and a subscriber sees exactly what
// is promoted of them.
func TestReplayDiffPromote(t *testing.T) {
	began := time.Now()
	dir := t.TempDir()
	conn := ownBroker(t, stream.Config{RetryBase: time.Millisecond})
	rows, errRows := store.Open(t.Context(), filepath.Join(dir, "index.db"))
	index, errIndex := search.Open(filepath.Join(dir, "search"))
	files, errFiles := archive.Open(filepath.Join(dir, "archive"), archive.Options{})
	for _, err := range []error{errRows, errIndex, errFiles} {
		if err != nil {
			t.Fatal(err)
		}
	}
	rulesFile := filepath.Join(dir, "rules.yaml")
	if err := os.WriteFile(rulesFile, []byte(ferryRule), 0o600); err != nil {
		t.Fatal(err)
	}
	rules, err := siterules.Open(rulesFile)
	if err != nil {
		t.Fatal(err)
	}
	start := func(works ...func(context.Context) error) (stop func()) {
		ctx, cancel := context.WithCancel(t.Context())
		group, ctx := errgroup.WithContext(ctx)
		for _, work := range works {
			group.Go(func() error { return work(ctx) })
		}
		return sync.OnceFunc(func() {
			cancel()
			if err := group.Wait(); err != nil {
				t.Error(err)
			}
		})
	}
	wait := func(what string, is func() bool) {
		t.Helper()
		for deadline := time.Now().Add(5 * time.Minute); !is(); time.Sleep(10 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("never came true: %s", what)
			}
		}
	}
	stopAll := start(stage.NewIndexer(conn, rows, index, stream.Batch{Size: 20, Wait: 20 * time.Millisecond}, zerolog.Nop()).Run,
		stage.NewArchiver(conn, rows, files, zerolog.Nop()).Run)
	t.Cleanup(func() {
		stopAll()
		files.Close()
		index.Close()
		rows.Close()
	})
	t.Cleanup(start((&stage.Extractor{Conn: conn, Workers: 2, PageLimit: 1 << 20}).Run))
	const pages = 60
	want, onlyHeadline := map[string]string{}, map[string]bool{}
	for n := range pages {
		page := ferryPage(n)
		if err := conn.PublishPage(t.Context(), page); err != nil {
			t.Fatal(err)
		}
		fields := independently(t, page, rules.Set())
		if len(fields) > 0 {
			want[page.CaptureID] = strings.Join(fields, " ")
		}
		if slices.Contains(fields, "headline") {
			onlyHeadline[page.URL] = true
		}
	}
	if len(want) < 10 || len(want) > pages/2 || len(onlyHeadline) == len(want) {
		t.Fatalf("the rule changes %d of %d articles, the headline of %d: it tells nothing", len(want), pages, len(onlyHeadline))
	}
	wait("all came in", func() bool {
		counts, err := rows.Counts(t.Context())
		captures, errCaptures := rows.CountCaptures(t.Context())
		return err == nil && errCaptures == nil && counts.Visits == pages && counts.Open == 0 && captures.Captures == pages
	})

	run := news.Run{Name: "rule", Kind: news.RunReplay, BegunAt: time.Now().UTC(), Rules: rules.Set().Digest()}
	if err := rows.BeginReplay(t.Context(), store.Replay{Run: run, Rules: rules.Text()}, nil); err != nil {
		t.Fatal(err)
	}
	d := &indexDesk{conn: conn, rows: rows, index: index, archives: true, promoting: make(chan struct{}, 1)}
	wait("the replay is complete", func() bool {
		state, err := d.run(t.Context(), "rule")
		return err == nil && state.Ended == pages
	})
	differing := func() map[string]string {
		t.Helper()
		reply, err := api.Gather[api.CompareReply](func(offset int) (api.Piece, error) {
			return d.runsCompare(t.Context(), api.CompareRequest{Run: "rule", Offset: offset})
		})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, c := range reply.Differing {
			change, err := diff.Compare(diff.Pair{CaptureID: c.CaptureID, Before: diff.Side{Record: c.Before.Record}, After: diff.Side{Record: c.After.Record}})
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, f := range change.Fields {
				names = append(names, f.Name)
			}
			slices.Sort(names)
			got[c.CaptureID] = strings.Join(names, " ")
		}
		return got
	}
	if diff := cmp.Diff(want, differing()); diff != "" {
		t.Errorf("what differs (-independently +diff):\n%s", diff)
	}

	// A subscriber from the begin: every article once, and what is promoted again.
	var mu sync.Mutex
	seen := map[string]int{}
	t.Cleanup(start(func(ctx context.Context) error {
		return conn.WatchArticles(ctx, &stream.Position{Since: began}, []string{"news.v1.article.>"}, func(m stream.ArticleMessage) error {
			mu.Lock()
			defer mu.Unlock()
			if m.Article != nil {
				seen[m.Article.URL]++
			}
			return nil
		})
	}))
	sum := func() (n int) {
		mu.Lock()
		defer mu.Unlock()
		for _, times := range seen {
			n += times
		}
		return n
	}
	promote := func(q api.PromoteRequest, want int) {
		t.Helper()
		q.Run = "rule"
		reply, err := d.runsPromote(t.Context(), q)
		if err != nil || reply.Promoted != want || len(reply.Skipped)+reply.Lost > 0 {
			t.Errorf("promoted %+v, %v, want %d", reply, err, want)
		}
	}
	promote(api.PromoteRequest{Sites: []string{"canal.example"}}, 0)
	promote(api.PromoteRequest{DryRun: true}, len(want))
	promote(api.PromoteRequest{Fields: []string{"headline"}}, len(onlyHeadline))
	wait("the index has them", func() bool { return len(differing()) == len(want)-len(onlyHeadline) })
	promote(api.PromoteRequest{}, len(want)-len(onlyHeadline))
	wait("the index has all", func() bool { return len(differing()) == 0 })
	promote(api.PromoteRequest{}, 0)
	wait("the subscriber has all", func() bool { return sum() >= pages+len(want) })
	expected := map[string]int{}
	for n := range pages {
		page := ferryPage(n)
		expected[page.URL] = 1
		if _, ok := want[page.CaptureID]; ok {
			expected[page.URL] = 2
		}
	}
	mu.Lock()
	defer mu.Unlock()
	if diff := cmp.Diff(expected, seen); diff != "" {
		t.Errorf("what a subscriber saw (-want +got):\n%s", diff)
	}
}

// ownBroker is a connection to a broker that this test alone has, with all streams.
func ownBroker(t *testing.T, c stream.Config) *stream.Conn {
	t.Helper()
	server, err := stream.StartServer(stream.ServerOptions{Dir: t.TempDir(), Port: -1, Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Shutdown(context.Background()) })
	c.Server = server
	conn, err := stream.Connect(t.Context(), c, zerolog.Nop())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	if _, err := conn.Setup(t.Context()); err != nil {
		t.Fatal(err)
	}
	return conn
}
