package extract

import (
	"math"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/quote"
)

// quotations finds who says what in the story, and how much of it is quotation.
// A deck that is a paragraph is read with it.
func (s *story) quotations() {
	a := s.rec
	language := a.InLanguage.Detected
	if language == "" {
		language = a.InLanguage.Declared
	}
	blocks := make([]news.Block, 0, len(a.Body)+1)
	blocks = append(blocks, news.Block{Kind: news.Paragraph, Text: a.Deck})
	blocks = append(blocks, a.Body...)
	a.Quotations, a.Attributions = quote.Read(blocks, language)
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
