package extract

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

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
			x.note(printedIn(blocks, folded, words, x.Path), blocks)
		}
		switch {
		case f.name == "articleBody":
			x.Blocks = firstOfBody(blocks)
		case len(x.Blocks) == 0 && len(f.prints) > 0:
			x.note(s.markedAs(x.Provenance, f.value), blocks)
		}
		all = append(all, x)
	}
	return all
}

// note notes that a block prints the field; -1 is none.
func (x *ExplainedField) note(i int, blocks []ExplainedBlock) {
	if i < 0 || slices.Contains(x.Blocks, i) {
		return
	}
	x.Blocks = append(x.Blocks, i)
	blocks[i].Fields = append(blocks[i].Fields, x.Name)
}

// markedAs is the block whose markup states what its words do not: a property,
// or the day of a time element; -1 for none.
func (s *story) markedAs(from news.Provenance, value string) int {
	for i := range s.els {
		e := &s.els[i]
		if int(e.first) >= len(s.blocks) || s.out[i] {
			continue
		}
		property := from.Method == news.FromMicrodata && e.own&hasProp != 0 && slices.Contains(strings.Fields(attr(e.node, "itemprop")), from.Path)
		day := e.tag == atom.Time && len(value) >= len(time.DateOnly) && strings.HasPrefix(attr(e.node, "datetime"), value[:len(time.DateOnly)])
		if property && e.text > 0 || day {
			return int(e.first)
		}
	}
	return -1
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
		if len(blocks[i].Text) > len(words)+longestPrint || !strings.Contains(text, want) || text != want && !hasWords(blocks[i].Text, words) {
			continue
		}
		rank := 1
		if blocks[i].Why != Furniture {
			rank += 1
		}
		if text == want {
			rank += 2
		}
		if blocks[i].Path == path {
			rank += 4
		}
		if rank > most {
			best, most = i, rank
		}
	}
	return best
}

// hasWords says whether a text has the words as words, not as parts of longer
// ones; scripts without spaces do not tell.
func hasWords(text, words string) bool {
	text, words = strings.ToLower(squash(text)), strings.ToLower(squash(words))
	for from := 0; ; {
		at := strings.Index(text[from:], words)
		if at < 0 {
			return false
		}
		at += from
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+len(words):])
		if !continues(before) && !continues(after) {
			return true
		}
		from = at + 1
	}
}

// continues says whether a word goes on with a sign beside it.
func continues(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsDigit(r)) && !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
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
	fields = append(fields, many("correction", a.Correction), imagesField(a.Images), mediaField(a.Media), many("infoSources", sourceNames(a.InfoSources)))
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

func sourceNames(sources []news.InfoSource) []string {
	var all []string
	for _, s := range sources {
		if !slices.Contains(all, s.Name) {
			all = append(all, s.Name)
		}
	}
	return all
}
