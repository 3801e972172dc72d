package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/byline"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/photocredit"
	"github.com/copydesk/copydesk/pkg/prose"
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
			img.Caption, pc = photocredit.ReadCaption(strings.ReplaceAll(s.blocks[i].text, "\n", " "))
			s.setCredit(img, pc)
			return
		}
		for up := group; up >= 0 && up != s.root && s.els[up].text < 400 && img.CreditText == "" && !s.holdsOther(up, group); up = s.els[up].parent {
			s.looseCaption(img, up)
		}
		return
	}
	var caption, credit strings.Builder
	splitCaption(s.els[at].node, false, &caption, &credit)
	c, credited := prose.Squash(caption.String()), prose.Squash(credit.String())
	if credited == "" {
		// The credit may stand beside the caption.
		for i := group + 1; i < s.els[group].end; i++ {
			if s.within(i, at) || s.within(at, i) || !s.isCreditElement(i) {
				continue
			}
			if credited = creditText(s.els[i].node); credited != "" {
				break
			}
		}
	}
	if e := &s.els[group]; credited == "" && isBlock(e.node) {
		for _, b := range s.blocks[e.first:e.last] {
			if _, label := photocredit.CutLabel(b.text); label != "" && len(b.text) < 120 && !s.within(b.el, at) {
				credited = b.text
				break
			}
		}
	}
	if s.els[at].own&hintCredit != 0 && s.els[at].own&hintCaption == 0 && credited == "" {
		if before, pc := photocredit.ReadCaption(c); pc.Text == "" || prose.CountWords(before) < leastCaption {
			c, credited = "", c
		}
	}
	if credited == "" {
		credited = closingCredit(s.els[at].node, c)
	}
	var pc photocredit.Credit
	if credited != "" && len(credited) < 250 {
		pc.Text, pc.Label = photocredit.CutLabel(strings.TrimLeft(credited, "/|·• "))
		c = strings.TrimSpace(strings.TrimSuffix(c, credited))
		if also, ok := photocredit.Labelled(c); ok && prose.IsCapital(also.Text) {
			c, pc.Text = "", also.Text+" / "+pc.Text // the caption is a credit too
		}
		// A label may be left behind outside the credit's element.
		if rest, label := cutTrailingLabel(c); label != "" && pc.Label == "" {
			c, pc.Label = rest, label
		}
	} else {
		c, pc = photocredit.ReadCaption(c)
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
			img.Caption, c = photocredit.ReadCaption(unescape(told))
			s.setCredit(img, c)
			return
		}
	}
}

