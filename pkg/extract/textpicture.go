package extract

import (
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
)

// textPicture reads a caption that ends in a credit, or has it on the line below
// or above, with the alternative text that may stand on the line before.
func (s *story) textPicture(p *textPage, i int) bool {
	caption, c, ok := s.credited(p, i)
	if !ok {
		return false
	}
	img := news.Image{Caption: caption, Block: -1, Lead: len(s.rec.Images) == 0}
	s.setCredit(&img, c)
	if i > 0 && s.isAlt(p, i-1) {
		img.Alt = p.lines[i-1].text
	}
	s.rec.Images = append(s.rec.Images, img)
	if caption != "" {
		p.shown[prose.Fold(caption)] = true
	}
	s.credit("images", candidate{method: news.FromText, path: lineName(i), confidence: 0.6})
	return true
}

// isShown says whether a picture that was read has a line's caption: pages say it
// twice, as what stands for the picture and below it, or in a gallery.
func (s *story) isShown(p *textPage, i int) bool {
	if len(p.shown) == 0 {
		return false
	}
	caption, _, ok := s.credited(p, i)
	return ok && p.shown[prose.Fold(caption)] || p.shown[prose.Fold(p.lines[i].text)]
}

// fewestAlt is how many words the alternative text of a picture has.
const fewestAlt = 4

// isAlt says whether a line is the alternative text of the picture whose caption
// is on the next.
func (s *story) isAlt(p *textPage, i int) bool {
	line := p.lines[i].text
	if i+1 >= len(p.lines) || p.lines[i+1].apart || p.lines[i].common || prose.CountWords(line) < fewestAlt || prose.IsDense(line) && utf8.RuneCountInString(line) < fewestLetters || prose.EndsSentence(line) ||
		isLink(line) || isControl(line) || s.isDateLine(line) || s.isByLine(line) || prose.Same(line, s.rec.Headline) || s.isCreditLine(p, i) {
		return false
	}
	caption, _, ok := s.credited(p, i+1)
	return ok && caption != ""
}
