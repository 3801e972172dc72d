package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/news"
)

func TestFetch(t *testing.T) {
	o := quick()
	site(t, &o, "www.news.example", noRobots(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", "Sat, 14 Mar 2026 12:00:00 GMT")
		html(w, story)
	}))
	job := jobFor("http://www.news.example/harbour")
	job.Hints = news.Hints{Title: "Harbour"}
	before := time.Now()
	got, err := client(t, o).Fetch(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	digest := news.Digest([]byte(story))
	want := &news.Page{
		Schema: news.PageSchema, VisitID: job.VisitID, CaptureID: news.CaptureID(job.VisitID, digest),
		RequestedURL: job.URL, URL: job.URL, Site: "news.example", Origin: news.OriginFetch,
		Protocol: "HTTP/1.1", RemoteIP: "127.0.0.1",
		RequestHeader: []news.HeaderField{
			{Name: "Host", Value: "www.news.example"},
			{Name: "User-Agent", Value: o.UserAgent},
			{Name: "Accept", Value: pageAccept},
			{Name: "Accept-Encoding", Value: "gzip, br, zstd"},
		},
		Status: 200,
		ResponseHeader: []news.HeaderField{
			{Name: "Content-Type", Value: "text/html; charset=utf-8"},
			{Name: "Date", Value: "Sat, 14 Mar 2026 12:00:00 GMT"},
			{Name: "Content-Length", Value: fmt.Sprint(len(story))},
		},
		ContentType: "text/html; charset=utf-8", Digest: digest, Length: len(story),
		Hints: job.Hints, Body: []byte(story),
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(news.Page{}, "FetchedAt")); diff != "" {
		t.Errorf("page (-want +got):\n%s", diff)
	}
	if got.FetchedAt.Location() != time.UTC || got.FetchedAt.Before(before) {
		t.Errorf("fetched at %v, want UTC and after %v", got.FetchedAt, before)
	}
}

func TestStatuses(t *testing.T) {
	tests := []struct {
		status     int
		retryAfter string
		kind       news.Kind
		reason     news.Reason
		after      time.Duration
	}{
		{http.StatusNotFound, "", news.Skip, news.NotFound, 0},
		{http.StatusGone, "", news.Skip, news.NotFound, 0},
		{http.StatusUnauthorized, "", news.Skip, news.Forbidden, 0},
		{http.StatusForbidden, "", news.Skip, news.Forbidden, 0},
		{http.StatusUnavailableForLegalReasons, "", news.Skip, news.Forbidden, 0},
		{http.StatusTeapot, "", news.Skip, news.ClientError, 0},
		{http.StatusRequestTimeout, "", news.Temporary, news.Timeout, 0},
		{http.StatusNoContent, "", news.Skip, news.Empty, 0},
		{http.StatusMovedPermanently, "", news.Temporary, news.ServerError, 0}, // without a Location
		{http.StatusTooManyRequests, "120", news.Temporary, news.TooManyRequests, 2 * time.Minute},
		{http.StatusTooManyRequests, "", news.Temporary, news.TooManyRequests, throttledWait},
		{http.StatusServiceUnavailable, "999999999", news.Temporary, news.ServerError, longestWait},
		{http.StatusServiceUnavailable, "", news.Temporary, news.ServerError, 0},
		{http.StatusInternalServerError, "120", news.Temporary, news.ServerError, 0},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.status, tt.retryAfter), func(t *testing.T) {
			o := quick()
			site(t, &o, "news.example", noRobots(func(w http.ResponseWriter, r *http.Request) {
				if tt.retryAfter != "" {
					w.Header().Set("Retry-After", tt.retryAfter)
				}
				w.WriteHeader(tt.status)
			}))
			job := jobFor("http://news.example/a")
			_, err := client(t, o).Fetch(t.Context(), job)
			fault := wantFault(t, err, job.URL, tt.kind, tt.reason)
			if fault.After != tt.after {
				t.Errorf("after %v, want %v", fault.After, tt.after)
			}
		})
	}
}

