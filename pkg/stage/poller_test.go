package stage

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/fetch"
	"github.com/copydesk/copydesk/pkg/frontier"
	"github.com/copydesk/copydesk/pkg/news"
)

// lists is a host that serves documents, each with a tag, and counts what it
// answers.
type lists struct {
	t    *testing.T
	rows *frontier.Frontier

	mu       sync.Mutex
	docs     map[string]string
	header   http.Header // of every answer
	sent     map[string]int
	unsent   map[string]int // answered with 304
	withheld map[string]int // statuses in place of documents
}

const listHost = "http://daily.example"

// newLists runs a poller that finds the host.
func newLists(t *testing.T, docs map[string]string) *lists {
	t.Helper()
	l := &lists{t: t, docs: docs, header: http.Header{}, sent: map[string]int{}, unsent: map[string]int{}, withheld: map[string]int{}}
	server := httptest.NewServer(l)
	t.Cleanup(server.Close)
	var err error
	if l.rows, err = frontier.Open(t.Context(), filepath.Join(t.TempDir(), "frontier.db"), 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.rows.Close() })
	options := fetch.DefaultOptions()
	options.HostDelay, options.Hosts = 0, map[string]string{"daily.example": server.Listener.Addr().String()}
	client := fetch.New(options, zerolog.Nop())
	t.Cleanup(client.Close)
	p := NewPoller(NewDispatcher(nil, l.rows, zerolog.Nop()), client, PollOptions{
		Pace: frontier.Pace{Every: time.Hour, Least: time.Minute, Most: 24 * time.Hour}, Age: 30 * 24 * time.Hour,
	}, zerolog.Nop())
	running(t, p.Run)
	return l
}

func (l *lists) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	doc, ok := l.docs[r.URL.Path]
	status := l.withheld[r.URL.Path]
	tag := fmt.Sprintf("%q", news.Digest([]byte(doc))[:20])
	for name, values := range l.header {
		w.Header()[name] = values
	}
	switch {
	case status != 0:
		w.WriteHeader(status)
	case !ok:
		http.NotFound(w, r) // robots.txt among them
	case r.Header.Get("If-None-Match") == tag:
		l.unsent[r.URL.Path]++
		w.WriteHeader(http.StatusNotModified)
	default:
		l.sent[r.URL.Path]++
		w.Header().Set("ETag", tag)
		fmt.Fprint(w, doc)
	}
}

func (l *lists) set(change func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	change()
}

// add adds sources that are polled every so often.
func (l *lists) add(every time.Duration, paths ...string) {
	l.t.Helper()
	var requests []frontier.SourceRequest
	for _, path := range paths {
		requests = append(requests, frontier.SourceRequest{URL: listHost + path, Every: every})
	}
	if _, err := l.rows.AddSources(l.t.Context(), requests, frontier.Pace{Every: time.Hour}, time.Now()); err != nil {
		l.t.Fatal(err)
	}
}

// polled waits for the outcome of a source's first poll.
func (l *lists) polled(path string) (s frontier.Source) {
	l.t.Helper()
	waitUntil(l.t, path+" was polled", func() bool {
		var err error
		if s, err = l.rows.Source(l.t.Context(), listHost+path, time.Now()); err != nil {
			return false
		}
		return !s.SuccessAt.IsZero() || s.Error != ""
	})
	return s
}

// jobs are the pages that were found, "priority path title".
func (l *lists) jobs() []string {
	l.t.Helper()
	var found []string
	for {
		jobs, err := l.rows.Due(l.t.Context(), 1000, time.Now().Add(time.Hour))
		if err != nil {
			l.t.Fatal(err)
		}
		if len(jobs) == 0 {
			return found
		}
		if err := l.rows.Sent(l.t.Context(), jobs, time.Now()); err != nil {
			l.t.Fatal(err)
		}
		for _, j := range jobs {
			found = append(found, strings.TrimSpace(fmt.Sprintf("%d %s %s", j.Priority, strings.TrimPrefix(j.URL, listHost), j.Hints.Title)))
		}
	}
}

func rss(items ...string) string {
	var b strings.Builder
	b.WriteString(`<rss version="2.0"><channel><title>Daily</title>`)
	for _, item := range items {
		fmt.Fprintf(&b, `<item><title>About %[1]s</title><link>/2026/%[1]s</link></item>`, item)
	}
	return b.String() + `</channel></rss>`
}

