package quote_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/quote"
)

func TestExplain(t *testing.T) {
	tests := []struct {
		name, language, text string
		spoken, named        []string // rule, cue
	}{
		{"a word of saying", "en",
			"“The tide will not wait for the council,” said harbour master Jane Doe. “It has never waited for it.”\nAccording to the Harbour Board, the pier is safe.\n“The pier is not safe at all.”",
			[]string{"cue said", "turn", "turn"}, []string{"cue said", "cue According to"}},
		{"the sentence speaks of somebody", "en",
			"John Roe shook his head. Roe, a teacher, has moved the piano twice: “It cannot stay where it is.”",
			[]string{"subject"}, []string{"subject"}},
		{"what was told to an outlet", "en",
			"The state would pay half of it, a senior official told the Harbour Times.",
			nil, []string{"cue told", "hearer told"}},
		{"a heading", "de",
			"Max Muster kam spät.\n# „Die Glocke läutet wieder“\n„Die Glocke läutet wieder, und zwar heute“, sagte Muster.",
			[]string{"repeat sagte", "cue sagte"}, []string{"cue sagte"}},
		{"nobody", "en", "“There is nothing to be done here.”", []string{"nobody"}, nil},
		{"a language without a pack", "fi", "”Laituri on suljettu tänään kokonaan”, sanoi Maija Meri.", []string{"nobody"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := quote.Explain(paragraphs(tt.text), tt.language, agency.Table{})
			if diff := cmp.Diff(tt.spoken, told(r.Spoken)); diff != "" {
				t.Errorf("quotations (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.named, told(r.Named)); diff != "" {
				t.Errorf("sources (-want +got):\n%s", diff)
			}
		})
	}
}

func told(all []quote.Why) []string {
	var lines []string
	for _, why := range all {
		lines = append(lines, strings.TrimSpace(string(why.Rule)+" "+why.Cue.Text))
	}
	return lines
}

// explained holds that an explanation is of the same reading, tells of every
// quotation and source why it is one, and that the places that it speaks of are
// there.
func explained(t *testing.T, blocks []news.Block, language string, quotations []news.Quotation, attributions []news.Attribution) {
	t.Helper()
	r := quote.Explain(blocks, language, agency.Table{})
	if diff := cmp.Diff(quotations, r.Quotations); diff != "" {
		t.Errorf("explained otherwise than read (-read +explained):\n%s", diff)
	}
	if diff := cmp.Diff(attributions, r.Attributions); diff != "" {
		t.Errorf("explained otherwise than read (-read +explained):\n%s", diff)
	}
	if len(r.Spoken) != len(quotations) || len(r.Named) != len(attributions) {
		t.Fatalf("%d and %d reasons for %d quotations and %d sources", len(r.Spoken), len(r.Named), len(quotations), len(attributions))
	}
	for i, why := range r.Spoken {
		if why.Place.Text != quotations[i].Text || (why.Rule == quote.ByNobody) != (quotations[i].Speaker == "") {
			t.Errorf("quotation %d: %+v of %+v", i, why, quotations[i])
		}
		there(t, blocks, why.Place)
		there(t, blocks, why.Cue)
	}
	for i, why := range r.Named {
		if why.Rule == "" {
			t.Errorf("no reason for %q", attributions[i].Name)
		}
		there(t, blocks, why.Cue)
	}
}

func there(t *testing.T, blocks []news.Block, p quote.Place) {
	t.Helper()
	if p.Text != "" && blocks[p.Block].Text[p.From:p.To] != p.Text {
		t.Errorf("%q is not at %d in block %d", p.Text, p.From, p.Block)
	}
}
