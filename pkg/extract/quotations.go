package extract

import (
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/quote"
)

// quotations finds who says what in the story. A deck that is a paragraph is
// read with it.
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
	for i := range a.Quotations {
		a.Quotations[i].Block--
	}
}
