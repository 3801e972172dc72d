package stream

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

var importRun = news.Run{Name: "spring-2024", Kind: news.RunImport}

func recordOf(place string, body []byte) *news.Record {
	return &news.Record{
		Schema: news.RecordSchema, Run: importRun.Name, File: "theirs.warc.gz", Place: place,
		URL: "https://news.example/" + place, Length: len(body), Body: body,
	}
}

// Records of somebody else's archive arrive byte for byte, in order, beside what
// is live.
func TestImportedRecordsArriveAsPublished(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	packed, large, page := recordOf("0", noise(2000)), recordOf("2000", noise(600<<10)), recordOf("line 7", []byte("<p>tide"))
	packed.Packed = true
	page.Page = pageOf("line", page.Body)
	plain := recordOf("9", []byte(strings.Repeat("WARC/1.1 the tide is high ", 500)))
	want := []*news.Record{packed, large, page, plain}
	for _, r := range want {
		for range 2 { // the second is a duplicate
			if err := c.PublishImport(t.Context(), r); err != nil {
				t.Fatal(err)
			}
		}
	}
	got := make(chan *Message[Captured], 10)
	running(t, func(ctx context.Context) error {
		return c.ConsumeCaptures(ctx, Batch{Size: 10, Wait: 50 * time.Millisecond}, func(_ context.Context, batch []*Message[Captured]) []error {
			for _, m := range batch {
				m.Trace = news.Trace{VisitID: "visit of " + m.Value.Record.Place, URL: m.Value.Record.URL, Site: "news.example"}
				got <- m
			}
			return nil
		})
	})
	for i, r := range want {
		if diff := cmp.Diff(r, receive(t, got).Value.Record); diff != "" {
			t.Errorf("record %d (-want +got):\n%.1000s", i, diff)
		}
	}
	for _, e := range eventsOf(t, c, len(want)) {
		if e.Stage != news.StageArchive || e.Outcome != news.Done || !strings.HasPrefix(e.VisitID, "visit of ") {
			t.Errorf("told %+v", e)
		}
	}
}

// archived is a body as an archive has it.
func archived(body []byte) []byte {
	return fmt.Appendf(nil, "WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", len(body), body)
}

// A full queue is waited for.
func TestImportWaitsWhileTheQueueIsFull(t *testing.T) {
	t.Parallel()
	c := desktop(t, func(c *Config) { c.Topology.Import = Limit{Messages: 2, Bytes: -1, Age: -1} })
	for i := range 2 {
		if err := c.PublishImport(t.Context(), recordOf(fmt.Sprint(i), []byte("tide"))); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*queuePause)
	defer cancel()
	if err := c.PublishImport(ctx, recordOf("2", []byte("tide"))); err == nil {
		t.Error("a third was taken")
	}
	running(t, func(ctx context.Context) error {
		return c.ConsumeCaptures(ctx, Batch{Size: 10, Wait: 50 * time.Millisecond}, func(context.Context, []*Message[Captured]) []error { return nil })
	})
	if err := c.PublishImport(t.Context(), recordOf("2", []byte("tide"))); err != nil {
		t.Error(err)
	}
}

// Of four pages one is a run's while there are live ones, and all when there are
// none; each says what it belongs to.
func TestRunsComeBehindWhatIsLive(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	const live, replayed = 60, 40
	for i := range live {
		if err := c.PublishPage(t.Context(), pageOf(fmt.Sprintf("live-%d", i), []byte("<p>tide"))); err != nil {
			t.Fatal(err)
		}
	}
	for i := range replayed {
		page := pageOf(fmt.Sprintf("old-%d", i), []byte("<p>ebb"))
		for range 2 {
			if err := c.PublishReplay(t.Context(), importRun, page, archived(page.Body)); err != nil {
				t.Fatal(err)
			}
		}
	}
	shown(t, c, streamRaw, "extract", live)
	shown(t, c, streamReplay, "extract-replay", replayed)
	q := queues{live: c.sources(pageReaders), behind: c.sources(replayReaders), runs: newCrowd(1)}
	var order []bool // whether it was a run's
	take := func(d *delivery) {
		defer d.rest()
		m, err := open(t.Context(), d, c.readPage, (*news.Page).Trace)
		if err != nil {
			t.Fatal(err)
		}
		if m.Run != nil && *m.Run != importRun || (m.Run != nil) != strings.Contains(m.Value.URL, "old-") {
			t.Errorf("page %s of run %v", m.Value.URL, m.Run)
		}
		order = append(order, m.Run != nil)
		if err := d.raw.Ack(); err != nil {
			t.Fatal(err)
		}
	}
	for end := time.Now().Add(patience); len(order) < live+replayed; {
		if _, err := q.pull(t.Context(), 1, take); err != nil || time.Now().After(end) {
			t.Fatalf("%d pages came: %v", len(order), err)
		}
	}
	first := 0
	for _, ofRun := range order[:live] {
		if ofRun {
			first++
		}
	}
	if share := first * 100 / live; share < 20 || share > 30 {
		t.Errorf("%d of the first %d pages were a run's, want about a quarter", first, live)
	}
}