// unprintedCredit reads the credit of a picture below which none is printed: from
// the end of its alternative text, else from the structured data.
func (s *story) unprintedCredit(img *news.Image) {
	if img.Alt != "" {
		before, pc := photocredit.Cut(img.Alt)
		if pc.Label != "" && photocredit.CreditsSomebody(pc.Text, pc.Label) || pc.Label == "" && pc.Text != "" && (strings.HasSuffix(img.Alt, pc.Text+")") || photocredit.IsAgency(pc.Text) && before != "") {
			s.setCredit(img, pc)
			return
		}
	}
	if s.ld == nil || img.URL == "" {
		return
	}
	for _, o := range s.toldImages() {
		if !samePicture(o.text("url"), img.URL) && !samePicture(o.text("contentUrl"), img.URL) {
			continue
		}
		for _, key := range [...]string{"creditText", "creator", "author", "copyrightHolder"} {
			text, label := photocredit.CutLabel(prose.Squash(unescape(o.text(key))))
			if text == "" {
				for _, who := range s.graph.objects(o, key) {
					text = prose.Squash(unescape(who.text("name")))
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
		if photocredit.Plausible(text) && (photocredit.NamesAgency(text) || e.own&hintByline != 0 && photocredit.AllNames(text)) {
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

// closingCredit is the text of the last element of a caption, if that is a credit
// as a whole: in brackets, or somebody with an agency in brackets.
func closingCredit(caption *html.Node, text string) string {
	last := caption.LastChild
	for last != nil && (last.Type != html.ElementNode || inlineText(last) == "") {
		if last.Type == html.TextNode && strings.TrimSpace(last.Data) != "" {
			return ""
		}
		last = last.PrevSibling
	}
	if last == nil {
		return ""
	}
	credit := inlineText(last)
	if len(credit) == len(text) {
		return closingCredit(last, text)
	}
	if len(credit) > photocredit.Longest || len(credit) >= len(text) || !photocredit.Plausible(credit) || endsJoining(strings.TrimSuffix(text, credit)) {
		return ""
	}
	if strings.HasPrefix(credit, "(") && strings.HasSuffix(credit, ")") && prose.CountWords(credit) > 1 || photocredit.AllParties(credit) {
		return credit
	}
	if before, c := photocredit.Cut(credit); c.Text != "" && c.Label == "" && before != "" && byline.LooksLikeName(strings.Fields(before)) {
		return credit
	}
	return ""
}

// endsJoining says whether a text ends in a word behind which its last name
// follows: "Photo by Jane Doe on".
func endsJoining(text string) bool {
	fields := strings.Fields(text)
	if len(fields) == 0 {
		return false
	}
	switch strings.ToLower(fields[len(fields)-1]) {
	case "on", "auf", "by", "von", "via", "for", "für", "par", "por", "de", "di", "/", "and", "und":
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
			if photocredit.IsAgency(text) {
				s.setCredit(img, photocredit.Credit{Text: text})
				return
			}
			if s.isCredited(text) {
				c, pc := photocredit.Cut(text)
				img.Caption = c
				s.setCredit(img, pc)
				return
			}
		}
	}
}

// cutTrailingLabel takes a credit's label off a caption's end.
func cutTrailingLabel(c string) (rest, label string) {
	t := strings.TrimRight(c, " :")
	if label = photocredit.LabelAtEnd(t); label == "" || len(t) == len(c) && len(t) > len(label) {
		return c, ""
	}
	return strings.TrimSpace(t[:len(t)-len(label)]), label
}

// splitCaption walks a caption's element and parts text from credit.
func splitCaption(n *html.Node, inCredit bool, caption, credit *strings.Builder) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			if inCredit || credit.Len() > 0 && joinsCredits(c.Data) {
				credit.WriteString(c.Data)
			} else {
				caption.WriteString(c.Data)
			}
		case c.Type != html.ElementNode || mutes(c) || hidesFromSight(c):
		default:
			h := hintsOf(c)
			if h&hidden != 0 || h&(hintFurniture&^hintCaption) != 0 && h&(hintCaption|hintCredit) == 0 {
				continue
			}
			isCredit := inCredit || h&(hintCredit|hintSignoff|hintByline) != 0 && !holdsCaption(c) ||
				c.DataAtom == atom.Cite || c.DataAtom == atom.Small && shortCredit(c) || marksRights(c)
			to := caption
			if isCredit {
				to = credit
			}
			to.WriteByte(' ')
			splitCaption(c, isCredit, caption, credit)
			to.WriteByte(' ')
		}
	}
}

// creditText is the text of an element that is for the credit.
func creditText(n *html.Node) string {
	var caption, credit strings.Builder
	splitCaption(n, true, &caption, &credit)
	return prose.Squash(credit.String())
}

// joinsCredits says whether a text is only what parts one credit from the next.
func joinsCredits(text string) bool {
	switch strings.TrimSpace(text) {
	case "/", "|", "·", "•", ",", "-", "–", "via":
		return true
	}
	return false
}

// holdsCaption says whether one of an element's children is named a caption:
// then the element is the frame of caption and credit.
func holdsCaption(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && hintsOf(c)&hintCaption != 0 {
			return true
		}
	}
	return false
}

// marksRights says whether an element begins with a copyright sign and is a credit
// as a whole.
func marksRights(n *html.Node) bool {
	first := n
	for first != nil && first.Type == html.ElementNode {
		first = first.FirstChild
	}
	if first == nil || first.Type != html.TextNode {
		return false
	}
	lead := strings.TrimSpace(first.Data)
	if !photocredit.StartsCopyright(lead) {
		return false
	}
	text := inlineText(n)
	_, mark := photocredit.CutCopyright(text)
	return mark != "" && len(text) <= photocredit.Longest && photocredit.Plausible(text)
}

func shortCredit(n *html.Node) bool {
	t := inlineText(n)
	_, label := photocredit.CutLabel(t)
	return label != "" || len(t) < 80 && photocredit.NamesAgency(t)
}

// enlarges are the words on what enlarges a picture.
var enlarges = prose.FoldedSet("vergrößern", "bild vergrößern", "vollbild", "zoom", "enlarge", "enlarge image", "click to enlarge", "expand", "agrandir", "agrandir l'image", "ampliar", "ampliar imagen", "ingrandisci", "vergroten", "förstora", "forstør", "powiększ", "zvětšit", "увеличить")
