package extract_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/extract"
)

// TestParts says when a page is one of several that a story is printed on.
func TestParts(t *testing.T) {
	tests := []struct {
		name, url, pager string
		want             []string
	}{
		{"numbers in the query", "https://courier.example/local/lamps-77", `<a href="?page=2">2</a> <a href="/local/lamps-77?page=3">3</a>`, []string{"part 1 of 3 of the story; the others are not read"}},
		{"numbers in the path", "https://courier.example/local/lamps", `<span>1</span> <a href="/local/lamps/2/">2</a>`, []string{"part 1 of 2 of the story; the others are not read"}},
		{"numbers before the ending", "https://courier.example/local/lamps.html", `<a href="/local/lamps-2.html">2</a>`, []string{"part 1 of 2 of the story; the others are not read"}},
		{"second part", "https://courier.example/local/lamps?page=2", `<a href="/local/lamps?page=1">1</a> <a href="/local/lamps?page=3">3</a>`, []string{"part 2 of 3 of the story; the others are not read"}},
		{"address that ends in a number", "https://courier.example/local/lamps-77", `<a href="/local/lamps-77/2">2</a>`, []string{"part 1 of 2 of the story; the others are not read"}},
		{"pages of comments", "https://courier.example/local/lamps", `<div class="comments"><a href="?page=2">2</a></div>`, nil},
		{"pages of a list", "https://courier.example/local/lamps", `<a href="/local?page=2">2</a>`, nil},
		{"no number", "https://courier.example/local/lamps", `<a href="/local/lamps/2">more</a>`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			page := lampPage(paragraphs(first, then, last) + `<div class="pager">` + tt.pager + `</div>`)
			a, err := extract.Extract(extract.Input{Body: []byte(page), URL: tt.url, ContentType: "text/html", FetchedAt: fetched})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, a.Extraction.Warnings); diff != "" {
				t.Errorf("warnings (-want +got):\n%s", diff)
			}
		})
	}
}
