package store

import (
	"testing"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
)

// promoted has the index take an article as what was promoted.
func promoted(t *testing.T, s *Store, a *news.Article) Result {
	t.Helper()
	results, err := s.PutArticles(t.Context(), []Arrival{{Article: a, Sequence: 3, Promoted: &Promoted{Run: "better", At: morning.Add(time.Hour)}}})
	if err != nil {
		t.Fatal(err)
	}
	return results[0]
}

// said is the same capture with another headline.
func said(t *testing.T, a *news.Article, headline string) *news.Article {
	t.Helper()
	again := *a
	again.Headline = headline
	seal(t, &again)
	return &again
}

// What is promoted is the newest of its capture, whatever its number in whichever
// stream; what goes back is a revision of its own; nothing is promoted over a later
// capture.
func TestPromoted(t *testing.T) {
	s := open(t)
	const path = "/2026/ferry-is-late"
	first := capture(t, path, 1, "A")
	if _, err := s.PutArticles(t.Context(), []Arrival{{Article: first, Sequence: 900}}); err != nil { // of an import
		t.Fatal(err)
	}
	second := said(t, first, "A, said better")
	ids := map[string]bool{first.ID: true}
	for i, a := range []*news.Article{second, first, second, first} {
		id, why, err := s.Promotion(t.Context(), a)
		if err != nil || why != "" || ids[id] {
			t.Fatalf("promotion %d: %s, %q, %v", i, id, why, err)
		}
		ids[id] = true
		anew := *a
		anew.ID = id
		for range 2 {
			if r := promoted(t, s, &anew); r.Outcome != news.Done || r.Version != i+2 {
				t.Fatalf("promotion %d: %+v", i, r)
			}
		}
		if r := arrive(t, s, first); r[0].Version != 1 { // delivered once more
			t.Errorf("the first is %+v", r)
		}
		stored, err := s.Story(t.Context(), first.StoryID, 0)
		if err != nil || stored.Headline != a.Headline || stored.Versions != i+2 || stored.ID != id {
			t.Errorf("promotion %d: %q of %d versions, %v", i, stored.Headline, stored.Versions, err)
		}
		if m, err := s.Indexed(t.Context(), first.Raw.CaptureID); err != nil || m.ContentHash != a.ContentHash || m.Outcome != news.Done {
			t.Errorf("promotion %d: the index has %+v, %v", i, m, err)
		}
	}
	arrive(t, s, capture(t, path, 2, "B"))
	if _, why, err := s.Promotion(t.Context(), said(t, first, "A, said best")); why != NewerCapture || err != nil {
		t.Errorf("over a later capture: %q, %v", why, err)
	}
}

// A story whose last capture is no article is withdrawn, until an article comes of
// that capture or of a later one.
func TestLost(t *testing.T) {
	s := open(t)
	const path = "/2026/ferry-is-late"
	first := capture(t, path, 10, "A")
	arrive(t, s, first)
	lose := func(want Objection) *news.Withdrawn {
		t.Helper()
		w, why, err := s.Loss(t.Context(), first.Raw.CaptureID, news.SectionPage)
		if err != nil || why != want {
			t.Fatalf("%q, %v, want %q", why, err, want)
		}
		return w
	}
	isGone := func(want bool) {
		t.Helper()
		stored, err := s.Story(t.Context(), first.StoryID, 0)
		if err != nil || stored.WithdrawnAt.IsZero() == want {
			t.Errorf("withdrawn at %v, %v, want %v", stored.WithdrawnAt, err, want)
		}
		if ids, err := s.Withdrawn(t.Context()); err != nil || (len(ids) > 0) != want {
			t.Errorf("withdrawn %v, %v", ids, err)
		}
		m, err := s.Indexed(t.Context(), first.Raw.CaptureID)
		if err != nil || (m.Outcome == news.Skipped && m.Reason == news.SectionPage && m.Record == nil) != want {
			t.Errorf("the index has %+v, %v", m, err)
		}
	}
	w := lose("")
	isGone(false) // it is only said
	for range 2 {
		if err := s.Withdraw(t.Context(), w); err != nil {
			t.Fatal(err)
		}
	}
	isGone(true)
	lose(GoneAlready)
	older := capture(t, path, 5, "A, early")
	for _, a := range []*news.Article{first, older} { // delivered once more, and late
		if r := arrive(t, s, a)[0]; r.Withdrawn == nil || r.Withdrawn.ID != w.ID || r.Withdrawn.Reason != news.SectionPage {
			t.Errorf("nobody is told again: %+v", r)
		}
		isGone(true)
	}

	back := *first // the same again
	id, why, err := s.Promotion(t.Context(), first)
	if err != nil || why != "" || id == first.ID {
		t.Fatalf("back: %s, %q, %v", id, why, err)
	}
	back.ID = id
	if r := promoted(t, s, &back); r.Withdrawn != nil {
		t.Errorf("back: %+v", r)
	}
	isGone(false)

	twice := lose("")
	if twice.ID == w.ID {
		t.Error("lost again, it is told under the same identity")
	}
	if err := s.Withdraw(t.Context(), twice); err != nil {
		t.Fatal(err)
	}
	isGone(true)
	arrive(t, s, capture(t, path, 20, "B"))
	stored, err := s.Story(t.Context(), first.StoryID, 0)
	if err != nil || !stored.WithdrawnAt.IsZero() {
		t.Errorf("after a later capture withdrawn at %v, %v", stored.WithdrawnAt, err)
	}
	if w := lose(NewerCapture); w != nil {
		if err := s.Withdraw(t.Context(), w); err != nil { // told before that came
			t.Fatal(err)
		}
	}
	if stored, err := s.Story(t.Context(), first.StoryID, 0); err != nil || !stored.WithdrawnAt.IsZero() {
		t.Errorf("over a later capture withdrawn at %v, %v", stored.WithdrawnAt, err)
	}
}

// A story that is withdrawn because its page is gone is not withdrawn again; one
// that was lost is gone once its article is back and its page is not.
func TestLostAndGone(t *testing.T) {
	s := open(t)
	first := capture(t, "/2026/ferry-is-late", 10, "A")
	arrive(t, s, first)
	w, _, err := s.Loss(t.Context(), first.Raw.CaptureID, news.SectionPage)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Withdraw(t.Context(), w); err != nil {
		t.Fatal(err)
	}
	at := morning.Add(time.Hour)
	gone := news.Event{Stage: news.StageFetch, Attempt: 1, Outcome: news.Skipped, Reason: news.NotFound, At: at,
		Trace: news.Trace{VisitID: news.VisitID(first.URL, at), URL: first.URL, Site: "harbour.example"}}
	if told, err := s.PutEvents(t.Context(), []news.Event{gone}); err != nil || len(told) > 0 {
		t.Errorf("told %+v, %v", told, err)
	}
	back := *first
	if back.ID, _, err = s.Promotion(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	if r := promoted(t, s, &back); r.Withdrawn == nil || r.Withdrawn.Reason != "" || !r.Withdrawn.At.Equal(at) {
		t.Errorf("back, and gone: %+v", r.Withdrawn)
	}
	if _, why, err := s.Loss(t.Context(), first.Raw.CaptureID, news.SectionPage); why != GoneAlready || err != nil {
		t.Errorf("%q, %v", why, err)
	}
}
