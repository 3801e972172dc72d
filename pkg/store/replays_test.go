package store

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

var replayBegun = time.Date(2026, 3, 20, 8, 0, 0, 0, time.UTC)

// archived puts captures and the articles that the index has of them: every third
// capture has none.
func archived(t *testing.T, s *Store, n int) []*news.Article {
	t.Helper()
	var all []*news.Article
	for i := range n {
		a := capture(t, fmt.Sprintf("/2026/boat-%d", i), i+1, fmt.Sprint("Boat ", i))
		all = append(all, a)
		if i%3 != 2 {
			arrive(t, s, a)
		}
		if err := s.PutCaptures(t.Context(), []news.Capture{{
			CaptureID: a.Raw.CaptureID, VisitID: news.VisitOf(a.Raw.CaptureID), URL: a.URL, RequestedURL: a.URL,
			Site: "harbour.example", FetchedAt: a.Raw.FetchedAt, Kind: news.CaptureResponse, File: "one.warc",
		}}); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func replayOf(name string, q ReplayQuestion) Replay {
	return Replay{Run: news.Run{Name: name, Kind: news.RunReplay, BegunAt: replayBegun}, Question: q, MadeBy: Maker{Extraction: news.Extraction{Extractor: "copydesk", Version: "1", Rules: "sha256:aa"}}}
}

func every(*news.Article) bool { return true }

// unfed feeds all that a run wants now and gives the captures' IDs.
func unfed(t *testing.T, s *Store, run news.Run) (ids []string) {
	t.Helper()
	for {
		captures, last, err := s.Unfed(t.Context(), run, 4)
		if err != nil {
			t.Fatal(err)
		}
		if len(captures) == 0 {
			return ids
		}
		for _, c := range captures {
			ids = append(ids, c.CaptureID)
		}
		if err := s.Feed(t.Context(), run.Name, last); err != nil {
			t.Fatal(err)
		}
	}
}

// What a replay takes is fixed at its begin, by what it was asked for.
func TestReplayChooses(t *testing.T) {
	s := open(t)
	all := archived(t, s, 12)
	for _, tt := range []struct {
		name string
		q    ReplayQuestion
		want int
	}{
		{"all", ReplayQuestion{}, 12},
		{"site", ReplayQuestion{Site: "harbour.example"}, 12},
		{"another-site", ReplayQuestion{Site: "canal.example"}, 0},
		{"url", ReplayQuestion{URL: all[3].URL}, 1},
		{"from", ReplayQuestion{From: all[4].Raw.FetchedAt}, 8},
		{"until", ReplayQuestion{Until: all[4].Raw.FetchedAt}, 4},
		{"from-age", ReplayQuestion{FromAge: replayBegun.Sub(all[4].Raw.FetchedAt)}, 8},
		{"until-age", ReplayQuestion{UntilAge: replayBegun.Sub(all[4].Raw.FetchedAt)}, 4},
		{"where", ReplayQuestion{Where: "boat"}, 8},
		{"sample", ReplayQuestion{Sample: 5}, 5},
		{"sample-of-more", ReplayQuestion{Sample: 50}, 12},
		{"sample-where", ReplayQuestion{Sample: 3, Where: "boat"}, 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := replayOf(tt.name, tt.q)
			err := s.BeginReplay(t.Context(), r, every)
			if tt.want == 0 {
				if !errors.Is(err, ErrNoCaptures) {
					t.Errorf("error %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			again := replayOf(tt.name+"-again", tt.q)
			if err := s.BeginReplay(t.Context(), again, every); err != nil {
				t.Fatal(err)
			}
			ids := unfed(t, s, r.Run)
			if len(ids) != tt.want {
				t.Errorf("%d captures, want %d", len(ids), tt.want)
			}
			if diff := cmp.Diff(ids, unfed(t, s, again.Run)); diff != "" {
				t.Errorf("the same question chose others:\n%s", diff)
			}
		})
	}
}

// A live page that was found as it was is not replayed. One whose body another page
// has, or an earlier visit but for the last, was extracted when it came.
func TestReplayChoosesRevisits(t *testing.T) {
	s := open(t)
	whole := func(n int, path, body string) news.Capture {
		c := captured(n, path, body)
		c.Run = ""
		return c
	}
	visit := func(n int, path, body string) news.Capture {
		c := whole(n, path, body)
		c.Kind, c.RefersTo = news.CaptureRevisit, "another"
		return c
	}
	first, second := whole(1, "/ferry", "A"), whole(4, "/ferry", "B")
	notModified := visit(3, "/mill", "A")
	notModified.Status = 304
	imported := visit(6, "/ferry", "B")
	imported.Run = "spring"
	short := visit(9, "/ferry", "A")
	short.RequestedURL = "https://harbour.example/f"
	elsewhere, back := visit(2, "/mill", "A"), visit(7, "/ferry", "A")
	all := []news.Capture{first, elsewhere, notModified, second, visit(5, "/ferry", "B"), imported, back, visit(8, "/ferry", "A"), short}
	if err := s.PutCaptures(t.Context(), all); err != nil {
		t.Fatal(err)
	}
	r := replayOf("all", ReplayQuestion{})
	if err := s.BeginReplay(t.Context(), r, nil); err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, c := range []news.Capture{first, elsewhere, second, imported, back, short} {
		want = append(want, c.CaptureID)
	}
	if diff := cmp.Diff(want, unfed(t, s, r.Run)); diff != "" {
		t.Errorf("chosen (-want +got):\n%s", diff)
	}
}

// A replay is complete when each capture has one result; the first holds, but for
// one that was dead.
func TestReplayKeepsOneResultACapture(t *testing.T) {
	s := open(t)
	all := archived(t, s, 6)
	r := replayOf("again", ReplayQuestion{})
	for range 2 { // the second time it goes on
		if err := s.BeginReplay(t.Context(), r, every); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.BeginReplay(t.Context(), replayOf("again", ReplayQuestion{Sample: 2}), every); !errors.Is(err, ErrOtherRun) {
		t.Errorf("begun otherwise: %v", err)
	}
	unfed(t, s, r.Run)
	same, moved, strange := *all[0], *all[1], *all[2]
	moved.Headline = "Boat moved"
	for _, a := range []*news.Article{&same, &moved, &strange} {
		a.Extraction = news.Extraction{Extractor: "copydesk", Version: "1", Rules: "sha256:aa", Rule: "harbour.example@2026-01-01"}
	}
	strange.Extraction.Version = "2"
	for _, a := range []*news.Article{&same, &moved, &strange} {
		if err := a.Seal(); err != nil {
			t.Fatal(err)
		}
	}
	done := func(a *news.Article) Replayed {
		return Replayed{Run: r.Run, CaptureID: a.Raw.CaptureID, Article: a, Outcome: news.Done}
	}
	none := func(a *news.Article, o news.Outcome, why news.Reason) Replayed {
		return Replayed{Run: r.Run, CaptureID: a.Raw.CaptureID, Outcome: o, Reason: why}
	}
	older := done(&moved)
	older.Run.BegunAt = replayBegun.Add(-time.Hour) // of one that was dropped
	results := []Replayed{
		older, done(&same), done(&moved), none(all[1], news.Skipped, news.NoText), done(&strange),
		none(all[3], news.Dead, news.Poison), none(all[3], news.Skipped, news.HomePage), none(all[4], news.Skipped, news.NoText),
		{Run: r.Run, CaptureID: "of nobody", Outcome: news.Skipped},
	}
	for range 2 {
		if err := s.PutReplayed(t.Context(), results); err != nil {
			t.Fatal(err)
		}
	}
	runs, err := s.Runs(t.Context())
	if err != nil || len(runs) != 1 || runs[0].Captures != 6 || runs[0].Fed != 6 || runs[0].Ended != 5 || runs[0].Others != 1 {
		t.Errorf("runs %+v, %v", runs, err)
	}
	counts, err := s.RunOutcomes(t.Context(), "again")
	if diff := cmp.Diff(map[news.Outcome]int64{news.Done: 3, news.Skipped: 2}, counts); diff != "" || err != nil {
		t.Errorf("outcomes (-want +got), %v:\n%s", err, diff)
	}
	type line struct {
		Before, After news.Outcome
		Same          bool
	}
	var got []line
	for after := int64(0); ; {
		some, err := s.Compare(t.Context(), "again", "", after, 4)
		if err != nil {
			t.Fatal(err)
		}
		if len(some) == 0 {
			break
		}
		for _, c := range some {
			got = append(got, line{c.Before.Outcome, c.After.Outcome, c.Before.ContentHash == c.After.ContentHash})
			after = c.Number
		}
	}
	want := []line{{"done", "done", true}, {"done", "done", false}, {"", "done", false}, {"done", "skipped", false}, {"done", "skipped", false}, {"", "", true}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("against the index (-want +got):\n%s", diff)
	}
	itself, err := s.Compare(t.Context(), "again", "again", 0, 10)
	if err != nil || len(itself) != 6 {
		t.Fatalf("%d, %v", len(itself), err)
	}
	for _, c := range itself {
		if diff := cmp.Diff(c.Before, c.After); diff != "" {
			t.Errorf("against itself:\n%s", diff)
		}
	}
}

// A cancelled replay is handed on no further; a dropped one is gone, and its name
// is free. An import is not dropped, and a cancelled one has no more to be sent.
func TestReplayIsCancelledAndDropped(t *testing.T) {
	s := open(t)
	archived(t, s, 6)
	r := replayOf("again", ReplayQuestion{})
	if err := s.BeginReplay(t.Context(), r, every); err != nil {
		t.Fatal(err)
	}
	unfedRuns := func() int {
		runs, err := s.UnfedRuns(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return len(runs)
	}
	if n := unfedRuns(); n != 1 {
		t.Errorf("%d runs to feed", n)
	}
	if err := s.CancelRun(t.Context(), "again", replayBegun); err != nil || unfedRuns() != 0 {
		t.Errorf("cancelled: %v, %d runs to feed", err, unfedRuns())
	}
	if err := s.DropRun(t.Context(), "again"); err != nil {
		t.Error(err)
	}
	if err := s.DropRun(t.Context(), "again"); !errors.Is(err, ErrNotFound) {
		t.Errorf("dropped twice: %v", err)
	}
	if err := s.BeginReplay(t.Context(), replayOf("again", ReplayQuestion{Sample: 1}), every); err != nil {
		t.Errorf("the name is not free: %v", err)
	}
	if err := s.BeginRun(t.Context(), news.Run{Name: "spring", Kind: news.RunImport, BegunAt: replayBegun}, true); err != nil {
		t.Fatal(err)
	}
	if err := s.DropRun(t.Context(), "spring"); !errors.Is(err, ErrNoReplay) {
		t.Errorf("an import: %v", err)
	}
	for _, want := range []bool{true, false} {
		run, err := s.Run(t.Context(), "spring")
		sending, errSending := s.Sending(t.Context(), "spring")
		if err != nil || errSending != nil || run.Sending != want || sending != want || !run.CancelledAt.IsZero() {
			t.Errorf("sending %v and %v, want %v: %+v, %v, %v", run.Sending, sending, want, run, err, errSending)
		}
		if err := s.CancelRun(t.Context(), "spring", replayBegun); err != nil {
			t.Fatal(err)
		}
	}
}

// A replay that was cancelled goes on from where it was; what got lost on its way
// is handed on again, and nothing else.
func TestReplayGoesOn(t *testing.T) {
	s := open(t)
	archived(t, s, 9)
	r := replayOf("on", ReplayQuestion{})
	begin := func() {
		t.Helper()
		if err := s.BeginReplay(t.Context(), r, every); err != nil {
			t.Fatal(err)
		}
	}
	begin()
	captures, last, err := s.Unfed(t.Context(), r.Run, 6)
	if err != nil || len(captures) != 6 {
		t.Fatalf("%d captures, %v", len(captures), err)
	}
	if err := s.Feed(t.Context(), "on", last); err != nil {
		t.Fatal(err)
	}
	if err := s.CancelRun(t.Context(), "on", replayBegun); err != nil {
		t.Fatal(err)
	}
	unfedRuns := func(want int) {
		t.Helper()
		if runs, err := s.UnfedRuns(t.Context()); err != nil || len(runs) != want {
			t.Errorf("%d runs to hand on, %v, want %d", len(runs), err, want)
		}
	}
	unfedRuns(0)
	begin() // with the same question
	unfedRuns(1)
	if ids := unfed(t, s, r.Run); len(ids) != 3 {
		t.Errorf("%d are left to hand on, want 3", len(ids))
	}
	for _, i := range []int{0, 2, 5} {
		if err := s.PutReplayed(t.Context(), []Replayed{{Run: r.Run, CaptureID: captures[i].CaptureID, Outcome: news.Skipped, Reason: news.NoText}}); err != nil {
			t.Fatal(err)
		}
	}
	if runs, err := s.StandingRuns(t.Context()); err != nil || len(runs) != 1 || runs[0].Ended != 3 {
		t.Errorf("standing %+v, %v", runs, err)
	}
	if err := s.FeedAgain(t.Context(), "on"); err != nil {
		t.Fatal(err)
	}
	if runs, err := s.StandingRuns(t.Context()); err != nil || len(runs) != 0 {
		t.Errorf("standing %+v, %v", runs, err)
	}
	again := unfed(t, s, r.Run)
	if len(again) != 6 || slices.Contains(again, captures[2].CaptureID) || again[0] != captures[1].CaptureID {
		t.Errorf("handed on again: %q", again)
	}
	unfedRuns(0)
}
