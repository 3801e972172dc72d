package fetch

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

// A page is asked for with what is known of it, and one that did not change is
// not sent again.
func TestConditional(t *testing.T) {
	const modified = "Sat, 14 Mar 2026 12:00:00 GMT"
	o := quick()
	site(t, &o, "news.example", noRobots(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/stubborn":
			w.WriteHeader(http.StatusNotModified) // whatever was asked
			return
		case "/odd":
			w.Header().Set("ETag", "\"\xe9t\xe9\"")
		default:
			w.Header().Set("ETag", `"v1"`)
		}
		at, _ := time.Parse(http.TimeFormat, modified)
		http.ServeContent(w, r, "page.html", at, strings.NewReader(story))
	}))
	c := client(t, o)
	digest := news.Digest([]byte(story))
	tests := []struct {
		name, path string
		known      news.Validators
		want       news.Validators // of a page that is sent
		same       bool
	}{
		{"first visit", "/page", news.Validators{}, news.Validators{ETag: `"v1"`, LastModified: modified, Digest: digest}, false},
		{"same tag", "/page", news.Validators{ETag: `"v1"`}, news.Validators{}, true},
		{"same date", "/page", news.Validators{LastModified: modified}, news.Validators{}, true},
		{"other tag", "/page", news.Validators{ETag: `"v0"`, LastModified: modified}, news.Validators{ETag: `"v1"`, LastModified: modified, Digest: digest}, false},
		{"only a digest", "/page", news.Validators{Digest: digest}, news.Validators{ETag: `"v1"`, LastModified: modified, Digest: digest}, false},
		{"a tag that cannot be sent back", "/odd", news.Validators{}, news.Validators{LastModified: modified, Digest: digest}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			job := jobFor("http://news.example" + tt.path)
			job.Known = tt.known
			page, err := c.Fetch(t.Context(), job)
			if tt.same {
				wantFault(t, err, job.URL, news.Same, "")
				tag := page.Header("ETag") // as received
				if page.Status != http.StatusNotModified || len(page.Body) > 0 || page.Length > 0 || tag != `"v1"` || page.VisitID != job.VisitID || page.RequestedURL != job.URL {
					t.Errorf("answered with %+v", page)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, page.Validators()); diff != "" {
				t.Errorf("validators (-want +got): %s", diff)
			}
		})
	}
	job := jobFor("http://news.example/stubborn")
	_, err := c.Fetch(t.Context(), job)
	wantFault(t, err, job.URL, news.Temporary, news.ServerError)
}

// A source is returned whatever its type; a page of that type is none.
func TestFetchSource(t *testing.T) {
	const list = `<?xml version="1.0"?><rss version="2.0"/>`
	o := quick()
	site(t, &o, "news.example", noRobots(func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Accept"), "application/rss+xml") {
			t.Errorf("asked for %q", r.Header.Get("Accept"))
		}
		w.Header().Set("Content-Type", "application/rss+xml")
		io.WriteString(w, list)
	}))
	job := jobFor("http://news.example/feed")
	page, err := client(t, o).FetchSource(t.Context(), job)
	if err != nil || string(page.Body) != list {
		t.Errorf("got %+v, %v", page, err)
	}
}