func TestRetryAfterHoldsTheHost(t *testing.T) {
	o := quick()
	site(t, &o, "news.example", noRobots(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", time.Now().Add(time.Hour).UTC().Format(http.TimeFormat))
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	c := client(t, o)
	_, err := c.Fetch(t.Context(), jobFor("http://news.example/a"))
	if fault := wantFault(t, err, "http://news.example/a", news.Temporary, news.ServerError); fault.After < 59*time.Minute {
		t.Errorf("after %v, want about an hour", fault.After)
	}
	_, err = c.Fetch(t.Context(), jobFor("http://news.example/b"))
	if fault := wantFault(t, err, "http://news.example/b", news.Temporary, news.HostBusy); fault.After < 59*time.Minute {
		t.Errorf("after %v, want about an hour", fault.After)
	}
}

func TestAddresses(t *testing.T) {
	tests := []struct {
		name, url string
		kind      news.Kind
		reason    news.Reason
	}{
		{"no web address", "ftp://news.example/a", news.Skip, news.BadURL},
		{"no host", "http:///a", news.Skip, news.BadURL},
		{"no address at all", "::", news.Skip, news.BadURL},
		{"loopback", "http://127.0.0.1:1/", news.Skip, news.PrivateAddress},
		{"loopback by name", "http://localhost:1/", news.Skip, news.PrivateAddress},
		{"private", "https://192.168.1.1/", news.Skip, news.PrivateAddress},
		{"link-local, with cloud secrets", "http://169.254.169.254/latest", news.Skip, news.PrivateAddress},
		{"carrier's network", "http://100.64.0.1/", news.Skip, news.PrivateAddress},
		{"multicast", "http://224.0.0.1/", news.Skip, news.PrivateAddress},
		{"this network", "http://0.0.0.0:1/", news.Skip, news.PrivateAddress},
		{"loopback of IPv6", "http://[::1]:1/", news.Skip, news.PrivateAddress},
		{"IPv4 inside IPv6", "http://[::ffff:127.0.0.1]:1/", news.Skip, news.PrivateAddress},
		{"IPv4 behind NAT64", "http://[64:ff9b::7f00:1]:1/", news.Skip, news.PrivateAddress},
		{"link-local of IPv6", "http://[fe80::1]:1/", news.Skip, news.PrivateAddress},
		{"unique local of IPv6", "http://[fd00::1]:1/", news.Skip, news.PrivateAddress},
		{"one number", "http://2130706433:1/", news.Skip, news.PrivateAddress},
		{"one number in hexadecimal", "http://0x7f000001:1/", news.Skip, news.PrivateAddress},
		{"in octal", "http://0177.0.0.1:1/", news.Skip, news.PrivateAddress},
		{"shortened", "http://127.1:1/", news.Skip, news.PrivateAddress},
		{"a number that is no address", "http://127.0.0.256:1/", news.Skip, news.BadURL},
		{"nobody listens", "http://silent.example/", news.Temporary, news.Connect},
	}
	o := quick()
	o.Hosts["silent.example"] = "127.0.0.1:1"
	c := client(t, o)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := c.Fetch(t.Context(), jobFor(tt.url))
			wantFault(t, err, tt.url, tt.kind, tt.reason)
			if tt.reason == news.PrivateAddress && !strings.Contains(err.Error(), "--fetch-allow-private") {
				t.Errorf("it names no remedy: %v", err)
			}
		})
	}
}

func TestFaultOfNames(t *testing.T) {
	err := fmt.Errorf("dial: %w", &net.DNSError{Err: "no such host", Name: "gone.example", IsNotFound: true})
	if fault := faultOf(err); fault.Kind != news.Temporary || fault.Reason != news.NoHost {
		t.Errorf("kind %d, reason %s, want a temporary %s", fault.Kind, fault.Reason, news.NoHost)
	}
}

func TestAllowPrivate(t *testing.T) {
	o := quick()
	server := site(t, &o, "unused.example", noRobots(func(w http.ResponseWriter, r *http.Request) { html(w, story) }))
	o.AllowPrivate = true
	page, err := client(t, o).Fetch(t.Context(), jobFor(server.URL+"/a"))
	if err != nil {
		t.Fatal(err)
	}
	if page.Site != "127.0.0.1" {
		t.Errorf("site %q", page.Site)
	}
}

func TestDeadlines(t *testing.T) {
	tests := []struct {
		name  string
		short func(*Options)
		serve http.HandlerFunc
	}{
		{"no header", func(o *Options) { o.HeaderTimeout = 50 * time.Millisecond }, func(w http.ResponseWriter, r *http.Request) {
			<-r.Context().Done()
		}},
		{"a slow drip", func(o *Options) { o.Timeout = 200 * time.Millisecond }, func(w http.ResponseWriter, r *http.Request) {
			html(w, "<p>")
			for r.Context().Err() == nil {
				w.Write([]byte("x"))
				w.(http.Flusher).Flush()
				time.Sleep(time.Millisecond)
			}
		}},
		{"robots.txt never comes", func(o *Options) { o.Timeout = 200 * time.Millisecond }, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := quick()
			tt.short(&o)
			serve := func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
			if tt.serve != nil {
				serve = noRobots(tt.serve)
			}
			site(t, &o, "news.example", serve)
			_, err := client(t, o).Fetch(t.Context(), jobFor("http://news.example/a"))
			wantFault(t, err, "http://news.example/a", news.Temporary, news.Timeout)
		})
	}
}

func TestCancelledIsNoFault(t *testing.T) {
	o := quick()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	site(t, &o, "news.example", noRobots(func(w http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	}))
	_, err := client(t, o).Fetch(ctx, jobFor("http://news.example/a"))
	if _, is := errors.AsType[*news.Fault](err); is || !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that of the context", err)
	}
}

