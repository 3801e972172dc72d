package store

import (
	"testing"

	"github.com/copydesk/copydesk/pkg/news"
)

// What is promoted is the newest of its capture, whatever its number in whichever
// stream; nothing is promoted over a later capture, nor what was there before.
func TestPromoted(t *testing.T) {
	s := open(t)
	const path = "/2026/ferry-is-late"
	first := capture(t, path, 1, "A")
	if _, err := s.PutArticles(t.Context(), []Arrival{{Article: first, Sequence: 900}}); err != nil { // of an import
		t.Fatal(err)
	}
	again := *first
	again.Headline = "A, said better"
	seal(t, &again)
	object := func(a *news.Article) Objection {
		t.Helper()
		why, err := s.Object(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		return why
	}
	if why := object(&again); why != "" {
		t.Errorf("object: %s", why)
	}
	for range 2 {
		results, err := s.PutArticles(t.Context(), []Arrival{{Article: &again, Sequence: 3, Promoted: true}})
		if err != nil || results[0].Outcome != news.Done || results[0].Version != 2 {
			t.Fatalf("%+v, %v", results, err)
		}
	}
	stored, err := s.Story(t.Context(), first.StoryID, 0)
	if err != nil || stored.Headline != again.Headline || stored.Versions != 2 {
		t.Errorf("%q of %d versions, %v", stored.Headline, stored.Versions, err)
	}
	if why := object(first); why != HadBefore {
		t.Errorf("what was there before: %q", why)
	}
	arrive(t, s, capture(t, path, 2, "B"))
	third := again
	third.Headline = "A, said best"
	seal(t, &third)
	if why := object(&third); why != NewerCapture {
		t.Errorf("over a later capture: %q", why)
	}
}
