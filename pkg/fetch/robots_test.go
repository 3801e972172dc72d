package fetch

import (
	"compress/gzip"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/copydesk/copydesk/pkg/fetch/robots"
	"github.com/copydesk/copydesk/pkg/news"
)

func TestRobots(t *testing.T) {
	forbid := func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "User-agent: *\nDisallow: /a\n") }
	tests := []struct {
		name   string
		serve  http.HandlerFunc
		kind   news.Kind
		reason news.Reason // "" where the page is to come
	}{
		{"none", http.NotFound, 0, ""},
		{"none for us", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusForbidden) }, 0, ""},
		{"another path", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "User-agent: *\nDisallow: /b\n") }, 0, ""},
		{"another crawler", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "User-agent: other\nDisallow: /\n") }, 0, ""},
		{"a page in its place", func(w http.ResponseWriter, r *http.Request) { html(w, story) }, 0, ""},
		{"forbidden", forbid, news.Skip, news.Robots},
		{"forbidden for us", func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, "User-agent: copydesk\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
		}, news.Skip, news.Robots},
		{"forbidden, in gzip", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			fmt.Fprint(z, "User-agent: *\nDisallow: /a\n")
			z.Close()
		}, news.Skip, news.Robots},
		{"forbidden at the start of a huge file", func(w http.ResponseWriter, r *http.Request) {
			forbid(w, r)
			fmt.Fprint(w, strings.Repeat("# nothing more\n", 1<<17))
		}, news.Skip, news.Robots},
		{"forbidden, after redirects", func(w http.ResponseWriter, r *http.Request) {
			if n := len(r.URL.Query()["n"]); n < robotsRedirects {
				http.Redirect(w, r, "/robots.txt?"+strings.Repeat("n=1&", n+1), http.StatusFound)
				return
			}
			forbid(w, r)
		}, news.Skip, news.Robots},
		{"more redirects than are followed", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/robots.txt", http.StatusFound)
		}, 0, ""},
		{"redirect into a private network", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.1:1/robots.txt", http.StatusFound)
		}, news.Skip, news.PrivateAddress},
		{"out of order", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusBadGateway) }, news.Temporary, news.Robots},
		{"too many requests", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusTooManyRequests) }, news.Temporary, news.Robots},
		{"unreadable", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			fmt.Fprint(w, "User-agent: *\nDisallow: /a\n")
		}, news.Temporary, news.Robots},
		{"cut short", func(w http.ResponseWriter, r *http.Request) {
			speak(t, w, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nUser")
		}, news.Temporary, news.BrokenAnswer},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := quick()
			site(t, &o, "news.example", func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/robots.txt" {
					tt.serve(w, r)
					return
				}
				if tt.reason != "" {
					t.Errorf("asked for %s", r.URL)
				}
				html(w, story)
			})
			_, err := client(t, o).Fetch(t.Context(), jobFor("http://news.example/a"))
			if tt.reason == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			fault := wantFault(t, err, "http://news.example/a", tt.kind, tt.reason)
			if tt.kind == news.Temporary && fault.After < robotsRetry {
				t.Errorf("after %v, want at least %v", fault.After, robotsRetry)
			}
		})
	}
}

func TestRobotsAreAskedOnce(t *testing.T) {
	for _, status := range []int{http.StatusOK, http.StatusNotFound, http.StatusBadGateway} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			o := quick()
			var asked atomic.Int32
			site(t, &o, "news.example", func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/robots.txt" {
					asked.Add(1)
					w.WriteHeader(status)
					return
				}
				html(w, story)
			})
			c := client(t, o)
			for i := range 3 {
				_, err := c.Fetch(t.Context(), jobFor(fmt.Sprintf("http://news.example/%d", i)))
				if (err != nil) != (status >= 500) {
					t.Errorf("status %d: error %v", status, err)
				}
			}
			if n := asked.Load(); n != 1 {
				t.Errorf("asked %d times", n)
			}
		})
	}
}

func TestCrawlDelay(t *testing.T) {
	o := quick()
	o.MaxCrawlDelay = 30 * time.Minute
	site(t, &o, "slow.example", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			fmt.Fprint(w, "User-agent: *\nCrawl-delay: 3600\n")
			return
		}
		html(w, story)
	})
	c := client(t, o)
	if _, err := c.Fetch(t.Context(), jobFor("http://slow.example/a")); err != nil {
		t.Fatal(err)
	}
	_, err := c.Fetch(t.Context(), jobFor("http://slow.example/b"))
	fault := wantFault(t, err, "http://slow.example/b", news.Temporary, news.HostBusy)
	if fault.After > o.MaxCrawlDelay || fault.After < o.MaxCrawlDelay-time.Minute {
		t.Errorf("after %v, want about %v", fault.After, o.MaxCrawlDelay)
	}
}

func TestRulebook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newRulebook()
		at := func(i int) *target {
			got, err := parseTarget(fmt.Sprintf("http://h%d.example/a", i))
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		b.keep(at(0), entry{rules: &robots.Rules{}, until: time.Now().Add(time.Hour)})
		if _, known, err := b.known(at(0)); !known || err != nil {
			t.Errorf("known %v, %v", known, err)
		}
		time.Sleep(time.Hour)
		if _, known, _ := b.known(at(0)); known {
			t.Error("still believed after its time")
		}
		large := robots.Parse([]byte("User-agent: *\n"+strings.Repeat("Disallow: /a\n", 20000)), "copydesk")
		n := rulebookLimit/large.Size() + 10
		for i := range n {
			b.keep(at(i), entry{rules: large, until: time.Now().Add(time.Hour + time.Duration(i))})
		}
		if b.size > rulebookLimit {
			t.Errorf("%d bytes are kept, the limit is %d", b.size, rulebookLimit)
		}
		// Looking for the oldest takes all: many go at once.
		if left := len(b.entries); left > n/8*7 {
			t.Errorf("%d of %d are kept at the limit, want some room", left, n)
		}
		if _, known, _ := b.known(at(0)); known {
			t.Error("the oldest was not forgotten")
		}
		if _, known, _ := b.known(at(n - 1)); !known {
			t.Error("the newest was forgotten")
		}
	})
}
