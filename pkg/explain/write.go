package explain

import (
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/copydesk/copydesk/pkg/extract"
)

var (
	//go:embed page.html
	pageText string
	//go:embed style.css
	style string

	page = template.Must(template.New("page").Funcs(template.FuncMap{
		"percent": func(part float64) string { return fmt.Sprintf("%.0f %%", part*100) },
		"first":   func(blocks []int) int { return blocks[0] },
		"colour":  colourOf,
		"link":    linkTo,
		"said":    quotationsOf,
	}).Parse(pageText))

	// policy allows the page its own style sheet and nothing else.
	policy = "default-src 'none'; style-src 'sha256-" + hashOf(style) + "'; base-uri 'none'; form-action 'none'"
)

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// view is what the template sees.
type view struct {
	extract.Explanation
	Title, Address string
	Policy         string
	Style          template.CSS
	Sheet          template.HTML
	Chosen, Left   int
	// Picture says that the first picture has an anchor.
	Picture bool
	// Anchors are those of quotations, sources and agencies on the page.
	Anchors map[string]bool

	Suppliers        []supplier
	Quoted, Reported []speaker
	Open             []spoken
}

// Write writes an explanation as one HTML page. The address is that of the
// explained page, or the name of its file.
func Write(w io.Writer, address string, x extract.Explanation) error {
	v := view{Explanation: x, Address: address, Policy: policy, Style: template.CSS(style)}
	for _, f := range x.Fields {
		if f.Name == "headline" {
			v.Title = f.Value
		}
	}
	v.Title = cmp.Or(v.Title, address, "a page")
	for _, b := range x.Blocks {
		if b.Kind != "" {
			v.Chosen++
		} else {
			v.Left++
		}
	}
	sheet, anchors := sheetOf(x)
	v.Anchors = anchors
	v.Suppliers = suppliersOf(x.Sources.Supplied)
	v.Quoted, v.Reported, v.Open = speakersOf(&x.Sources)
	v.Sheet = template.HTML(sheet)
	v.Picture = strings.Contains(sheet, ` id="`+pictureID(0)+`"`)
	if err := page.Execute(w, v); err != nil {
		return fmt.Errorf("write the explanation of %q: %w", address, err)
	}
	return nil
}

// colourOf is the class that colours a field's blocks: its kind of words.
func colourOf(field string) string {
	switch field {
	case "headline", "kicker", "deck", "description":
		return "title"
	case "datePublished", "dateModified":
		return "date"
	case "byline", "author", "contributors", "signoff", "dateline", "infoSources", "isWireCopy", "attributions", "quotations", "citations":
		return "people"
	case "images":
		return "picture"
	case "articleBody":
		return "story"
	}
	return "about"
}
