package search

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
)

// The tests of this file follow real rows.

func openStore(t testing.TB) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "index.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func pageOf(story string) string { return "https://news.example/2026/" + story }

// put stores a capture of a story, fetched in that minute.
func put(t testing.TB, s *store.Store, story string, minute int, headline string) {
	t.Helper()
	a := &news.Article{
		StoryID: news.StoryID(story), URL: pageOf(story), Headline: headline,
		Raw: news.Raw{
			CaptureID: news.CaptureID(news.VisitID(story, time.Unix(int64(minute), 0)), "0"),
			FetchedAt: time.Date(2026, 3, 14, 6, minute, 0, 0, time.UTC),
		},
	}
	if err := a.Seal(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.PutArticles(t.Context(), []store.Arrival{{Article: a, Sequence: uint64(minute)}}); err != nil {
		t.Fatal(err)
	}
}

// equal fails the test unless each story is found by its latest headline, one
// word, and by no other.
func equal(t testing.TB, s *store.Store, x *Index) {
	t.Helper()
	rows, err := s.RowsAfter(t.Context(), 0, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	want, got := map[string][]string{}, map[string][]string{}
	for _, row := range rows {
		headline := row.Article.Headline
		if row.Latest {
			want[headline] = append(want[headline], row.Article.StoryID)
		}
		got[headline] = find(t, x, headline, Options{Limit: maxLimit})
	}
	for headline := range got {
		slices.Sort(want[headline])
		slices.Sort(got[headline])
		if !slices.Equal(want[headline], got[headline]) {
			t.Errorf("%s: search finds %v, rows have %v", headline, got[headline], want[headline])
		}
	}
	counts, errRows := s.Counts(t.Context())
	stories, errSearch := x.current.DocCount()
	if errRows != nil || errSearch != nil || uint64(counts.Stories) != stories {
		t.Errorf("search has %d stories, rows have %d; %v, %v", stories, counts.Stories, errSearch, errRows)
	}
}

// Whenever the process ends between the rows and the search, and whatever comes
// in next, search is equal to the rows once it has caught up.
func TestSearchEqualsRowsAfterCrashes(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := openStore(t)
		dir := filepath.Join(t.TempDir(), "bleve")
		minute := 0
		for range rapid.IntRange(1, 3).Draw(r, "lives") {
			x := openIn(t, dir)
			for range rapid.IntRange(0, 5).Draw(r, "captures") {
				minute++
				put(t, s,
					rapid.SampledFrom([]string{"one", "two", "three"}).Draw(r, "story"),
					rapid.SampledFrom([]int{minute, 20 - minute}).Draw(r, "minute"),
					rapid.SampledFrom([]string{"ferry", "bridge", "fog"}).Draw(r, "headline"))
				if rapid.IntRange(0, 4).Draw(r, "take down") == 0 {
					gone := pageOf(rapid.SampledFrom([]string{"one", "two", "three"}).Draw(r, "gone"))
					if _, err := s.TakeDown(t.Context(), gone, "a test", time.Time{}); err != nil {
						r.Fatal(err)
					}
				}
				if rapid.Bool().Draw(r, "catch up") {
					if err := x.CatchUp(t.Context(), s); err != nil {
						r.Fatal(err)
					}
				}
			}
			if err := x.Close(); err != nil {
				r.Fatal(err)
			}
		}
		x := openIn(t, dir)
		if err := x.CatchUp(t.Context(), s); err != nil {
			r.Fatal(err)
		}
		equal(t, s, x)
		if err := x.Close(); err != nil {
			r.Fatal(err)
		}
	})
}

func TestRebuildWhileItAnswersAndFollows(t *testing.T) {
	s := openStore(t)
	const stories = 60
	for i := range stories {
		put(t, s, fmt.Sprint(i), i%60, "ferry")
	}
	x := openIn(t, filepath.Join(t.TempDir(), "bleve"))
	if err := x.CatchUp(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	ferry, err := Parse("ferry")
	if err != nil {
		t.Fatal(err)
	}
	var others sync.WaitGroup
	rebuilt := make(chan struct{})
	wake := make(chan struct{})
	others.Go(func() {
		for range wake {
			if err := x.CatchUp(t.Context(), s); err != nil {
				t.Error(err)
			}
		}
	})
	others.Go(func() {
		for i := stories; ; i++ {
			select {
			case <-rebuilt:
				close(wake)
				return
			default:
			}
			if i < maxLimit { // more of them than one search finds, nobody could count
				put(t, s, fmt.Sprint(i), i%60, "ferry")
				wake <- struct{}{}
			}
			if found, err := x.Search(t.Context(), ferry, Options{}); err != nil || found.Total < stories {
				t.Errorf("found %d stories of %d and more, %v", found.Total, stories, err)
			}
		}
	})
	for range 3 {
		var told [][2]int64
		if err := x.Rebuild(t.Context(), s, func(row, last int64) { told = append(told, [2]int64{row, last}) }); err != nil {
			t.Error(err)
		}
		if n := len(told); n < 2 || told[0][0] != 0 || told[n-1][0] != told[n-1][1] {
			t.Errorf("progress %v, want it from 0 to the last row", told)
		}
	}
	close(rebuilt)
	others.Wait()
	equal(t, s, x)
	names, err := filepath.Glob(filepath.Join(x.dir, prefix+"*"))
	if diff := cmp.Diff([]string{filepath.Join(x.dir, "index-000004")}, names); diff != "" || err != nil {
		t.Errorf("generations left (-want +got):\n%s%v", diff, err)
	}
}

func TestARebuildThatIsStoppedChangesNothing(t *testing.T) {
	s := openStore(t)
	put(t, s, "one", 1, "ferry")
	x := openIn(t, filepath.Join(t.TempDir(), "bleve"))
	if err := x.CatchUp(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	if err := x.Rebuild(ctx, s, func(int64, int64) { cancel() }); err == nil {
		t.Error("a stopped rebuild is no error")
	}
	equal(t, s, x)
	if err := x.Rebuild(t.Context(), s, func(int64, int64) {
		if err := x.Rebuild(t.Context(), s, nil); err != ErrRebuilding {
			t.Errorf("a rebuild during a rebuild: %v, want ErrRebuilding", err)
		}
	}); err != nil {
		t.Error(err)
	}
}
