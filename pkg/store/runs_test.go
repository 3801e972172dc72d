package store

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
)

func TestRunsAreFedInOrder(t *testing.T) {
	s := open(t)
	spring := news.Run{Name: "spring", Kind: news.RunImport, BegunAt: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	for range 2 { // the second time it goes on
		if err := s.BeginRun(t.Context(), spring, false); err != nil {
			t.Fatal(err)
		}
	}
	other := spring
	other.Publish = true
	if err := s.BeginRun(t.Context(), other, false); !errors.Is(err, ErrOtherRun) {
		t.Errorf("begun otherwise: %v", err)
	}
	for i := range 5 {
		c := news.Capture{CaptureID: fmt.Sprintf("visit%d-a", i), VisitID: fmt.Sprintf("visit%d", i), Run: "spring", FetchedAt: spring.BegunAt, Kind: news.CaptureResponse}
		if i == 2 {
			c.Run = "" // live
		}
		if err := s.PutCaptures(t.Context(), []news.Capture{c}); err != nil {
			t.Fatal(err)
		}
	}
	var fed []string
	for {
		runs, err := s.UnfedRuns(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(runs) == 0 {
			break
		}
		captures, last, err := s.Unfed(t.Context(), runs[0], 3)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range captures {
			fed = append(fed, c.VisitID)
		}
		if err := s.Feed(t.Context(), runs[0].Name, last); err != nil {
			t.Fatal(err)
		}
	}
	if got := fmt.Sprint(fed); got != "[visit0 visit1 visit3 visit4]" {
		t.Errorf("fed %s", got)
	}
	runs, err := s.Runs(t.Context())
	if err != nil || len(runs) != 1 || runs[0].Run != spring || runs[0].Captures != 4 || runs[0].Fed != 4 {
		t.Errorf("runs %+v, %v", runs, err)
	}
	if c, err := s.CaptureOfVisit(t.Context(), "visit3"); err != nil || c.CaptureID != "visit3-a" {
		t.Errorf("of a visit: %+v, %v", c, err)
	}
	if _, err := s.CaptureOfVisit(t.Context(), "visit"); !errors.Is(err, ErrNotFound) {
		t.Errorf("of a part of a visit: %v", err)
	}
}
