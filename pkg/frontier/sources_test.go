package frontier

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

var pace = Pace{Every: 15 * time.Minute, Least: 5 * time.Minute, Most: 24 * time.Hour}

// desk is a frontier with sources, and a clock.
type desk struct {
	t   *testing.T
	f   *Frontier
	now time.Time
}

func newDesk(t *testing.T, delay time.Duration, sources ...string) *desk {
	t.Helper()
	d := &desk{t: t, f: open(t, filepath.Join(t.TempDir(), "frontier.db"), delay), now: start}
	var requests []SourceRequest
	for _, url := range sources {
		requests = append(requests, SourceRequest{URL: url})
	}
	if _, err := d.f.AddSources(t.Context(), requests, pace, d.now); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *desk) due() []Poll {
	d.t.Helper()
	polls, err := d.f.DuePolls(d.t.Context(), 100, d.now)
	if err != nil {
		d.t.Fatal(err)
	}
	return polls
}

func (d *desk) polled(p Poll, r Result) {
	d.t.Helper()
	if _, err := d.f.Polled(d.t.Context(), p, r, pace, d.now); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) source(url string) Source {
	d.t.Helper()
	s, err := d.f.Source(d.t.Context(), url, d.now)
	if err != nil {
		d.t.Fatal(err)
	}
	return s
}

func (d *desk) all() []string {
	d.t.Helper()
	sources, err := d.f.Sources(d.t.Context(), "", 10_000, d.now)
	if err != nil {
		d.t.Fatal(err)
	}
	urls := []string{}
	for _, s := range sources {
		urls = append(urls, s.URL)
	}
	return urls
}

func TestAddSources(t *testing.T) {
	f := open(t, filepath.Join(t.TempDir(), "frontier.db"), 0)
	got, err := f.AddSources(t.Context(), []SourceRequest{
		{URL: "HTTP://a.example/feed#top"}, {URL: "http://a.example/feed", Every: time.Hour},
		{URL: "mailto:me@a.example"}, {URL: "http://a.example/2", Every: time.Millisecond},
	}, pace, start)
	if err != nil {
		t.Fatal(err)
	}
	want := []SourceAnswer{
		{URL: "http://a.example/feed"}, {URL: "http://a.example/feed", Known: true},
		{URL: "mailto:me@a.example", Error: got[2].Error}, {URL: "http://a.example/2", Error: "every 1ms: it is from 100ms to 720h0m0s"},
	}
	if diff := cmp.Diff(want, got); diff != "" || got[2].Error == "" {
		t.Errorf("answers (-want +got): %s", diff)
	}
	if s, err := f.Source(t.Context(), "http://a.example/feed", start); err != nil || s.Every != time.Hour {
		t.Errorf("the second request changes the interval: %+v, %v", s, err)
	}
}

