package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

func TestCapturesAfter(t *testing.T) {
	s := open(t)
	first := news.Capture{CaptureID: "a", Site: "harbour.example", FetchedAt: morning, File: "1.warc.gz"}
	second := news.Capture{CaptureID: "b", Site: "harbour.example", FetchedAt: morning.Add(-1), File: "1.warc.gz", Offset: 900}
	if err := s.PutCaptures(t.Context(), []news.Capture{first, second}); err != nil {
		t.Fatal(err)
	}
	after := func(number int64, limit int, want ...news.CaptureRow) {
		t.Helper()
		got, err := s.CapturesAfter(t.Context(), number, limit)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("after row %d (-want +got):\n%s", number, diff)
		}
	}
	after(0, 10, news.CaptureRow{Number: 1, Capture: first}, news.CaptureRow{Number: 2, Capture: second})
	after(0, 1, news.CaptureRow{Number: 1, Capture: first})
	after(2, 10)
	first.File, second.File = "2.warc.gz", "2.warc.gz"
	if _, err := s.ReplaceCaptures(t.Context(), "1.warc.gz", []news.Capture{first, second}); err != nil {
		t.Fatal(err)
	}
	after(0, 10, news.CaptureRow{Number: 1, Capture: first}, news.CaptureRow{Number: 2, Capture: second})
	if last, err := s.LastCaptureRow(t.Context()); err != nil || last < 2 {
		t.Errorf("last row %d, %v, want 2 or more", last, err)
	}
}
