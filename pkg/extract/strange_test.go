package extract_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/newsroom"
)

// strangeFaults is how many of the strange pages may have a field wrong. It
// only goes down.
var strangeFaults = map[string]int{
	"Agencies":       4,
	"Authors":        5,
	"Dateline":       4,
	"Deck":           2,
	"FirstParagraph": 2,
	"Images":         7,
	"Kicker":         2,
	"Language":       1,
	"LastParagraph":  1,
	"Modified":       1,
	"Paragraphs":     3,
	"Published":      1,
	"Publisher":      1,
	"Section":        3,
}

// TestStrange counts what is found wrong on invented pages in the markup of
// the world's content management systems. They were written, with what a
// careful reader finds on them, by someone who had not read the extractor.
func TestStrange(t *testing.T) { countFaults(t, "strange", ".html", strangeFaults) }

// countFaults counts the fields that are found wrong on the pages of a folder of
// testdata, and holds each to how many pages may have it wrong.
func countFaults(t *testing.T, folder, ending string, most map[string]int) {
	t.Helper()
	pages, err := filepath.Glob(filepath.Join("testdata", folder, "*"+ending))
	if err != nil {
		t.Fatal(err)
	}
	if len(pages) == 0 {
		t.Fatalf("no pages in testdata/%s", folder)
	}
	faults := map[string]int{}
	for _, page := range pages {
		for _, line := range differences(t, page) {
			field, _, _ := strings.Cut(line, ":")
			faults[field]++
			t.Logf("%s: %s", filepath.Base(page), line)
		}
	}
	for _, field := range slices.Sorted(maps.Keys(faults)) {
		t.Logf("%-15s wrong on %2d of %d pages", field, faults[field], len(pages))
		if faults[field] > most[field] {
			t.Errorf("%s: wrong on %d pages, want at most %d", field, faults[field], most[field])
		}
	}
	for field, bound := range most {
		if faults[field] < bound {
			t.Logf("%s: wrong on only %d pages: lower its bound from %d", field, faults[field], bound)
		}
	}
}

// differences is where the record of a page tells something else than the
// expectation in the file beside it. A page that is refused has one, the
// refusal.
func differences(t *testing.T, page string) []string {
	t.Helper()
	var e struct {
		URL         string `json:"url"`
		ContentType string `json:"contentType"`
		newsroom.Expectation
	}
	expected, err := os.ReadFile(strings.TrimSuffix(page, filepath.Ext(page)) + ".expected.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(expected, &e); err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if filepath.Ext(page) == ".txt" {
		e.ContentType = "text/plain; charset=utf-8"
	}
	article, err := extract.Extract(extract.Input{
		Body: body, URL: e.URL, RequestedURL: e.URL, ContentType: e.ContentType, FetchedAt: newsroomFetched,
		Raw: news.Raw{Digest: news.Digest(body), Status: 200, FetchedAt: newsroomFetched},
	})
	if err != nil {
		return []string{"Refused: " + err.Error()}
	}
	return e.Differences(article)
}
