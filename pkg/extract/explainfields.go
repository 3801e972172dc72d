package extract

import (
	"fmt"
	"slices"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
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

// filled is a field with the words to look for on the page.
type filled struct {
	name, value string
	prints      []string
	isDate      bool
}

// explainFields also notes on the blocks which fields they print.
func (s *story) explainFields(blocks []ExplainedBlock) []ExplainedField {
	var all []ExplainedField
	folded := make([]string, len(blocks))
	for i := range blocks {
		folded[i] = prose.Fold(blocks[i].Text)
	}
	for _, f := range filledFields(s.rec) {
		if f.value == "" {
			continue
		}
		x := ExplainedField{Name: f.name, Value: f.value, Provenance: s.rec.Provenance[f.name]}
		for _, words := range f.prints[:min(len(f.prints), mostPrints)] {
			x.note(printedIn(blocks, folded, words, x.Path), blocks)
		}
		switch {
		case f.name == "articleBody":
			x.Blocks = firstOfBody(blocks)
		case len(x.Blocks) == 0 && len(f.prints) > 0:
			x.note(s.markedAs(x.Provenance, f.value), blocks)
		}
		if len(x.Blocks) == 0 && f.isDate {
			x.note(s.printsDay(blocks, f.value), blocks)
		}
		all = append(all, x)
	}
	return all
}

// noteSuppliers notes on the blocks which of them credit a supplier.
func (x *Explanation) noteSuppliers() {
	for i := range x.Fields {
		for _, e := range x.Sources.Supplied {
			if f := &x.Fields[i]; f.Name == "infoSources" && e.At != nil {
				f.note(e.At.Block, x.Blocks)
			}
		}
	}
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
	one := func(name, value string) filled { return filled{name: name, value: value, prints: []string{value}} }
	many := func(name string, values []string) filled {
		return filled{name: name, value: strings.Join(values, " · "), prints: values}
	}
	unprinted := func(name, value string) filled { return filled{name: name, value: value} }
	fields := []filled{
		many("kicker", a.Kicker), one("headline", a.Headline), {name: "deck", value: a.Deck, prints: strings.Split(a.Deck, "\n")}, one("description", a.Description),
		dateField("datePublished", a.DatePublished), dateField("dateModified", a.DateModified),
		one("byline", a.Byline), many("author", names(a.Author)), many("contributors", names(a.Contributors)),
	}
	if a.Dateline != nil {
		fields = append(fields, one("dateline", a.Dateline.Raw))
	}
	if a.ArticleBody != "" {
		fields = append(fields, unprinted("articleBody", fmt.Sprintf("%d words, %d blocks", prose.CountWords(a.ArticleBody), len(a.Body))))
	}
	if a.Signoff != nil {
		fields = append(fields, one("signoff", a.Signoff.Raw))
	}
	fields = append(fields, many("correction", a.Correction), imagesField(a.Images), mediaField(a.Media))
	fields = append(fields, sourceFields(a)...)
	if a.Publisher != nil {
		fields = append(fields, many("publisher", compact(a.Publisher.Name, a.Publisher.Domain)))
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
	return filled{name, d.Value, []string{d.Raw}, true}
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

func mediaField(media []news.Media) filled {
	f := filled{name: "media"}
	var kinds []string
	for _, m := range media {
		kinds = append(kinds, string(m.Kind))
		f.prints = append(f.prints, compact(m.Caption)...)
	}
	f.value = strings.Join(kinds, ", ")
	return f
}

// compact leaves out what is empty.
func compact(values ...string) []string {
	return slices.DeleteFunc(values, func(v string) bool { return v == "" })
}

func names(people []news.Person) []string {
	var all []string
	for _, p := range people {
		all = append(all, strings.TrimSpace(p.Name+" "+p.Initials))
	}
	return all
}
