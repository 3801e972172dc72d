package extract_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/news"
)

var update = flag.Bool("update", false, "rewrite the golden records")

// fetched is when all invented pages were fetched.
var fetched = time.Date(2025, 1, 15, 12, 0, 0, 0, time.UTC)

// pages are the invented pages of testdata/pages and their addresses.
var pages = []struct{ file, url string }{
	{"seedlike.txt", ""},
	{"seedlike.html", "https://www.harbour.example/en/norland-closes-its-herring-grounds/a-7731442"},
	{"jsonld.html", "https://ferry-gazette.example/2024/06/11/bridge-reopens"},
	{"microdata.html", "https://courrier-des-caps.example/patrimoine/le-phare-de-trez-sera-restaure-88121"},
	{"meta.html", "https://eastmoor-echo.example/city/night-buses-stay-4471?utm_source=feed"},
	{"bare.html", "https://cray.example/~finch/1999-mill.html"},
	{"german.html", "https://birkauer-bote.example/region/2021/07/06/rathaus-geraeumt"},
	{"home.html", "https://quay-courier.example/"},
	{"section.html", "https://quay-courier.example/local"},
	{"consent.html", "https://quay-courier.example/2024/05/01/story-1"},
	{"error.html", "https://quay-courier.example/2024/05/01/gone-away"},
}

// readPage is the input that a page of testdata makes.
func readPage(t testing.TB, file, url string) extract.Input {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", "pages", file))
	if err != nil {
		t.Fatal(err)
	}
	media := "text/html"
	if strings.HasSuffix(file, ".txt") {
		media = "text/plain"
	}
	return extract.Input{
		Body: body, URL: url, RequestedURL: url, ContentType: media, FetchedAt: fetched,
		Raw: news.Raw{CaptureID: "0123456789abcdef0123456789abcdef-000000000000", Digest: news.Digest(body), Status: 200, FetchedAt: fetched},
	}
}

// compareGolden compares a record, as JSON, with the one in a file, or with
// -update writes it there.
func compareGolden(t *testing.T, file string, record any) {
	t.Helper()
	got, err := json.MarshalIndent(record, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v: run go test -update", err)
	}
	if diff := cmp.Diff(strings.TrimSpace(string(want)), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

// TestGolden compares the record of every invented page, or the reason of its
// refusal, with the one that was looked at and kept.
func TestGolden(t *testing.T) {
	for _, page := range pages {
		t.Run(page.file, func(t *testing.T) {
			article, err := extract.Extract(readPage(t, page.file, page.url))
			var record any = article
			if err != nil {
				record = map[string]any{"refused": news.FaultOf(err).Reason, "detail": err.Error()}
			}
			compareGolden(t, filepath.Join("testdata", "pages", page.file+".json"), record)
		})
	}
}

// TestTwins says that a page gives the same story as HTML and as bare text.
func TestTwins(t *testing.T) {
	fromText, err := extract.Extract(readPage(t, pages[0].file, pages[0].url))
	if err != nil {
		t.Fatal(err)
	}
	fromHTML, err := extract.Extract(readPage(t, pages[1].file, pages[1].url))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(said(fromText), said(fromHTML)); diff != "" {
		t.Errorf("text and HTML differ (-text +html):\n%s", diff)
	}
}

// TestTextIsLessSure says that the record of a bare text is sure of no field, and
// of none surer than that of the same page as HTML.
func TestTextIsLessSure(t *testing.T) {
	const sure = 0.9 // from which on a consumer may take a field as it is
	fromText, err := extract.Extract(readPage(t, pages[0].file, pages[0].url))
	if err != nil {
		t.Fatal(err)
	}
	fromHTML, err := extract.Extract(readPage(t, pages[1].file, pages[1].url))
	if err != nil {
		t.Fatal(err)
	}
	for field, p := range fromText.Provenance {
		if p.Confidence >= sure {
			t.Errorf("%s: confidence %.2f from text, want less than %.2f", field, p.Confidence, sure)
		}
		if h, ok := fromHTML.Provenance[field]; ok && p.Confidence > h.Confidence {
			t.Errorf("%s: confidence %.2f from text, more than %.2f from HTML", field, p.Confidence, h.Confidence)
		}
	}
}

// TestNoArticle says of each kind of page that is no article that it is told
// apart.
func TestNoArticle(t *testing.T) {
	tests := []struct {
		name, body, media string
		want              news.Reason
	}{
		{"empty", "", "text/html", news.NoText},
		{"white space", " \n\t", "", news.NoText},
		{"picture", "\x89PNG\r\n", "image/png", news.NotHTML},
		{"binary without a type", "\x7fELF\x00\x01\x02", "", news.NotHTML},
		{"nothing shown", "<html><body><script>render()</script></body></html>", "text/html", news.NoText},
		{"robot check", "<title>Just a moment...</title><h1>Checking your browser</h1><p>Please wait.</p>", "text/html", news.BotWall},
		{"word", "hello", "text/plain", news.NotArticle},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := extract.Extract(extract.Input{Body: []byte(tt.body), URL: "https://news.example/a-1", ContentType: tt.media})
			f := news.FaultOf(err)
			if f == nil {
				t.Fatal("got a record, want a fault")
			}
			if f.Kind != news.Skip || f.Reason != tt.want {
				t.Errorf("got %v %q (%v), want skip %q", f.Kind, f.Reason, err, tt.want)
			}
		})
	}
}

// TestSavedPage says that a page from a file is the story that its canonical
// address names, and that its links are read against that address.
func TestSavedPage(t *testing.T) {
	in := readPage(t, "seedlike.html", "https://www.harbour.example/en/norland-closes-its-herring-grounds/a-7731442")
	fetched, err := extract.Extract(in)
	if err != nil {
		t.Fatal(err)
	}
	in.URL = "file:///archive/page.html"
	saved, err := extract.Extract(in)
	if err != nil {
		t.Fatal(err)
	}
	if saved.StoryID != fetched.StoryID {
		t.Errorf("story: got %s, want %s", saved.StoryID, fetched.StoryID)
	}
	if diff := cmp.Diff(fetched.Citations, saved.Citations); diff != "" {
		t.Errorf("citations (-fetched +saved):\n%s", diff)
	}
	if saved.Publisher.Domain != "harbour.example" {
		t.Errorf("domain: got %q, want that of the canonical address", saved.Publisher.Domain)
	}
}
