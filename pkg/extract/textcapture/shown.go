package main

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// shown is the text of a page as readers and browsers copy it: what is shown, a
// line for each block, nothing else of the markup.
func shown(page []byte) (string, error) {
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return "", err
	}
	var r renderer
	r.walk(doc)
	r.endLine()
	return r.text.String(), nil
}

type renderer struct{ text, line strings.Builder }

func (r *renderer) walk(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			r.line.WriteString(c.Data)
		case c.Type != html.ElementNode || isUnseen(c):
		case c.DataAtom == atom.Br:
			r.endLine()
		case isBlock[c.DataAtom]:
			r.endLine()
			r.walk(c)
			r.endLine()
		default:
			r.walk(c)
		}
	}
}

// endLine ends the line, if anything is on it.
func (r *renderer) endLine() {
	if words := strings.Fields(r.line.String()); len(words) > 0 {
		r.text.WriteString(strings.Join(words, " "))
		r.text.WriteByte('\n')
	}
	r.line.Reset()
}

// isUnseen says whether an element shows no text: by what it is, or by its own
// word. Style sheets are not read.
func isUnseen(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Head, atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Iframe, atom.Object, atom.Audio, atom.Video,
		atom.Canvas, atom.Textarea, atom.Datalist:
		return true
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "style":
			if strings.Contains(strings.ReplaceAll(strings.ToLower(a.Val), " ", ""), "display:none") {
				return true
			}
		}
	}
	return false
}

// isBlock holds the elements that browsers show as blocks, as the HTML Standard
// has it in section 15.3.
var isBlock = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Body: true, atom.Caption: true,
	atom.Center: true, atom.Dd: true, atom.Details: true, atom.Dialog: true, atom.Dir: true, atom.Div: true, atom.Dl: true,
	atom.Dt: true, atom.Fieldset: true, atom.Figcaption: true, atom.Figure: true, atom.Footer: true, atom.Form: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Header: true,
	atom.Hgroup: true, atom.Hr: true, atom.Html: true, atom.Legend: true, atom.Li: true, atom.Main: true, atom.Menu: true,
	atom.Nav: true, atom.Ol: true, atom.Optgroup: true, atom.Option: true, atom.P: true, atom.Pre: true, atom.Search: true,
	atom.Section: true, atom.Summary: true, atom.Table: true, atom.Tbody: true, atom.Td: true, atom.Tfoot: true, atom.Th: true,
	atom.Thead: true, atom.Tr: true, atom.Ul: true,
}
