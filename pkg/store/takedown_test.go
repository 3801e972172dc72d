package store

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

// What is taken down is in no row any more, whatever it was known by; what was
// fetched before does not come again, what is fetched after does.
func TestTakeDown(t *testing.T) {
	s := open(t)
	const path = "/2026/ferry-late"
	address := "https://www.harbour.example" + path
	first, second, other := capture(t, path, 10, "Ferry late"), capture(t, path, 20, "Ferry very late"), capture(t, "/2026/mill-shut", 30, "Mill shut")
	arrive(t, s, first, second, other)
	ofFirst, ofOther := capturedFor(1, first), capturedFor(3, other)
	copied := captured(4, "/copy", first.ID)
	copied.Kind, copied.RefersTo = news.CaptureRevisit, ofFirst.CaptureID
	putCaptured(t, s, ofFirst, ofOther, copied)

	visit := news.Event{Stage: news.StageIndex, Attempt: 1, Outcome: news.Done, At: morning.Add(10 * time.Minute), Trace: first.Trace()}
	visit.URL = "https://hrbr.example/f" // which led there
	if _, err := s.PutEvents(t.Context(), []news.Event{visit}); err != nil {
		t.Fatal(err)
	}

	run := Replay{Run: news.Run{Name: "again", Kind: news.RunReplay, BegunAt: morning}}
	if err := s.BeginReplay(t.Context(), run, nil); err != nil {
		t.Fatal(err)
	}
	would, err := s.WouldTakeDown(t.Context(), address+"?utm_source=x")
	if err != nil {
		t.Fatal(err)
	}
	want := Takedown{Captures: []news.Capture{ofFirst}, Elsewhere: []news.Capture{copied}, StoryID: first.StoryID, Revisions: 2, Addresses: []string{address}}
	if diff := cmp.Diff(want, would); diff != "" {
		t.Errorf("would (-want +got):\n%s", diff)
	}
	if counts, err := s.Counts(t.Context()); err != nil || counts.Stories != 2 || counts.Revisions != 3 {
		t.Errorf("before: %+v, %v", counts, err)
	}
	last, err := s.LastRow(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	at := morning.Add(time.Hour)
	taken, err := s.TakeDown(t.Context(), address+"?utm_source=x", "a test", at)
	if diff := cmp.Diff(want, taken); err != nil || diff != "" {
		t.Errorf("taken: %v (-want +got):\n%s", err, diff)
	}
	check := func(when string, stories, revisions int64) {
		t.Helper()
		if counts, err := s.Counts(t.Context()); err != nil || counts.Stories != stories || counts.Revisions != revisions {
			t.Errorf("%s: %+v, %v", when, counts, err)
		}
		for _, key := range []string{address, first.ID, second.ID, first.StoryID} {
			if _, err := s.Story(t.Context(), key, 0); errors.Is(err, ErrNotFound) != (stories == 1) {
				t.Errorf("%s: story %s: %v", when, key, err)
			}
		}
	}
	check("taken down", 1, 1)
	for address, want := range map[string]*Deletion{
		address + "?utm_source=x": {At: at, Reason: "a test"},
		"https://hrbr.example/f":  {At: at, Reason: "a test"},
		other.URL:                 nil,
	} {
		if got, err := s.Deletion(t.Context(), address); err != nil || !cmp.Equal(want, got) {
			t.Errorf("deletion of %s: %+v, %v, want %+v", address, got, err, want)
		}
	}
	if after, err := s.LastRow(t.Context()); err != nil || after != last {
		t.Errorf("the last row was %d, and is %d, %v", last, after, err)
	}
	if counts, err := s.CountCaptures(t.Context()); err != nil || counts != (CaptureCounts{Captures: 1}) {
		t.Errorf("captures %+v, %v", counts, err)
	}
	doomed, err := s.NextDoomed(t.Context(), "")
	if err != nil || len(doomed.Reasons) != 2 || doomed.Left != 1 || doomed.Reasons[ofFirst.CaptureID] != "a test" {
		t.Errorf("doomed %+v, %v", doomed, err)
	}
	// A replay that was to read it has its end with that, and keeps no record that
	// was on its way.
	if err := s.PutReplayed(t.Context(), []Replayed{{Run: run.Run, CaptureID: ofFirst.CaptureID, Article: first, Outcome: news.Done}}); err != nil {
		t.Fatal(err)
	}
	var ended, kept int
	if err := s.readers.QueryRowContext(t.Context(), `SELECT ended, (SELECT count(*) FROM replayed WHERE record IS NOT NULL) FROM runs`).Scan(&ended, &kept); err != nil || ended != 2 || kept != 0 {
		t.Errorf("the replay: %d ended, %d records, %v", ended, kept, err)
	}
	// Read again from a file that still has it, it stays out.
	if changed, err := s.ReplaceCaptures(t.Context(), ofFirst.File, []news.Capture{ofFirst, ofOther, copied}); err != nil || changed != 0 {
		t.Errorf("read again: %d, %v", changed, err)
	}
	if ids, n, err := s.Purged(t.Context(), 0, 10); err != nil || n != 1 || !cmp.Equal(ids, []string{first.StoryID}) {
		t.Errorf("purged %v, %d, %v", ids, n, err)
	}

	for _, r := range arrive(t, s, first, second) {
		if r.Outcome != news.Skipped {
			t.Errorf("it came again: %+v", r)
		}
	}
	check("come again", 1, 1)
	arrive(t, s, capture(t, path, 70, "Ferry late no more"))
	if ids, n, err := s.Purged(t.Context(), 0, 10); err != nil || n != 1 || len(ids) != 0 {
		t.Errorf("back, and purged %v, %d, %v", ids, n, err)
	}
	if counts, err := s.Counts(t.Context()); err != nil || counts.Stories != 2 || counts.Revisions != 2 {
		t.Errorf("fetched again: %+v, %v", counts, err)
	}
	if empty, err := s.TakeDown(t.Context(), "https://www.harbour.example/none", "a test", at); err != nil || !empty.Empty() {
		t.Errorf("nothing: %+v, %v", empty, err)
	}
}

// The address of a front page that led to a story takes no story with it.
func TestTakeDownOfWhatOnlyLeads(t *testing.T) {
	s := open(t)
	a := capture(t, "/2026/ferry-late", 10, "Ferry late")
	a.RequestedURL = "https://www.harbour.example/"
	seal(t, a)
	arrive(t, s, a)
	if taken, err := s.TakeDown(t.Context(), "https://www.harbour.example/", "a test", morning.Add(time.Hour)); err != nil || taken.StoryID != "" {
		t.Errorf("%+v, %v", taken, err)
	}
	if _, err := s.Story(t.Context(), a.URL, 0); err != nil {
		t.Error(err)
	}
}
