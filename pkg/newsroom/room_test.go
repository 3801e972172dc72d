package newsroom

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"image/jpeg"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/net/html/charset"
)

// visitor is a client that dials what the room says, follows no redirect and
// decodes nothing by itself.
func visitor(t *testing.T, r *Room) *http.Client {
	t.Helper()
	hosts := r.Hosts()
	transport := &http.Transport{
		DisableCompression: true,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			name, _, err := net.SplitHostPort(address)
			if err != nil {
				return nil, err
			}
			return new(net.Dialer).DialContext(ctx, network, hosts[name])
		},
	}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// get is the answer to a GET and its body as received.
func get(t *testing.T, c *http.Client, address, coding string) (*http.Response, []byte) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	if coding != "" {
		req.Header.Set("Accept-Encoding", coding)
	}
	res, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, body
}

func decode(t *testing.T, body []byte, coding string) []byte {
	t.Helper()
	var r io.Reader = bytes.NewReader(body)
	var err error
	switch coding {
	case "gzip":
		r, err = gzip.NewReader(r)
	case "br":
		r = brotli.NewReader(r)
	case "zstd":
		r, err = zstd.NewReader(r)
	case "":
	default:
		t.Fatalf("content coding %q", coding)
	}
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		t.Fatalf("decode %s: %v", coding, err)
	}
	return plain
}

func start(t *testing.T) *Room {
	t.Helper()
	r, err := Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func everyPage(r *Room) []*page {
	var all []*page
	for _, o := range r.outlets {
		all = append(append(all, o.Pages...), o.Lists...)
	}
	return all
}

func TestEveryAddressAnswersAsItsManifestSays(t *testing.T) {
	r := start(t)
	client := visitor(t, r)
	for _, p := range everyPage(r) {
		t.Run(p.outlet.host+p.Path, func(t *testing.T) {
			address := p.url()
			if !p.in(1) {
				if res, _ := get(t, client, address, ""); res.StatusCode != 404 {
					t.Errorf("status before its time: got %d, want 404", res.StatusCode)
				}
				return
			}
			for range p.Failures {
				res, _ := get(t, client, address, "")
				if res.StatusCode != 503 || res.Header.Get("Retry-After") != "1" {
					t.Fatalf("got %d, Retry-After %q; want 503 and 1", res.StatusCode, res.Header.Get("Retry-After"))
				}
			}
			res, body := get(t, client, address, "gzip, br, zstd")
			if res.StatusCode != p.Status {
				t.Errorf("status: got %d, want %d", res.StatusCode, p.Status)
			}
			if got := res.Header.Get("Location"); got != p.Redirect {
				t.Errorf("location: got %q, want %q", got, p.Redirect)
			}
			if p.Redirect != "" {
				return
			}
			if got := res.Header.Get("Content-Encoding"); got != p.Coding {
				t.Errorf("coding: got %q, want %q", got, p.Coding)
			}
			if strings.HasSuffix(p.Path, ".gz") {
				return // a file to be unpacked, not text
			}
			checkText(t, p, res.Header.Get("Content-Type"), decode(t, body, res.Header.Get("Content-Encoding")))

			res, plain := get(t, client, address, "")
			if got := res.Header.Get("Content-Encoding"); got != "" {
				t.Errorf("coding that nobody asked for: %q", got)
			}
			checkText(t, p, res.Header.Get("Content-Type"), plain)
		})
	}
}

// checkText says whether the bytes, read in the charset that the header names,
// are the page.
func checkText(t *testing.T, p *page, contentType string, body []byte) {
	t.Helper()
	_, name, _ := charset.DetermineEncoding(nil, contentType)
	if name != p.Charset {
		t.Errorf("charset: got %q, want %q", name, p.Charset)
	}
	r, err := charset.NewReader(bytes.NewReader(body), contentType)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	want, err := p.render(1)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("text over the wire differs from the page")
	}
}

