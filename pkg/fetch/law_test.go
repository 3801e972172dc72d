package fetch

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/copydesk/copydesk/pkg/coding"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// FuzzResolve states that wherever a redirect leads, it is an address of the
// web without credentials and fragment, or badUrl.
func FuzzResolve(f *testing.F) {
	for _, link := range []string{"/b", "//other.example/a#top", "http://me:secret@news.example/", "file:///etc/hostname", "javascript:alert(1)", "http://2130706433/", "?x=%zz", "\r\nX: y", "http://[::1%25lo]/"} {
		f.Add(link)
	}
	from, err := parseTarget("https://news.example/2026/a?b=c")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, link string) {
		to, err := from.resolve(link)
		if err != nil {
			if fault := news.FaultOf(err); fault.Kind != news.Skip || fault.Reason != news.BadURL {
				t.Errorf("%q is refused as %+v", link, fault)
			}
			return
		}
		if u := to.url; u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || u.Fragment != "" {
			t.Errorf("%q leads to %q", link, to)
		}
		if normal, err := weburl.Normalize(to.String()); err != nil || weburl.Host(normal) != to.host() {
			t.Errorf("%q leads to host %q, in normal form %q, %v", link, to.host(), normal, err)
		}
		if strings.ContainsAny(to.path(), " \r\n") || !strings.HasPrefix(to.path(), "/") {
			t.Errorf("%q asks for the path %q", link, to.path())
		}
	})
}

// FuzzAnswer states that whatever a server sends, it is a page whose parts
// agree, or a fault with a reason.
func FuzzAnswer(f *testing.F) {
	f.Add([]byte("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 3\r\n\r\n<p>"))
	f.Add([]byte("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n\x1f\x8b\x08\r\n0\r\nA: b\r\n\r\n"))
	f.Add([]byte("HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\nHTTP/1.0 429 x\r\nRetry-After: 1\r\n\r\n"))
	f.Add([]byte("HTTP/1.1 301 x\r\nLocation: /a\r\n\r\n"))
	f.Add([]byte("<!doctype html><p>0.9"))
	const limit = 64
	f.Fuzz(func(t *testing.T, wire []byte) {
		o := quick()
		o.BodyLimit, o.MaxRedirects = limit, 1
		site(t, &o, "news.example", noRobots(func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := w.(http.Hijacker).Hijack()
			if err != nil {
				return
			}
			defer conn.Close()
			_, _ = conn.Write(wire) // the client may have left
		}))
		page, err := client(t, o).Fetch(context.Background(), jobFor("http://news.example/a"))
		if err != nil {
			if fault := news.FaultOf(err); fault.Reason == "" || fault.Reason == news.Internal {
				t.Errorf("fault without a reason: %v", err)
			}
			return
		}
		if page.Length != len(page.Body) || page.Length > limit || page.Length == 0 || page.Digest != news.Digest(page.Body) {
			t.Errorf("page says %d bytes, digest %s, and has %d", page.Length, page.Digest, len(page.Body))
		}
		if page.Status < 200 || page.Status > 299 {
			t.Errorf("a page with status %d", page.Status)
		}
		if !page.HeadersRebuilt && !bytes.Contains(wire, []byte("\n")) {
			t.Error("headers recorded of an answer without lines")
		}
	})
}

// FuzzType states that no type and no body is too strange to be judged, and
// that text is judged to be text.
func FuzzType(f *testing.F) {
	f.Add("text/html; charset=\"", "", []byte("<p>"))
	f.Add("image/png", "gzip", []byte("\x1f\x8b"))
	f.Add(";;;", "zstd, br", []byte(nil))
	f.Fuzz(func(t *testing.T, contentType, encoding string, body []byte) {
		looks := looksLike(body, encoding)
		if len(coding.List(encoding)) == 0 && strings.HasPrefix(looks, "text/") && !textual(looks, contentType) {
			t.Errorf("%q looks like %s and is refused", body, looks)
		}
		if mayHoldArticle(contentType) != mayHoldArticle(contentType+" ") {
			t.Errorf("a space makes another type of %q", contentType)
		}
	})
}
