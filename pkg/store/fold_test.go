package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/copydesk/copydesk/pkg/news"
)

// Any order and any repetition of the events give the same rows, and the
// counts are those of the rows.
func TestFoldIsIdempotentAndCommutes(t *testing.T) {
	events := rapid.Custom(func(t *rapid.T) news.Event {
		return news.Event{
			Schema:  news.EventSchema,
			Stage:   rapid.SampledFrom([]news.Stage{news.StageFetch, news.StageExtract, news.StageIndex, news.StageArchive, "polish"}).Draw(t, "stage"),
			Attempt: rapid.IntRange(1, 3).Draw(t, "attempt"),
			Outcome: rapid.SampledFrom([]news.Outcome{news.Done, news.Unchanged, news.Skipped, news.Retrying, news.Dead, "postponed"}).Draw(t, "outcome"),
			Reason:  rapid.SampledFrom([]news.Reason{"", news.Timeout, news.HomePage}).Draw(t, "reason"),
			Detail:  rapid.SampledFrom([]string{"", "it's late", "\x00\xff"}).Draw(t, "detail"),
			Trace: news.Trace{
				VisitID:   rapid.SampledFrom([]string{"v1", "v2", "v3"}).Draw(t, "visit"),
				CaptureID: rapid.SampledFrom([]string{"", "c1", "c2"}).Draw(t, "capture"),
				URL:       rapid.SampledFrom([]string{"https://a.example/1", "https://b.example/2", ""}).Draw(t, "url"),
				Site:      rapid.SampledFrom([]string{"", news.NoSite, "a.example"}).Draw(t, "site"),
			},
			At:         morning.Add(time.Duration(rapid.IntRange(0, 3).Draw(t, "at")) * time.Millisecond),
			DurationMS: rapid.Int64Range(0, 1).Draw(t, "duration"),
		}
	})
	// All checks share a file; each has visits of its own.
	s := open(t)
	checks := 0
	var visits, open int64
	rapid.Check(t, func(r *rapid.T) {
		given := rapid.SliceOfN(events, 1, 12).Draw(r, "events")
		again := rapid.SliceOfN(rapid.SampledFrom(given), 0, 6).Draw(r, "again")
		other := rapid.Permutation(append(slices.Clone(given), again...)).Draw(r, "other order")
		at := rapid.IntRange(0, len(other)).Draw(r, "batch")

		checks++
		one, two := fmt.Sprintf("%d/one/", checks), fmt.Sprintf("%d/two/", checks)
		for prefix, batches := range map[string][][]news.Event{one: {given}, two: {other[:at], other[at:]}} {
			for _, batch := range batches {
				batch = slices.Clone(batch)
				for i := range batch {
					batch[i].VisitID = prefix + batch[i].VisitID
				}
				if _, err := s.PutEvents(t.Context(), batch); err != nil {
					r.Fatal(err)
				}
			}
		}
		want, got := visitsUnder(t, s, one), visitsUnder(t, s, two)
		if diff := cmp.Diff(want, got); diff != "" {
			r.Errorf("in another order (-one +other):\n%s", diff)
		}
		for _, v := range append(want, got...) {
			visits++
			if !v.Final() {
				open++
			}
		}
		counts, err := s.Counts(t.Context())
		if err != nil || counts.Visits != visits || counts.Open != open {
			r.Errorf("counted %d visits, %d open; there are %d and %d; %v", counts.Visits, counts.Open, visits, open, err)
		}
	})
}

// visitsUnder gives the visits whose IDs begin with prefix, without it.
func visitsUnder(t *testing.T, s *Store, prefix string) []Visit {
	t.Helper()
	var visits []Visit
	if err := s.read(t.Context(), func(tx *sql.Tx) error {
		var err error
		visits, err = readVisitsUnder(t.Context(), tx, prefix)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	for i := range visits {
		v := &visits[i]
		v.VisitID = strings.TrimPrefix(v.VisitID, prefix)
		for j := range v.Lines {
			v.Lines[j].VisitID = v.VisitID
		}
	}
	return visits
}

func readVisitsUnder(ctx context.Context, tx *sql.Tx, prefix string) ([]Visit, error) {
	rows, err := tx.QueryContext(ctx, `SELECT `+visitColumns+` FROM visits WHERE visit_id GLOB ? ORDER BY visit_id`, prefix+"*")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var visits []Visit
	for rows.Next() {
		v, err := scanVisit(rows)
		if err == nil {
			err = v.readLines(ctx, tx)
		}
		if err != nil {
			return nil, err
		}
		visits = append(visits, v)
	}
	return visits, rows.Err()
}
