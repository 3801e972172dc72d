package frontier

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

var start = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func open(t *testing.T, path string, delay time.Duration) *Frontier {
	t.Helper()
	f, err := Open(t.Context(), path, delay)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func add1(t *testing.T, f *Frontier, urls ...string) []Answer {
	t.Helper()
	var requests []Request
	for _, u := range urls {
		requests = append(requests, Request{URL: u, Priority: news.Normal})
	}
	answers, err := f.Add(t.Context(), requests, start)
	if err != nil {
		t.Fatal(err)
	}
	return answers
}

func dueURLs(t *testing.T, f *Frontier, now time.Time) []string {
	t.Helper()
	jobs, err := f.Due(t.Context(), 100, now)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Sent(context.Background(), jobs, now); err != nil {
		t.Fatal(err)
	}
	var urls []string
	for _, j := range jobs {
		urls = append(urls, j.URL)
	}
	return urls
}

func TestAdd(t *testing.T) {
	f := open(t, filepath.Join(t.TempDir(), "frontier.db"), 0)
	got := add1(t, f, "HTTP://a.example/1#x", "http://a.example/1", "mailto:me@a.example")
	if got[0].URL != "http://a.example/1" || got[0].Known || got[0].VisitID == "" {
		t.Errorf("new URL: %+v", got[0])
	}
	if !got[1].Known || got[1].VisitID != got[0].VisitID {
		t.Errorf("the same URL again: %+v", got[1])
	}
	if got[2].Error == "" || got[2].VisitID != "" {
		t.Errorf("no web address: %+v", got[2])
	}
	counts, err := f.Counts(t.Context())
	if diff := cmp.Diff(Counts{Waiting: 1, Hosts: 1}, counts); diff != "" || err != nil {
		t.Errorf("counts (-want +got): %s%v", diff, err)
	}
}

func TestAddRefuses(t *testing.T) {
	f := open(t, filepath.Join(t.TempDir(), "frontier.db"), 0)
	long := news.Hints{Title: strings.Repeat("Ferry late again. ", 1000)}
	tests := []struct {
		name    string
		request Request
		want    string // in the error; empty for one that is taken
	}{
		{"fresh", Request{URL: "http://a.example/1", Priority: news.Fresh}, ""},
		{"backfill", Request{URL: "http://a.example/2", Priority: news.Backfill}, ""},
		{"a title", Request{URL: "http://a.example/3", Hints: news.Hints{Title: "Ferry late again"}}, ""},
		{"nobody reads this priority", Request{URL: "http://a.example/4", Priority: 9}, "priority 9"},
		{"before the first", Request{URL: "http://a.example/5", Priority: -1}, "priority -1"},
		{"does not fit into a message", Request{URL: "http://a.example/6", Hints: long}, "hints of"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := f.Add(t.Context(), []Request{tt.request}, start)
			if err != nil {
				t.Fatal(err)
			}
			if taken := got[0].VisitID != ""; taken != (tt.want == "") || !strings.Contains(got[0].Error, tt.want) {
				t.Errorf("%+v, want error %q", got[0], tt.want)
			}
		})
	}
	if counts, err := f.Counts(t.Context()); err != nil || counts.Waiting != 3 {
		t.Errorf("counts %+v, %v, want 3 that wait", counts, err)
	}
}

func TestDuePacesHosts(t *testing.T) {
	f := open(t, filepath.Join(t.TempDir(), "frontier.db"), 10*time.Second)
	visits := map[string]string{}
	for _, a := range add1(t, f, "http://a.example/1", "http://a.example/2", "http://b.example/1") {
		visits[a.URL] = a.VisitID
	}
	if _, err := f.Add(t.Context(), []Request{{URL: "http://a.example/fresh", Priority: news.Fresh}}, start); err != nil {
		t.Fatal(err)
	}
	settle := func(url string, o news.Outcome, at time.Duration) {
		t.Helper()
		e := news.Event{Stage: news.StageFetch, Trace: news.Trace{VisitID: visits[url]}, Outcome: o, At: start.Add(at)}
		if err := f.Settle(t.Context(), []news.Event{e}); err != nil {
			t.Fatal(err)
		}
	}
	due := func(at time.Duration, want ...string) {
		t.Helper()
		jobs, err := f.Due(t.Context(), 100, start.Add(at))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, j := range jobs {
			got = append(got, j.URL)
			visits[j.URL] = j.VisitID
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("due after %v (-want +got): %s", at, diff)
		}
		if err := f.Sent(t.Context(), jobs, start.Add(at)); err != nil {
			t.Fatal(err)
		}
	}
	due(0, "http://a.example/fresh", "http://b.example/1")
	due(time.Minute) // the first job of a is still under way
	settle("http://a.example/fresh", news.Done, time.Minute)
	due(time.Minute + 9*time.Second)
	due(time.Minute+10*time.Second, "http://a.example/1")
	settle("http://a.example/1", news.Retrying, 80*time.Second)
	due(90*time.Second, "http://a.example/2") // while the other waits for its retry
	if _, ok, err := f.NextTurn(t.Context()); ok || err != nil {
		t.Errorf("NextTurn with nothing waiting: %v, %v", ok, err)
	}
}