func TestBrokenAnswers(t *testing.T) {
	tests := []struct {
		name, answer string
		reason       news.Reason
		text         string
	}{
		{"cut short", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100\r\n\r\n<p>", news.BrokenAnswer, "read body: unexpected EOF"},
		{"no HTTP", "220 mail.example ESMTP\r\n\r\n", news.BrokenAnswer, "malformed HTTP"},
		{"nothing", "", news.BrokenAnswer, "EOF"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := quick()
			site(t, &o, "news.example", noRobots(func(w http.ResponseWriter, r *http.Request) { speak(t, w, tt.answer) }))
			_, err := client(t, o).Fetch(t.Context(), jobFor("http://news.example/a"))
			wantFault(t, err, "http://news.example/a", news.Temporary, tt.reason)
			if !strings.Contains(err.Error(), tt.text) {
				t.Errorf("error %q, want %q in it", err, tt.text)
			}
		})
	}
}

// speak writes an answer to the connection as it is, and ends it.
func speak(t *testing.T, w http.ResponseWriter, answer string) {
	t.Helper()
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		t.Error(err)
		return
	}
	defer conn.Close()
	if _, err := conn.Write([]byte(answer)); err != nil {
		t.Error(err)
	}
}

func TestValidate(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(*Options)
		want  string
	}{
		{"no product", func(o *Options) { o.UserAgent = "(me)" }, "user agent"},
		{"no timeout", func(o *Options) { o.Timeout = 0 }, "timeout"},
		{"no body", func(o *Options) { o.BodyLimit = 0 }, "body limit"},
		{"rules for a week", func(o *Options) { o.RobotsTTL = 7 * 24 * time.Hour }, "24h"},
		{"delay below zero", func(o *Options) { o.HostDelay = -1 }, "below 0"},
		{"resolver by name", func(o *Options) { o.Resolver = "localhost:53" }, "resolver"},
		{"host to a name", func(o *Options) { o.Hosts = map[string]string{"a.example": "localhost:80"} }, "a.example"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := DefaultOptions()
			tt.spoil(&o)
			if err := o.Validate(); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q in it", err, tt.want)
			}
		})
	}
	if err := DefaultOptions().Validate(); err != nil {
		t.Errorf("the defaults: %v", err)
	}
}

func TestOneRequestAtATime(t *testing.T) {
	o := quick()
	var inside, robots atomic.Int32
	site(t, &o, "news.example", func(w http.ResponseWriter, r *http.Request) {
		if n := inside.Add(1); n > 1 {
			t.Errorf("%d requests at a time", n)
		}
		defer inside.Add(-1)
		if r.URL.Path == "/robots.txt" {
			robots.Add(1)
		}
		html(w, story)
	})
	c := client(t, o)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for {
				_, err := c.Fetch(t.Context(), jobFor(fmt.Sprintf("http://news.example/%d", i)))
				if f := news.FaultOf(err); f != nil && f.Reason == news.HostBusy { // sent away, if the others were slow
					time.Sleep(f.After)
					continue
				}
				if err != nil {
					t.Error(err)
				}
				return
			}
		})
	}
	wg.Wait()
	if n := robots.Load(); n != 1 {
		t.Errorf("asked %d times for robots.txt", n)
	}
}

func TestForeignNames(t *testing.T) {
	o := quick()
	site(t, &o, "xn--kln-sna.example", noRobots(func(w http.ResponseWriter, r *http.Request) {
		if r.Host != "xn--kln-sna.example" || r.URL.Path != "/später am Tag" {
			t.Errorf("asked for %s at %s", r.URL.Path, r.Host)
		}
		html(w, story)
	}))
	page, err := client(t, o).Fetch(t.Context(), jobFor("http://Köln.example/später am Tag"))
	if err != nil {
		t.Fatal(err)
	}
	if page.Site != "xn--kln-sna.example" {
		t.Errorf("site %q", page.Site)
	}
}

// BenchmarkFetch asks sixteen hosts for a page of 60 kB, client and server on
// one machine.
func BenchmarkFetch(b *testing.B) {
	o := quick()
	body := []byte("<!doctype html>" + strings.Repeat("<p>The harbour of Lindow closed.</p>\n", 1600))
	for i := range 16 {
		server := httptest.NewServer(noRobots(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.Write(body)
		}))
		b.Cleanup(server.Close)
		o.Hosts[fmt.Sprintf("h%d.example", i)] = server.Listener.Addr().String()
	}
	c := New(o, zerolog.Nop())
	b.Cleanup(c.Close)
	var next atomic.Int64
	b.SetBytes(int64(len(body)))
	b.SetParallelism(8)
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			n := next.Add(1)
			if _, err := c.Fetch(b.Context(), jobFor(fmt.Sprintf("http://h%d.example/%d", n%16, n))); err != nil {
				b.Error(err)
			}
		}
	})
}
