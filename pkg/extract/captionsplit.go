package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/byline"
	"github.com/copydesk/copydesk/pkg/photocredit"
	"github.com/copydesk/copydesk/pkg/prose"
)

// closingCredit is the text of the last element of a caption, if that is a credit
// as a whole: in brackets, or somebody with an agency in brackets.
func (s *story) closingCredit(caption *html.Node, text string) string {
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
		return s.closingCredit(last, text)
	}
	if len(credit) > photocredit.Longest || len(credit) >= len(text) || !photocredit.Plausible(credit) || endsJoining(strings.TrimSuffix(text, credit)) {
		return ""
	}
	if strings.HasPrefix(credit, "(") && strings.HasSuffix(credit, ")") && prose.CountWords(credit) > 1 || s.photoLines().AllParties(credit) {
		return credit
	}
	if before, c := s.photoLines().Cut(credit); c.Text != "" && c.Label == "" && before != "" && byline.LooksLikeName(strings.Fields(before)) {
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

// cutTrailingLabel takes a credit's label off a caption's end.
func cutTrailingLabel(c string) (rest, label string) {
	t := strings.TrimRight(c, " :")
	if label = photocredit.LabelAtEnd(t); label == "" || len(t) == len(c) && len(t) > len(label) {
		return c, ""
	}
	return strings.TrimSpace(t[:len(t)-len(label)]), label
}

// splitCaption walks a caption's element and parts text from credit.
func (s *story) splitCaption(n *html.Node, inCredit bool, caption, credit *strings.Builder) {
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
				c.DataAtom == atom.Cite || c.DataAtom == atom.Small && s.shortCredit(c) || marksRights(c)
			to := caption
			if isCredit {
				to = credit
			}
			to.WriteByte(' ')
			s.splitCaption(c, isCredit, caption, credit)
			to.WriteByte(' ')
		}
	}
}

// creditText is the text of an element that is for the credit.
func (s *story) creditText(n *html.Node) string {
	var caption, credit strings.Builder
	s.splitCaption(n, true, &caption, &credit)
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

func (s *story) shortCredit(n *html.Node) bool {
	t := inlineText(n)
	_, label := s.photoLines().CutLabel(t)
	return label != "" || len(t) < 80 && s.photoLines().NamesAgency(t)
}

// enlarges are the words on what enlarges a picture.
var enlarges = prose.FoldedSet("vergrößern", "bild vergrößern", "vollbild", "zoom", "enlarge", "enlarge image", "click to enlarge", "expand", "agrandir", "agrandir l'image", "ampliar", "ampliar imagen", "ingrandisci", "vergroten", "förstora", "forstør", "powiększ", "zvětšit", "увеличить")
