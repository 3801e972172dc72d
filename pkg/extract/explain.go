package extract

import (
	"errors"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/siterules"
)

// Explanation is how a page came to its record, or to none.
type Explanation struct {
	// Refused says why the page is no article; nil where it is one.
	Refused *Refusal `json:"refused,omitempty"`
	// Rule is the site rule that held, nil for none.
	Rule *ExplainedRule `json:"rule,omitempty"`
	// Fields are those of the record, in its order. Of a page that was refused
	// they are what had been found by then.
	Fields []ExplainedField `json:"fields"`
	// Sources is who the story comes from, and why that is said of it.
	Sources ExplainedSources `json:"sources"`
	// Root is the place of the element that holds the story, empty for none.
	Root string `json:"root,omitempty"`
	// Blocks is the page's text, in order.
	Blocks   []ExplainedBlock `json:"blocks"`
	Seen     Seen             `json:"seen"`
	Warnings []string         `json:"warnings,omitempty"`
	// Page ties the blocks to the page's tree; nil where only text was read.
	Page *ExplainedPage `json:"-"`
}

// Refusal is why a page is no article.
type Refusal struct {
	Reason news.Reason `json:"reason"`
	Text   string      `json:"text"`
}

// ExplainedRule is the site rule of a page and what became of it.
type ExplainedRule struct {
	Name      string              `json:"name"`
	Selectors []ExplainedSelector `json:"selectors"`
}

// ExplainedSelector is a selector of a rule, and how many elements it matched.
// Those that come after one that matched are not asked for most fields.
type ExplainedSelector struct {
	Field    siterules.Field `json:"field"`
	Selector string          `json:"selector"`
	Matches  int             `json:"matches"`
}

// Seen is what the page showed: what a refusal rests on. Lengths are in bytes.
type Seen struct {
	Text int `json:"text"`
	// Linked is the part of the text that is links, 0 to 1.
	Linked float64 `json:"linked"`
	// Running is the text that reads like sentences of a story.
	Running int `json:"running"`
	Body    int `json:"body"`
	Longest int `json:"longestParagraph"`
	// Headings and LinkedHeadings count those below the first rank.
	Headings       int `json:"headings"`
	LinkedHeadings int `json:"linkedHeadings"`
	Pictures       int `json:"pictures"`
	// CallsItselfArticle says that the page's own data do.
	CallsItselfArticle bool `json:"callsItselfArticle"`
}

// ExplainedPage ties an explanation to the tree of its page.
type ExplainedPage struct {
	Document *html.Node
	// Story is the element that holds the story, nil for none.
	Story *html.Node
	// Block is the index in Blocks of what a text node is part of.
	Block map[*html.Node]int
	// Left holds the elements that were left out as a whole.
	Left map[*html.Node]Verdict
	// Pictures is the index in the record's images of what an element shows.
	Pictures map[*html.Node]int
}

// Explain is [Extract] for who wants to know why. An error is an internal one:
// a page that is no article is explained like any other.
func Explain(in Input) (Explanation, error) {
	v := &verdicts{kinds: map[int32]news.BlockKind{}}
	s, err := read(in, v)
	var x Explanation
	if err != nil {
		fault, ok := errors.AsType[*news.Fault](err)
		if !ok {
			return x, err
		}
		x.Refused = &Refusal{Reason: fault.Reason, Text: fault.Error()}
	}
	if s == nil {
		return x, nil
	}
	x.Warnings = s.rec.Extraction.Warnings
	if len(s.els) == 0 {
		x.Blocks = s.explainLines()
		x.Fields = s.explainFields(x.Blocks)
		x.Sources = s.explainSources(x.Blocks)
		x.noteSuppliers()
		x.Seen.Body, x.Seen.Longest = len(s.rec.ArticleBody), s.longest()
		return x, nil
	}
	if s.rule != nil {
		x.Rule = &ExplainedRule{s.rule.Name(), v.asks}
	}
	x.Root = s.path(s.root)
	x.Blocks = s.explainBlocks()
	x.Fields = s.explainFields(x.Blocks)
	x.Sources = s.explainSources(x.Blocks)
	x.noteSuppliers()
	x.Seen = s.seen()
	x.Page = s.explainPage()
	return x, nil
}

func (s *story) seen() Seen {
	page := &s.els[0]
	seen := Seen{
		Text: int(page.text), Running: int(s.mass[0]), Body: len(s.rec.ArticleBody), Longest: s.longest(),
		Pictures: len(s.rec.Images), CallsItselfArticle: s.saysArticle(),
	}
	if page.text > 0 {
		seen.Linked = round2(float64(page.linked) / float64(page.text))
	}
	for _, at := range s.headings {
		if s.els[at].tag == atom.H1 {
			continue
		}
		seen.Headings++
		if s.leadsAway(at) {
			seen.LinkedHeadings++
		}
	}
	return seen
}

// explainPage lays the page flat once more, this time with an eye on which text
// becomes which block.
func (s *story) explainPage() *ExplainedPage {
	document := s.els[0].node
	for document.Parent != nil {
		document = document.Parent
	}
	w := &outliner{outline: outline{page: s.page, all: s.all}, owner: -1, runs: map[*html.Node]int{}}
	w.children(document, -1)
	w.flush()
	p := &ExplainedPage{Document: document, Block: w.runs, Left: s.leftElements(), Pictures: map[*html.Node]int{}}
	for k := range s.placed {
		if el := s.placed[k].el; el >= 0 {
			p.Pictures[s.els[el].node] = k
		}
	}
	if s.root >= 0 {
		p.Story = s.els[s.root].node
	}
	return p
}
