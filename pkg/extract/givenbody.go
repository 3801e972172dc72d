package extract

import (
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/structured"
)

// givenPart is the part of a structured articleBody, one in so many bytes, below
// which the page itself prints none of the story. A teaser prints more.
const givenPart = 12

// givenBody takes the story from the page's structured data where the page prints
// none of it: its scripts would have written it. Elsewhere the text is what is
// printed.
func (s *story) givenBody(told string) {
	printed := 0
	for i := range s.blocks {
		if b := &s.blocks[i]; len(b.text) >= leastProse && isIn(told, b.text) {
			printed += len(b.text)
		}
	}
	text, ok := s.ld["articleBody"].(string)
	if !ok || printed*givenPart > len(told) || s.pickedText()*2 > len(text) {
		return
	}
	if strings.Contains(text, "</") {
		text = tokenText([]byte(text))
	}
	for line := range strings.Lines(structured.Unescape(text)) {
		if line = prose.Squash(line); line != "" {
			s.given = append(s.given, line)
		}
	}
	s.picked, s.root, s.sure = nil, -1, 0.8
	s.warn("body: taken from the structured data; the page prints none of it")
	s.bodyCredit(news.FromJSONLD, "articleBody")
}

// writeGiven writes the body that the structured data gave.
func (s *story) writeGiven() {
	for _, line := range s.given {
		s.rec.Body = append(s.rec.Body, news.Block{Kind: news.Paragraph, Text: line})
	}
	s.rec.ArticleBody = s.withLead(plain(s.rec.Body))
}
