package extract_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/news"
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

// TestSourcesDocumentIsWhole says that docs/sources.md speaks of every field that
// tells of sources, and of every value that has a name.
func TestSourcesDocumentIsWhole(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "sources.md"))
	if err != nil {
		t.Fatal(err)
	}
	words := []string{"infoSources", "author", "isWireCopy", "signoff", "dateline", "attributions", "quotations", "quotationShare", "citations",
		"creditText", "creditLabel", "creator", "sourceOrganization"}
	for _, of := range []any{news.Signoff{}, news.InfoSource{}, news.Dateline{}, news.Attribution{}, news.Quotation{}, news.Citation{}} {
		for field := range reflect.TypeOf(of).Fields() {
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			words = append(words, name)
		}
	}
	for _, value := range []any{
		news.RoleAgency, news.RolePartner, news.RoleOutlet, news.RolePressRelease, news.ScopeStory, news.ScopePhoto,
		news.OriginPerson, news.OriginOrganization, news.OriginDocument,
		news.CitesOwn, news.CitesPage, news.CitesDocument, news.CitesStudy, news.CitesPost,
	} {
		words = append(words, fmt.Sprint(value))
	}
	for _, w := range words {
		if !strings.Contains(string(text), "`"+w+"`") && !strings.Contains(string(text), `"`+w+`"`) {
			t.Errorf("docs/sources.md says nothing of %s", w)
		}
	}
}
