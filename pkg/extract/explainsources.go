package extract

import (
	"slices"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/quote"
)

// ExplainedSources is who a story comes from, and why that is said of it.
type ExplainedSources struct {
	Supplied   []ExplainedSupplier  `json:"supplied,omitempty"`
	Named      []ExplainedOrigin    `json:"named,omitempty"`
	Quotations []ExplainedQuotation `json:"quotations,omitempty"`
	Citations  []ExplainedCitation  `json:"citations,omitempty"`
}

// None says that the story tells of nobody.
func (x ExplainedSources) None() bool {
	return len(x.Supplied)+len(x.Named)+len(x.Quotations)+len(x.Citations) == 0
}

// Print is where words stand on the page.
type Print struct {
	// Block is the index in [Explanation.Blocks], From and To are bytes of its
	// text.
	Block int `json:"block"`
	From  int `json:"from"`
	To    int `json:"to"`
}

// ExplainedSupplier is an organisation that supplied the story or a picture.
type ExplainedSupplier struct {
	news.InfoSource
	// Form is what credits it.
	Form       SourceForm  `json:"form"`
	Method     news.Method `json:"method"`
	Path       string      `json:"path,omitempty"`
	Confidence float64     `json:"confidence"`
	At         *Print      `json:"at,omitempty"`
}

// ExplainedOrigin is one of the record's attributions.
type ExplainedOrigin struct {
	news.Attribution
	// Rule is why it is one, Cue the word that decided.
	Rule quote.Rule `json:"rule"`
	Cue  string     `json:"cue,omitempty"`
	// Quotations counts what it is quoted with.
	Quotations int     `json:"quotations"`
	Confidence float64 `json:"confidence"`
	// At is where its name is printed in full first.
	At    *Print `json:"at,omitempty"`
	CueAt *Print `json:"cueAt,omitempty"`
}

// ExplainedQuotation is one of the record's quotations.
type ExplainedQuotation struct {
	news.Quotation
	// Rule is how it came to its speaker, Cue the word that decided.
	Rule       quote.Rule `json:"rule"`
	Cue        string     `json:"cue,omitempty"`
	Confidence float64    `json:"confidence"`
	At         *Print     `json:"at,omitempty"`
	CueAt      *Print     `json:"cueAt,omitempty"`
}

// ExplainedCitation is one of the record's citations.
type ExplainedCitation struct {
	news.Citation
	At *Print `json:"at,omitempty"`
}

// explainSources tells who a story comes from, and where the blocks of the page
// say so.
func (s *story) explainSources(blocks []ExplainedBlock) ExplainedSources {
	var x ExplainedSources
	for i, src := range s.rec.InfoSources {
		by := s.supplies[i]
		x.Supplied = append(x.Supplied, ExplainedSupplier{
			InfoSource: src, Form: by.form, Method: by.method, Path: by.path, Confidence: by.form.sure(), At: s.supplierAt(blocks, by, src.Literal),
		})
	}
	if len(s.rec.Quotations)+len(s.rec.Attributions)+len(s.rec.Citations) == 0 {
		return x
	}
	text, language := s.spoken()
	r := quote.Explain(text, language, s.agencies())
	on := s.blocksOfBody(blocks, text)
	count := map[string]int{}
	for i, q := range s.rec.Quotations {
		why := r.Spoken[i]
		count[q.Speaker]++
		x.Quotations = append(x.Quotations, ExplainedQuotation{
			Quotation: q, Rule: why.Rule, Cue: why.Cue.Text, Confidence: why.Rule.Sure(), At: on.print(why.Place), CueAt: on.print(why.Cue),
		})
	}
	for i, who := range s.rec.Attributions {
		why := r.Named[i]
		x.Named = append(x.Named, ExplainedOrigin{
			Attribution: who, Rule: why.Rule, Cue: why.Cue.Text, Quotations: count[who.Name], Confidence: min(sureAttributions, why.Rule.Sure()), At: on.firstPrint(who.Name), CueAt: on.print(why.Cue),
		})
	}
	for _, c := range s.rec.Citations {
		x.Citations = append(x.Citations, ExplainedCitation{c, on.printIn(c.Block+1, c.Text)})
	}
	return x
}

