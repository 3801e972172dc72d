package extract

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/prose"
)

// printedHeadline parts the text of the headline's element from the labels that
// some pages put inside it before the headline itself.
func (s *story) printedHeadline(at int32, told []candidate) (text string, labels []string) {
	whole := s.textOf(at)
	parts := labelParts(s.els[at].node)
	if len(parts) < 2 {
		return whole, nil
	}
	// What the metadata calls the headline settles which parts are it.
	for k := 1; k < len(parts); k++ {
		first, rest := joinParts(parts[:k]), joinParts(parts[k:])
		for _, c := range told {
			if prose.Same(c.value, first) && parts[k].node != nil {
				return first, nil // what follows is set apart from it
			}
			if prose.Same(c.value, rest) || k == 1 && parts[0].node != nil && isTold(c.value, parts[0].text, rest) {
				return rest, labelsOf(parts[:k])
			}
		}
	}
	var kept []part
	for i, p := range parts {
		last := i == len(parts)-1
		switch {
		case !last && (p.own&hintKicker != 0 || p.node != nil && strings.HasSuffix(p.text, ":")) && utf8.RuneCountInString(p.text) <= longestLabel:
			labels = append(labels, labelsOf(parts[i:i+1])...)
		case len(parts) > 1 && (p.own&(hintCrumbs|hintDate|hintTag) != 0 || p.own&hintDeck != 0 && i > 0):
		default:
			kept = append(kept, p)
		}
	}
	if len(kept) == 0 {
		return whole, nil
	}
	return joinParts(kept), labels
}

// isTold says whether the metadata have a label and a headline as one, with a
// dash between them.
func isTold(told, label, headline string) bool {
	behind, ok := strings.CutPrefix(told, label)
	if !ok {
		return false
	}
	dash := strings.TrimLeft(behind, " ")
	return strings.HasPrefix(dash, "- ") && prose.Same(dash, headline)
}

func joinParts(parts []part) string {
	texts := make([]string, len(parts))
	for i, p := range parts {
		texts[i] = p.text
	}
	return strings.Join(texts, " ")
}

func labelsOf(parts []part) []string {
	var labels []string
	for _, p := range parts {
		if l := strings.Trim(p.text, " :|/"); l != "" && utf8.RuneCountInString(l) <= longestLabel {
			labels = append(labels, l)
		}
	}
	return labels
}

// part is a piece of an element's text with the names of what holds it.
type part struct {
	text string
	own  hint
	node *html.Node
}

// labelParts cuts an element's text at its child elements.
func labelParts(n *html.Node) []part {
	var parts []part
	var loose strings.Builder
	flush := func() {
		if t := prose.Squash(loose.String()); t != "" {
			parts = append(parts, part{text: t})
		}
		loose.Reset()
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			loose.WriteString(c.Data)
		case c.Type != html.ElementNode || c.DataAtom == atom.Br || unseen(c):
			loose.WriteByte(' ')
		case c.DataAtom == atom.I || c.DataAtom == atom.Em || c.DataAtom == atom.B || c.DataAtom == atom.Strong ||
			c.DataAtom == atom.Sup || c.DataAtom == atom.Sub || c.DataAtom == atom.Q || c.DataAtom == atom.Wbr:
			loose.WriteString(inlineText(c))
		default:
			h := hintsOf(c)
			if h&hidden != 0 {
				continue
			}
			if t := inlineText(c); t != "" {
				flush()
				parts = append(parts, part{t, h, c})
			}
		}
	}
	flush()
	if len(parts) == 1 && parts[0].node != nil {
		return labelParts(parts[0].node)
	}
	return parts
}
