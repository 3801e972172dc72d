package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/copydesk/copydesk/pkg/config"
)

// FuzzPageReader states that any saved page, packed or not, is a record or an
// error with words.
func FuzzPageReader(f *testing.F) {
	f.Add([]byte("<h1>Tide</h1><p>The harbour of Lindow closed at noon.</p>"), "html", "https://news.example/a-1")
	f.Add([]byte("\x1f\x8b\x08\x00"), "html.gz", "")
	f.Add([]byte("Tide\n\nThe harbour closed."), "txt", ":")
	f.Add([]byte(`{"url":"https://news.example/a","html":"<h1>Tide"}`), "jsonl", "")
	f.Add([]byte("PK\x05\x06"), "wacz", "")
	f.Add([]byte("WARC/1.1\r\nContent-Length: 9\r\n\r\n"), "warc", "")
	dir := f.TempDir()
	reader, err := newPageReader(false, config.SiteRules{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body []byte, ending, url string) {
		if strings.Trim(ending, "abcdefghijklmnopqrstuvwxyz.") != "" || len(ending) > 20 {
			return // no name of a file
		}
		path := filepath.Join(dir, "page."+ending)
		if err := os.WriteFile(path, body, 0o600); err != nil {
			t.Fatal(err)
		}
		for p, err := range reader.pages(t.Context(), []input{{File: path, URL: url}}) {
			if err != nil {
				t.Fatal(err)
			}
			if got := p.extract(t.Context()); (got.Article == nil) == (got.Error == "") {
				t.Errorf("record %v, error %q", got.Article, got.Error)
			}
		}
	})
}

// FuzzManifest states that a manifest is its entries, or an error that names
// the file and the entry.
func FuzzManifest(f *testing.F) {
	f.Add([]byte(`{"id":"a","file":"a.html","url":"https://news.example/a"}` + "\n" + `{"id":"b"}`))
	f.Add([]byte(`{"fetchedAt":"never"}`))
	f.Add([]byte(`[`))
	path := filepath.Join(f.TempDir(), "manifest.jsonl")
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		inputs, err := readManifest(path)
		if err != nil && (!strings.Contains(err.Error(), path) || inputs != nil) {
			t.Errorf("error %q beside %d entries", err, len(inputs))
		}
		if len(inputs) > len(text) {
			t.Errorf("%d entries in %d bytes", len(inputs), len(text))
		}
	})
}
