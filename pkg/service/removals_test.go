package service

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
)

// copied is somebody's copy of the articles, kept by increments as docs/export.md
// says.
type copied struct {
	of    api.ExportRequest // without a place to begin
	after int64
	began int64 // the last row when it was begun
	rows  map[int64]news.StoredRow
	now   map[string]time.Time // what is withdrawn, since when
	left  int                  // rows that were taken away since the story left
}

func everything[T any](t *testing.T, d *indexDesk, q api.ExportRequest) (all []T, row int64) {
	t.Helper()
	for {
		reply := mustExport(t, d, q)
		if reply.Removed != q.Removed {
			t.Fatalf("asked for %q, got %q", q.Removed, reply.Removed)
		}
		for _, record := range reply.Records {
			var one T
			if err := json.Unmarshal(record, &one); err != nil {
				t.Fatal(err)
			}
			all = append(all, one)
		}
		if q.After = reply.Row; reply.Row >= reply.LastRow {
			return all, reply.Row
		}
	}
}

// increment adds what is new, and takes away what has to go.
func (c *copied) increment(t *testing.T, d *indexDesk) {
	t.Helper()
	q := c.of
	q.After = c.after
	records, row := everything[news.StoredRow](t, d, q)
	if c.after == 0 {
		c.began = row
	}
	for _, r := range records {
		c.rows[r.Number] = r
	}
	c.after = row
	taken, _ := everything[news.Removal](t, d, api.ExportRequest{Removed: news.RemovedTakedown})
	for _, gone := range taken {
		for n, r := range c.rows {
			if r.StoryID == gone.StoryID && (gone.Before == 0 || n < gone.Before) {
				delete(c.rows, n)
			}
		}
		if gone.URL != "" || gone.ArticleID != "" || gone.At.IsZero() {
			t.Errorf("a takedown says %+v", gone)
		}
	}
	if !q.Revisions {
		q.After, q.Removed = c.began, news.RemovedLeft
		left, _ := everything[news.Removal](t, d, q)
		for _, gone := range left {
			for n, r := range c.rows {
				if r.StoryID == gone.StoryID && n < gone.Before {
					delete(c.rows, n)
					c.left++
				}
			}
		}
	}
	c.now = map[string]time.Time{}
	withdrawn, _ := everything[news.Removal](t, d, api.ExportRequest{Removed: news.RemovedWithdrawn})
	for _, gone := range withdrawn {
		c.now[gone.StoryID] = gone.At
	}
}

// kept is what is in a copy, by story and row: since when it is withdrawn.
func (c *copied) kept() map[string]string {
	newest := map[string]int64{}
	for n, r := range c.rows {
		newest[r.StoryID] = max(newest[r.StoryID], n)
	}
	all := map[string]string{}
	for n, r := range c.rows {
		if c.of.Revisions || n == newest[r.StoryID] {
			all[fmt.Sprint(r.StoryID, " ", n, " ", r.Headline)] = c.now[r.StoryID].String()
		}
	}
	return all
}

// A whole dump and all increments after it are what a later whole dump is, whatever
// was deleted, was withdrawn, left the filter and came back between.
func TestIncrementsAreAWholeDump(t *testing.T) {
	for name, of := range map[string]api.ExportRequest{
		"stories": {}, "revisions": {Revisions: true},
		"stories told twice": {Query: "twice"}, "revisions told twice": {Query: "twice", Revisions: true},
		"stories of three days": {Until: exportMorning.Add(72 * time.Hour)},
	} {
		filtered := !of.Revisions && (of.Query != "" || !of.Until.IsZero())
		for seed := range uint64(6) {
			t.Run(fmt.Sprint(name, " ", seed), func(t *testing.T) {
				rows, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "index.db"))
				if err != nil {
					t.Fatal(err)
				}
				defer rows.Close()
				d := &indexDesk{rows: rows}
				mine := &copied{of: of, rows: map[int64]news.StoredRow{}}
				chance := rand.New(rand.NewPCG(seed, 1))
				took, gone := 0, 0
				for minute := 1; minute <= 120; minute++ {
					n := chance.IntN(8)
					url, at := fmt.Sprintf("https://news.example/2026/story-%d", n), exportMorning.Add(time.Duration(minute)*time.Hour)
					switch chance.IntN(6) {
					case 0:
						if _, err := rows.TakeDown(t.Context(), url, "a test", at); err != nil {
							t.Fatal(err)
						}
						took++
					case 1:
						event := news.Event{
							Stage: news.StageFetch, Attempt: 1, Outcome: news.Skipped, Reason: news.NotFound, At: at,
							Trace: news.Trace{VisitID: news.VisitID(url, at), URL: url, Site: "news.example"},
						}
						if _, err := rows.PutEvents(t.Context(), []news.Event{event}); err != nil {
							t.Fatal(err)
						}
						gone++
					case 2:
						mine.increment(t, d)
					default:
						arrival := exportable(t, n, fmt.Sprintf("It was told %s.", []string{"once", "twice"}[chance.IntN(2)]))
						arrival.Sequence, arrival.Article.Raw.FetchedAt = uint64(minute), at
						arrival.Article.Raw.CaptureID = news.CaptureID(news.VisitID(url, at), arrival.Article.ContentHash)
						if err := arrival.Article.Seal(); err != nil {
							t.Fatal(err)
						}
						if _, err := rows.PutArticles(t.Context(), []store.Arrival{arrival}); err != nil {
							t.Fatal(err)
						}
					}
				}
				mine.increment(t, d)
				whole := &copied{of: of, rows: map[int64]news.StoredRow{}, now: map[string]time.Time{}}
				records, _ := everything[news.StoredRow](t, d, of)
				for _, r := range records {
					whole.rows[r.Number] = r
					whole.now[r.StoryID] = r.WithdrawnAt
				}
				if diff := cmp.Diff(whole.kept(), mine.kept()); diff != "" || took == 0 || gone == 0 || filtered != (mine.left > 0) {
					t.Errorf("%d records, %d takedowns, %d pages gone, %d rows left (-whole +increments):\n%s", len(records), took, gone, mine.left, diff)
				}
			})
		}
	}
}

// What the archive has no more are ranges of rows, those at the end too.
func TestRemovedCaptures(t *testing.T) {
	rows, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "index.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	d := &indexDesk{rows: rows}
	var captures []news.Capture
	for n := range 20 {
		url := fmt.Sprintf("https://news.example/2026/story-%d", n+1)
		captures = append(captures, news.Capture{CaptureID: fmt.Sprint(n), URL: url, RequestedURL: url, File: "1", FetchedAt: exportMorning.Add(time.Duration(n) * time.Minute)})
	}
	if err := rows.PutCaptures(t.Context(), captures); err != nil {
		t.Fatal(err)
	}
	want := func(want ...news.CaptureGap) {
		t.Helper()
		got, _ := everything[news.CaptureGap](t, d, api.ExportRequest{Removed: news.RemovedCaptures})
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	want()
	if _, err := rows.Expire(t.Context(), store.Keep{Age: 24 * time.Hour}, exportMorning.Add(24*time.Hour+5*time.Minute), false); err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{9, 10, 15, 20} {
		if _, err := rows.TakeDown(t.Context(), fmt.Sprintf("https://news.example/2026/story-%d", n), "a test", exportMorning); err != nil {
			t.Fatal(err)
		}
	}
	want(news.CaptureGap{From: 1, To: 5}, news.CaptureGap{From: 9, To: 10}, news.CaptureGap{From: 15, To: 15}, news.CaptureGap{From: 20, To: 20})
}
