package fetch

import (
	"bytes"
	"compress/gzip"
	"io"
	"log"
	"net/http"
	"runtime"
	"testing"

	"github.com/andybalholm/brotli"

	"github.com/copydesk/copydesk/pkg/coding"
	"github.com/copydesk/copydesk/pkg/news"
)

// quiet is for servers that are expected to complain.
func quiet() *log.Logger { return log.New(io.Discard, "", 0) }

func TestCodingsAreKept(t *testing.T) {
	var zipped, brotlied bytes.Buffer
	zw, bw := gzip.NewWriter(&zipped), brotli.NewWriter(&brotlied)
	for _, w := range []io.WriteCloser{zw, bw} {
		io.WriteString(w, story)
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct {
		name, encoding, want string
		body                 []byte
	}{
		{"none", "", "", []byte(story)},
		{"identity", "identity", "", []byte(story)},
		{"gzip", "gzip", "gzip", zipped.Bytes()},
		{"gzip by its old name", "X-GZip", "gzip", zipped.Bytes()},
		{"br", "br", "br", brotlied.Bytes()},
		{"zstd", "zstd", "zstd", coding.Zstd([]byte(story))},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := quick()
			site(t, &o, "news.example", noRobots(func(w http.ResponseWriter, r *http.Request) {
				if got := r.Header.Get("Accept-Encoding"); got != "gzip, br, zstd" {
					t.Errorf("Accept-Encoding %q", got)
				}
				if tt.encoding != "" {
					w.Header().Set("Content-Encoding", tt.encoding)
				}
				html(w, string(tt.body))
			}))
			page, err := client(t, o).Fetch(t.Context(), jobFor("http://news.example/a"))
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(page.Body, tt.body) || page.ContentEncoding != tt.want || page.Digest != news.Digest(tt.body) {
				t.Errorf("%d bytes in %q, want the %d bytes sent in %q", len(page.Body), page.ContentEncoding, len(tt.body), tt.want)
			}
			if text, err := coding.Decode(page.Body, page.ContentEncoding, 1<<20); err != nil || string(text) != story {
				t.Errorf("inside is %q, %v", text, err)
			}
		})
	}
}

func TestEndlessBodyIsCut(t *testing.T) {
	const sent = 50 << 20
	o := quick()
	o.BodyLimit = 1 << 20
	chunk := bytes.Repeat([]byte("<p>x</p>"), 1<<13)
	site(t, &o, "news.example", noRobots(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		for n := 0; n < sent; n += len(chunk) {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}))
	c := client(t, o)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	page, err := c.Fetch(t.Context(), jobFor("http://news.example/a"))
	runtime.ReadMemStats(&after)
	if err != nil {
		t.Fatal(err)
	}
	if !page.Truncated || page.Length != o.BodyLimit || len(page.Body) != o.BodyLimit {
		t.Errorf("truncated %v at %d bytes, want at %d", page.Truncated, page.Length, o.BodyLimit)
	}
	if got := after.TotalAlloc - before.TotalAlloc; got > uint64(16*o.BodyLimit) {
		t.Errorf("%d bytes were allocated for a limit of %d", got, o.BodyLimit)
	}
}

func TestBodyOfExactlyTheLimit(t *testing.T) {
	body, truncated, err := readBody(bytes.NewReader(make([]byte, 10)), 10, 10)
	if err != nil || truncated || len(body) != 10 {
		t.Errorf("%d bytes, truncated %v, %v", len(body), truncated, err)
	}
	body, truncated, err = readBody(bytes.NewReader(make([]byte, 11)), 1<<40, 10)
	if err != nil || !truncated || len(body) != 10 {
		t.Errorf("%d bytes, truncated %v, %v", len(body), truncated, err)
	}
}

func TestTypes(t *testing.T) {
	png := "\x89PNG\r\n\x1a\n" + story
	tests := []struct {
		name, contentType, body string
		want                    news.Reason
	}{
		{"a page", "text/html", story, ""},
		{"an XHTML page", "application/xhtml+xml", story, ""},
		{"plain text", "text/plain", "The harbour of Lindow closed.", ""},
		{"a misspelt type", "html", story, ""},
		{"an unknown type that is a page", "application/octet-stream", story, ""},
		{"no type, a page", "-", story, ""},
		{"UTF-16 without a mark", "text/html", "\x00<\x00p\x00>\x00\x01", ""},
		{"a picture", "image/png", png, news.NotHTML},
		{"a picture without a type", "-", png, news.NotHTML},
		{"a picture labelled as a page", "text/html", png, news.NotHTML},
		{"a PDF", "application/pdf", "%PDF-1.7", news.NotHTML},
		{"a PDF labelled as a page", "text/html; charset=utf-8", "%PDF-1.7", news.NotHTML},
		{"a film", "VIDEO/mp4; codecs=avc1", "\x00\x00\x00\x18ftypmp42", news.NotHTML},
		{"data", "application/json", "{}", news.NotHTML},
		{"unknown bytes", "application/octet-stream", "\x00\x01\x02\x03", news.NotHTML},
		{"nothing", "text/html", "", news.Empty},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := quick()
			site(t, &o, "news.example", noRobots(func(w http.ResponseWriter, r *http.Request) {
				w.Header()["Content-Type"] = []string{tt.contentType}
				if tt.contentType == "-" {
					w.Header()["Content-Type"] = nil
				}
				io.WriteString(w, tt.body)
			}))
			_, err := client(t, o).Fetch(t.Context(), jobFor("http://news.example/a"))
			switch {
			case tt.want == "" && err != nil:
				t.Error(err)
			case tt.want == news.NotHTML:
				wantFault(t, err, "http://news.example/a", news.Skip, news.NotHTML)
			case tt.want == news.Empty:
				wantFault(t, err, "http://news.example/a", news.Temporary, news.Empty)
			}
		})
	}
}

func TestCodedPictureIsNoPage(t *testing.T) {
	if looks := looksLike(coding.Zstd([]byte("\x89PNG\r\n\x1a\n"+story)), "zstd"); textual(looks, "text/html") {
		t.Errorf("a picture inside zstd looks like %q", looks)
	}
}
