package extract_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/extract"
)

// TestRecipe says that a recipe is all of it: what leads to it, what is needed and
// what is to be done, however the page sets that.
func TestRecipe(t *testing.T) {
	const (
		lead  = "Herring in oatmeal is what the ferrymen of Quarrow have for breakfast, and what their wives have learned to eat cold at noon."
		step1 = "Clean the herrings and press each of them, opened, into the oatmeal, until nothing of the skin is seen any more on either side."
		step2 = "Melt the butter, wait until it no longer foams, and fry the fish for four minutes a side, the skin first, without moving them."
	)
	page := `<!doctype html><html lang="en"><head><title>Herring in oatmeal | Quarrow Courier</title><script type="application/ld+json">
{"@type":"Recipe","name":"Herring in oatmeal","description":"` + lead + `","recipeIngredient":["four fresh herrings","200 g coarse oatmeal","40 g salted butter"],
"recipeInstructions":[{"@type":"HowToSection","itemListElement":[{"@type":"HowToStep","text":"` + step1 + `"},{"@type":"HowToStep","text":"` + step2 + `"}]}]}</script></head>
<body><nav><a href="/">Home</a></nav><main><h1>Herring in oatmeal</h1><div class="top"><p>` + lead + `</p></div>
<div class="needed"><h2>For two</h2><ul><li>four fresh herrings</li><li>200 g coarse oatmeal</li><li>40 g salted butter</li></ul></div>
<dl class="carousel"><dd class="slide">` + step1 + `</dd><dd class="slide">` + step2 + `</dd></dl></main><footer>Quarrow Courier</footer></body></html>`
	a, err := extract.Extract(extract.Input{Body: []byte(page), URL: "https://courier.example/kitchen/herring", ContentType: "text/html", FetchedAt: fetched})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{lead, "For two", "four fresh herrings", "200 g coarse oatmeal", "40 g salted butter", step1, step2}
	if diff := cmp.Diff(want, strings.Split(a.ArticleBody, "\n")); diff != "" {
		t.Errorf("lines of the body (-want +got):\n%s", diff)
	}
}
