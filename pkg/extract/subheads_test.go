package extract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

// TestSubheads holds what parts a story as its headings do, in whatever markup.
func TestSubheads(t *testing.T) {
	text := strings.TrimSpace(strings.Repeat("The captain said that the crew was glad to sail. ", 5))
	tests := []struct {
		name, inside string
		want         []string
	}{
		{"a heading", `<h3>Into the wind</h3><p>` + text + `</p>`, []string{"Into the wind"}},
		{"a heading that holds a box", `<h3><div>Into the wind</div></h3><p>` + text + `</p>`, []string{"Into the wind"}},
		{"a bold paragraph", `<p><strong>Into the wind</strong></p><p>` + text + `</p>`, []string{"Into the wind"}},
		{"a bold line above its paragraph", `<p><b>Into the wind</b><br>` + text + `</p>`, []string{"Into the wind"}},
		{"a bold line between others", `<p>` + text + `<br><b>Into the wind</b><br>` + text + `</p>`, []string{"Into the wind"}},
		{"bold by a style", `<p><span style="font-weight: 700">Into the wind</span></p><p>` + text + `</p>`, []string{"Into the wind"}},
		{"bold by a name, breaks by a name", `<div>` + text + `<span class="x br"></span><span class="strong">Into the wind</span><span class="br"></span><span class="br"></span>` + text + `</div>`, []string{"Into the wind"}},
		{"not bold by a style", `<p><span style="font-weight: 400">Into the wind</span></p><p>` + text + `</p>`, nil},
		{"a bold sentence", `<p><b>The wind was strong.</b></p><p>` + text + `</p>`, nil},
		{"an entry of a ticker", `<p><b>8h47 - The ferry sails</b></p><p>` + text + `</p><p><b>7:05 p.m.: Into the wind</b></p><p>` + text + `</p>`, nil},
		{"a bold line above links", `<p><b>More of this</b><br><a href="https://wind.example/">The wind and the tide</a><br><a href="https://sail.example/">All sails of the harbour</a></p><p>` + text + `</p>`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			page := `<html lang="en"><body><article><h1>Ferry sails again</h1><div class="text"><p>` + text + `</p><p>` + text + `</p>` + tt.inside + `<p>` + text + `</p></div></article></body></html>`
			a, err := Extract(Input{Body: []byte(page), URL: "https://harbour.example/ferry", ContentType: "text/html"})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, b := range a.Body {
				if b.Kind == news.Subhead {
					got = append(got, b.Text)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if strings.Contains(a.ArticleBody, "More of this") {
				t.Errorf("the head of a list of links is in the body")
			}
		})
	}
}
