package extract

import (
	"fmt"
	"slices"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
)

// ExplainedField is one field of a record: what was chosen, from where, and
// what was not.
type ExplainedField struct {
	// Name is that of the record.
	Name  string `json:"name"`
	Value string `json:"value"`
	news.Provenance
	// Blocks are those of the page that print the value.
	Blocks []int `json:"blocks,omitempty"`
}

// longestPrint is how much text, in bytes, may stand around a value in a block
// that is said to print it.
const longestPrint = 300

// filled is a field with the words to look for on the page.
type filled struct {
	name, value string
	prints      []string
}

// explainFields also notes on the blocks which fields they print.
func (s *story) explainFields(blocks []ExplainedBlock) []ExplainedField {
	var all []ExplainedField
	folded := make([]string, len(blocks))
	for i := range blocks {
		folded[i] = fold(blocks[i].Text)
	}
	for _, f := range filledFields(s.rec) {
		if f.value == "" {
			continue
		}
		x := ExplainedField{Name: f.name, Value: f.value, Provenance: s.rec.Provenance[f.name]}
		for _, words := range f.prints {
			if i := printedIn(blocks, folded, words, x.Path); i >= 0 && !slices.Contains(x.Blocks, i) {
				x.Blocks = append(x.Blocks, i)
				blocks[i].Fields = append(blocks[i].Fields, f.name)
			}
		}
		if f.name == "articleBody" {
			x.Blocks = firstOfBody(blocks)
		}
		all = append(all, x)
	}
	return all
}

// printedIn is the block that prints the words, -1 for none: one at the place
// where they were found before others, one that says nothing else before others.
func printedIn(blocks []ExplainedBlock, folded []string, words, path string) int {
	want := fold(words)
	if want == "" {
		return -1
	}
	best, most := -1, 0
	for i, text := range folded {
		if !strings.Contains(text, want) || len(blocks[i].Text) > len(words)+longestPrint {
			continue
		}
		rank := 1
		if text == want {
			rank += 1
		}
		if blocks[i].Path == path {
			rank += 2
		}
		if rank > most {
			best, most = i, rank
		}
	}
	return best
}

func firstOfBody(blocks []ExplainedBlock) []int {
	for i := range blocks {
		if blocks[i].Kind != "" {
			return []int{i}
		}
	}
	return nil
}

// filledFields are the fields of a record, in its order.
func filledFields(a *news.Article) []filled {
	one := func(name, value string) filled { return filled{name, value, []string{value}} }
	many := func(name string, values []string) filled { return filled{name, strings.Join(values, " · "), values} }
	unprinted := func(name, value string) filled { return filled{name: name, value: value} }
	fields := []filled{
		many("kicker", a.Kicker), one("headline", a.Headline), one("deck", a.Deck), one("description", a.Description),
		dateField("datePublished", a.DatePublished), dateField("dateModified", a.DateModified),
		one("byline", a.Byline), many("author", names(a.Author)), many("contributors", names(a.Contributors)),
	}
	if a.Dateline != nil {
		fields = append(fields, one("dateline", a.Dateline.Raw))
	}
	if a.ArticleBody != "" {
		fields = append(fields, unprinted("articleBody", fmt.Sprintf("%d words, %d blocks", words(a.ArticleBody), len(a.Body))))
	}
	if a.Signoff != nil {
		fields = append(fields, one("signoff", a.Signoff.Raw))
	}
	fields = append(fields, many("correction", a.Correction), imagesField(a.Images), many("infoSources", sourceNames(a.InfoSources)))
	if a.Publisher != nil {
		fields = append(fields, unprinted("publisher", strings.Trim(a.Publisher.Name+" ("+a.Publisher.Domain+")", " ()")))
	}
	fields = append(fields, one("section", a.Section), many("breadcrumbs", a.Breadcrumbs), many("keywords", a.Keywords),
		unprinted("inLanguage", a.InLanguage.Declared), unprinted("type", string(a.Type)))
	if a.IsAccessibleForFree != nil {
		fields = append(fields, unprinted("isAccessibleForFree", fmt.Sprint(*a.IsAccessibleForFree)))
	}
	return append(fields, unprinted("canonicalUrl", a.CanonicalURL), unprinted("shortUrl", a.ShortURL))
}

func dateField(name string, d *news.Date) filled {
	if d == nil {
		return filled{}
	}
	return filled{name, d.Value, []string{d.Raw}}
}

func imagesField(images []news.Image) filled {
	if len(images) == 0 {
		return filled{}
	}
	f := filled{name: "images"}
	captions := 0
	for _, img := range images {
		if img.Caption != "" {
			captions++
			f.prints = append(f.prints, img.Caption)
		}
	}
	f.value = fmt.Sprintf("%d, with a caption %d", len(images), captions)
	return f
}

func names(people []news.Person) []string {
	var all []string
	for _, p := range people {
		all = append(all, strings.TrimSpace(p.Name+" "+p.Initials))
	}
	return all
}

func sourceNames(sources []news.InfoSource) []string {
	var all []string
	for _, s := range sources {
		if !slices.Contains(all, s.Name) {
			all = append(all, s.Name)
		}
	}
	return all
}
