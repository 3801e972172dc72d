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
	"Images":         8,
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
func TestStrange(t *testing.T) {
	pages, err := filepath.Glob(filepath.Join("testdata", "strange", "*.html"))
	if err != nil {
		t.Fatal(err)
	}
	faults := map[string]int{}
	for _, page := range pages {
		name := strings.TrimSuffix(page, ".html")
		for _, line := range strangeDifferences(t, name) {
			field, _, _ := strings.Cut(line, ":")
			faults[field]++
			t.Logf("%s: %s", filepath.Base(name), line)
		}
	}
	for _, field := range slices.Sorted(maps.Keys(faults)) {
		t.Logf("%-15s wrong on %2d of %d pages", field, faults[field], len(pages))
		if faults[field] > strangeFaults[field] {
			t.Errorf("%s: wrong on %d pages, want at most %d", field, faults[field], strangeFaults[field])
		}
	}
	for field, most := range strangeFaults {
		if faults[field] < most {
			t.Logf("%s: wrong on only %d pages: lower its bound from %d", field, faults[field], most)
		}
	}
}

// strangeDifferences is where the record of a strange page tells something else
// than its expectation. A page that is refused has one, the refusal.
func strangeDifferences(t *testing.T, name string) []string {
	t.Helper()
	var e struct {
		URL         string `json:"url"`
		ContentType string `json:"contentType"`
		newsroom.Expectation
	}
	expected, err := os.ReadFile(name + ".expected.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(expected, &e); err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile(name + ".html")
	if err != nil {
		t.Fatal(err)
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
