package service

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/search"
	"github.com/copydesk/copydesk/pkg/stage"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// reader is a subscriber by the rules of docs/subscribe.md.
type reader struct {
	mu       sync.Mutex
	messages []string // all, in order
	ids      map[string]bool
	stories  map[string]readStory
}

type readStory struct {
	headline            string
	fetchedAt           time.Time
	sequence, withdrawn uint64
}

func (r *reader) take(m stream.ArticleMessage) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	story := r.stories[m.Trace.StoryID]
	if a := m.Article; a != nil {
		r.messages = append(r.messages, a.Headline)
		if r.ids[a.ID] {
			r.messages = append(r.messages, "under an identity that it has had")
		}
		r.ids[a.ID] = true
		if at := a.Raw.FetchedAt.Compare(story.fetchedAt); at > 0 || at == 0 && m.Sequence > story.sequence {
			story.headline, story.fetchedAt, story.sequence = a.Headline, a.Raw.FetchedAt, m.Sequence
		}
	} else {
		r.messages = append(r.messages, "withdrawn")
		story.withdrawn = max(story.withdrawn, m.Sequence)
	}
	r.stories[m.Trace.StoryID] = story
	return nil
}

// has is what it has in the end, and what it saw.
func (r *reader) has() (headlines, messages []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range r.stories {
		if s.sequence > s.withdrawn {
			headlines = append(headlines, s.headline)
		}
	}
	slices.Sort(headlines)
	return headlines, slices.Clone(r.messages)
}

