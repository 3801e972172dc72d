package store

import (
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/copydesk/copydesk/pkg/news"
)

// However captures come in, the versions of a story are what the page said in
// the order in which it said it.
func TestVersionsDoNotDependOnTheOrderOfArrival(t *testing.T) {
	s := open(t)
	story, lastRow := 0, int64(0)
	rapid.Check(t, func(r *rapid.T) {
		story++
		path := "/2026/story-" + strconv.Itoa(story)
		said := rapid.SliceOfN(rapid.SampledFrom([]string{"A", "B", "C"}), 1, 7).Draw(r, "said")
		var arrivals []Arrival
		for minute, headline := range said {
			arrivals = append(arrivals, Arrival{Article: capture(t, path, minute, headline), Sequence: 1})
		}
		want := slices.Compact(slices.Clone(said))

		arrivals = rapid.Permutation(arrivals).Draw(r, "arrivals")
		again := rapid.SliceOfN(rapid.SampledFrom(arrivals), 0, 4).Draw(r, "again")
		for _, batch := range [][]Arrival{arrivals, again} {
			if _, err := s.PutArticles(t.Context(), batch); err != nil {
				r.Fatal(err)
			}
		}
		storyID := arrivals[0].Article.StoryID
		var got []string
		for n := 1; n <= len(want); n++ {
			v, err := s.Story(t.Context(), storyID, n)
			if err != nil {
				r.Fatal(err)
			}
			if v.Version != n || v.Versions != len(want) {
				r.Errorf("version %d of %d, want %d of %d", v.Version, v.Versions, n, len(want))
			}
			got = append(got, v.Headline)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			r.Errorf("versions (-want +got):\n%s", diff)
		}
		latest, err := s.Story(t.Context(), storyID, 0)
		if err != nil || latest.Version != len(want) {
			r.Errorf("latest is version %d of %d, %v", latest.Version, len(want), err)
		}
		// The row marked latest is what the search index shows.
		rows, err := s.RowsAfter(t.Context(), lastRow, 100)
		if err != nil || len(rows) == 0 {
			r.Fatal(rows, err)
		}
		lastRow = rows[len(rows)-1].Number
		var shown []string
		for _, row := range rows {
			if row.Latest && row.Article.StoryID == storyID {
				shown = append(shown, row.Article.Headline)
			}
		}
		if diff := cmp.Diff([]string{said[len(said)-1]}, shown); diff != "" {
			r.Errorf("rows marked latest (-want +got):\n%s", diff)
		}
	})
}

func TestPutArticlesTwiceInOneBatch(t *testing.T) {
	s := open(t)
	a := Arrival{Article: capture(t, "/2026/ferry-is-late", 1, "A"), Sequence: 7}
	results, err := s.PutArticles(t.Context(), []Arrival{a, a})
	if err != nil {
		t.Fatal(err)
	}
	want := Result{Outcome: news.Done, StoryID: a.Article.StoryID, Row: 1, Version: 1}
	if diff := cmp.Diff([]Result{want, want}, results); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
