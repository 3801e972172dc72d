package archive_test

import (
	"bytes"
	"compress/zlib"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/warc"
)

// record is a record of that type about a page.
func record(kind, block string, more ...warc.Field) *warc.Record {
	return &warc.Record{
		Version: "WARC/1.1", Block: strings.NewReader(block),
		Header: append(warc.Header{{Name: warc.Type, Value: kind}, {Name: warc.TargetURI, Value: "https://news.example/tide"}, {Name: warc.Date, Value: "2026-05-03T10:00:00Z"}}, more...),
	}
}

func TestPageOf(t *testing.T) {
	const head = "HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\nX-Desk: a\r\n"
	tests := []struct {
		name string
		rec  *warc.Record
		want news.Page
	}{
		{"a response", record(warc.Response, head+"\r\n<p>Tide", warc.Field{Name: warc.IPAddress, Value: "192.0.2.7"}), news.Page{
			Protocol: "HTTP/1.1", Status: 200, RemoteIP: "192.0.2.7", ContentType: "text/html; charset=utf-8", Body: []byte("<p>Tide"),
		}},
		{"a coding that was taken off", record(warc.Response, head+"Content-Encoding: gzip\r\n\r\n<p>Tide"), news.Page{
			Protocol: "HTTP/1.1", Status: 200, ContentType: "text/html; charset=utf-8", Body: []byte("<p>Tide"),
		}},
		{"a coding that is still there", record(warc.Response, head+"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08"), news.Page{
			Protocol: "HTTP/1.1", Status: 200, ContentType: "text/html; charset=utf-8", ContentEncoding: "gzip", Body: []byte("\x1f\x8b\x08"),
		}},
		{"longer than allowed", record(warc.Response, head+"\r\n<p>The tide is high"), news.Page{
			Protocol: "HTTP/1.1", Status: 200, ContentType: "text/html; charset=utf-8", Body: []byte("<p>The tid"), Truncated: true,
		}},
		{"cut by who made it", record(warc.Response, head+"\r\n<p>The", warc.Field{Name: warc.Truncated, Value: "length"}), news.Page{
			Protocol: "HTTP/1.1", Status: 200, ContentType: "text/html; charset=utf-8", Body: []byte("<p>The"), Truncated: true,
		}},
		{"HTTP/2 in the text form of HTTP/1.1", record(warc.Response, head+"\r\n<p>Tide", warc.Field{Name: warc.Protocol, Value: "tls/1.3"}, warc.Field{Name: warc.Protocol, Value: "h2"}), news.Page{
			Protocol: "HTTP/2.0", HeadersRebuilt: true, Status: 200, ContentType: "text/html; charset=utf-8", Body: []byte("<p>Tide"),
		}},
		{"HTTP/2 in a text form of its own", record(warc.Response, "HTTP/2 200\r\ncontent-type: text/html\r\n\r\n<p>Tide"), news.Page{
			Protocol: "HTTP/2.0", HeadersRebuilt: true, Status: 200, ContentType: "text/html", Body: []byte("<p>Tide"),
		}},
		{"a line that is no field", record(warc.Response, "HTTP/1.0 200 OK\nno field\nContent-Type: text/html\n\n<p>Tide"), news.Page{
			Protocol: "HTTP/1.0", Status: 200, ContentType: "text/html", Body: []byte("<p>Tide"),
		}},
		{"text", record(warc.Conversion, "Tide", warc.Field{Name: warc.ContentType, Value: "text/plain"}), news.Page{
			Status: 200, ContentType: "text/plain", Body: []byte("Tide"),
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := archive.PageOf(test.rec, 10)
			if err != nil {
				t.Fatal(err)
			}
			want := test.want
			want.Schema, want.Origin, want.Site = news.PageSchema, news.OriginArchive, "news.example"
			want.URL, want.RequestedURL = "https://news.example/tide", "https://news.example/tide"
			want.FetchedAt = time.Date(2026, 5, 3, 10, 0, 0, 0, time.UTC)
			want.VisitID = news.VisitID(want.URL, want.FetchedAt)
			want.Length, want.Digest = len(want.Body), news.Digest(want.Body)
			want.CaptureID = news.CaptureID(want.VisitID, want.Digest)
			want.ResponseHeader = got.ResponseHeader
			if diff := cmp.Diff(&want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestPageOfCoding says that a body is unpacked once, whether or not who made the
// archive did so and left the field.
func TestPageOfCoding(t *testing.T) {
	const text = "\r\n<!doctype html><p>The tide is high."
	var br, deflate bytes.Buffer
	w := brotli.NewWriter(&br)
	io.WriteString(w, text)
	w.Close()
	z := zlib.NewWriter(&deflate)
	io.WriteString(z, text)
	z.Close()
	for _, test := range []struct{ stated, body, want string }{
		{"br", br.String(), "br"}, {"br", text, ""}, {"deflate", deflate.String(), "deflate"}, {"deflate", text, ""},
		{"br", "<p", "br"}, {"br", "<\x00\x01\x02\x03 <p>The tide is high.", "br"},
	} {
		page, err := archive.PageOf(record(warc.Response, "HTTP/1.1 200 OK\r\nContent-Encoding: "+test.stated+"\r\n\r\n"+test.body), 1000)
		if err != nil || page.ContentEncoding != test.want {
			t.Errorf("%s %q: got %q, %v, want %q", test.stated, test.body, page.ContentEncoding, err, test.want)
		}
	}
}

func TestPageOfRefuses(t *testing.T) {
	noPage := map[string]*warc.Record{
		"a request": record(warc.Request, "GET / HTTP/1.1\r\n\r\n"),
		"a name":    {Header: warc.Header{{Name: warc.Type, Value: warc.Response}, {Name: warc.TargetURI, Value: "dns:news.example"}}},
	}
	for name, rec := range noPage {
		if _, err := archive.PageOf(rec, 10); !errors.Is(err, archive.ErrNoPage) {
			t.Errorf("%s: got %v, want %v", name, err, archive.ErrNoPage)
		}
	}
	undated := record(warc.Response, "HTTP/1.1 200 OK\r\n\r\n")
	undated.Header[2].Value = "yesterday"
	for name, rec := range map[string]*warc.Record{"no date": undated, "no answer": record(warc.Response, "Tide")} {
		if _, err := archive.PageOf(rec, 10); err == nil || errors.Is(err, archive.ErrNoPage) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
