package extract_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/news"
)

// TestGivenBody says that the structured text of a story is taken where the page
// prints none of it, and only there.
func TestGivenBody(t *testing.T) {
	lines := []string{first, then, last}
	tests := []struct {
		name, text, inner string
		want              []string
		given             bool
	}{
		{"nothing printed", strings.Join(lines, "\n\n"), `<div id="app"></div>`, lines, true},
		{"markup", "<p>" + strings.Join(lines, "</p><p>") + "</p>", `<p>Please enable scripts to read the Courier.</p>`, lines, true},
		{"teaser printed", strings.Join(lines, "\n"), paragraphs(first), []string{first}, false},
		{"all printed", strings.Join(lines, "\n"), paragraphs(lines...), lines, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			data, err := json.Marshal(map[string]string{"@type": "NewsArticle", "headline": "Lamps burn again on the pier", "articleBody": tt.text})
			if err != nil {
				t.Fatal(err)
			}
			page := strings.Replace(lampPage(tt.inner), "</head>", `<script type="application/ld+json">`+string(data)+`</script></head>`, 1)
			a, err := extract.Extract(extract.Input{Body: []byte(page), URL: "https://courier.example/local/lamps-77", ContentType: "text/html", FetchedAt: fetched})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, strings.Split(a.ArticleBody, "\n")); diff != "" {
				t.Errorf("lines of the body (-want +got):\n%s", diff)
			}
			if given := a.Provenance["articleBody"].Method == news.FromJSONLD; given != tt.given {
				t.Errorf("provenance: got %+v, want it given: %v", a.Provenance["articleBody"], tt.given)
			}
		})
	}
}
