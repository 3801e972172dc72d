package stage

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/fetch"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/stream"
)

// A page that is as it was is told of, by the server's word or by its bytes, with
// the capture that it is the same as and the header that came.
func TestFetcherTellsWhatIsAsItWas(t *testing.T) {
	const body = "<!doctype html><p>The ferry is late."
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("ETag", `"v1"`)
		w.Header().Set("Content-Type", "text/html")
		http.ServeContent(w, r, "", time.Time{}, strings.NewReader(body))
	}))
	defer server.Close()
	conn := desktop(t, stream.Config{})
	options := fetch.DefaultOptions()
	options.HostDelay = 0
	options.Hosts = map[string]string{"news.example": server.Listener.Addr().String()}
	client := fetch.New(options, zerolog.Nop())
	defer client.Close()
	running(t, (&Fetcher{Conn: conn, Client: client, Workers: 1}).Run)
	got := make(chan stream.Captured, 10)
	running(t, func(ctx context.Context) error {
		return conn.ConsumeCaptures(ctx, stream.Batch{Size: 1, Wait: 20 * time.Millisecond}, func(_ context.Context, batch []*stream.Message[stream.Captured]) []error {
			for _, one := range values(batch) {
				got <- one
			}
			return nil
		})
	})

	digest := news.Digest([]byte(body))
	for _, tt := range []struct {
		name           string
		known          news.Validators
		capture        string
		page           bool
		status, length int
	}{
		{"a first visit", news.Validators{}, "", true, 200, len(body)},
		{"not modified", news.Validators{ETag: `"v1"`, Digest: digest}, "earlier", false, 304, 0},
		{"not modified, of an older frontier", news.Validators{ETag: `"v1"`}, "", false, 304, 0},
		{"the same bytes", news.Validators{Digest: digest}, "earlier", false, 200, len(body)},
		{"other bytes", news.Validators{Digest: news.Digest(nil)}, "earlier", true, 200, len(body)},
	} {
		job := &news.FetchJob{
			Schema: news.FetchSchema, VisitID: news.VisitID(tt.name, time.Unix(0, 0)), URL: "http://news.example/ferry", Site: "news.example",
			Known: tt.known, KnownCapture: tt.capture,
		}
		if err := conn.PublishFetch(t.Context(), job); err != nil {
			t.Fatal(err)
		}
		one := <-got
		page := one.Page
		if (page != nil) != tt.page {
			t.Errorf("%s: a page: %v, want %v", tt.name, page != nil, tt.page)
		}
		if page == nil {
			page = &one.Revisit.Page
			if one.Revisit.SameAs != tt.capture || one.Revisit.Digest != tt.known.Digest {
				t.Errorf("%s: the same as %q with %q, want %q with %q", tt.name, one.Revisit.SameAs, one.Revisit.Digest, tt.capture, tt.known.Digest)
			}
		}
		want := [...]any{tt.status, tt.length, `"v1"`, job.VisitID}
		if diff := cmp.Diff(want, [...]any{page.Status, page.Length, page.Header("ETag"), page.VisitID}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}