func TestPagesAreInTheOrderOfURLs(t *testing.T) {
	r := start(t)
	urls, pages := r.URLs(), r.Pages()
	if len(urls) != len(pages) {
		t.Fatalf("got %d URLs and %d pages", len(urls), len(pages))
	}
	if got := len(slices.Compact(slices.Sorted(slices.Values(urls)))); got != len(urls) {
		t.Errorf("%d of %d URLs are repeated", len(urls)-got, len(urls))
	}
	for i, p := range pages {
		if p.URL != urls[i] {
			t.Errorf("page %d: got %s, want %s", i, p.URL, urls[i])
		}
		if kept := p.Outcome == news.Done; kept != (p.Golden != "") || kept != (p.Story != "") || kept != (p.Reason == "") {
			t.Errorf("%s: a story has an address and a golden file and no reason, and nothing else has: %+v", p.URL, p)
		}
		if p.Golden != "" {
			if _, err := files.Open(p.Golden); err != nil {
				t.Error(err)
			}
		}
		if p.Reason != "" && !slices.Contains(news.Reasons, p.Reason) {
			t.Errorf("%s: reason %q is not one of package news", p.URL, p.Reason)
		}
	}
}

func TestEveryOutletHasItsFurniture(t *testing.T) {
	r := start(t)
	client := visitor(t, r)
	for host, o := range r.outlets {
		if o.Pages[0].File == "" {
			continue // a host of short links has none
		}
		for name, contentType := range map[string]string{
			"/robots.txt": "text/plain; charset=utf-8", "/static/main.css": "text/css; charset=utf-8",
			"/image/any.jpg": "image/jpeg",
		} {
			res, body := get(t, client, "http://"+host+name, "")
			if res.StatusCode != 200 || res.Header.Get("Content-Type") != contentType || len(body) == 0 {
				t.Errorf("%s%s: got %d %q, %d bytes", host, name, res.StatusCode, res.Header.Get("Content-Type"), len(body))
			}
		}
	}
}

func TestPicturesDifferAndStayTheSame(t *testing.T) {
	var all [3][]byte
	for i, name := range []string{"a.jpg", "b.jpg", "a.jpg"} {
		b, err := picture(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := jpeg.Decode(bytes.NewReader(b)); err != nil {
			t.Fatal(err)
		}
		all[i] = b
	}
	if bytes.Equal(all[0], all[1]) || !bytes.Equal(all[0], all[2]) {
		t.Error("a picture follows from its name and from nothing else")
	}
}

func TestStrangersAreTurnedAway(t *testing.T) {
	r := start(t)
	client := visitor(t, r)
	for _, test := range []struct {
		name, method, host, path string
		want                     int
	}{
		{"unknown host", "GET", "elsewhere.example", "/", http.StatusMisdirectedRequest},
		{"unknown page", "GET", "www.farwater.example", "/en/nothing/a-1", http.StatusNotFound},
		{"outside the folder", "GET", "www.farwater.example", "/../outlet.txt", http.StatusNotFound},
		{"post", "POST", "www.farwater.example", "/en/business/s-1101", http.StatusMethodNotAllowed},
		{"manifest", "GET", "www.farwater.example", "/outlet.json", http.StatusNotFound},
	} {
		t.Run(test.name, func(t *testing.T) {
			req := (&http.Request{
				Method: test.method, Host: test.host,
				URL: &url.URL{Scheme: "http", Host: "www.farwater.example", Path: test.path},
			}).WithContext(t.Context())
			res, err := client.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
			if res.StatusCode != test.want {
				t.Errorf("got %d, want %d", res.StatusCode, test.want)
			}
		})
	}
}

func TestTheRoomClosesWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	r, err := Start(ctx)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	<-r.stopped
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	_, err = net.Dial("tcp", r.address)
	if !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("dial: got %v, want refused", err)
	}
}

func TestAccepts(t *testing.T) {
	for _, test := range []struct {
		field, coding string
		want          bool
	}{
		{"gzip, br, zstd", "br", true},
		{"GZIP", "gzip", true},
		{"gzip;q=0.5", "gzip", true},
		{"gzip;q=0", "gzip", false},
		{"gzip; q=0.0", "gzip", false},
		{"", "gzip", false},
		{"x-gzip", "gzip", false},
	} {
		if got := accepts(test.field, test.coding); got != test.want {
			t.Errorf("accepts(%q, %q): got %v, want %v", test.field, test.coding, got, test.want)
		}
	}
}

func TestTheLargePageStaysLarge(t *testing.T) {
	const inlineLimit = 512 << 10
	r := start(t)
	for p, all := range r.answers {
		if !strings.Contains(p.Note, "large") {
			continue
		}
		squeezed, err := encode(all[0].plain, "zstd")
		if err != nil {
			t.Fatal(err)
		}
		if len(squeezed) < inlineLimit {
			t.Errorf("%s: %d bytes in zstd, want more than a message carries", p.Path, len(squeezed))
		}
		return
	}
	t.Error("no page is noted as large")
}
