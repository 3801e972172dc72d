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
		name, above, inside, head, share, foot string
		want                                   []string // caption | credit
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
		{name: "the name of what is on offer", inside: `<div class="product-embed"><a href="https://shop.example/1"><img src="/boat.jpg"><p class="image-credit">Photograph: Idris Halvorsen</p></a><div><div>Harbour Dinghy 15</div><div><a href="https://shop.example/1">$285 at the shop</a></div></div></div>`,
			want: []string{"Harbour Dinghy 15 | Idris Halvorsen"}},
		{name: "the figcaption is for the credit", inside: `<div class="image"><img src="/boat.jpg"><div class="image__metadata"><div class="image__caption">A boat on the quay.</div><figcaption class="image__credit">Idris Halvorsen/Getty Images</figcaption></div></div>`,
			want: []string{"A boat on the quay. | Idris Halvorsen/Getty Images"}},
		{name: "the figcaption is named after the credit", inside: `<figure><img src="/boat.jpg"><figcaption class="credit-line"><p>A boat on the quay of Harbour / AFP</p></figcaption></figure>`,
			want: []string{"A boat on the quay of Harbour | AFP"}},
		{name: "the credit ends in a link", inside: `<figure><img src="/boat.jpg"><figcaption>A boat / Photo by Idris Halvorsen on <a href="https://photos.example">Unsplash</a></figcaption></figure>`,
			want: []string{"A boat | Idris Halvorsen on Unsplash"}},
		{name: "the credit is not read aloud", inside: `<figure><img src="/boat.jpg"><figcaption>A boat on the quay. <span class="figure-credit" aria-hidden="true">IDRIS HALVORSEN / AFP</span></figcaption></figure>`,
			want: []string{"A boat on the quay. | IDRIS HALVORSEN / AFP"}},
		{name: "the credit is a nameless element", inside: `<figure><img src="/boat.jpg"><figcaption>A boat on the quay <span>dpa</span></figcaption></figure>`,
			want: []string{"A boat on the quay | dpa"}},
		{name: "dots behind the label", inside: `<figure><img src="/boat.jpg"><figcaption><span>A boat on the quay.</span><span><span>Credit...</span><span>Idris Halvorsen for The Quay</span></span></figcaption></figure>`,
			want: []string{"A boat on the quay. | Idris Halvorsen for The Quay"}},
		{name: "labels for those who listen", inside: `<figure><div><img src="/boat.jpg"><span class="x-ImageCopyright"><span class="visually-hidden">Image source, </span>AFP</span></div><figcaption><span class="visually-hidden">Image caption, </span>A boat on the quay</figcaption></figure>`,
			want: []string{"A boat on the quay | AFP"}},
		{name: "a label before the caption", inside: `<figure><img src="/boat.jpg"><figcaption><span class="u-hide-visually">Image: </span>A boat on the quay in Harbour. Pic: Idris Halvorsen</figcaption></figure>`,
			want: []string{"A boat on the quay in Harbour. | Idris Halvorsen"}},
		{name: "a comment in between", inside: `<figure><img src="/boat.jpg"><figcaption><p>A boat on the quay</p><span>Foto: <!-- -->Idris Halvorsen / AFP</span></figcaption></figure>`,
			want: []string{"A boat on the quay | Idris Halvorsen / AFP"}},
		{name: "definition list", inside: `<dl class="image"><dt><img src="/boat.jpg"></dt><dd class="image-caption-text">A boat on the quay</dd></dl>`,
			want: []string{"A boat on the quay | "}},
		{name: "a table around it", inside: `<table class="tr-caption-container"><tr><td><img src="/boat.jpg"></td></tr><tr><td class="tr-caption">A boat on the quay</td></tr></table>`,
			want: []string{"A boat on the quay | "}},
		{name: "emphasis below it", inside: `<p><img src="/boat.jpg"></p><p><em>A boat on the quay. Photo: Idris Halvorsen</em></p>`,
			want: []string{"A boat on the quay. | Idris Halvorsen"}},
		{name: "emphasis in its paragraph", inside: `<p><img src="/boat.jpg"><br><em>A boat on the quay. (Photo: Idris Halvorsen)</em></p>`,
			want: []string{"A boat on the quay. | Idris Halvorsen"}},
		{name: "a lead with its own data", above: `<div class="hero"><div class="hero-media"><img src="data:image/gif;base64,AAAA" data-srcset="/boat-640.jpg 640w, /boat-1280.jpg 1280w"></div><div class="hero-legend"><span>A boat on the quay</span><span class="hero-author">AFP</span></div></div>`,
			want: []string{"A boat on the quay | AFP"}},
		{name: "a box with an element for the credit", inside: `<div class="thumb-box"><img src="/boat.jpg"><span class="thumb-copyright">Idris Halvorsen/Harbour Agency via Getty Images</span></div>`,
			want: []string{" | Idris Halvorsen/Harbour Agency via Getty Images"}},
		{name: "a box with the credit inside the line", inside: `<div class="picture-box"><a><img src="/boat.jpg"></a><span class="tagline">A boat on the quay of Harbour<span class="credits">Ministry/Ida Lunde</span></span></div>`,
			want: []string{"A boat on the quay of Harbour | Ministry/Ida Lunde"}},
		{name: "what it shows behind a label", inside: `<div><img src="/boat.jpg" alt="Photo: young sailors on a wet boat"></div>`,
			want: []string{" | "}},
		{name: "the page's own picture in an element named after a feed", above: `<div class="masthead print"><img class="feed" src="/img/harbour-boat-w900.jpg"><div class="wp-caption"><p class="wp-caption-text">A boat on the quay.</p></div></div>`,
			want: []string{"A boat on the quay. | "}, share: "https://harbour.example/img/harbour-boat-w300.jpg"},
		{name: "the page's own picture, made smaller by a program", above: `<figure class="hide-for-print"><img src="/size.php?src=https://img.example/QUAY5544.jpg&w=32"><figcaption>A boat on the quay.</figcaption></figure>`,
			want: []string{"A boat on the quay. | "}, share: "https://harbour.example/size.php?src=https://img.example/QUAY5544.jpg&amp;w=1440"},
		{name: "the page's own picture by its hash", above: `<div class="box"><img class="image-ads" src="/hFd74BjTwgJcQhofv-320-80.png"><div class="caption-text">A boat on the quay.</div></div>`,
			want: []string{"A boat on the quay. | "}, share: "https://harbour.example/hFd74BjTwgJcQhofv-1200-80.png"},
		{name: "another picture made smaller by that program", above: `<figure class="hide-for-print"><img src="/smaller.php?src=https://img.example/MOLE5544.jpg&w=32"><figcaption>A mole.</figcaption></figure>`,
			want: []string{" | "}, share: "https://harbour.example/smaller.php?src=https://img.example/QUAY5544.jpg&amp;w=1440"},
		{name: "the page's own picture is a player's", above: `<div class="video-player masthead"><img src="/img/harbour-boat-w900.jpg"><p class="caption">News in pictures</p></div>`,
			want: []string{" | "}, share: "https://harbour.example/img/harbour-boat-w300.jpg"},
		{name: "the credit stands below the story", above: `<div class="hero"><img src="/boat.jpg"></div>`, foot: `<p><em>Main image credit: Harbour Agency</em></p>`,
			want: []string{" | Harbour Agency"}},
		{name: "what the lead shows stands below the story", above: `<div class="hero"><img src="/boat.jpg"></div>`, foot: `<p><em>Cover image: the ferry on its way home</em></p>`,
			want: []string{" | "}},
		{name: "a gallery of figures", inside: `<figure class="gallery"><figure><img src="/boat.jpg"><figcaption>A boat.</figcaption></figure><figure><img src="/quay.jpg"><figcaption>A quay.</figcaption></figure></figure>`,
			want: []string{"A boat. | ", "A quay. | "}},
		{name: "a slideshow", inside: `<div class="slideshow"><div class="slide"><img src="/boat.jpg"><div class="t">A boat on the quay of the harbour, painted in the colours that the islands have had since the days of the first ferry, a hundred years ago and more, as the older people of the islands like to tell everybody who asks them.</div></div><div class="slide"><img src="/quay.jpg"><div class="t">The quay of the harbour.</div></div></div>`,
			want: []string{"A boat on the quay of the harbour, painted in the colours that the islands have had since the days of the first ferry, a hundred years ago and more, as the older people of the islands like to tell everybody who asks them. | ", "The quay of the harbour. | "}},
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
			page := `<html lang="en"><head><meta property="og:site_name" content="Harbour Post"><meta property="og:image" content="` + tt.share + `"><script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry sails again"` + tt.head + `}</script></head>
<body><main class="author-page teaser-page"><article><h1>Ferry sails again</h1>` + tt.above + `<div class="text">` + prose + tt.inside + prose + tt.foot + `</div></article></main></body></html>`
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
