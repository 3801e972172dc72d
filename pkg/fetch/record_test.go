package fetch

import (
	"crypto/x509"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

// spoken is an answer as no Go server would write it.
const spoken = "HTTP/1.1 200 OK\r\n" +
	"x-served-by: one\r\n" +
	"Content-Type: text/html\r\n" +
	"Set-Cookie: a=1\r\n" +
	"SET-COOKIE: b=2\r\n" +
	"Content-Length: %d\r\n" +
	"x-served-by: two\r\n" +
	"\r\n%s"

func spokenFields(n int) []news.HeaderField {
	return []news.HeaderField{
		{Name: "x-served-by", Value: "one"},
		{Name: "Content-Type", Value: "text/html"},
		{Name: "Set-Cookie", Value: "a=1"},
		{Name: "SET-COOKIE", Value: "b=2"},
		{Name: "Content-Length", Value: fmt.Sprint(n)},
		{Name: "x-served-by", Value: "two"},
	}
}

// overTLS starts a server for https://example.com and lets the client trust it.
func overTLS(t *testing.T, http2 bool, pages http.HandlerFunc) (*Client, *httptest.Server) {
	t.Helper()
	server := httptest.NewUnstartedServer(pages)
	server.EnableHTTP2 = http2
	server.StartTLS()
	t.Cleanup(server.Close)
	o := quick()
	o.Hosts["example.com"] = server.Listener.Addr().String()
	c := client(t, o)
	c.dialer.roots = x509.NewCertPool()
	c.dialer.roots.AddCert(server.Certificate())
	return c, server
}

// talk serves many answers on each connection, the same text with another body
// each time, and counts the connections.
func talk(t *testing.T, connections *atomic.Int32) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		conn, rw, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		connections.Add(1)
		for n := 0; err == nil; n++ {
			if r.URL.Path == "/robots.txt" {
				fmt.Fprint(rw, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
			} else {
				body := strings.Repeat("<p>Harbour</p>", n+1)
				fmt.Fprintf(rw, spoken, len(body), body)
			}
			rw.Flush()
			r, err = http.ReadRequest(rw.Reader)
		}
	}
}

func TestHeadersAreRecorded(t *testing.T) {
	t.Run("http", func(t *testing.T) {
		var connections atomic.Int32
		o := quick()
		site(t, &o, "example.com", talk(t, &connections))
		checkRecorded(t, client(t, o), "http://example.com/a", &connections)
	})
	t.Run("https", func(t *testing.T) {
		var connections atomic.Int32
		c, _ := overTLS(t, false, talk(t, &connections))
		checkRecorded(t, c, "https://example.com/a", &connections)
	})
}

// checkRecorded fetches the address three times over one kept connection.
func checkRecorded(t *testing.T, c *Client, address string, connections *atomic.Int32) {
	t.Helper()
	for range 3 {
		page, err := c.Fetch(t.Context(), jobFor(address))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(spokenFields(page.Length), page.ResponseHeader); diff != "" {
			t.Errorf("response header (-want +got):\n%s", diff)
		}
		if len(page.RequestHeader) != 4 || page.RequestHeader[0] != (news.HeaderField{Name: "Host", Value: "example.com"}) {
			t.Errorf("request header %v", page.RequestHeader)
		}
		if page.HeadersRebuilt || page.Protocol != "HTTP/1.1" || page.RemoteIP != "127.0.0.1" {
			t.Errorf("rebuilt %v, protocol %s, remote %s", page.HeadersRebuilt, page.Protocol, page.RemoteIP)
		}
	}
	if n := connections.Load(); n != 1 {
		t.Errorf("%d connections, want one that is kept", n)
	}
}