// A live page does not wait until the pages of a run are done that have all workers.
func TestLivePagesDoNotWaitForRuns(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	const workers = 2
	for i := range workers {
		if err := c.PublishReplay(t.Context(), importRun, pageOf(fmt.Sprintf("old-%d", i), []byte("<p>ebb")), archived([]byte("<p>ebb"))); err != nil {
			t.Fatal(err)
		}
	}
	taken, finish := make(chan *Message[*news.Page], 10), make(chan struct{})
	running(t, func(ctx context.Context) error {
		return c.ConsumePages(ctx, workers, func(_ context.Context, m *Message[*news.Page]) error {
			taken <- m
			if m.Run != nil {
				<-finish
			}
			return nil
		})
	})
	for range workers {
		if m := receive(t, taken); m.Run == nil {
			t.Errorf("page %s is of no run", m.Value.URL)
		}
	}
	const live = 3
	for i := range live {
		if err := c.PublishPage(t.Context(), pageOf(fmt.Sprintf("live-%d", i), []byte("<p>tide"))); err != nil {
			t.Fatal(err)
		}
		if m := receive(t, taken); m.Run != nil {
			t.Errorf("page %s is of run %v", m.Value.URL, m.Run)
		}
	}
	close(finish)
	told(t, c, workers+live)
}

// What a run makes of pages is for the index, not for subscribers.
func TestRecordsOfRunsAreNoNews(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	old := articleOf("old")
	for run, a := range map[news.Run]*news.Article{importRun: old, {Name: "again", Kind: news.RunReplay}: articleOf("replayed")} {
		page := &Message[*news.Page]{Run: &run, delivery: &delivery{began: time.Now()}}
		if err := c.HandOn(t.Context(), page, a); err != nil {
			t.Fatal(err)
		}
	}
	got := make(chan *Message[*news.Article], 10)
	running(t, func(ctx context.Context) error {
		return c.ConsumeArticles(ctx, Batch{Size: 10, Wait: 50 * time.Millisecond}, func(_ context.Context, batch []*Message[*news.Article]) []error {
			for _, m := range batch {
				got <- m
			}
			return nil
		})
	})
	m := receive(t, got)
	if diff := cmp.Diff(old, m.Value); diff != "" || m.Run == nil || *m.Run != importRun {
		t.Errorf("run %v (-want +got):\n%s", m.Run, diff)
	}
	settled(t, c, streamShadow, "index-import")
	if len(got) > 0 {
		t.Errorf("a replay's record was given to the index: %v", receive(t, got).Value.URL)
	}
	s, err := c.js.Stream(t.Context(), streamArticle)
	if err != nil {
		t.Fatal(err)
	}
	if n := s.CachedInfo().State.Msgs; n > 0 {
		t.Errorf("%d messages on ARTICLE", n)
	}
}

