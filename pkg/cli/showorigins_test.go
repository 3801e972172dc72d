package cli

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/term"
)

// TestShowOrigins says what stands below a story on a terminal: a line each, cut at
// its edge, verbs and quotations below one another in any script.
func TestShowOrigins(t *testing.T) {
	a := &news.Article{
		Attributions: []news.Attribution{
			{Name: "Berit Oskland", Kind: news.OriginPerson, Role: "who speaks for the seafarers' union of the isles"},
			{Name: "the harbour office", Kind: news.OriginOrganization},
			{Name: "岬太郎", Kind: news.OriginPerson, Role: "町長"},
			{Name: "a senior official", Kind: news.OriginPerson, Anonymous: true},
		},
		Quotations: []news.Quotation{
			{Text: "Nobody walked out for money, and nobody will walk out for it,", Speaker: "Berit Oskland", Verb: "said"},
			{Text: "渡し船は今夜は出ません", Speaker: "岬太郎", Verb: "述べた"},
			{Text: "Two eyes fall asleep\nsooner.", Speaker: "Berit Oskland"},
			{Text: "We have heard that before."},
		},
		QuotationShare: 0.163,
		Citations: []news.Citation{
			{URL: "https://isles.example/1", Text: "before", Kind: news.CitesOwn},
			{URL: "https://institute.example/watches.pdf", Text: "a study of the night watch on small ferries", Kind: news.CitesDocument},
			{URL: "https://institute.example/watches.pdf", Text: "again", Kind: news.CitesDocument},
			{URL: "https://isles.example/2", Text: "and", Kind: news.CitesOwn},
		},
	}
	const want = `
Who says what, 4 quotations, 16 % of the text
  Berit Oskland, who speaks for the seafarers' union of the…
    said    “Nobody walked out for money, and nobody will w…
            “Two eyes fall asleep sooner.”
  岬太郎, 町長
    述べた  “渡し船は今夜は出ません”
  the story leaves open who speaks
            “We have heard that before.”
  reported, not quoted
  the harbour office, organization
  a senior official, not named

Links to
  document  a study of the night watch on s…  https://insti…
  2 pages of the outlet's own

`
	var b strings.Builder
	showOrigins(&term.Out{Writer: &b, Width: 60}, a)
	if diff := cmp.Diff(strings.TrimPrefix(want, "\n"), b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