// supplierAt is where a supplier is credited, nil where the page does not print it:
// in a block that prints what credits it, or at the place where it was found.
func (s *story) supplierAt(blocks []ExplainedBlock, by supply, literal string) *Print {
	if literal == "" || by.method == news.FromMeta || by.method == news.FromJSONLD || by.method == news.FromURL {
		return nil
	}
	best, most := -1, 0
	for i := range blocks {
		b, rank := &blocks[i], 0
		if !strings.Contains(b.Text, literal) {
			continue
		}
		if slices.Contains(b.Fields, by.form.field()) {
			rank += 2
		}
		if b.Path == by.path || by.form == InCredit && b.Kind == "" {
			rank++
		}
		if by.form == InSignoff && s.closing != "" && strings.HasSuffix(b.Text, s.closing) {
			rank += 2
		}
		if by.form == InDateline && b.Kind != "" && strings.HasPrefix(b.Text, s.rec.Dateline.Raw) {
			rank += 2
		}
		if rank > most {
			best, most = i, rank
		}
	}
	if best < 0 {
		return nil
	}
	from := strings.LastIndex(blocks[best].Text, literal) // before it may stand who wrote for it
	if by.form == InDateline {
		from = strings.Index(blocks[best].Text, literal)
	}
	return &Print{best, from, from + len(literal)}
}

// bodyPlaces is, for each block of the text that was read, those of the page from
// which it was made.
type bodyPlaces struct {
	texts  []news.Block
	pages  []ExplainedBlock
	begins []int // by block of the text: the first of the page from which on it stands
}

// blocksOfBody finds the blocks of the text on the page: both are in order.
func (s *story) blocksOfBody(pages []ExplainedBlock, texts []news.Block) bodyPlaces {
	on := bodyPlaces{texts, pages, make([]int, len(texts))}
	next := 0
	for i, b := range texts {
		on.begins[i] = next
		if i == 0 || b.Text == "" {
			continue
		}
		line, _, _ := strings.Cut(b.Text, "\n")
		for k := next; k < len(pages); k++ {
			if pages[k].Kind == b.Kind && strings.HasPrefix(oneLine(pages[k].Text), line) {
				on.begins[i], next = k, k
				break
			}
		}
	}
	return on
}

func oneLine(text string) string { return strings.ReplaceAll(text, "\n", " ") }

// print is where a piece of the text stands on the page, nil if it cannot be told.
func (on *bodyPlaces) print(p quote.Place) *Print {
	if p.Text == "" {
		return nil
	}
	if p.Block > 0 {
		// The same words may stand in the block twice.
		if k := on.begins[p.Block]; k < len(on.pages) {
			if text := oneLine(on.pages[k].Text); p.To <= len(text) && text[p.From:p.To] == p.Text {
				return &Print{k, p.From, p.To}
			}
		}
	}
	return on.printIn(p.Block, p.Text)
}

// longestSpan is how many blocks of the page one of the text may be made of: the
// items of a list, the paragraphs of a quotation.
const longestSpan = 60

// printIn is where words stand on the page that are in a block of the text.
func (on *bodyPlaces) printIn(block int, words string) *Print {
	if block < 0 || block >= len(on.begins) || words == "" {
		return nil
	}
	if block == 0 {
		for k := range on.pages {
			if p := on.in(k, words); p != nil && slices.Contains(on.pages[k].Fields, "deck") {
				return p
			}
		}
		return nil
	}
	for k := on.begins[block]; k < min(len(on.pages), on.begins[block]+longestSpan); k++ {
		if p := on.in(k, words); p != nil && on.pages[k].Kind != "" {
			return p
		}
	}
	return nil
}

// in is where words stand in a block of the page.
func (on *bodyPlaces) in(k int, words string) *Print {
	if from := strings.Index(oneLine(on.pages[k].Text), words); from >= 0 {
		return &Print{k, from, from + len(words)}
	}
	return nil
}

// firstPrint is where a name is printed in full first.
func (on *bodyPlaces) firstPrint(name string) *Print {
	for i := range on.texts {
		if strings.Contains(on.texts[i].Text, name) {
			return on.printIn(i, name)
		}
	}
	return nil
}
