package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/sqlite"
)

func TestReadingDoesNotWaitForWriting(t *testing.T) {
	s := open(t)
	a := capture(t, "/2026/ferry-is-late", 1, "A")
	arrive(t, s, a)
	if err := sqlite.InTx(t.Context(), s.writer, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(t.Context(), `UPDATE totals SET n = 99`); err != nil {
			return err
		}
		_, err := s.Story(t.Context(), a.StoryID, 0)
		counts, errCounts := s.Counts(t.Context())
		if counts.Stories != 1 {
			t.Errorf("an open write shows in the counts: %+v", counts)
		}
		return errors.Join(err, errCounts)
	}); err != nil {
		t.Fatal(err)
	}
	if err := s.read(t.Context(), func(*sql.Tx) error {
		_, err := s.PutArticles(t.Context(), []Arrival{{Article: capture(t, "/2026/ferry-is-late", 2, "B"), Sequence: 2}})
		return err
	}); err != nil {
		t.Errorf("writing while somebody reads: %v", err)
	}
}

func TestABatchIsAllOrNothing(t *testing.T) {
	s := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.PutArticles(ctx, []Arrival{{Article: capture(t, "/2026/ferry-is-late", 1, "A")}}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want Canceled", err)
	}
	if last, err := s.LastRow(t.Context()); err != nil || last != 0 {
		t.Errorf("last row %d, %v, want none", last, err)
	}
}

func TestRowsAreKeptOverAReopening(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index.db")
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	a := capture(t, "/2026/ferry-is-late", 1, "Fähre, 渡轮, العبارة")
	arrive(t, s, a)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	rows, err := s.RowsAfter(t.Context(), 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]news.Row{{Number: 1, Latest: true, Article: a}}, rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRowsAfter(t *testing.T) {
	s := open(t)
	for i := range 7 {
		arrive(t, s, capture(t, fmt.Sprintf("/2026/story-%d", i), i, "A"))
	}
	var numbers []int64
	for after := int64(0); ; {
		rows, err := s.RowsAfter(t.Context(), after, 3)
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) == 0 {
			break
		}
		for _, row := range rows {
			numbers = append(numbers, row.Number)
		}
		after = rows[len(rows)-1].Number
	}
	if diff := cmp.Diff([]int64{1, 2, 3, 4, 5, 6, 7}, numbers); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRowsAfterStopsAtLargeRecords(t *testing.T) {
	s := open(t)
	for i := range 5 {
		a := capture(t, fmt.Sprintf("/2026/story-%d", i), i, "A")
		a.ArticleBody = strings.Repeat("long ", maxRowsBytes/5/2)
		arrive(t, s, a)
	}
	rows, err := s.RowsAfter(t.Context(), 0, 100)
	if err != nil || len(rows) != 2 {
		t.Errorf("%d rows at once, %v, want 2", len(rows), err)
	}
}

func TestJourney(t *testing.T) {
	s := open(t)
	a := capture(t, "/2026/ferry-is-late", 1, "A")
	a.RequestedURL = "https://www.harbour.example/s/1"
	seal(t, a)
	arrive(t, s, a)
	trace := a.Trace()
	fetched := event(news.StageFetch, 1, news.Done, "", 1)
	indexed := event(news.StageIndex, 1, news.Done, "", 2)
	fetched.Trace, indexed.Trace = trace, trace
	later := event(news.StageFetch, 1, news.Unchanged, "", 60)
	later.Trace = news.Trace{VisitID: "later", URL: trace.URL, Site: trace.Site}
	if _, err := s.PutEvents(t.Context(), []news.Event{later, indexed, fetched}); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, url string
		want      [][]news.Event
	}{
		{"the address asked for", a.RequestedURL, [][]news.Event{{fetched, indexed}, {later}}},
		{"written otherwise", "HTTPS://WWW.harbour.example/s/1#top", [][]news.Event{{fetched, indexed}, {later}}},
		{"the story's own address", a.URL, [][]news.Event{{fetched, indexed}}},
		{"never asked for", "https://www.harbour.example/2026/other", nil},
		{"no address", "::", nil},
	}
	for _, test := range tests {
		visits, err := s.Journey(t.Context(), test.url)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		var got [][]news.Event
		for _, v := range visits {
			got = append(got, v.Lines)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestCounts(t *testing.T) {
	s := open(t)
	arrive(t, s,
		capture(t, "/2026/ferry-is-late", 1, "A"),
		capture(t, "/2026/ferry-is-late", 2, "B"),
		capture(t, "/2026/ferry-is-late", 3, "B"),
		capture(t, "/2026/bridge-is-open", 4, "C"))
	var events []news.Event
	for visit, e := range map[string]news.Event{
		"1": event(news.StageIndex, 1, news.Done, "", 1),
		"2": event(news.StageIndex, 1, news.Done, "", 2),
		"3": event(news.StageExtract, 1, news.Skipped, news.HomePage, 3),
		"4": event(news.StageFetch, 1, news.Retrying, news.Timeout, 4),
	} {
		e.VisitID = visit
		events = append(events, e)
	}
	if _, err := s.PutEvents(t.Context(), events); err != nil {
		t.Fatal(err)
	}
	got, err := s.Counts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := Counts{Stories: 2, Revisions: 3, Visits: 4, Open: 1, Tallies: []Tally{
		{Stage: news.StageFetch, Outcome: news.Retrying, Reason: news.Timeout, Visits: 1},
		{Stage: news.StageExtract, Outcome: news.Skipped, Reason: news.HomePage, Final: true, Visits: 1},
		{Stage: news.StageIndex, Outcome: news.Done, Final: true, Visits: 2},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
