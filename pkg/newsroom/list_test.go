package newsroom

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html/charset"
)

// readList is the text of a list as UTF-8.
func readList(t *testing.T, client *http.Client, address string) string {
	t.Helper()
	res, body := get(t, client, address, "")
	if res.StatusCode != 200 {
		t.Fatalf("%s: got %s", address, res.Status)
	}
	var r io.Reader = bytes.NewReader(body)
	var err error
	if strings.HasSuffix(address, ".gz") {
		r, err = gzip.NewReader(r)
	} else {
		r, err = charset.NewReader(r, res.Header.Get("Content-Type"))
	}
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	return string(text)
}

func TestEveryListIsWellFormedAndNamesItsStories(t *testing.T) {
	r := start(t)
	client := visitor(t, r)
	for edition := 1; ; edition++ {
		for _, o := range r.inOrder {
			for _, p := range o.Lists {
				text := readList(t, client, p.url())
				stories, err := p.entries(edition)
				if err != nil {
					t.Fatal(err)
				}
				if p.List == "sitemapindex.xml" {
					stories = nil
					for _, s := range o.sitemaps() {
						stories = append(stories, entry{URL: s})
					}
				}
				if len(stories) == 0 {
					t.Errorf("%s: an empty list", p.url())
				}
				for _, s := range stories {
					if !strings.Contains(text, s.URL) {
						t.Errorf("edition %d: %s does not name %s", edition, p.url(), s.URL)
					}
				}
				if p.List == "feed.json" {
					if !json.Valid([]byte(text)) {
						t.Errorf("%s: not JSON", p.url())
					}
					continue
				}
				d := xml.NewDecoder(strings.NewReader(text))
				d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
				for err = error(nil); err == nil; _, err = d.Token() {
				}
				if err != io.EOF {
					t.Errorf("%s: %v", p.url(), err)
				}
			}
		}
		if !r.Advance() {
			break
		}
	}
}

func TestRobotsNamesListsThatExist(t *testing.T) {
	r := start(t)
	named := 0
	for _, o := range r.inOrder {
		robots, err := o.read("robots.txt")
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(robots)) {
			address, ok := strings.CutPrefix(strings.TrimSpace(line), "Sitemap: ")
			if !ok {
				continue
			}
			named++
			if p := r.find(address); p == nil || p.List == "" {
				t.Errorf("%s: no list at %s", o.host, address)
			}
		}
	}
	if named == 0 {
		t.Error("no robots.txt names a sitemap")
	}
}