// The interval follows the source, within the bounds and what was asked.
func TestPace(t *testing.T) {
	tests := []struct {
		name                         string
		every, rhythm, quiet, wanted time.Duration
		want                         time.Duration
	}{
		{"nothing is known", 0, 0, 0, 0, 15 * time.Minute},
		{"much comes", 0, time.Minute, 0, 0, 5 * time.Minute},
		{"something comes", 0, 20 * time.Minute, 0, 0, 10 * time.Minute},
		{"little comes", 0, 30 * time.Hour, 0, 0, 15 * time.Minute},
		{"quiet for a night", 0, time.Minute, 8 * time.Hour, 0, 48 * time.Minute},
		{"quiet for a year", 0, 0, 365 * 24 * time.Hour, 0, 24 * time.Hour},
		{"the publisher asks", 0, time.Minute, 0, time.Hour, time.Hour},
		{"the publisher asks for a month", 0, time.Minute, 0, 30 * 24 * time.Hour, 24 * time.Hour},
		{"the operator asks", time.Second, time.Minute, 8 * time.Hour, time.Hour, time.Second},
	}
	for _, tt := range tests {
		if got := pace.next(tt.every, tt.rhythm, tt.quiet, tt.wanted); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
	for failures, want := range map[int]time.Duration{0: 15 * time.Minute, 1: 30 * time.Minute, 3: 2 * time.Hour, 99: 24 * time.Hour} {
		if got := pace.afterFailure(0, failures); got != want {
			t.Errorf("after %d failures: %v, want %v", failures, got, want)
		}
	}
}

// One source of a host at a time; what is in hand comes again only when nothing
// was heard of it.
func TestDuePolls(t *testing.T) {
	d := newDesk(t, time.Second, "http://a.example/1", "http://a.example/2", "http://b.example/1")
	first := d.due()
	if len(first) != 2 || first[0].URL != "http://a.example/1" || first[1].URL != "http://b.example/1" || !first[0].First {
		t.Fatalf("due at first: %+v", first)
	}
	if again := d.due(); len(again) != 0 {
		t.Errorf("in hand, and due: %+v", again)
	}
	d.polled(first[0], Result{Reading: &Reading{Kind: "rss", New: 3, Known: news.Validators{ETag: `"1"`}}})
	if early := d.due(); len(early) != 0 {
		t.Errorf("before the host's turn: %+v", early)
	}
	d.now = d.now.Add(time.Second)
	if next := d.due(); len(next) != 1 || next[0].URL != "http://a.example/2" {
		t.Errorf("after the delay: %+v", next)
	}
	d.now = d.now.Add(patience)
	lost := d.due()
	if len(lost) != 2 {
		t.Errorf("nothing was heard of two: %+v", lost)
	}
	for _, p := range lost {
		d.polled(p, Result{})
	}
	d.now = start.Add(pace.Every)
	polls := d.due()
	if len(polls) == 0 || polls[0].First || polls[0].Known.ETag != `"1"` {
		t.Errorf("the first again: %+v", polls)
	}
}

// A host's pages and its sources take turns, however many of either wait.
func TestPagesAndPollsTakeTurns(t *testing.T) {
	d := newDesk(t, time.Second, "http://a.example/feed1", "http://a.example/feed2", "http://a.example/feed3")
	add1(t, d.f, "http://a.example/1", "http://a.example/2", "http://a.example/3")
	var got []string
	for range 6 {
		jobs, err := d.f.Due(t.Context(), 10, d.now)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.f.Sent(t.Context(), jobs, d.now); err != nil {
			t.Fatal(err)
		}
		for _, job := range jobs {
			got = append(got, "page")
			if err := d.f.Settle(t.Context(), []news.Event{{Stage: news.StageFetch, Trace: job.Trace(), Outcome: news.Done, At: d.now}}); err != nil {
				t.Fatal(err)
			}
		}
		for _, p := range d.due() {
			got = append(got, "poll")
			d.polled(p, Result{})
		}
		d.now = d.now.Add(time.Second)
	}
	if diff := cmp.Diff([]string{"page", "poll", "page", "poll", "page", "poll"}, got); diff != "" {
		t.Errorf("turns (-want +got): %s", diff)
	}
}

func TestFailures(t *testing.T) {
	d := newDesk(t, 0, "http://a.example/feed")
	fail := func(f *news.Fault) time.Duration {
		t.Helper()
		d.polled(d.due()[0], Result{Fault: f, Error: "what people read"})
		wait := d.source("http://a.example/feed").NextAt.Sub(d.now)
		d.now = d.now.Add(wait + time.Hour) // the host's own pause is longer or shorter
		return wait
	}
	down := &news.Fault{Kind: news.Temporary, Reason: news.Connect}
	if wait := fail(down); wait != 15*time.Minute {
		t.Errorf("after one failure %v", wait)
	}
	if got := d.source("http://a.example/feed").Silent; got != "never read: what people read" {
		t.Errorf("silent %q", got)
	}
	if wait := fail(&news.Fault{Kind: news.Temporary, Reason: news.HostBusy, After: time.Second}); wait != time.Second {
		t.Errorf("a busy host: %v", wait)
	}
	if wait := fail(&news.Fault{Kind: news.Temporary, Reason: news.TooManyRequests, After: 5 * time.Hour}); wait != 5*time.Hour {
		t.Errorf("after Retry-After: %v", wait)
	}
	if s := d.source("http://a.example/feed"); s.Failures != 2 || s.Error != "what people read" {
		t.Errorf("%+v", s)
	}
	d.polled(d.due()[0], Result{Reading: &Reading{Kind: "rss"}})
	if s := d.source("http://a.example/feed"); s.Failures != 0 || s.Error != "" || s.Silent != "" || !s.SuccessAt.Equal(d.now) {
		t.Errorf("read at last: %+v", s)
	}
	d.now = d.now.Add(5 * 24 * time.Hour)
	if got, want := d.source("http://a.example/feed").Silent, "nothing new for 5 days"; got != want {
		t.Errorf("silent %q, want %q", got, want)
	}
}

// What a list names now is what is polled, within bounds, and once.
func TestLists(t *testing.T) {
	d := newDesk(t, 0, "http://a.example/index", "http://a.example/own")
	read := func(url string, children ...Child) {
		t.Helper()
		for range 100 {
			for _, p := range d.due() {
				if p.URL == url {
					d.polled(p, Result{Reading: &Reading{Kind: "sitemapindex", Sources: children}})
					return
				}
				d.polled(p, Result{Reading: &Reading{Kind: "rss"}})
			}
			d.now = d.now.Add(time.Hour)
		}
		t.Fatalf("%s is never due", url)
	}
	read("http://a.example/index",
		Child{URL: "http://a.example/1"}, Child{URL: "http://a.example/2"},
		Child{URL: "http://a.example/index"}, Child{URL: "http://a.example/own"})
	want := []string{"http://a.example/1", "http://a.example/2", "http://a.example/index", "http://a.example/own"}
	if diff := cmp.Diff(want, d.all()); diff != "" {
		t.Errorf("a list that names itself (-want +got): %s", diff)
	}
	if got := d.source("http://a.example/1").Parent; got != "http://a.example/index" {
		t.Errorf("parent %q", got)
	}
	if err := d.f.PauseSource(t.Context(), "http://a.example/index"); err != nil {
		t.Fatal(err)
	}
	if s := d.source("http://a.example/2"); s.State != Paused {
		t.Errorf("below a paused list: %+v", s)
	}
	if err := d.f.ResumeSource(t.Context(), "http://a.example/index", d.now); err != nil {
		t.Fatal(err)
	}
	read("http://a.example/index", Child{URL: "http://a.example/2"})
	if diff := cmp.Diff([]string{"http://a.example/2", "http://a.example/index", "http://a.example/own"}, d.all()); diff != "" {
		t.Errorf("a list that lost one (-want +got): %s", diff)
	}
	var many []Child
	for i := range familyLimit + 10 {
		many = append(many, Child{URL: fmt.Sprintf("http://a.example/many/%d", i)})
	}
	read("http://a.example/index", many...)
	if got := len(d.all()); got != familyLimit+2 {
		t.Errorf("%d sources, want the limit of a family and two", got)
	}
	if err := d.f.RemoveSource(t.Context(), "http://a.example/index"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"http://a.example/own"}, d.all()); diff != "" {
		t.Errorf("after the list was removed (-want +got): %s", diff)
	}
}