func urlset(entries ...string) string {
	return `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + strings.Join(entries, "") + `</urlset>`
}

func entry(path string, age time.Duration) string {
	return fmt.Sprintf(`<url><loc>%s%s</loc><lastmod>%s</lastmod></url>`, listHost, path, time.Now().Add(-age).UTC().Format(time.RFC3339))
}

// What a feed adds is found at the next poll, once; a feed that did not change
// costs a 304.
func TestPollerFollowsAFeed(t *testing.T) {
	l := newLists(t, map[string]string{"/feed": rss("harbour")})
	l.add(100*time.Millisecond, "/feed")
	waitUntil(t, "polls that were answered with 304", func() bool { l.mu.Lock(); defer l.mu.Unlock(); return l.unsent["/feed"] >= 2 })
	l.set(func() { l.docs["/feed"] = rss("mill", "harbour") })
	waitUntil(t, "the new item", func() bool {
		s, err := l.rows.Source(t.Context(), listHost+"/feed", time.Now())
		return err == nil && s.Items == 2
	})
	if diff := cmp.Diff([]string{"0 /2026/harbour About harbour", "0 /2026/mill About mill"}, l.jobs()); diff != "" {
		t.Errorf("jobs (-want +got): %s", diff)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.sent["/feed"] != 2 {
		t.Errorf("sent in full %d times, want 2", l.sent["/feed"])
	}
}

func TestPollerReadsSitemaps(t *testing.T) {
	const day = 24 * time.Hour
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	fmt.Fprint(z, urlset(entry("/2026/zipped", time.Hour)))
	z.Close()
	l := newLists(t, map[string]string{
		"/index": `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
			<sitemap><loc>` + listHost + `/map.xml.gz</loc></sitemap><sitemap><loc>` + listHost + `/index</loc></sitemap>
			<sitemap><loc>` + listHost + `/old.xml</loc><lastmod>2019-05-01</lastmod></sitemap></sitemapindex>`,
		"/map.xml.gz": zipped.String(),
		"/map.xml": urlset(entry("/2026/new", time.Hour), entry("/2026/week", 7*day), entry("/2026/year", 365*day),
			`<url><loc>`+listHost+`/2026/undated</loc></url>`),
	})
	l.add(0, "/index")
	l.polled("/map.xml.gz")
	l.add(0, "/map.xml")
	l.polled("/map.xml")
	if diff := cmp.Diff([]string{"0 /2026/zipped", "0 /2026/new", "2 /2026/week", "2 /2026/undated"}, l.jobs()); diff != "" {
		t.Errorf("jobs (-want +got): %s", diff)
	}
	sources, err := l.rows.Sources(t.Context(), "", 100, time.Now())
	if err != nil || len(sources) != 3 {
		t.Errorf("%d sources, %v, want the index, its present sitemap and the other", len(sources), err)
	}
}

// A list may name the pages of anybody, so many at a time, and is read again
// until none is left.
func TestPollerBoundsForeignPages(t *testing.T) {
	var b strings.Builder
	for i := range foreignLimit + 20 {
		fmt.Fprintf(&b, `<url><loc>http://other.example/%d</loc></url>`, i)
	}
	l := newLists(t, map[string]string{"/map": urlset(entry("/2026/own", time.Hour), b.String())})
	l.add(time.Hour, "/map")
	if s := l.polled("/map"); s.Items != foreignLimit+1 {
		t.Errorf("%d pages of the first poll, want %d of others and one", s.Items, foreignLimit)
	}
	if err := l.rows.ResumeSource(t.Context(), listHost+"/map", time.Now()); err != nil {
		t.Fatal(err)
	}
	waitUntil(t, "the rest", func() bool {
		s, err := l.rows.Source(t.Context(), listHost+"/map", time.Now())
		return err == nil && s.Items == foreignLimit+21
	})
}

// What cannot be read says why, and what to do.
func TestPollerSaysWhatIsNoSource(t *testing.T) {
	l := newLists(t, map[string]string{
		"/page":  `<!doctype html><html><head><title>Daily</title><link rel="alternate" type="application/atom+xml" href="/atom"></head><body></body></html>`,
		"/plain": `<!doctype html><html><head><title>Plain</title></head><body></body></html>`,
		"/json":  `{"items": []}`,
		"/empty": "",
	})
	for path, want := range map[string]string{
		"/page":  `no feed: looks like an HTML page "Daily"; it names http://daily.example/atom: add that instead`,
		"/plain": `no feed: looks like an HTML page "Plain", which names no feed either`,
		"/json":  "no feed: looks like JSON without a version of JSON Feed",
		"/empty": "answer without a body",
		"/none":  "status 404",
	} {
		l.add(0, path)
		if s := l.polled(path); !strings.Contains(s.Error, want) || s.Silent == "" {
			t.Errorf("%s: error %q, silent %q, want %q", path, s.Error, s.Silent, want)
		}
	}
}

// How often a source is asked follows what it and its host say.
func TestPollerHonoursWhatIsAsked(t *testing.T) {
	l := newLists(t, map[string]string{
		"/ttl":  strings.Replace(rss("harbour"), "</title>", "</title><ttl>300</ttl>", 1),
		"/feed": rss("mill"), "/busy": rss("quay"),
	})
	l.add(0, "/ttl")
	if s := l.polled("/ttl"); s.Interval != 5*time.Hour {
		t.Errorf("a ttl of 300 minutes: %v", s.Interval)
	}
	l.set(func() { l.header.Set("Cache-Control", "public, max-age=31536000"); l.header.Set("Retry-After", "7200") })
	l.add(0, "/feed")
	if s := l.polled("/feed"); s.Interval != time.Hour {
		t.Errorf("a max-age of a year: %v", s.Interval)
	}
	l.set(func() { l.withheld["/busy"] = http.StatusTooManyRequests })
	l.add(0, "/busy")
	if s := l.polled("/busy"); s.Interval != 2*time.Hour || !strings.Contains(s.Error, "status 429") {
		t.Errorf("429 with Retry-After of two hours: %v, %q", s.Interval, s.Error)
	}
}

func TestMaxAge(t *testing.T) {
	for header, want := range map[string]time.Duration{
		"": 0, "no-store": 0, "max-age=60": time.Minute, `public, Max-Age="90"`: 90 * time.Second,
		"max-age=99999999999": 0, "max-age=86400": longestAge, "s-maxage=60": 0, "max-age=-1": 0,
	} {
		if got := maxAge(header); got != want {
			t.Errorf("%q: %v, want %v", header, got, want)
		}
	}
}
