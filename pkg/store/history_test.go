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
	story := 0
	rapid.Check(t, func(t2 *rapid.T) {
		story++
		path := "/2026/story-" + strconv.Itoa(story)
		said := rapid.SliceOfN(rapid.SampledFrom([]string{"A", "B", "C"}), 1, 7).Draw(t2, "said")
		var arrivals []Arrival
		for minute, headline := range said {
			arrivals = append(arrivals, Arrival{Article: capture(t, path, minute, headline), Sequence: 1})
		}
		want := slices.Compact(slices.Clone(said))

		arrivals = rapid.Permutation(arrivals).Draw(t2, "arrivals")
		again := rapid.SliceOfN(rapid.SampledFrom(arrivals), 0, 4).Draw(t2, "again")
		for _, batch := range [][]Arrival{arrivals, again} {
			if _, err := s.PutArticles(t.Context(), batch); err != nil {
				t2.Fatal(err)
			}
		}
		storyID := arrivals[0].Article.StoryID
		var got []string
		for n := 1; n <= len(want); n++ {
			v, err := s.Story(t.Context(), storyID, n)
			if err != nil {
				t2.Fatal(err)
			}
			if v.Version != n || v.Versions != len(want) {
				t2.Errorf("version %d of %d, want %d of %d", v.Version, v.Versions, n, len(want))
			}
			got = append(got, v.Headline)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t2.Errorf("versions (-want +got):\n%s", diff)
		}
		latest, err := s.Story(t.Context(), storyID, 0)
		if err != nil || latest.Version != len(want) {
			t2.Errorf("latest is version %d of %d, %v", latest.Version, len(want), err)
		}
		// The row marked latest is what the search index shows.
		rows, err := s.RowsAfter(t.Context(), 0, 1<<20)
		if err != nil {
			t2.Fatal(err)
		}
		var shown []string
		for _, row := range rows {
			if row.Latest && row.Article.StoryID == storyID {
				shown = append(shown, row.Article.Headline)
			}
		}
		if diff := cmp.Diff([]string{said[len(said)-1]}, shown); diff != "" {
			t2.Errorf("rows marked latest (-want +got):\n%s", diff)
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
