package extract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSignedPages holds who signs a page, where several places name somebody.
func TestSignedPages(t *testing.T) {
	tests := []struct{ name, head, top, want string }{
		{"a blog that is a person and an organisation",
			`<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry sails again","author":{"@type":["Person","Organization"],"name":"Ada Quill"}}</script>`,
			``, "person Ada Quill"},
		{"a link of the menu to what a reader follows", ``, `<nav class="menu"><a href="/profile/favourites">Followed Boats</a></nav>`, ""},
		{"who took the picture",
			`<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry sails again"}</script>`,
			`<div class="photo-credito"><b>Foto:</b><p class="author">Tom Reed</p></div>`, ""},
		{"who typed the story in",
			`<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry sails again","author":{"@type":"Person","name":"Mia Holt"}}</script>`,
			`<div class="byline">By Ada Quill, Tom Reed</div>`, "person Ada Quill; person Tom Reed"},
		{"the same person by a longer name",
			`<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry sails again","author":{"@type":"Person","name":"Mia Holt"}}</script>`,
			`<div class="byline">By Mia J. Holt</div>`, "person Mia Holt"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			page := `<html lang="en"><head>` + tt.head + `</head><body><article>` + tt.top + `<h1>Ferry sails again</h1>` +
				strings.Repeat("<p>"+strings.Repeat("The captain said that the crew was glad to sail. ", 5)+"</p>", 4) + `</article></body></html>`
			a, err := Extract(Input{Body: []byte(page), URL: "https://harbour.example/ferry-sails-again", ContentType: "text/html"})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range a.Author {
				got = append(got, string(p.Kind)+" "+p.Name)
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, "; ")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
