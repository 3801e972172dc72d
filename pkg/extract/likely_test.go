package extract_test

import (
	"slices"
	"testing"

	"github.com/copydesk/copydesk/pkg/extract"
)

// TestUnlikely says that what has no reason of its own to be left out goes where
// all that shows on it speaks against it, and that a page made of such things
// keeps them.
func TestUnlikely(t *testing.T) {
	const odd = `<div class="strip"><div class="strip-in"><div class="strip-text">Quarrow Courier TV | Lamps! 2024</div></div></div>`
	tests := []struct {
		name, inner string
		want        extract.Verdict
	}{
		{"between paragraphs", paragraphs(first, then) + odd + paragraphs(last, first, then, last, first), extract.Unlikely},
		{"most of the page", "<p>" + first + "</p>" + odd, extract.InStory},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for _, b := range explain(t, lampPage(tt.inner)).Blocks {
				if b.Text == "Quarrow Courier TV | Lamps! 2024" && b.Why != tt.want {
					t.Errorf("verdict: got %q, want %q; likely %v by %v", b.Why, tt.want, b.Likely, b.Signs)
				}
			}
		})
	}
}

// TestSigns says that signs bear the names of what shows.
func TestSigns(t *testing.T) {
	page := lampPage(paragraphs(first) + `<h2 class="caption">The lamps | © 2024:</h2><blockquote><p itemprop="text">„they burn!“</p></blockquote>` +
		`<ul><li>one</li></ul><aside><p>` + then + `</p></aside>` + paragraphs(last))
	want := map[string][]string{
		first:                 {"prose", "ends", "first", "inMain", "line"},
		"The lamps | © 2024:": {"tiny", "heading", "colon", "bar", "copyright", "digits", "namedCaption"},
		"„they burn!“":        {"blockquote", "quotes", "exclaims", "hasProp"},
		"one":                 {"item", "lowerCase", "shortOpen"},
		then:                  {"aside", "namedBox"},
		last:                  {"last", "tail", "prose"},
	}
	seen := 0
	for _, b := range explain(t, page).Blocks {
		names := make([]string, len(b.Signs))
		for i, sign := range b.Signs {
			names[i] = sign.Name
		}
		for _, name := range want[b.Text] {
			seen++
			if !slices.Contains(names, name) {
				t.Errorf("%q shows %v, want also %q", b.Text, names, name)
			}
		}
	}
	if seen != 24 {
		t.Errorf("%d signs looked for, want 24", seen)
	}
}

func explain(t *testing.T, page string) extract.Explanation {
	t.Helper()
	x, err := extract.Explain(extract.Input{Body: []byte(page), URL: "https://courier.example/local/lamps-77", ContentType: "text/html", FetchedAt: fetched})
	if err != nil {
		t.Fatal(err)
	}
	return x
}
