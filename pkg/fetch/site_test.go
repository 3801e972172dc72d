package fetch

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/news"
)

const story = "<!doctype html><title>Harbour</title><p>The harbour of Lindow closed at noon.</p>"

// patience is how long a fetch may take where the time is not the point.
const patience = 3 * time.Minute

// quick are options for servers on this machine.
func quick() Options {
	o := DefaultOptions()
	o.Timeout, o.DialTimeout, o.HeaderTimeout = patience, patience, patience
	o.HostDelay = 0
	o.Hosts = map[string]string{}
	return o
}

// site serves pages over HTTP under a name of its own.
func site(t *testing.T, o *Options, name string, pages http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(pages)
	t.Cleanup(server.Close)
	o.Hosts[name] = server.Listener.Addr().String()
	return server
}

func client(t *testing.T, o Options) *Client {
	t.Helper()
	if err := o.Validate(); err != nil {
		t.Fatal(err)
	}
	c := New(o, zerolog.Nop())
	t.Cleanup(c.Close)
	return c
}

func jobFor(url string) *news.FetchJob {
	at := time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)
	return &news.FetchJob{Schema: news.FetchSchema, VisitID: news.VisitID(url, at), URL: url, AddedAt: at}
}

// noRobots answers robots.txt with 404 and all else with pages.
func noRobots(pages http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		pages(w, r)
	}
}

func html(w http.ResponseWriter, text string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	io.WriteString(w, text)
}

// wantFault checks the class of an error and that its text names the address.
func wantFault(t *testing.T, err error, url string, kind news.Kind, reason news.Reason) *news.Fault {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want %s", reason)
	}
	fault := news.FaultOf(err)
	if fault.Kind != kind || fault.Reason != reason {
		t.Errorf("kind %d, reason %s (%v), want kind %d, reason %s", fault.Kind, fault.Reason, err, kind, reason)
	}
	if !strings.Contains(err.Error(), `fetch "`+url+`"`) {
		t.Errorf("error %q does not name %s", err, url)
	}
	return fault
}
