package extract

import (
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/photocredit"
	"github.com/copydesk/copydesk/pkg/prose"
)

const (
	// longestAlone is the longest line that is a credit and no more, in bytes.
	longestAlone = 90
	// longestBare is the longest caption, in characters, whose credit nothing
	// announces. What is longer is a paragraph and its sign-off.
	longestBare = 160
	// shortestApart and longestApart are those, in characters, of one with
	// its credit on the next line. Shorter ones are sentences, or headings with
	// a picture below.
	shortestApart, longestApart = 40, 500
)

// textPicture reads a caption that ends in a credit, or has it on the line below,
// with the alternative text that may stand on the line above.
func (s *story) textPicture(p *textPage, i int) bool {
	caption, c, ok := p.credited(i)
	if !ok {
		return false
	}
	img := news.Image{Caption: caption, Block: -1, Lead: len(s.rec.Images) == 0}
	s.setCredit(&img, c)
	if i > 0 && s.isAlt(p, i-1) {
		img.Alt = p.lines[i-1].text
	}
	s.rec.Images = append(s.rec.Images, img)
	s.credit("images", candidate{method: news.FromText, path: lineName(i), confidence: 0.6})
	return true
}

// credited is the caption and the credit of a picture, where a line holds its
// caption.
func (p *textPage) credited(i int) (caption string, c photocredit.Credit, ok bool) {
	line := p.lines[i].text
	if caption, c = photocredit.Cut(line); c.Text != "" && caption != "" {
		return caption, c, c.Label != "" || !prose.EndsSentence(line) && utf8.RuneCountInString(caption) <= longestBare
	}
	if c.Text == "" && i+1 < len(p.lines) && !p.lines[i].common && (utf8.RuneCountInString(line) >= shortestApart || prose.EndsSentence(line)) && utf8.RuneCountInString(line) <= longestApart {
		if below, alone := creditAlone(p.lines[i+1].text); alone {
			return line, below, true
		}
	}
	return caption, c, c.Label != ""
}

// isCreditAbove says whether a line is the credit of the caption above it.
func (p *textPage) isCreditAbove(i int) bool {
	if i == 0 {
		return false
	}
	if _, alone := creditAlone(p.lines[i].text); !alone {
		return false
	}
	caption, _, ok := p.credited(i - 1)
	return ok && caption == p.lines[i-1].text
}

// creditAlone reads a line that is the credit of a picture and no more.
func creditAlone(line string) (photocredit.Credit, bool) {
	if len(line) > longestAlone {
		return photocredit.Credit{}, false
	}
	if caption, c := photocredit.Cut(line); c.Text != "" && caption == "" {
		return c, true
	}
	found, rest := agency.List(line)
	for _, name := range rest {
		if !photocredit.AllNames(name) {
			return photocredit.Credit{}, false
		}
	}
	return photocredit.Credit{Text: line}, len(found) > 0
}

// isAlt says whether a line is the alternative text of the picture whose caption
// is on the next.
func (s *story) isAlt(p *textPage, i int) bool {
	line := p.lines[i].text
	if i+1 >= len(p.lines) || p.lines[i+1].apart || prose.EndsSentence(line) || isShortLink(line) || line == s.rec.Headline {
		return false
	}
	caption, _, ok := p.credited(i + 1)
	return ok && caption != ""
}

// isCredited says whether a line ends in the credit of a picture.
func (s *story) isCredited(line string) bool {
	_, c := photocredit.Cut(line)
	return c.Text != "" && c.Label != ""
}