// What a replay has no more is withdrawn where that is wanted, what another has
// again is published again, there and back: a subscriber has what the index has.
func TestPromoteThereAndBack(t *testing.T) {
	began := time.Now()
	dir := t.TempDir()
	conn := ownBroker(t, stream.Config{})
	rows, errRows := store.Open(t.Context(), filepath.Join(dir, "index.db"))
	index, errIndex := search.Open(filepath.Join(dir, "search"))
	for _, err := range []error{errRows, errIndex} {
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		index.Close()
		rows.Close()
	})
	subscriber := &reader{ids: map[string]bool{}, stories: map[string]readStory{}}
	ctx, cancel := context.WithCancel(t.Context())
	var works sync.WaitGroup
	works.Go(func() {
		if err := stage.NewIndexer(conn, rows, index, stream.Batch{Size: 20, Wait: 20 * time.Millisecond}, zerolog.Nop()).Run(ctx); err != nil {
			t.Error(err)
		}
	})
	works.Go(func() {
		if err := conn.WatchArticles(ctx, &stream.Position{Since: began}, nil, subscriber.take); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() {
		cancel()
		works.Wait()
	})
	wait := func(what string, is func() bool) {
		t.Helper()
		for deadline := time.Now().Add(5 * time.Minute); !is(); time.Sleep(10 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("never came true: %s", what)
			}
		}
	}

	// Ferry and Canal; of Mole there is a later capture.
	record := func(name string, minute int, headline string) *news.Article {
		t.Helper()
		url := "https://harbour.example/2026/" + name
		at := time.Date(2026, 3, 1, 12, minute, 0, 0, time.UTC)
		a := &news.Article{
			Schema: news.ArticleSchema, Type: news.NewsArticle, StoryID: news.StoryID(weburl.StoryKey("", url)),
			URL: url, RequestedURL: url, Headline: headline, ArticleBody: headline + ", said the harbour master.",
			Raw: news.Raw{CaptureID: news.CaptureID(news.VisitID(url, at), news.Digest([]byte(name))), FetchedAt: at},
		}
		if err := a.Seal(); err != nil {
			t.Fatal(err)
		}
		return a
	}
	ferry, canal, mole := record("ferry", 1, "Ferry"), record("canal", 2, "Canal"), record("mole", 3, "Mole")
	for _, a := range []*news.Article{ferry, canal, mole} {
		if err := rows.PutCaptures(t.Context(), []news.Capture{{
			CaptureID: a.Raw.CaptureID, VisitID: news.VisitOf(a.Raw.CaptureID), URL: a.URL, RequestedURL: a.URL,
			Site: "harbour.example", FetchedAt: a.Raw.FetchedAt, Kind: news.CaptureResponse, File: "one.warc",
		}}); err != nil {
			t.Fatal(err)
		}
	}
	replay := func(name string, made ...*news.Article) {
		t.Helper()
		run := news.Run{Name: name, Kind: news.RunReplay, BegunAt: time.Now().UTC()}
		if err := rows.BeginReplay(t.Context(), store.Replay{Run: run}, nil); err != nil {
			t.Fatal(err)
		}
		var results []store.Replayed
		for i, of := range []*news.Article{ferry, canal, mole} {
			r := store.Replayed{Run: run, CaptureID: of.Raw.CaptureID, Outcome: news.Skipped, Reason: news.SectionPage}
			if made[i] != nil {
				r.Article, r.Outcome, r.Reason = made[i], news.Done, ""
			}
			results = append(results, r)
		}
		if err := rows.PutReplayed(t.Context(), results); err != nil {
			t.Fatal(err)
		}
	}
	for _, a := range []*news.Article{ferry, canal, mole, record("mole", 30, "Mole, later")} {
		if err := conn.PublishArticle(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	wait("all came in", func() bool {
		counts, err := rows.Counts(t.Context())
		return err == nil && counts.Revisions == 4
	})
	better := record("ferry", 1, "Ferry, said better")
	replay("better", better, nil, nil)
	replay("back", ferry, canal, mole)

	d := &indexDesk{conn: conn, rows: rows, index: index, archives: true}
	promote := func(q api.PromoteRequest, published, withdrawn, skipped, lost int) {
		t.Helper()
		reply, err := d.runsPromote(t.Context(), q)
		got := []int{reply.Promoted, len(reply.Withdrawn), len(reply.Skipped), reply.Lost}
		if diff := cmp.Diff([]int{published, withdrawn, skipped, lost}, got); diff != "" || err != nil {
			t.Errorf("promote %+v: %+v, %v, published, withdrawn, skipped, lost (-want +got):\n%s", q, reply, err, diff)
		}
	}
	settled := func(want ...string) {
		t.Helper()
		wait(fmt.Sprint("the index and the subscriber have ", want), func() bool {
			headlines, _ := subscriber.has()
			var indexed []string
			for _, a := range []*news.Article{ferry, canal, mole} {
				stored, err := rows.Story(t.Context(), a.StoryID, 0)
				if err != nil {
					t.Fatal(err)
				}
				if stored.WithdrawnAt.IsZero() {
					indexed = append(indexed, stored.Headline)
				}
			}
			slices.Sort(indexed)
			return slices.Equal(want, headlines) && slices.Equal(want, indexed)
		})
	}
	for range 2 {
		promote(api.PromoteRequest{Run: "better", DryRun: true}, 1, 0, 0, 2)
		promote(api.PromoteRequest{Run: "better", Lost: true, DryRun: true}, 1, 1, 1, 0)
		promote(api.PromoteRequest{Run: "better", Lost: true}, 1, 1, 1, 0)
		settled("Ferry, said better", "Mole, later")
		promote(api.PromoteRequest{Run: "better", Lost: true}, 0, 0, 1, 0)
		promote(api.PromoteRequest{Run: "back"}, 2, 0, 0, 0)
		settled("Canal", "Ferry", "Mole, later")
		promote(api.PromoteRequest{Run: "back"}, 0, 0, 0, 0)
	}
	if err := rows.BeginReplay(t.Context(), store.Replay{Run: news.Run{Name: "part", Kind: news.RunReplay, BegunAt: time.Now().UTC()}}, nil); err != nil {
		t.Fatal(err)
	}
	if err := rows.CancelRun(t.Context(), "part", time.Now()); err != nil {
		t.Fatal(err)
	}
	if reply, err := d.runsPromote(t.Context(), api.PromoteRequest{Run: "part"}); err != nil || reply.Unended != 3 || reply.Promoted > 0 {
		t.Errorf("promote what was cancelled: %+v, %v, want 3 without a result", reply, err)
	}
	_, messages := subscriber.has()
	want := []string{"Ferry", "Canal", "Mole", "Mole, later"}
	for range 2 {
		want = append(want, "Ferry, said better", "withdrawn", "Ferry", "Canal")
	}
	if diff := cmp.Diff(want, messages); diff != "" {
		t.Errorf("what a subscriber saw (-want +got):\n%s", diff)
	}
}
