package extract

import (
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/photocredit"
	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/structured"
)

// captionOf reads caption and credit of a group. Where the credit has an
// element of its own, that is believed; else it is cut off the caption's end.
func (s *story) captionOf(img *news.Image, group int32) {
	at := s.captionElement(group)
	if s.boxes[group] && (at < 0 || s.els[at].own&hintCaption == 0) {
		s.boxCaption(img, group)
		return
	}
	if at < 0 {
		if i := s.altLine(group); i >= 0 {
			img.Caption = strings.ReplaceAll(s.blocks[i].text, "\n", " ")
			return
		}
		if i := s.creditedLine(group); i >= 0 {
			var pc photocredit.Credit
			img.Caption, pc = s.photoLines().ReadCaption(strings.ReplaceAll(s.blocks[i].text, "\n", " "))
			s.setCredit(img, pc)
			return
		}
		for up := group; up >= 0 && up != s.root && s.els[up].text < 400 && img.CreditText == "" && !s.holdsOther(up, group); up = s.els[up].parent {
			s.looseCaption(img, up)
		}
		return
	}
	var caption, credit strings.Builder
	s.splitCaption(s.els[at].node, false, &caption, &credit)
	c, credited := prose.Squash(caption.String()), prose.Squash(credit.String())
	if credited == "" {
		// The credit may stand beside the caption.
		for i := group + 1; i < s.els[group].end; i++ {
			if s.within(i, at) || s.within(at, i) || !s.isCreditElement(i) {
				continue
			}
			if credited = s.creditText(s.els[i].node); credited != "" {
				break
			}
		}
	}
	if e := &s.els[group]; credited == "" && isBlock(e.node) {
		for _, b := range s.blocks[e.first:e.last] {
			if _, label := s.photoLines().CutLabel(b.text); label != "" && len(b.text) < 120 && !s.within(b.el, at) {
				credited = b.text
				break
			}
		}
	}
	if s.els[at].own&hintCredit != 0 && s.els[at].own&hintCaption == 0 && credited == "" {
		if before, pc := s.photoLines().ReadCaption(c); pc.Text == "" || prose.CountWords(before) < leastCaption {
			c, credited = "", c
		}
	}
	if credited == "" {
		credited = s.closingCredit(s.els[at].node, c)
	}
	var pc photocredit.Credit
	if credited != "" && len(credited) < 250 {
		pc.Text, pc.Label = s.photoLines().CutLabel(strings.TrimLeft(credited, "/|·• "))
		c = strings.TrimSpace(strings.TrimSuffix(c, credited))
		if also, ok := s.photoLines().Labelled(c); ok && prose.IsCapital(also.Text) {
			c, pc.Text = "", also.Text+" / "+pc.Text // the caption is a credit too
		}
		// A label may be left behind outside the credit's element.
		if rest, label := cutTrailingLabel(c); label != "" && pc.Label == "" {
			c, pc.Label = rest, label
		}
	} else {
		c, pc = s.photoLines().ReadCaption(c)
	}
	if c = strings.TrimSpace(strings.Trim(strings.TrimSuffix(c, " /"), "|")); pc.Text != "" {
		c = strings.TrimRight(c, " –—©") // they parted it from the credit
	}
	if !enlarges[prose.Fold(c)] {
		img.Caption = c
	}
	s.setCredit(img, pc)
}

// toldCaption reads the caption that a picture, or the link around it, has for
// those who enlarge it.
func (s *story) toldCaption(img *news.Image, at int32) {
	for _, i := range [...]int32{at, s.els[at].parent} {
		if told := attr(s.els[i].node, "data-caption"); told != "" && len(told) < longestGroup {
			if strings.Contains(told, "<") {
				told = stripTags(told)
			}
			var c photocredit.Credit
			img.Caption, c = s.photoLines().ReadCaption(structured.Unescape(told))
			s.setCredit(img, c)
			return
		}
	}
}

// unprintedCredit reads the credit of a picture below which none is printed: from
// the end of its alternative text, else from the structured data.
func (s *story) unprintedCredit(img *news.Image) {
	if img.Alt != "" {
		before, pc := s.photoLines().Cut(img.Alt)
		if pc.Label != "" && s.photoLines().CreditsSomebody(pc.Text, pc.Label) || pc.Label == "" && pc.Text != "" && (strings.HasSuffix(img.Alt, pc.Text+")") || s.photoLines().IsAgency(pc.Text) && before != "") {
			s.setCredit(img, pc)
			return
		}
	}
	if s.ld == nil || img.URL == "" {
		return
	}
	for _, o := range s.toldImages() {
		if !samePicture(o.Text("url"), img.URL) && !samePicture(o.Text("contentUrl"), img.URL) {
			continue
		}
		for _, key := range [...]string{"creditText", "creator", "author", "copyrightHolder"} {
			text, label := s.photoLines().CutLabel(prose.Squash(structured.Unescape(o.Text(key))))
			if text == "" {
				for _, who := range s.graph.Objects(o, key) {
					text = prose.Squash(structured.Unescape(who.Text("name")))
				}
			}
			if text != "" && len(text) < photocredit.Longest && !s.outlet.Is(text) && !strings.Contains(text, "://") {
				s.setCredit(img, photocredit.Credit{Text: text, Label: label})
				return
			}
		}
	}
}

// isCreditElement says whether an element beside a caption is for the credit: by
// its name, as the author or owner in the picture's own microdata, or as a
// second caption that names an agency.
func (s *story) isCreditElement(at int32) bool {
	e := &s.els[at]
	if e.tag == atom.Img {
		return false
	}
	if e.own&(hintCredit|hintSignoff) != 0 || e.tag == atom.Cite {
		return true
	}
	if e.own&hintByline != 0 || e.tag == atom.Figcaption {
		text := inlineText(e.node)
		if photocredit.Plausible(text) && (s.photoLines().NamesAgency(text) || e.own&hintByline != 0 && photocredit.AllNames(text)) {
			return true
		}
	}
	if e.own&hasProp == 0 {
		return false
	}
	switch attr(e.node, "itemprop") {
	case "author", "creator", "creditText", "copyrightHolder", "copyrightNotice", "sourceOrganization":
		return true
	}
	return false
}

// looseCaption reads a caption that is in no element named so: text in the
// picture's own group that ends in a credit.
func (s *story) looseCaption(img *news.Image, group int32) {
	e := &s.els[group]
	if isBlock(e.node) && e.last-e.first <= 3 {
		for _, b := range s.blocks[e.first:e.last] {
			text := strings.ReplaceAll(b.text, "\n", " ")
			if s.photoLines().IsAgency(text) {
				s.setCredit(img, photocredit.Credit{Text: text})
				return
			}
			if s.isCredited(text) {
				c, pc := s.photoLines().Cut(text)
				img.Caption = c
				s.setCredit(img, pc)
				return
			}
		}
	}
}
