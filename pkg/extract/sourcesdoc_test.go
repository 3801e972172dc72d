package extract_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/extract"
)

// TestSourcesDocument says that the record in docs/sources.md is what becomes of
// its page.
func TestSourcesDocument(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "sources.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, block, _ := strings.Cut(string(text), "```json\n")
	block, _, _ = strings.Cut(block, "```")
	var want map[string]any
	if err := json.Unmarshal([]byte(block), &want); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join("testdata", "pages", "sources.html"))
	if err != nil {
		t.Fatal(err)
	}
	a, err := extract.Extract(extract.Input{Body: page, ContentType: "text/html", URL: "https://isles.example/ferry-crews-return"})
	if err != nil {
		t.Fatal(err)
	}
	record, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(record, &got); err != nil {
		t.Fatal(err)
	}
	for field := range got {
		if _, told := want[field]; !told {
			delete(got, field)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-docs/sources.md +record):\n%s", diff)
	}
}