func TestHeadersOfHTTP2AreRebuilt(t *testing.T) {
	c, _ := overTLS(t, true, noRobots(func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Set-Cookie"] = []string{"b=2", "a=1"}
		w.Header().Set("Date", "Sat, 14 Mar 2026 12:00:00 GMT")
		html(w, story)
	}))
	page, err := c.Fetch(t.Context(), jobFor("https://example.com/a"))
	if err != nil {
		t.Fatal(err)
	}
	want := []news.HeaderField{
		{Name: "Content-Length", Value: fmt.Sprint(len(story))},
		{Name: "Content-Type", Value: "text/html; charset=utf-8"},
		{Name: "Date", Value: "Sat, 14 Mar 2026 12:00:00 GMT"},
		{Name: "Set-Cookie", Value: "b=2"},
		{Name: "Set-Cookie", Value: "a=1"},
	}
	if diff := cmp.Diff(want, page.ResponseHeader); diff != "" {
		t.Errorf("response header (-want +got):\n%s", diff)
	}
	if !page.HeadersRebuilt || page.Protocol != "HTTP/2.0" || page.RemoteIP != "127.0.0.1" {
		t.Errorf("rebuilt %v, protocol %s, remote %s", page.HeadersRebuilt, page.Protocol, page.RemoteIP)
	}
	if len(page.RequestHeader) != 4 || page.RequestHeader[0].Value != "example.com" {
		t.Errorf("request header %v", page.RequestHeader)
	}
}

func TestTLSIsVerified(t *testing.T) {
	c, server := overTLS(t, false, noRobots(func(w http.ResponseWriter, r *http.Request) { html(w, story) }))
	server.Config.ErrorLog = quiet()
	c.dialer.roots = x509.NewCertPool()
	_, err := c.Fetch(t.Context(), jobFor("https://example.com/a"))
	wantFault(t, err, "https://example.com/a", news.Temporary, news.BadCertificate)
	if !strings.Contains(err.Error(), "certificate") {
		t.Errorf("error %q does not speak of the certificate", err)
	}
}

func TestHeaderTooLarge(t *testing.T) {
	pages := noRobots(func(w http.ResponseWriter, r *http.Request) {
		for i := range 300 {
			w.Header().Set(fmt.Sprintf("X-Filler-%d", i), strings.Repeat("x", 1<<10))
		}
		html(w, story)
	})
	t.Run("HTTP/1.1", func(t *testing.T) {
		o := quick()
		site(t, &o, "news.example", pages)
		_, err := client(t, o).Fetch(t.Context(), jobFor("http://news.example/a"))
		wantFault(t, err, "http://news.example/a", news.Permanent, news.HeaderTooLarge)
	})
	t.Run("HTTP/2, in one frame", func(t *testing.T) {
		c, _ := overTLS(t, true, noRobots(func(w http.ResponseWriter, r *http.Request) {
			for i := range 9 {
				w.Header().Set(fmt.Sprintf("X-Filler-%d", i), strings.Repeat("x", 1<<10))
			}
			html(w, story)
		}))
		c.transport.MaxResponseHeaderBytes = 8 << 10
		_, err := c.Fetch(t.Context(), jobFor("https://example.com/a"))
		wantFault(t, err, "https://example.com/a", news.Permanent, news.HeaderTooLarge)
	})
	t.Run("HTTP/2, in many frames", func(t *testing.T) {
		// net/http ends the connection and does not say why.
		c, _ := overTLS(t, true, pages)
		_, err := c.Fetch(t.Context(), jobFor("https://example.com/a"))
		wantFault(t, err, "https://example.com/a", news.Temporary, news.BrokenAnswer)
	})
}

func TestInterimResponsesAreNoHeader(t *testing.T) {
	o := quick()
	site(t, &o, "news.example", noRobots(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Link", "</style.css>")
		w.WriteHeader(http.StatusEarlyHints)
		w.Header().Del("Link")
		html(w, story)
	}))
	page, err := client(t, o).Fetch(t.Context(), jobFor("http://news.example/a"))
	if err != nil {
		t.Fatal(err)
	}
	has := func(name string) bool {
		return slices.ContainsFunc(page.ResponseHeader, func(f news.HeaderField) bool { return strings.EqualFold(f.Name, name) })
	}
	if page.HeadersRebuilt || has("Link") || !has("Content-Type") {
		t.Errorf("rebuilt %v, header %v", page.HeadersRebuilt, page.ResponseHeader)
	}
}
