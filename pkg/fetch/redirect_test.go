package fetch

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

func TestRedirects(t *testing.T) {
	o := quick()
	site(t, &o, "short.example", noRobots(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://www.news.example/old?from=short#top", http.StatusMovedPermanently)
	}))
	site(t, &o, "www.news.example", noRobots(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/old" {
			w.Header().Set("Location", "new/../harbour")
			w.WriteHeader(http.StatusFound)
			return
		}
		html(w, story)
	}))
	page, err := client(t, o).Fetch(t.Context(), jobFor("http://short.example/x"))
	if err != nil {
		t.Fatal(err)
	}
	want := []news.Redirect{
		{URL: "http://short.example/x", Status: 301},
		{URL: "http://www.news.example/old?from=short", Status: 302},
	}
	if diff := cmp.Diff(want, page.Redirects); diff != "" {
		t.Errorf("redirects (-want +got):\n%s", diff)
	}
	if page.URL != "http://www.news.example/harbour" || page.Site != "news.example" || page.RequestedURL != "http://short.example/x" {
		t.Errorf("URL %s, site %s, requested %s", page.URL, page.Site, page.RequestedURL)
	}
}

func TestRedirectsRefused(t *testing.T) {
	tests := []struct {
		name, location string
		kind           news.Kind
		reason         news.Reason
	}{
		{"to itself", "/a", news.Skip, news.RedirectLoop},
		{"in a circle", "/circle", news.Skip, news.RedirectLoop},
		{"without end", "/more/x", news.Skip, news.RedirectLoop},
		{"to a private address", "http://127.0.0.1:1/secret", news.Skip, news.PrivateAddress},
		{"to a private address by name", "http://localhost:1/secret", news.Skip, news.PrivateAddress},
		{"to another scheme", "file:///etc/passwd", news.Skip, news.BadURL},
		{"to no address", "http://[", news.Skip, news.BadURL},
		{"to a forbidden path", "/forbidden", news.Skip, news.Robots},
		{"to a host that forbids", "http://closed.example/a", news.Skip, news.Robots},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := quick()
			asked := 0
			site(t, &o, "closed.example", func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path != "/robots.txt" {
					t.Errorf("asked for %s", r.URL)
				}
				fmt.Fprint(w, "User-agent: *\nDisallow: /\n")
			})
			site(t, &o, "news.example", func(w http.ResponseWriter, r *http.Request) {
				switch {
				case r.URL.Path == "/robots.txt":
					fmt.Fprint(w, "User-agent: *\nDisallow: /forbidden\n")
					return
				case r.URL.Path == "/a":
					w.Header().Set("Location", tt.location)
				case r.URL.Path == "/circle":
					w.Header().Set("Location", "/a")
				case strings.HasPrefix(r.URL.Path, "/more"):
					w.Header().Set("Location", r.URL.Path+"x")
				default:
					t.Errorf("asked for %s", r.URL)
				}
				asked++
				w.WriteHeader(http.StatusSeeOther)
			})
			_, err := client(t, o).Fetch(t.Context(), jobFor("http://news.example/a"))
			wantFault(t, err, "http://news.example/a", tt.kind, tt.reason)
			if asked > o.MaxRedirects+1 {
				t.Errorf("asked %d times", asked)
			}
		})
	}
}

// A redirect inside a host is one visit: it waits for no other turn and uses
// the same connection.
func TestRedirectInsideAHostNeedsNoTurn(t *testing.T) {
	o := quick()
	o.HostDelay = time.Hour
	first := ""
	site(t, &o, "news.example", noRobots(func(w http.ResponseWriter, r *http.Request) {
		if first == "" {
			first = r.RemoteAddr
		}
		if r.RemoteAddr != first {
			t.Errorf("a second connection, from %s after %s", r.RemoteAddr, first)
		}
		if r.URL.Path == "/a" {
			http.Redirect(w, r, "/b", http.StatusFound)
			return
		}
		html(w, story)
	}))
	page, err := client(t, o).Fetch(t.Context(), jobFor("http://news.example/a"))
	if err != nil || len(page.Redirects) != 1 {
		t.Errorf("page %v, %v", page, err)
	}
}
