package store

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

// What is still in memory is given as it would be read from the file, and nobody
// notices where that begins and ends.
func TestRowsAreTheSameOutOfMemory(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index.db")
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for i := range 12 {
		a := capture(t, fmt.Sprintf("/2026/story-%d", i/2), i, fmt.Sprint("Headline ", i))
		if i == 4 {
			a.ArticleBody = strings.Repeat("long ", maxLately/5)
		}
		arrive(t, s, a)
		arrive(t, s, a) // again: no row
	}
	if held := len(s.lately.rows); held == 0 || held == 12 {
		t.Fatalf("%d rows are in memory, want some and not all", held)
	}
	cold, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer cold.Close()
	for after := range int64(13) {
		for _, limit := range []int{3, 100} {
			got, want := rowsAfter(t, s, after, limit), rowsAfter(t, cold, after, limit)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%d rows after %d (-file +memory):\n%s", limit, after, diff)
			}
		}
	}
	if held := len(s.lately.rows); held != 0 {
		t.Errorf("%d rows are held that nobody follows any more", held)
	}
}

func rowsAfter(t *testing.T, s *Store, after int64, limit int) []news.Row {
	t.Helper()
	rows, err := s.RowsAfter(t.Context(), after, limit)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestLatelyHasNoGap(t *testing.T) {
	var l lately
	add := func(numbers ...int64) {
		var rows []latelyRow
		for _, n := range numbers {
			rows = append(rows, latelyRow{n, &news.Article{}, 1})
		}
		l.add(rows)
	}
	numbers := func(after int64) (all []int64) {
		for _, r := range l.after(after) {
			all = append(all, r.number)
		}
		return all
	}
	add(6, 7) // committed behind those below, and noted before them
	add(4, 5)
	if diff := cmp.Diff([]int64{4, 5}, numbers(0)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	add(6)
	if diff := cmp.Diff([]int64{5, 6}, numbers(4)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if l.size != 2 {
		t.Errorf("%d bytes are held, want 2", l.size)
	}
}
