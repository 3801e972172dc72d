package extract_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/extract"
)

// TestNextStory says that the story is the headline's own where the page goes on
// with another one, however long that is.
func TestNextStory(t *testing.T) {
	const bakery = "The baker of Quarrow, who has not slept since the war, has opened a second shop beside the first one, and a third beside that, she said."
	next := func(tag string) string {
		return `<` + tag + `>The baker who never sleeps</` + tag + `><div class="story">` + strings.Repeat(paragraphs(bakery), 20) + `</div>`
	}
	tests := []struct{ name, page string }{
		{"article of its own", strings.Replace(lampPage(paragraphs(first, then, last)), `</article>`, `</article><article>`+next("h2")+`</article>`, 1)},
		{"headline like the first", strings.ReplaceAll(strings.Replace(lampPage(paragraphs(first, then, last)), `</article>`, `</article><article>`+next("h1")+`</article>`, 1), "article>", "div>")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			a, err := extract.Extract(extract.Input{Body: []byte(tt.page), URL: "https://courier.example/local/lamps-77", ContentType: "text/html", FetchedAt: fetched})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{first, then, last}, strings.Split(a.ArticleBody, "\n")); diff != "" {
				t.Errorf("lines of the body (-want +got):\n%s", diff)
			}
		})
	}
}
