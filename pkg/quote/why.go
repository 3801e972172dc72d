package quote

import (
	"strings"

	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/news"
)

// Reading is what a story says of its sources, and why it is read so.
type Reading struct {
	Quotations   []news.Quotation
	Attributions []news.Attribution
	// Spoken and Named tell why: one for each quotation, and one for each
	// attribution.
	Spoken, Named []Why
}

// Why is how a quotation came to its speaker, or somebody to be a source.
type Why struct {
	// Place is where a quotation stands, between its marks. An attribution has
	// none.
	Place Place
	Rule  Rule
	// Cue is the word that decided: of saying, or "according to". Its Text is
	// empty where none did.
	Cue Place
}

// Place is a piece of a block's text.
type Place struct {
	// Block is the index of the block, From and To are bytes of its text.
	Block, From, To int
	Text            string
}

// Rule is what decided.
type Rule string

// The rules, those of a quotation from the surest to the least sure.
const (
	ByCue     Rule = "cue"     // a word that names a source
	ByHearer  Rule = "hearer"  // something was said to an outlet, which tells it
	BySubject Rule = "subject" // the sentence speaks of the speaker
	ByContext Rule = "context" // the text before speaks of the speaker
	ByTurn    Rule = "turn"    // who spoke last goes on
	ByRepeat  Rule = "repeat"  // a heading that quotes what the text says
	ByNobody  Rule = "nobody"  // the story leaves it open
)

// Words explains a rule.
func (r Rule) Words() string {
	switch r {
	case ByCue:
		return "a word beside it names the source"
	case ByHearer:
		return "something was said to it, and it tells"
	case BySubject:
		return "its sentence speaks of them"
	case ByContext:
		return "the text before it speaks of them"
	case ByTurn:
		return "who spoke last goes on"
	case ByRepeat:
		return "the text below it tells"
	case ByNobody:
		return "the story leaves open who speaks"
	}
	return string(r)
}

// Sure is how often the rule is right, 0 to 1, as far as was measured.
func (r Rule) Sure() float64 {
	switch r {
	case ByCue:
		return 0.9
	case BySubject, ByContext, ByRepeat:
		return 0.8
	case ByTurn, ByHearer:
		return 0.7
	}
	return 0.5
}

// Explain is [Read] for who wants to know why.
func Explain(blocks []news.Block, language string, agencies agency.Table) Reading {
	s := readStory(blocks, language, agencies)
	r := Reading{Quotations: s.quotations(), Attributions: s.attributions()}
	for i, q := range s.spans {
		how := &s.speakers[i]
		why := Why{Place: s.place(q.block, q.from, q.to), Rule: how.rule, Cue: s.placeOf(how.cue)}
		if how.source < 0 {
			why.Rule, why.Cue = ByNobody, Place{}
		}
		r.Spoken = append(r.Spoken, why)
	}
	for i := range s.sources {
		r.Named = append(r.Named, Why{Rule: s.sources[i].rule, Cue: s.placeOf(s.sources[i].cue)})
	}
	return r
}

// place is a piece of a block without the spaces around it.
func (s *story) place(block, from, to int) Place {
	text := s.blocks[block][from:to]
	from += len(text) - len(strings.TrimLeft(text, " \n\t"))
	text = strings.TrimSpace(text)
	return Place{block, from, from + len(text), text}
}

// placeOf is where the expression stands that begins with a token.
func (s *story) placeOf(t where) Place {
	if !t.known {
		return Place{}
	}
	first := &s.tokens[t.token]
	return s.place(first.block, first.start, s.tokens[t.token+max(0, first.more)].end)
}

// where is a token, if it is known.
type where struct {
	token int
	known bool
}

// because notes why a source is one, the first time that somebody is.
func (s *story) because(source int, rule Rule, cue where) {
	if source >= 0 && s.sources[source].rule == "" {
		s.sources[source].rule, s.sources[source].cue = rule, cue
	}
}
