package store

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

// captured is the nth capture of a page, nanoseconds and all.
func captured(n int, path, body string) news.Capture {
	at := morning.Add(time.Duration(n)*time.Minute + 123_456_789)
	url := "https://www.harbour.example" + path
	visit := news.VisitID(url, at)
	digest := news.Digest([]byte(body))
	return news.Capture{
		CaptureID: news.CaptureID(visit, digest), VisitID: visit, URL: url, RequestedURL: url + "?from=feed", Site: "harbour.example",
		FetchedAt: at, Digest: digest, Length: len(body), Status: 200, ContentType: "text/html", Origin: news.OriginFetch, Run: "run",
		Kind: news.CaptureResponse, RecordID: fmt.Sprintf("urn:uuid:%d", n), File: "copydesk-1.warc.gz", Offset: int64(1000 * n), Size: 900,
	}
}

func putCaptured(t *testing.T, s *Store, captures ...news.Capture) {
	t.Helper()
	if err := s.PutCaptures(t.Context(), captures); err != nil {
		t.Fatal(err)
	}
}

// What is put is found again as it was, by all that it can be asked for, and
// putting it again changes nothing.
func TestCaptures(t *testing.T) {
	s := open(t)
	first, second, other := captured(1, "/ferry", "A"), captured(5, "/ferry", "B"), captured(3, "/mill", "A")
	revisit := captured(7, "/ferry", "A")
	revisit.Kind, revisit.RefersTo = news.CaptureRevisit, first.CaptureID
	elsewhere := captured(4, "/", "C")
	elsewhere.Site, elsewhere.File = "mill.example", "copydesk-2.warc.gz"
	all := []news.Capture{first, second, other, revisit, elsewhere}
	putCaptured(t, s, all...)
	moved := first
	moved.File = "copydesk-9.warc.gz"
	putCaptured(t, s, append(slices.Clone(all), moved)...)

	for _, want := range all {
		got, err := s.FindCapture(t.Context(), want.CaptureID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	if _, err := s.FindCapture(t.Context(), "none"); !errors.Is(err, ErrNotFound) {
		t.Errorf("no such capture: %v", err)
	}
	if got, err := s.FindBody(t.Context(), first.Digest); err != nil || got.CaptureID != first.CaptureID {
		t.Errorf("body A is in %s, %v, want the first capture", got.CaptureID, err)
	}
	if _, err := s.FindBody(t.Context(), news.Digest(nil)); !errors.Is(err, ErrNotFound) {
		t.Errorf("no such body: %v", err)
	}
	held, err := s.Holdings(t.Context(), []string{first.CaptureID, "none", first.CaptureID}, []string{second.Digest, "none"})
	if err != nil {
		t.Fatal(err)
	}
	want := Holdings{Known: map[string]news.Capture{first.CaptureID: first}, Bodies: map[string]news.Capture{second.Digest: second}}
	if diff := cmp.Diff(want, held); diff != "" {
		t.Errorf("holdings (-want +got):\n%s", diff)
	}
	if got, err := s.CountCaptures(t.Context()); err != nil || got != (CaptureCounts{Captures: 5, Revisits: 1}) {
		t.Errorf("counted %+v, %v", got, err)
	}
}

func TestCapturesInOrder(t *testing.T) {
	s := open(t)
	var all []news.Capture
	for n := range 6 {
		c := captured(n, fmt.Sprint("/", n%2), "A")
		c.Offset = int64(1000 - n) // in the file the other way round
		all = append(all, c)
	}
	putCaptured(t, s, all...)
	minute := func(n int) time.Time { return morning.Add(time.Duration(n) * time.Minute) }
	for _, tt := range []struct {
		name  string
		query CaptureQuery
		want  []int
	}{
		{"all", CaptureQuery{}, []int{0, 1, 2, 3, 4, 5}},
		{"a site", CaptureQuery{Site: "harbour.example"}, []int{0, 1, 2, 3, 4, 5}},
		{"another", CaptureQuery{Site: "mill.example"}, nil},
		{"a page", CaptureQuery{URL: all[1].URL}, []int{1, 3, 5}},
		{"some time", CaptureQuery{From: minute(2), Until: minute(4)}, []int{2, 3}},
		{"a file", CaptureQuery{File: all[0].File}, []int{5, 4, 3, 2, 1, 0}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []int
			for q := tt.query; ; {
				q.Limit = 2
				some, err := s.Captures(t.Context(), q)
				if err != nil {
					t.Fatal(err)
				}
				if len(some) == 0 {
					break
				}
				for _, c := range some {
					got = append(got, slices.IndexFunc(all, func(a news.Capture) bool { return a.CaptureID == c.CaptureID }))
				}
				q.After = &some[len(some)-1]
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// The rows of a file that was written anew under another name change in one step.
func TestReplaceCaptures(t *testing.T) {
	s := open(t)
	kept, deleted, other := captured(1, "/a", "A"), captured(2, "/b", "B"), captured(3, "/c", "C")
	other.File = "copydesk-2.warc.gz"
	putCaptured(t, s, kept, deleted, other)
	moved := kept
	moved.File, moved.Offset = "copydesk-3.warc.gz", 7
	before := s.rowOf(t, kept)
	if err := s.ReplaceSegment(t.Context(), kept.File, Segment{Name: moved.File, Size: 9, State: SegmentClosed}, []news.Capture{moved}); err != nil {
		t.Fatal(err)
	}
	if after := s.rowOf(t, moved); after != before {
		t.Errorf("the row of what stays was %d, and is %d", before, after)
	}
	want := []Segment{{Name: kept.File, State: SegmentReplaced}, {Name: moved.File, Size: 9, State: SegmentClosed}}
	if got, err := s.Segments(t.Context()); err != nil || !cmp.Equal(got, want) {
		t.Errorf("segments %+v, %v, want %+v", got, err, want)
	}
	got, err := s.Captures(t.Context(), CaptureQuery{Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	if in, err := s.CapturesIn(t.Context(), moved.File); err != nil || !cmp.Equal(in, []news.Capture{moved}) {
		t.Errorf("in its file: %v, %v", in, err)
	}
	if diff := cmp.Diff([]news.Capture{moved, other}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got, err := s.CountCaptures(t.Context()); err != nil || got.Captures != 2 {
		t.Errorf("counted %+v, %v", got, err)
	}
}

func TestSegments(t *testing.T) {
	s := open(t)
	open, closed := Segment{Name: "b", Size: 7, State: SegmentOpen}, Segment{Name: "a", Size: 9, State: SegmentClosed, Digest: "sha256:1"}
	if err := s.PutSegments(t.Context(), open, closed); err != nil {
		t.Fatal(err)
	}
	open.Size, open.State = 8, SegmentClosed
	if err := s.PutSegments(t.Context(), open, Segment{Name: "a", Size: 9, State: SegmentClosed}, Segment{Name: "c", State: SegmentOpen}); err != nil {
		t.Fatal(err)
	}
	if err := s.ForgetSegment(t.Context(), "c"); err != nil {
		t.Fatal(err)
	}
	got, err := s.Segments(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Segment{closed, open}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What is read again from a file is put right, and told; a file that is no more
// takes its rows with it.
func TestReadAgain(t *testing.T) {
	s := open(t)
	right, wrong, lost, nowhere := captured(1, "/a", "A"), captured(2, "/b", "B"), captured(3, "/c", "C"), captured(4, "/d", "D")
	other := captured(5, "/e", "A")
	other.File, other.Kind, other.RefersTo = "copydesk-2.warc.gz", news.CaptureRevisit, right.CaptureID
	damaged := wrong
	damaged.Offset, damaged.Kind = 7, news.CaptureRevisit
	putCaptured(t, s, right, damaged, nowhere, other)
	row := s.rowOf(t, wrong)
	for i, want := range []int{3, 0} { // put right, come, gone
		if changed, err := s.ReplaceCaptures(t.Context(), right.File, []news.Capture{right, wrong, lost}); err != nil || changed != want {
			t.Errorf("read %d: %d changed, %v, want %d", i, changed, err, want)
		}
	}
	got, err := s.CapturesIn(t.Context(), right.File)
	if diff := cmp.Diff([]news.Capture{right, wrong, lost}, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if again := s.rowOf(t, wrong); again != row {
		t.Errorf("the row was %d, and is %d", row, again)
	}
	if counts, err := s.CountCaptures(t.Context()); err != nil || counts != (CaptureCounts{Captures: 4, Revisits: 1}) {
		t.Errorf("counted %+v, %v", counts, err)
	}
	if err := s.PutSegments(t.Context(), Segment{Name: right.File}, Segment{Name: other.File}); err != nil {
		t.Fatal(err)
	}
	for i, want := range []int64{1, 0} {
		if gone, err := s.ForgetOtherFiles(t.Context(), []string{right.File}); err != nil || gone != want {
			t.Errorf("forget %d: %d captures, %v, want %d", i, gone, err, want)
		}
	}
	if segments, err := s.Segments(t.Context()); err != nil || len(segments) != 1 {
		t.Errorf("segments %+v, %v", segments, err)
	}
}

func (s *Store) rowOf(t *testing.T, c news.Capture) (row int64) {
	t.Helper()
	if err := s.readers.QueryRowContext(t.Context(), `SELECT row FROM captures WHERE capture_id = ?`, c.CaptureID).Scan(&row); err != nil {
		t.Fatal(err)
	}
	return row
}
