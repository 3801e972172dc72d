package extract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPictureShapes holds in which shapes of markup a picture's caption and
// credit are found, and which pictures are not the story's.
func TestPictureShapes(t *testing.T) {
	prose := strings.Repeat("<p>"+strings.Repeat("The captain said that the crew was glad to sail. ", 5)+"</p>", 3)
	tests := []struct {
		name, above, inside, head string
		want                      []string // caption | credit
	}{
		{name: "figure", inside: `<figure><img src="/boat.jpg"><figcaption>A boat on the quay. <small>Photo: Idris Halvorsen</small></figcaption></figure>`,
			want: []string{"A boat on the quay. | Idris Halvorsen"}},
		{name: "a box named caption", inside: `<div class="wp-caption"><img src="/boat.jpg"><p class="wp-caption-text">A boat on the quay (Idris Halvorsen/AFP)</p></div>`,
			want: []string{"A boat on the quay | Idris Halvorsen/AFP"}},
		{name: "the caption holds the picture", inside: `<p class="caption"><span><picture><img data-src="/boat.jpg"><noscript><img src="/boat.jpg"></noscript></picture></span><span>A boat on the quay.</span></p>`,
			want: []string{"A boat on the quay. | "}},
		{name: "the caption stands beside the figure", above: `<div><figure><div><img src="/boat.jpg" width="900"></div></figure></div><div></div><div class="caption"><figcaption>A boat on the quay.</figcaption><figcaption itemprop="author">Foto: Idris Halvorsen</figcaption></div>`,
			want: []string{"A boat on the quay. | Idris Halvorsen"}},
		{name: "the caption is set as a heading", inside: `<div class="boxa"><img src="/boat.jpg"><h4>` + strings.Repeat("A boat on the quay, before it sailed. ", 5) + `</h4><p>Photo: AFP</p></div>`,
			want: []string{strings.TrimSpace(strings.Repeat("A boat on the quay, before it sailed. ", 5)) + " | AFP"}},
		{name: "the credit is an element of the caption", inside: `<figure><img src="/boat.jpg"><figcaption class="e-caption"><span class="e-caption__credit">Credit: <span class="e-caption__credit-name">Harbour Ferries</span></span></figcaption></figure>`,
			want: []string{" | Harbour Ferries"}},
		{name: "the credit stands first", inside: `<figure><img src="/boat.jpg"><figcaption><div class="bildautor">Bild: NL/Idris Halvorsen</div>A boat on the quay</figcaption></figure>`,
			want: []string{"A boat on the quay | NL/Idris Halvorsen"}},
		{name: "the line below says what the picture's text says", inside: `<div><picture><img src="/boat.jpg" alt="A boat lies on the quay - Harbour Post"></picture></div><div class="x1"><span>A boat lies on the quay</span></div>`,
			want: []string{"A boat lies on the quay | "}},
		{name: "the line below is in the structured data", head: `,"image":{"@type":"ImageObject","url":"https://harbour.example/boat.jpg","caption":"A boat lies on the quay"}`,
			inside: `<div><img src="/boat.jpg"></div><div class="x1"><span>A boat lies on the quay</span></div>`,
			want:   []string{"A boat lies on the quay | "}},
		{name: "for those who enlarge it", inside: `<a href="/boat-big.jpg" data-caption="A boat on the quay. &lt;i&gt;Photo: AFP&lt;/i&gt;"><img src="/boat.jpg"></a>`,
			want: []string{"A boat on the quay. | AFP"}},
		{name: "the credit ends the picture's text", inside: `<div><img src="/boat.jpg" alt="A boat on the quay | AP"></div>`,
			want: []string{" | AP"}},
		{name: "the credit is in the structured data", head: `,"image":{"@type":"ImageObject","url":"https://harbour.example/img/ferry-boat-w640.jpg","author":{"@type":"Person","name":"Idris Halvorsen"}}`,
			inside: `<div><img src="/img/ferry-boat-w1200.jpg"></div>`,
			want:   []string{" | Idris Halvorsen"}},
		{name: "a gallery of figures", inside: `<figure class="gallery"><figure><img src="/boat.jpg"><figcaption>A boat.</figcaption></figure><figure><img src="/quay.jpg"><figcaption>A quay.</figcaption></figure></figure>`,
			want: []string{"A boat. | ", "A quay. | "}},
		{name: "one caption is not that of all", inside: `<div><div class="shown"><a href="/boats"><img src="/boat.jpg"></a><p class="thumb-caption">A boat on the quay.</p></div><ul><li><img src="/quay.jpg"></li><li><img src="/mole.jpg"></li></ul></div>`,
			want: []string{"A boat on the quay. | ", " | ", " | "}},
		{name: "a background", above: `<figure><div style="background-image: url('/boat.jpg')"></div><figcaption>A boat on the quay.</figcaption></figure>`,
			want: []string{"A boat on the quay. | "}},
		{name: "amp", inside: `<figure><amp-img src="/boat.jpg" width="900" height="600"></amp-img><figcaption>A boat on the quay.</figcaption></figure>`,
			want: []string{"A boat on the quay. | "}},
		{name: "a person's box", inside: `<div itemscope itemtype="https://schema.org/Person"><picture><img src="/halvorsen.jpg"></picture><div><p class="caption">Idris Halvorsen, captain</p></div></div>`},
		{name: "another story", inside: `<article><a href="/storm"><div><img src="/storm.jpg"></div><div><span class="sub-caption">Weather</span><h3>A storm is coming</h3></div></a></article>`},
		{name: "a page's head with the names of all that is in it", above: `<div class="author-box"><span>24 April</span></div><div class="featured"><figure><img src="/boat.jpg"><figcaption>A boat on the quay.</figcaption></figure></div>`,
			want: []string{"A boat on the quay. | "}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			page := `<html lang="en"><head><meta property="og:site_name" content="Harbour Post"><script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry sails again"` + tt.head + `}</script></head>
<body><main class="author-page teaser-page"><article><h1>Ferry sails again</h1>` + tt.above + `<div class="text">` + prose + tt.inside + prose + `</div></article></main></body></html>`
			a, err := Extract(Input{Body: []byte(page), URL: "https://harbour.example/ferry", ContentType: "text/html"})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, img := range a.Images {
				if img.URL == "" {
					t.Errorf("no address: %+v", img)
				}
				got = append(got, img.Caption+" | "+img.CreditText)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if strings.Contains(a.ArticleBody, "A boat") {
				t.Errorf("body: %q", a.ArticleBody)
			}
		})
	}
}
