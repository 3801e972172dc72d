package store

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

// capturedFor is the capture that an article was made of.
func capturedFor(n int, a *news.Article) news.Capture {
	c := captured(n, "/elsewhere", a.ID)
	c.CaptureID, c.VisitID, c.URL, c.FetchedAt = a.Raw.CaptureID, a.Trace().VisitID, a.URL, a.Raw.FetchedAt
	return c
}

// An address names what it answered, what it was asked for and led to, and where
// it is a story's own all of the story.
func TestCapturesTo(t *testing.T) {
	s := open(t)
	first, second := capture(t, "/2026/ferry-late", 10, "Ferry late"), capture(t, "/amp/2026/ferry-late", 20, "Ferry very late")
	second.CanonicalURL = first.URL
	seal(t, second)
	arrive(t, s, first, second)
	ofFirst, ofSecond := capturedFor(1, first), capturedFor(2, second)
	list := captured(30, "/list", "L")
	moved := captured(40, "/new", "N")
	event := news.Event{Stage: news.StageFetch, Attempt: 1, Outcome: news.Done, At: moved.FetchedAt,
		Trace: news.Trace{VisitID: moved.VisitID, URL: "https://www.harbour.example/old", Site: "harbour.example"}}
	if _, err := s.PutEvents(t.Context(), []news.Event{event}); err != nil {
		t.Fatal(err)
	}
	all := []news.Capture{ofFirst, ofSecond, list, moved}
	putCaptured(t, s, all...)
	for address, want := range map[string][]int{
		"https://www.harbour.example/2026/ferry-late":              {0, 1},
		"https://www.harbour.example/2026/ferry-late?utm_source=x": {0, 1},
		"https://www.harbour.example/list":                         {2},
		"https://www.harbour.example/old":                          {3},
		"https://www.harbour.example/new":                          {3},
		"https://www.harbour.example/":                             nil,
		"file:///tmp/none.html":                                    nil,
	} {
		found, err := s.CapturesTo(t.Context(), address)
		if err != nil {
			t.Fatal(err)
		}
		var got []int
		for _, c := range found {
			got = append(got, slices.IndexFunc(all, func(a news.Capture) bool { return a.CaptureID == c.CaptureID }))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", address, diff)
		}
	}
}