// What a replay makes of pages is told to the replay, each page once, and to
// nobody else: neither as an event nor when its dead letter is dropped.
func TestReplaysAreToldApart(t *testing.T) {
	t.Parallel()
	c := desktop(t, func(c *Config) { c.MaxAttempts = 2 })
	again := news.Run{Name: "again", Kind: news.RunReplay, BegunAt: time.Date(2026, 3, 20, 8, 0, 0, 0, time.UTC)}
	for _, name := range []string{"story", "list", "broken", "busy"} {
		page := pageOf(name, []byte("<p>"+name))
		if err := c.PublishReplay(t.Context(), again, page, archived(page.Body)); err != nil {
			t.Fatal(err)
		}
	}
	got := make(chan *Message[Result], 10)
	running(t, func(ctx context.Context) error {
		return c.ConsumeResults(ctx, Batch{Size: 10, Wait: 50 * time.Millisecond}, func(_ context.Context, batch []*Message[Result]) []error {
			for _, m := range batch {
				got <- m
			}
			return nil
		})
	})
	running(t, func(ctx context.Context) error {
		return c.ConsumePages(ctx, 1, func(ctx context.Context, m *Message[*news.Page]) error {
			switch string(m.Value.Body) {
			case "<p>list":
				return &news.Fault{Kind: news.Skip, Reason: news.SectionPage}
			case "<p>broken":
				return &news.Fault{Kind: news.Permanent, Reason: news.Malformed}
			case "<p>busy":
				if m.Attempt == 1 {
					return fmt.Errorf("later")
				}
			}
			return c.HandOn(ctx, m, articleOf(strings.TrimPrefix(string(m.Value.Body), "<p>")))
		})
	})
	results := map[string]string{}
	take := func(n int) {
		for range n {
			m := receive(t, got)
			if m.Run == nil || *m.Run != again {
				t.Errorf("of run %v", m.Run)
			}
			said := "record"
			if e := m.Value.Event; e != nil {
				said = string(e.Outcome) + " " + string(e.Reason)
			}
			results[m.Trace.URL] += said + ";"
		}
	}
	take(4)
	letters, err := c.DeadList(t.Context(), 0, 10)
	if err != nil || len(letters) != 1 {
		t.Fatalf("dead letters %v, %v", letters, err)
	}
	if err := c.DeadDrop(t.Context(), letters[0].Sequence); err != nil {
		t.Fatal(err)
	}
	take(1)
	want := map[string]string{
		pageOf("list", nil).RequestedURL: "skipped sectionPage;", pageOf("broken", nil).RequestedURL: "dead malformed;dead dropped;",
		articleOf("story").Trace().URL: "record;", articleOf("busy").Trace().URL: "record;",
	}
	if diff := cmp.Diff(want, results); diff != "" {
		t.Errorf("results (-want +got):\n%s", diff)
	}
	s, err := c.js.Stream(t.Context(), streamEvent)
	if err != nil {
		t.Fatal(err)
	}
	if n := s.CachedInfo().State.Msgs; n > 0 {
		t.Errorf("%d events", n)
	}
}

// Who is idle waits where the last message came from, whatever may be tried again.
func TestIdleStagesWaitWhereTheLastCameFrom(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	sources := c.sources(fetchReaders)
	expect := func(name string) {
		t.Helper()
		if got := likeliest(sources).name; got != name {
			t.Errorf("waits on %s, want %s", got, name)
		}
	}
	expect("fetch-fresh")
	bring := func(i int) {
		t.Helper()
		if err := c.PublishFetch(t.Context(), jobOf(fmt.Sprint(i))); err != nil {
			t.Fatal(err)
		}
		eventually(t, "a job is pulled", func() bool {
			left, err := pullAll(t.Context(), sources, 1, func(d *delivery) { _ = d.raw.Ack() })
			return err == nil && left == 0
		})
	}
	bring(1)
	expect("fetch-normal")
	sources[0].broughtAt = time.Now() // retries
	expect("fetch-normal")
}

// While a stage waits for the next page of a run, its spare hand waits for live ones.
func TestWhoWaitsForRunsHasAHandForLivePages(t *testing.T) {
	t.Parallel()
	c := desktop(t)
	q := queues{live: c.sources(pageReaders), behind: c.sources(replayReaders), runs: newCrowd(2)}
	running(t, func(ctx context.Context) error {
		for i := 0; ctx.Err() == nil; i++ {
			page := pageOf(fmt.Sprint(i), []byte("<p>ebb"))
			if err := c.PublishReplay(ctx, importRun, page, archived(page.Body)); err != nil && ctx.Err() == nil {
				return err
			}
			for left := 2; left == 2 && ctx.Err() == nil; {
				var err error
				if left, err = q.pull(ctx, 2, func(d *delivery) { _ = d.raw.Ack() }); err != nil {
					return err
				}
			}
			if _, err := q.pull(ctx, 2, func(d *delivery) { _ = d.raw.Ack() }); err != nil {
				return err
			}
		}
		return nil
	})
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if !q.runs.wait(ctx) {
		t.Error("the spare hand is never asked")
	}
}
