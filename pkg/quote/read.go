package quote

import (
	"strings"

	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
)

// story is a text on its way to its sources.
type story struct {
	lex       *lexicon
	agencies  agency.Table
	kinds     []news.BlockKind
	blocks    []string
	spans     []span
	tokens    []token
	first     []int // by block: its first token
	sentences []sentence
	people    people
	namings   namings
	sources   []source
	speakers  []said // by span
	tries     int    // at names in a dense language
}

// said is who spoke a quotation: an index in sources, -1 for nobody known.
type said struct {
	source int
	verb   string
	rule   Rule
	cue    where
}

// Read gives the quotations of a story and everyone and everything that it
// names as an origin, both in order. A language without a pack gives
// quotations without speakers and no attributions.
func Read(blocks []news.Block, language string, agencies agency.Table) ([]news.Quotation, []news.Attribution) {
	s := readStory(blocks, language, agencies)
	return s.quotations(), s.attributions()
}

func readStory(blocks []news.Block, language string, agencies agency.Table) *story {
	s := &story{lex: lexiconOf(language), agencies: agencies}
	for _, b := range blocks {
		s.kinds = append(s.kinds, b.Kind)
		text := b.Text
		switch b.Kind {
		case news.ImageBlock, news.Embed, news.SignoffBlock, news.Table, news.Preformatted:
			text = ""
		}
		s.blocks = append(s.blocks, text)
	}
	s.findQuotations()
	if s.lex != nil {
		s.read()
	}
	return s
}

// findQuotations finds what stands in quotation marks and is a quotation.
func (s *story) findQuotations() {
	var all []span
	var carry rune // the mark of a passage that the block before left open
	dashes := s.dashed()
	for i, text := range s.blocks {
		if text == "" {
			continue
		}
		before := len(all)
		if dashes {
			if spans, _ := s.lex.dashSpans(text, i); spans != nil {
				all = append(all, withMarked(spans, findSpans(text, i, nil))...)
				carry = 0
				continue
			}
		}
		all = findSpans(text, i, all)
		found := all[before:]
		if len(found) > 0 && found[0].open == 0 && carry != 0 && prose.FirstRune(text) == carry {
			found[0].carried = true
			all[before-1].unclosed = false
		}
		carry = 0
		if n := len(found); n > 0 && found[n-1].unclosed {
			carry = prose.FirstRune(text[found[n-1].open:])
		}
	}
	for _, q := range all {
		if text := s.blocks[q.block]; !q.unclosed && (isLong(text[q.from:q.to]) || s.isSaid(&q)) && !s.isTitle(&q) {
			s.spans = append(s.spans, q)
		}
	}
	s.speakers = make([]said, len(s.spans))
	for i := range s.speakers {
		s.speakers[i].source = -1
	}
}

// withMarked puts what stands between marks in the writer's own words among the
// speech that dashes open in the same block.
func withMarked(dashed, marked []span) []span {
	var all []span
	for _, m := range marked {
		for len(dashed) > 0 && dashed[0].close <= m.open {
			all, dashed = append(all, dashed[0]), dashed[1:]
		}
		if !m.unclosed && (len(dashed) == 0 || m.close <= dashed[0].open) {
			all = append(all, m)
		}
	}
	return append(all, dashed...)
}

// dashed says whether the story has speech that a dash opens: in one block at
// least the writer tells who speaks.
func (s *story) dashed() bool {
	if s.lex == nil || !s.lex.dash {
		return false
	}
	for i, text := range s.blocks {
		if _, told := s.lex.dashSpans(text, i); told {
			return true
		}
	}
	return false
}

// read finds sources and speakers, in the order in which a reader would.
func (s *story) read() {
	if s.lex.dense {
		s.hearDense()
		return
	}
	size := 0
	for _, text := range s.blocks {
		size += len(text)
	}
	s.tokens = make([]token, 0, size/5)
	next := 0
	for i, text := range s.blocks {
		last := next
		for last < len(s.spans) && s.spans[last].block == i {
			last++
		}
		from := len(s.tokens)
		s.first = append(s.first, from)
		s.tokens = s.lex.tokenize(i, text, s.spans[next:last], next, s.tokens)
		s.cut(i, from, len(s.tokens))
		next = last
	}
	if s.lex.caseless {
		s.raise()
	}
	s.findPeople()
	s.hear()
}

func (s *story) quotations() []news.Quotation {
	var all []news.Quotation
	for i, q := range s.spans {
		out := news.Quotation{Text: strings.TrimSpace(s.blocks[q.block][q.from:q.to]), Block: q.block, Verb: s.speakers[i].verb}
		if at := s.speakers[i].source; at >= 0 {
			out.Speaker = s.sources[at].name
		}
		all = append(all, out)
	}
	return all
}

func (s *story) attributions() []news.Attribution {
	var all []news.Attribution
	for _, src := range s.sources {
		unnamed := src.person < 0 && src.kind == news.OriginPerson && src.class&(role|crowd) != 0 && src.class&title == 0
		all = append(all, news.Attribution{Name: src.name, Kind: src.kind, Role: src.role, Anonymous: unnamed})
	}
	return all
}

// word is a token as printed.
func (s *story) word(i int) string {
	t := &s.tokens[i]
	return s.blocks[t.block][t.start:t.end]
}
