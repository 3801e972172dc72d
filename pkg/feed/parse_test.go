package feed

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/copydesk/copydesk/pkg/news"
)

var update = flag.Bool("update", false, "write the expected documents anew")

// here is the address that the documents of the tests came from.
const here = "https://feeds.example/lists/main.xml"

// samples are the documents in testdata by file name.
func samples(t testing.TB) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob("testdata/*")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{}
	for _, name := range names {
		if info, err := os.Stat(name); err != nil || info.IsDir() || filepath.Ext(name) == ".json" {
			continue
		}
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all[filepath.Base(name)] = body
	}
	return all
}

func TestGolden(t *testing.T) {
	for name, body := range samples(t) {
		t.Run(name, func(t *testing.T) {
			doc, err := Parse(body, "", here, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			got, err := json.MarshalIndent(doc, "", "\t")
			if err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", name+".json")
			if *update {
				if err := os.WriteFile(golden, append(got, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.TrimSpace(string(want)), string(got)); diff != "" {
				t.Errorf("document (-want +got):\n%s", diff)
			}
		})
	}
}

// rssOf is an RSS feed of these items.
func rssOf(items ...string) string {
	return `<rss version="2.0"><channel><title>T</title>` + strings.Join(items, "") + `</channel></rss>`
}

// itemOf is an RSS item at that path.
func itemOf(title, path string) string {
	return "<item><title>" + title + "</title><link>https://harbour.example/" + path + "</link></item>"
}

func TestCharset(t *testing.T) {
	const title = "Паром сел на мель"
	text := func(declared string) string {
		return `<?xml version="1.0" encoding="` + declared + `"?>` + rssOf(itemOf(title, "a-1"))
	}
	cyrillic, err := charmap.Windows1251.NewEncoder().String(text("windows-1251"))
	if err != nil {
		t.Fatal(err)
	}
	undeclared := cyrillic[strings.Index(cyrillic, "?>")+2:]
	little, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text("utf-16"))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, body, contentType string }{
		{"UTF-8", text("utf-8"), "application/rss+xml"},
		{"UTF-8 with a mark", "\ufeff" + text("utf-8"), ""},
		{"UTF-8 called Latin-1", text("iso-8859-1"), "text/xml; charset=ISO-8859-1"},
		{"UTF-8 by a name that nobody knows", text("utf8mb4"), ""},
		{"by declaration", cyrillic, "application/rss+xml"},
		{"by declaration, against a server's default", cyrillic, "text/xml; charset=ISO-8859-1"},
		{"by declaration, against a header that is wrong", cyrillic, "text/xml; charset=utf-8"},
		{"by header", undeclared, "application/rss+xml; charset=windows-1251"},
		{"UTF-16 with a mark", little, ""},
		{"UTF-16 without", little[2:], ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := Parse([]byte(tt.body), tt.contentType, here, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if len(doc.Items) != 1 || doc.Items[0].Title != title {
				t.Errorf("items are %+v, want the title %q", doc.Items, title)
			}
			if len(doc.Warnings) != 0 {
				t.Errorf("warnings are %q, want none", doc.Warnings)
			}
		})
	}
}

func TestDamage(t *testing.T) {
	good := itemOf("Good", "good-1")
	tests := []struct {
		name, body string
		titles     []string
		warnings   []string
	}{
		{"some bytes that are no UTF-8", rssOf(itemOf("Fähre – Küste \xe9t\xe9", "a-1")), []string{"Fähre – Küste \ufffdt\ufffd"}, []string{"bytes that are no UTF-8"}},
		{"a cut in a character", strings.TrimSuffix(rssOf(good, "<item><title>F\xc3"), "</channel></rss>"), []string{"Good"}, []string{"broken: unexpected EOF", "dropped, entry breaks off: 1"}},
		{"an end tag too many", rssOf(itemOf("a</b> c", "a-1"), good), []string{"Good"}, []string{"broken: unexpected end element </b>", "dropped, no web address: 1"}},
		{"an attribute that is none", rssOf(`<item><link "x"></link></item>`, good), []string{"Good"}, []string{"broken: expected attribute name in element", "dropped, entry breaks off: 1"}},
		{"an end of CDATA alone", rssOf(itemOf("[[a]]]> b", "a-1")), []string{"[[a]]]> b"}, nil},
		{"a stray angle", rssOf(itemOf("a < b <- c <1", "a-1")), []string{"a < b <- c <1"}, nil},
		{"a quote that stays open", rssOf(`<item><link a="x></link></item>`, good), []string{"Good"}, []string{"broken: unexpected end element </link>", "dropped, no web address: 1"}},
		{"entities of HTML", rssOf(itemOf("caf&eacute;&nbsp;&hellip; &unknown; &", "a-1")), []string{"café … &unknown; &"}, nil},
		{"control characters", rssOf(itemOf("a\x00b\x1fc\x7f&#x1F;d\ufffee", "a-1")), []string{"abcde"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := Parse([]byte(tt.body), "", here, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			var titles []string
			for _, it := range doc.Items {
				titles = append(titles, it.Title)
			}
			if diff := cmp.Diff(tt.titles, titles); diff != "" {
				t.Errorf("titles (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.warnings, doc.Warnings); diff != "" {
				t.Errorf("warnings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestNotFeed(t *testing.T) {
	tests := []struct {
		name, body string
		want       NotFeedError
	}{
		{"nothing", "", NotFeedError{Looks: Empty}},
		{"white space", "\ufeff \r\n", NotFeedError{Looks: Empty}},
		{"a page", "<!DOCTYPE html><html><head><title>Just a\nmoment…</title>", NotFeedError{HTML, "Just a moment…"}},
		{"a page without doctype", "<!-- x --><HTML lang=en><body>", NotFeedError{Looks: HTML}},
		{"XML of another kind", `<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>`, NotFeedError{XML, "error"}},
		{"JSON without a version", `{"items":[{"url":"https://harbour.example/a"}]}`, NotFeedError{Looks: JSON}},
		{"JSON of another kind", `{"version":"2.0","error":"no"}`, NotFeedError{JSON, "2.0"}},
		{"a list", `[1,2]`, NotFeedError{Looks: JSON}},
		{"broken JSON", `{"title": oops}`, NotFeedError{BrokenJSON, "invalid character 'o' looking for beginning of value"}},
		{"text", "Not found\n", NotFeedError{Text, "Not found"}},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", NotFeedError{Looks: Binary}},
		{"gzip of nothing", "\x1f\x8b\x08garbage", NotFeedError{BrokenGzip, "decode gzip: coded body ends too early"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := Parse([]byte(tt.body), "application/rss+xml", here, Limits{})
			got, ok := errors.AsType[*NotFeedError](err)
			if !ok || doc != nil {
				t.Fatalf("Parse = %+v, %v, want a NotFeedError", doc, err)
			}
			if diff := cmp.Diff(tt.want, *got); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
			if !strings.HasPrefix(got.Error(), "no feed: ") || strings.HasSuffix(got.Error(), " ") {
				t.Errorf("error reads %q", got)
			}
		})
	}
}

func gzipped(t testing.TB, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestGzip(t *testing.T) {
	text := rssOf(itemOf("One", "one-1"), itemOf("Two", "two-2"))
	whole := gzipped(t, text)
	doc, err := Parse(whole, "application/gzip", here, Limits{})
	if err != nil || len(doc.Items) != 2 || len(doc.Warnings) != 0 {
		t.Errorf("Parse = %+v, %v, want two items", doc, err)
	}
	bomb := gzipped(t, rssOf(itemOf("One", "one-1"), strings.Repeat(" ", 10<<20)))
	doc, err = Parse(bomb, "application/gzip", here, Limits{Bytes: 1 << 20})
	if err != nil || len(doc.Items) != 1 || len(doc.Warnings) != 1 || doc.Warnings[0] != "cut at 1048576 bytes" {
		t.Errorf("Parse of a bomb = %+v, %v, want one item and that it was cut", doc, err)
	}
}

func TestLimits(t *testing.T) {
	three := rssOf(itemOf("One", "1"), itemOf("Two", "2"), itemOf("Three", "3"))
	lines := "https://harbour.example/1\nhttps://harbour.example/2\nhttps://harbour.example/3\n"
	opml := `<opml><body><outline xmlUrl="https://a.example/"/><outline xmlUrl="https://b.example/"/></body></opml>`
	json := `{"version":"https://jsonfeed.org/version/1","items":[{"url":"https://a.example/1"},{"url":"https://a.example/2"},{"url":"https://a.example/3"}]}`
	tests := []struct {
		name, body string
		limits     Limits
		entries    int
		warning    string
	}{
		{"items of RSS", three, Limits{Items: 2}, 2, "more than 2 entries, the rest left out"},
		{"items exactly", three, Limits{Items: 3}, 3, ""},
		{"items of JSON", json, Limits{Items: 2}, 2, "more than 2 entries, the rest left out"},
		{"items without an address count", rssOf("<item/>", "<item/>", itemOf("One", "1")), Limits{Items: 2}, 0, "dropped, no web address: 2; more than 2 entries, the rest left out"},
		{"lines", lines, Limits{Items: 2}, 2, "more than 2 entries, the rest left out"},
		{"sources", opml, Limits{Items: 1}, 1, "more than 1 entries, the rest left out"},
		{"bytes", three, Limits{Bytes: len(three) - 40}, 2, "cut at 229 bytes; dropped, entry breaks off: 1"},
		{"bytes of JSON", json, Limits{Bytes: len(json) - 10}, 2, "cut at 134 bytes"},
		{"depth", rssOf(itemOf("One", "1"), "<item>"+strings.Repeat("<a>", 300)), Limits{}, 1, "elements nest more than 256 deep, the rest left out; dropped, entry breaks off: 1"},
		{"text", rssOf(itemOf("Überlang", "1")), Limits{Text: 1}, 1, "texts cut at the limit: 1"},
		{"a tag without end", rssOf(itemOf("One", "1"), "<item "+strings.Repeat("a ", maxTag)+">"), Limits{}, 1, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := Parse([]byte(tt.body), "", here, tt.limits)
			if err != nil {
				t.Fatal(err)
			}
			if got := len(doc.Items) + len(doc.Sources); got != tt.entries {
				t.Errorf("%d entries, want %d", got, tt.entries)
			}
			if got := strings.Join(doc.Warnings, "; "); got != tt.warning {
				t.Errorf("warnings are %q, want %q", got, tt.warning)
			}
		})
	}
}

func TestWithoutAddress(t *testing.T) {
	doc, err := Parse([]byte(rssOf("<item><link>/relative</link></item>", itemOf("One", "one-1"))), "", "", Limits{})
	if err != nil || len(doc.Items) != 1 || doc.Items[0].URL != "https://harbour.example/one-1" {
		t.Errorf("Parse = %+v, %v, want the absolute address only", doc, err)
	}
}

func TestHints(t *testing.T) {
	it := Item{Title: "Ferry", Language: "en", Published: news.Date{Value: "2026-03-04"}, Updated: news.Date{Value: "2026-03-05"}}
	want := news.Hints{Title: "Ferry", Language: "en", DatePublished: "2026-03-04", Source: here}
	if diff := cmp.Diff(want, it.Hints(here)); diff != "" {
		t.Errorf("hints (-want +got):\n%s", diff)
	}
}