// A quick worker may settle a job before it was noted as sent. Its host must not
// wait for news of it.
func TestSettledBeforeSent(t *testing.T) {
	f := open(t, filepath.Join(t.TempDir(), "frontier.db"), time.Second)
	add1(t, f, "http://a.example/1", "http://b.example/1", "http://a.example/2")
	jobs, err := f.Due(t.Context(), 10, start)
	if err != nil || len(jobs) != 2 {
		t.Fatalf("due: %v, %v", jobs, err)
	}
	event := news.Event{Stage: news.StageFetch, Trace: jobs[0].Trace(), Outcome: news.Done, At: start}
	if err := f.Settle(t.Context(), []news.Event{event}); err != nil {
		t.Fatal(err)
	}
	if err := f.Sent(t.Context(), jobs, start); err != nil {
		t.Fatal(err)
	}
	if got := dueURLs(t, f, start.Add(time.Second)); len(got) != 1 || got[0] != "http://a.example/2" {
		t.Errorf("due after the delay: %v", got)
	}
	counts, err := f.Counts(t.Context())
	if diff := cmp.Diff(Counts{Sent: 2, Settled: 1}, counts); diff != "" || err != nil {
		t.Errorf("counts (-want +got): %s%v", diff, err)
	}
}

func TestAddedIsOfferedUntilSettled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "frontier.db")
	f := open(t, path, 0)
	visit := add1(t, f, "http://a.example/1")[0].VisitID

	if jobs, err := f.Due(t.Context(), 10, start); err != nil || len(jobs) != 1 {
		t.Fatalf("due: %v, %v", jobs, err)
	}
	f.Close() // before Sent: as if the process had died
	f = open(t, path, 0)
	jobs, err := f.Due(t.Context(), 10, start)
	if err != nil || len(jobs) != 1 || jobs[0].VisitID != visit {
		t.Fatalf("due after a restart: %v, %v, want the same visit", jobs, err)
	}
	if err := f.Sent(t.Context(), jobs, start); err != nil {
		t.Fatal(err)
	}
	// A host may ask to be left alone for a day, and who waits tells nothing.
	if got := dueURLs(t, f, start.Add(25*time.Hour)); got != nil {
		t.Errorf("on offer again too soon: %v", got)
	}
	if got := dueURLs(t, f, start.Add(resendAfter+time.Second)); len(got) != 1 {
		t.Errorf("a silent job is not on offer again: %v", got)
	}
	event := news.Event{Stage: news.StageFetch, Trace: news.Trace{VisitID: visit}, Outcome: news.Done, At: start}
	for range 2 {
		if err := f.Settle(t.Context(), []news.Event{event}); err != nil {
			t.Fatal(err)
		}
	}
	if got := dueURLs(t, f, start.Add(100*resendAfter)); got != nil {
		t.Errorf("settled, but on offer: %v", got)
	}
	counts, err := f.Counts(t.Context())
	if diff := cmp.Diff(Counts{Settled: 1}, counts); diff != "" || err != nil {
		t.Errorf("counts (-want +got): %s%v", diff, err)
	}
}

func BenchmarkDue(b *testing.B) {
	f, err := Open(b.Context(), filepath.Join(b.TempDir(), "frontier.db"), 0)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	var requests []Request
	for i := range 100_000 {
		requests = append(requests, Request{URL: fmt.Sprintf("http://h%d.example/%d", i%5000, i)})
	}
	if _, err := f.Add(b.Context(), requests, start); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		jobs, err := f.Due(b.Context(), 256, start)
		if err != nil {
			b.Fatal(err)
		}
		if err := f.Sent(b.Context(), jobs, start); err != nil {
			b.Fatal(err)
		}
	}
}
