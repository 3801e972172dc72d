package search

import (
	"testing"

	index "github.com/blevesearch/bleve_index_api"
	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

// Bleve merges parts of the index without a look into them only where their fields
// are the same, with the same options.
func TestEntriesHaveTheSameFields(t *testing.T) {
	full := &news.Article{
		Headline: "Ferry is late", Kicker: []string{"Harbour"}, Deck: "By an hour", ArticleBody: "The ferry is late.",
		Author: []news.Person{{Name: "Ada Finch"}}, InfoSources: []news.InfoSource{{Role: news.RoleAgency, Name: "dpa"}},
		DatePublished: &news.Date{Value: "2026-03-14"},
	}
	options := func(a *news.Article) map[string]index.FieldIndexingOptions {
		found := map[string]index.FieldIndexingOptions{}
		documentOf(a).entry("story").VisitFields(func(f index.Field) { found[f.Name()] |= f.Options() })
		return found
	}
	if diff := cmp.Diff(options(full), options(&news.Article{})); diff != "" {
		t.Errorf("-of a full article +of an empty one:\n%s", diff)
	}
}
