package extract

import (
	"strings"
	"testing"
)

// TestCaption holds how caption and credit of a picture are told apart.
func TestCaption(t *testing.T) {
	tests := []struct{ name, figure, caption, credit string }{
		{"the last element names somebody and an agency", `<figcaption><span>A boat on the quay.</span><span>Idris Halvorsen (dpa via Getty Images)</span></figcaption>`, "A boat on the quay.", "Idris Halvorsen (dpa via Getty Images)"},
		{"the last element is a bracket", `<figcaption><span>A boat on the quay.</span> <span>(N.L. District Court, Southern District of Norland)</span></figcaption>`, "A boat on the quay.", "N.L. District Court, Southern District of Norland"},
		{"somebody and who sells the picture", `<figcaption>A boat on the quay. <span class="credit">Photo by Idris Halvorsen</span> /<span class="distributor">Norland News</span></figcaption>`, "A boat on the quay.", "Idris Halvorsen / Norland News"},
		{"the last element is a sentence", `<figcaption><span>A boat.</span> <span>The quay was new then. (It is gone.) Nobody minds.</span></figcaption>`, "A boat. The quay was new then. (It is gone.) Nobody minds.", ""},
		{"a source beside the caption", `<div><span class="picture-caption__a1">A boat on the quay.</span><span class="picture-source__b2">Idris Halvorsen/dpa</span></div>`, "A boat on the quay.", "Idris Halvorsen/dpa"},
		{"the author of the picture", `<figcaption>A boat on the quay.</figcaption><figcaption itemprop="author">Idris Halvorsen</figcaption>`, "A boat on the quay.", "Idris Halvorsen"},
		{"who is cited beside it", `<span><figcaption>A boat on the quay.</figcaption><cite>Harbour Survey</cite></span>`, "A boat on the quay.", "Harbour Survey"},
		{"its author beside it", `<div><h2 class="image-description__caption">A boat on the quay.</h2><div class="image-description__author"><span>Idris Halvorsen /AFP</span></div></div>`, "A boat on the quay.", "Idris Halvorsen /AFP"},
		{"a second caption with an agency", `<figcaption>A boat on the quay.</figcaption><figcaption class="small">Idris Halvorsen / AP</figcaption>`, "A boat on the quay.", "Idris Halvorsen / AP"},
		{"the rights stand first", `<figcaption><p>© Ida Lunde / Harbour</p><p>A boat on the quay, seen from the ferry.</p></figcaption>`, "A boat on the quay, seen from the ferry.", "Ida Lunde / Harbour"},
		{"the sign alone has an element", `<figcaption><i>©</i> Foto: Getty Images</figcaption>`, "", "Getty Images"},
		{"a sign and a label in an element", `<figcaption>A boat on the quay. <div>© Foto: Harbour</div></figcaption>`, "A boat on the quay.", "Harbour"},
		{"a dash before the credit's element", `<figcaption>A boat on the quay. — <em class="credit">Idris Halvorsen/AP</em></figcaption>`, "A boat on the quay.", "Idris Halvorsen/AP"},
		{"what enlarges it", `<figcaption><span>Enlarge</span> <span class="source">(Photo: Idris Halvorsen)</span></figcaption>`, "", "Idris Halvorsen"},
		{"an agency's name over the picture", `<div>Anadolu Ajansı</div>`, "", "Anadolu Ajansı"},
		{"a label without a name", `<figcaption>A boat on the quay. <span class="credit">Credit</span></figcaption>`, "A boat on the quay.", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			page := `<html lang="en"><body><article><h1>Ferry sails again</h1><figure itemscope itemtype="https://schema.org/ImageObject"><img src="/boat.jpg">` + tt.figure + `</figure>` +
				strings.Repeat("<p>"+strings.Repeat("The captain said that the crew was glad to sail. ", 5)+"</p>", 4) + `</article></body></html>`
			a, err := Extract(Input{Body: []byte(page), URL: "https://harbour.example/ferry", ContentType: "text/html"})
			if err != nil {
				t.Fatal(err)
			}
			if len(a.Images) != 1 {
				t.Fatalf("%d images", len(a.Images))
			}
			if got := a.Images[0]; got.Caption != tt.caption || got.CreditText != tt.credit {
				t.Errorf("got %q, %q; want %q, %q", got.Caption, got.CreditText, tt.caption, tt.credit)
			}
			if len(a.Author) > 0 {
				t.Errorf("authors: %v", a.Author)
			}
		})
	}
}
