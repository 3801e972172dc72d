package extract

import (
	"sort"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/markup"
)

// element is one element of the page, in document order. Its descendants are
// the elements from its own index up to end.
type element struct {
	node   *html.Node
	tag    atom.Atom
	parent int32
	end    int32
	// first and last bound the blocks that stand inside: [first, last).
	first, last int32
	// text and linked count the bytes of visible text inside, without white
	// space, and those of it that are links.
	text, linked int32
	// own is what its names say of it; around what those of its ancestors say.
	own, around hint
}

// block is a run of visible text between two block boundaries.
type block struct {
	// el is the block-level element that holds it directly.
	el   int32
	text string
	// linked, strong and slanted count its bytes in links, in bold, in italics.
	linked, strong, slanted int32
	commas                  int32
}

// bold says whether all but a little of the block is set in bold. Its bold
// bytes are counted without the spaces between words.
func (b *block) bold() bool { return int(b.strong)*100 >= len(b.text)*78 }

// anchor is a link with its text.
type anchor struct {
	el    int32
	block int32
	href  string
	text  string
}

// outline is the page's tree laid flat: everything that the fields read comes
// from this one walk.
type outline struct {
	page    *markup.Page
	els     []element
	blocks  []block
	anchors []anchor
	// images, times and props index els: pictures (also those found in
	// noscript), time elements, elements with an itemprop.
	images, times, props, frames, headings []int32

	metas   []meta
	links   []relLink
	scripts []string     // JSON-LD, in order
	codes   []*html.Node // the other scripts that carry data or code with them, in order
	title   string
	lang    string
	// cut says that there was more text than is read, cutData more JSON-LD, all
	// that what is hidden from readers was read too.
	cut, cutData, all bool
}

// relLink is one link element.
type relLink struct{ rel, href, kind string }

// within says whether element i is element root or stands inside it.
func (o *outline) within(i, root int32) bool { return root <= i && i < o.els[root].end }

// closest is the nearest element from i outwards that has the tag, -1 if none.
func (o *outline) closest(i int32, tags ...atom.Atom) int32 {
	for ; i >= 0; i = o.els[i].parent {
		for _, t := range tags {
			if o.els[i].tag == t {
				return i
			}
		}
	}
	return -1
}

// firstAnchor is the number of the first link of a block, or of a later one.
func (o *outline) firstAnchor(block int32) int {
	return sort.Search(len(o.anchors), func(k int) bool { return o.anchors[k].block >= block })
}

// textOf is the visible text of an element, its blocks joined by spaces. For
// an inline element it is gathered anew from the tree.
func (o *outline) textOf(i int32) string {
	e := &o.els[i]
	if !isBlock(e.node) {
		return inlineText(e.node)
	}
	switch e.last - e.first {
	case 0:
		return ""
	case 1:
		return strings.ReplaceAll(o.blocks[e.first].text, "\n", " ")
	}
	parts := make([]string, 0, e.last-e.first)
	for _, b := range o.blocks[e.first:e.last] {
		parts = append(parts, strings.ReplaceAll(b.text, "\n", " "))
	}
	return strings.Join(parts, " ")
}

// isBlock says whether browsers start a new line for the element.
func isBlock(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Center, atom.Dd,
		atom.Details, atom.Dialog, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer,
		atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hr, atom.Li, atom.Main,
		atom.Menu, atom.Nav, atom.Ol, atom.P, atom.Pre, atom.Section, atom.Summary, atom.Table, atom.Tbody, atom.Td,
		atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Ul, atom.Html, atom.Head:
		return true
	case 0: // custom elements are block-like more often than not
		return strings.Contains(n.Data, "-") && !inLine(n.Parent)
	}
	return false
}

// fillsHeading says whether an element is all that its heading holds: its text is
// the heading's.
func fillsHeading(n *html.Node) bool {
	if n.Parent == nil || !isHeading(n.Parent.DataAtom) {
		return false
	}
	for c := n.Parent.FirstChild; c != nil; c = c.NextSibling {
		if c != n && (c.Type == html.ElementNode || c.Type == html.TextNode && strings.TrimSpace(c.Data) != "") {
			return false
		}
	}
	return true
}

// isBold says whether an element sets its text in bold: by its tag, its style, or
// as a span named so.
func isBold(n *html.Node) bool {
	switch n.DataAtom {
	case atom.B, atom.Strong:
		return true
	case atom.Span:
	default:
		return false
	}
	for i := range n.Attr {
		switch a := &n.Attr[i]; a.Key {
		case "class":
			if hasWord(a.Val, "strong") || hasWord(a.Val, "bold") {
				return true
			}
		case "style":
			if isBoldStyle(a.Val) {
				return true
			}
		}
	}
	return false
}

// isBoldStyle says whether a style has a weight of 600 or more (CSS Fonts, section
// 2.2).
func isBoldStyle(style string) bool {
	_, weight, ok := strings.Cut(style, "font-weight")
	if !ok {
		return false
	}
	weight = strings.TrimLeft(weight, ": ")
	return strings.HasPrefix(weight, "bold") || len(weight) > 2 && weight[0] >= '6' && weight[0] <= '9' && weight[1:3] == "00"
}

// hasWord says whether a list of words parted by spaces has one.
func hasWord(list, word string) bool {
	for w := range strings.FieldsSeq(list) {
		if w == word {
			return true
		}
	}
	return false
}

// inLine says whether what stands in an element stands in a line of text.
func inLine(n *html.Node) bool {
	if n == nil {
		return false
	}
	switch n.DataAtom {
	case atom.P, atom.Span, atom.A, atom.B, atom.Strong, atom.I, atom.Em:
		return true
	}
	return false
}

// mutes says whether the text inside an element is not shown as text.
func mutes(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Head, atom.Button, atom.Select, atom.Textarea, atom.Noscript, atom.Iframe, atom.Video, atom.Audio,
		atom.Option, atom.Datalist, atom.Dialog, atom.Math, atom.Script, atom.Style, atom.Template, atom.Svg:
		return true
	}
	return false
}

// isHidden says whether attributes keep an element from being shown.
func isHidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "aria-hidden":
			return a.Val == "true"
		case "style":
			if hidesByStyle(a.Val) {
				return true
			}
		}
	}
	return false
}

// hidesFromSight says whether attributes keep an element from those who see; it
// may be hidden from those who listen and be shown all the same.
func hidesFromSight(n *html.Node) bool {
	return hasAttr(n, "hidden") || hidesByStyle(attr(n, "style"))
}

func hidesByStyle(style string) bool {
	i := strings.Index(style, "display")
	if i < 0 {
		return false
	}
	rest := strings.TrimLeft(style[i+len("display"):], " ")
	return strings.HasPrefix(rest, ":") && strings.HasPrefix(strings.TrimLeft(rest[1:], " "), "none")
}
