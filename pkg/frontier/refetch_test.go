package frontier

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

// What a visit learned, the next one asks with, until the page is not to be had.
func TestRefetch(t *testing.T) {
	f := open(t, filepath.Join(t.TempDir(), "frontier.db"), 0)
	const url = "http://a.example/1"
	known := news.Validators{ETag: `"1"`, LastModified: "Sat, 14 Mar 2026 12:00:00 GMT", Digest: "sha256:1"}
	newer := news.Validators{ETag: `"2"`, Digest: "sha256:1"}
	add1(t, f, url)
	now := start
	visits := map[string]bool{}
	capture := "" // the one that is known
	fetched := func(o news.Outcome, v news.Validators) (asked news.Validators) {
		t.Helper()
		now = now.Add(time.Hour)
		jobs, err := f.Due(t.Context(), 10, now)
		if err != nil || len(jobs) != 1 || visits[jobs[0].VisitID] {
			t.Fatalf("due: %+v, %v, want one job of a new visit", jobs, err)
		}
		visits[jobs[0].VisitID] = true
		if asked := jobs[0].Known; asked != (news.Validators{}) && jobs[0].KnownCapture != capture {
			t.Errorf("known is capture %q, want %q", jobs[0].KnownCapture, capture)
		}
		if err := f.Sent(t.Context(), jobs, now); err != nil {
			t.Fatal(err)
		}
		e := news.Event{Stage: news.StageFetch, Trace: jobs[0].Trace(), Outcome: o, At: now, Validators: v}
		e.CaptureID = e.VisitID + "-1"
		if v != (news.Validators{}) {
			capture = e.CaptureID
		}
		if err := f.Settle(t.Context(), []news.Event{e, e}); err != nil {
			t.Fatal(err)
		}
		return jobs[0].Known
	}
	refetch := func(whole bool) {
		t.Helper()
		for _, want := range []Again{{URL: url}, {URL: url, UnderWay: true}} {
			got, err := f.Refetch(t.Context(), []string{url}, whole, now)
			if err != nil {
				t.Fatal(err)
			}
			want.VisitID = got[0].VisitID
			if diff := cmp.Diff(want, got[0]); diff != "" || want.VisitID == "" {
				t.Errorf("answer (-want +got): %s", diff)
			}
		}
	}
	steps := []struct {
		name    string
		whole   bool
		asked   news.Validators
		outcome news.Outcome
		said    news.Validators
	}{
		{"first visit", false, news.Validators{}, news.Done, known},
		{"a 304", false, known, news.Unchanged, news.Validators{}},
		{"the same bytes with another tag", false, known, news.Unchanged, newer},
		{"all of it", true, news.Validators{}, news.Done, newer},
		{"gone", false, newer, news.Skipped, news.Validators{}},
		{"back", false, news.Validators{}, news.Done, known},
	}
	for i, s := range steps {
		if i > 0 {
			refetch(s.whole)
		}
		if diff := cmp.Diff(s.asked, fetched(s.outcome, s.said)); diff != "" {
			t.Errorf("%s: asked with (-want +got): %s", s.name, diff)
		}
	}
	got, err := f.Refetch(t.Context(), []string{"http://a.example/other", "mailto:me"}, false, now)
	if err != nil || !got[0].Unknown || !got[1].Unknown {
		t.Errorf("what nobody added: %+v, %v", got, err)
	}
}

// A site is fetched again so many at a time, without what was never had.
func TestRefetchSite(t *testing.T) {
	f := open(t, filepath.Join(t.TempDir(), "frontier.db"), 0)
	answers := add1(t, f, "http://www.a.example/1", "http://a.example/2", "http://a.example/gone", "http://a.example/3", "http://b.example/1")
	outcomes := []news.Outcome{news.Done, news.Unchanged, news.Skipped, news.Done, news.Done}
	var events []news.Event
	for i, a := range answers {
		events = append(events, news.Event{Stage: news.StageFetch, Trace: news.Trace{VisitID: a.VisitID}, Outcome: outcomes[i], At: start})
	}
	if err := f.Settle(t.Context(), events); err != nil {
		t.Fatal(err)
	}
	var urls []string
	after := int64(0)
	for {
		again, last, err := f.RefetchSite(t.Context(), "a.example", false, after, 2, start.Add(time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range again {
			urls = append(urls, a.URL)
		}
		if after = last; last == 0 {
			break
		}
	}
	if diff := cmp.Diff([]string{"http://www.a.example/1", "http://a.example/2", "http://a.example/3"}, urls); diff != "" {
		t.Errorf("fetched again (-want +got): %s", diff)
	}
}
