package store

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

// An import stands while one of its captures has neither an article nor an end of its
// visit, whatever the stage and outcome that tell of it, and only those are handed on
// again.
func TestImportStands(t *testing.T) {
	s := open(t)
	spring := news.Run{Name: "spring", Kind: news.RunImport, BegunAt: replayBegun}
	if err := s.BeginRun(t.Context(), spring, false); err != nil {
		t.Fatal(err)
	}
	standing := func() int {
		t.Helper()
		runs, err := s.StandingRuns(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return len(runs)
	}
	var want []string
	number := 0
	put := func(end func(trace news.Trace) bool) {
		t.Helper()
		number++
		url := fmt.Sprintf("https://harbour.example/%d", number)
		visit := news.VisitID(url, replayBegun)
		c := news.Capture{CaptureID: news.CaptureID(visit, "sha256:aa"), VisitID: visit, URL: url, Run: "spring", FetchedAt: replayBegun, Kind: news.CaptureResponse}
		if err := s.PutCaptures(t.Context(), []news.Capture{c}); err != nil {
			t.Fatal(err)
		}
		if !end(news.Trace{VisitID: c.VisitID, CaptureID: c.CaptureID, URL: url}) {
			want = append(want, c.CaptureID)
		}
	}
	nothing := func(news.Trace) bool { return false }
	for _, stage := range append([]news.Stage{"a newer build's"}, news.Stages...) {
		for _, outcome := range []news.Outcome{news.Done, news.Unchanged, news.Skipped, news.Retrying, news.Dead} {
			put(func(trace news.Trace) bool {
				e := news.Event{Stage: stage, Trace: trace, Attempt: 1, Outcome: outcome, At: replayBegun}
				if _, err := s.PutEvents(t.Context(), []news.Event{e}); err != nil {
					t.Fatal(err)
				}
				return e.Final()
			})
		}
	}
	put(nothing)
	kept := capture(t, "/2026/boat", 1, "Boat")
	arrive(t, s, kept)
	if err := s.PutCaptures(t.Context(), []news.Capture{{CaptureID: kept.Raw.CaptureID, VisitID: news.VisitOf(kept.Raw.CaptureID), URL: kept.URL, Run: "spring", FetchedAt: replayBegun, Kind: news.CaptureResponse}}); err != nil {
		t.Fatal(err)
	}
	if standing() != 0 {
		t.Error("it stands before it is handed on")
	}
	unfed(t, s, spring)
	if standing() != 1 {
		t.Error("it does not stand")
	}
	lost := func() (ids []string) {
		t.Helper()
		for after := int64(0); ; {
			captures, last, err := s.Unended(t.Context(), "spring", after, 3)
			if err != nil {
				t.Fatal(err)
			}
			if len(captures) == 0 {
				return ids
			}
			for _, c := range captures {
				ids = append(ids, c.CaptureID)
			}
			after = last
		}
	}
	if diff := cmp.Diff(want, lost()); diff != "" {
		t.Errorf("without an end (-want +got):\n%s", diff)
	}
	for len(want) > 0 {
		before, err := s.StandingRuns(t.Context())
		if err != nil || len(before) != 1 {
			t.Fatalf("with %d to come: standing %+v, %v", len(want), before, err)
		}
		e := news.Event{Stage: news.StageIndex, Trace: news.Trace{VisitID: news.VisitOf(want[0])}, Attempt: 1, Outcome: news.Done, At: replayBegun.Add(time.Hour)}
		if _, err := s.PutEvents(t.Context(), []news.Event{e}); err != nil {
			t.Fatal(err)
		}
		want = want[1:]
		if after, err := s.StandingRuns(t.Context()); err != nil || len(after) == 1 && after[0].Ended <= before[0].Ended {
			t.Errorf("it gets on, and that is not seen: %+v, then %+v, %v", before, after, err)
		}
		if diff := cmp.Diff(want, lost()); len(want) > 0 && diff != "" {
			t.Errorf("without an end (-want +got):\n%s", diff)
		}
	}
	if standing() != 0 || len(lost()) != 0 {
		t.Error("it stands when all are at their end")
	}
	put(nothing)
	unfed(t, s, spring)
	if standing() != 1 || len(lost()) != 1 {
		t.Error("what comes later is not waited for")
	}
	if run, err := s.Run(t.Context(), "spring"); err != nil || run.Ended != 0 || run.Captures != int64(number+1) {
		t.Errorf("run %+v, %v", run, err)
	}
}
