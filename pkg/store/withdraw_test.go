package store

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
)

// Captures and visits that found the page gone come in any order, to the same
// end; who is told last is told the end.
func TestWithdrawn(t *testing.T) {
	const path = "/2026/ferry-late"
	address := "https://www.harbour.example" + path
	tests := []struct {
		name           string
		captures, gone []int // minutes
		since          int   // the minute, 0 for a story that is there
	}{
		{"there", []int{10}, nil, 0},
		{"gone", []int{10}, []int{30}, 30},
		{"gone, and asked again", []int{10}, []int{40, 30, 50}, 30},
		{"gone before it was seen", []int{50}, []int{30}, 0},
		{"back", []int{10, 50}, []int{30}, 0},
		{"back, and gone", []int{10, 50}, []int{30, 60}, 60},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for seed := range uint64(8) {
				s := open(t)
				var steps []func() []*news.Withdrawn
				for i, minute := range tt.captures {
					steps = append(steps, func() []*news.Withdrawn {
						var told []*news.Withdrawn
						for _, r := range arrive(t, s, capture(t, path, minute, fmt.Sprintf("Ferry late, report %d", i))) {
							if r.Withdrawn != nil {
								told = append(told, r.Withdrawn)
							}
						}
						return told
					})
				}
				for _, minute := range tt.gone {
					at := morning.Add(time.Duration(minute) * time.Minute)
					e := news.Event{Stage: news.StageFetch, Attempt: 1, Outcome: news.Skipped, Reason: news.NotFound, At: at,
						Trace: news.Trace{VisitID: news.VisitID(address, at), URL: address, Site: "harbour.example"}}
					steps = append(steps, func() []*news.Withdrawn {
						told, err := s.PutEvents(t.Context(), []news.Event{e})
						if err != nil {
							t.Fatal(err)
						}
						return told
					})
				}
				rand.New(rand.NewPCG(seed, 1)).Shuffle(len(steps), func(i, j int) { steps[i], steps[j] = steps[j], steps[i] })
				ids := map[string]bool{}
				for _, step := range append(steps, steps...) { // all of it may come twice
					for _, w := range step() {
						ids[w.ID] = true
					}
				}
				shown, err := s.Story(t.Context(), address, 0)
				if err != nil {
					t.Fatal(err)
				}
				var want time.Time
				if tt.since > 0 {
					want = morning.Add(time.Duration(tt.since) * time.Minute)
					if id := news.WithdrawnID(shown.StoryID, news.VisitID(address, want)); !ids[id] {
						t.Errorf("seed %d: nobody was told that it is gone since minute %d", seed, tt.since)
					}
				}
				if !shown.WithdrawnAt.Equal(want) {
					t.Errorf("seed %d: withdrawn at %v, want %v", seed, shown.WithdrawnAt, want)
				}
				if ids, err := s.Withdrawn(t.Context()); err != nil || len(ids) != min(tt.since, 1) {
					t.Errorf("seed %d: %d stories are withdrawn, %v", seed, len(ids), err)
				}
			}
		})
	}
}

// A short link may end before its story does, and what was never indexed cannot
// be withdrawn.
func TestOnlyTheStorysPageWithdraws(t *testing.T) {
	s := open(t)
	a := capture(t, "/2026/ferry-late", 10, "Ferry late")
	a.ShortURL = "https://hrbr.example/x7"
	arrive(t, s, a)
	for _, url := range []string{a.ShortURL, "https://www.harbour.example/2026/never-seen", "file:///page.html"} {
		e := news.Event{Stage: news.StageFetch, Attempt: 1, Outcome: news.Skipped, Reason: news.NotFound, At: morning.Add(time.Hour),
			Trace: news.Trace{VisitID: news.VisitID(url, morning), URL: url, Site: "harbour.example"}}
		if told, err := s.PutEvents(t.Context(), []news.Event{e}); err != nil || len(told) != 0 {
			t.Errorf("%s: told %+v, %v", url, told, err)
		}
	}
}
