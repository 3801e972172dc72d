package extract

import (
	"cmp"
	"math"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/quote"
)

// quotations finds who says what in the story, and how much of it is quotation.
// A deck that is a paragraph is read with it.
func (s *story) quotations() {
	a := s.rec
	text, language := s.spoken()
	a.Quotations, a.Attributions = quote.Read(text, language, s.agencies())
	from := a.Provenance["articleBody"].Path
	if len(a.Quotations) > 0 {
		s.credit("quotations", candidate{method: news.FromText, path: from, confidence: sureQuotations})
	}
	if len(a.Attributions) > 0 {
		s.credit("attributions", candidate{method: news.FromText, path: from, confidence: sureAttributions})
	}
	quoted := 0
	for i := range a.Quotations {
		a.Quotations[i].Block--
		if a.Quotations[i].Block >= 0 {
			quoted += utf8.RuneCountInString(a.Quotations[i].Text)
		}
	}
	if all := utf8.RuneCountInString(a.ArticleBody); all > 0 && quoted > 0 {
		a.QuotationShare = math.Round(1000*min(1, float64(quoted)/float64(all))) / 1000
	}
}

// sureQuotations and sureAttributions are what was measured: how many of those
// found are such.
const (
	sureQuotations   = 0.95
	sureAttributions = 0.8
)

// spoken is the text in which quotations are looked for, and its language. The
// deck comes before the body.
func (s *story) spoken() (blocks []news.Block, language string) {
	a := s.rec
	blocks = append(make([]news.Block, 0, len(a.Body)+1), news.Block{Kind: news.Paragraph, Text: a.Deck})
	return append(blocks, a.Body...), cmp.Or(a.InLanguage.Detected, a.InLanguage.Declared)
}
