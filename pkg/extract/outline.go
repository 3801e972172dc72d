package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
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
	// text and linked count the bytes of visible text inside, and those of it
	// that are links.
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
	els     []element
	blocks  []block
	anchors []anchor
	// images, times and props index els: pictures (also those found in
	// noscript), time elements, elements with an itemprop.
	images, times, props, frames, headings []int32

	metas   []meta
	links   []relLink
	scripts []string // JSON-LD, in order
	title   string
	lang    string
}

// meta is one meta element: a name (or property, or http-equiv) in lower case.
type meta struct{ name, content string }

// relLink is one link element.
type relLink struct{ rel, href, kind string }

// outliner is the state of the walk.
type outliner struct {
	outline
	buf                     []byte
	linked, strong, slanted int32
	commas                  int32
	space                   bool // white space is pending
	breaks                  int  // line breaks are pending
	inLink, inBold, inSlant int
	inPre                   int
	owner                   int32
	mute                    int // inside something that is not shown
	all                     bool
}

// lay lays a tree flat. What is hidden from readers is left out of the text
// unless all is asked for.
func lay(doc *html.Node, all bool) *outline {
	w := &outliner{owner: -1, all: all}
	w.children(doc, -1)
	w.flush()
	w.sum()
	return &w.outline
}

func (w *outliner) children(n *html.Node, parent int32) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			if w.mute == 0 {
				w.write(c.Data)
			}
		case html.ElementNode:
			w.element(c, parent)
		}
	}
}

func (w *outliner) element(n *html.Node, parent int32) {
	switch n.DataAtom {
	case atom.Script:
		w.script(n)
		return
	case atom.Style, atom.Template, atom.Svg, atom.Object, atom.Canvas:
		return
	case atom.Meta:
		w.meta(n)
	case atom.Link:
		w.links = append(w.links, relLink{strings.ToLower(attr(n, "rel")), attr(n, "href"), strings.ToLower(attr(n, "type"))})
		return
	case atom.Title:
		if w.title == "" {
			w.title = squash(rawText(n))
		}
		return
	case atom.Html:
		w.lang = attr(n, "lang")
		if w.lang == "" {
			w.lang = attr(n, "xml:lang")
		}
	case atom.Br:
		w.br()
		return
	}

	boundary := isBlock(n)
	if boundary {
		w.flush()
	}
	at := int32(len(w.els))
	e := element{node: n, tag: n.DataAtom, parent: parent, first: int32(len(w.blocks))}
	if parent >= 0 {
		e.around = w.els[parent].around | w.els[parent].own
	}
	e.own = hintsOf(n)
	w.els = append(w.els, e)

	switch n.DataAtom {
	case atom.Img:
		w.images = append(w.images, at)
	case atom.Time:
		w.times = append(w.times, at)
	case atom.Iframe, atom.Video, atom.Audio, atom.Embed:
		w.frames = append(w.frames, at)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.headings = append(w.headings, at)
	case atom.Noscript:
		w.noscript(n, at)
	default:
		if n.Data == "amp-img" {
			w.images = append(w.images, at)
		}
	}
	if e.own&hasProp != 0 {
		w.props = append(w.props, at)
	}

	muted := mutes(n) || !w.all && (e.own&hidden != 0 || isHidden(n))
	if muted {
		w.mute++
	}
	outer := w.owner
	if boundary {
		w.owner = at
	}
	from := len(w.buf)
	switch n.DataAtom {
	case atom.A:
		w.inLink++
	case atom.B, atom.Strong:
		w.inBold++
	case atom.I, atom.Em:
		w.inSlant++
	case atom.Pre:
		w.inPre++
	}
	if n.DataAtom == atom.Td || n.DataAtom == atom.Th {
		w.space = true
	}
	w.children(n, at)
	switch n.DataAtom {
	case atom.A:
		w.inLink--
		w.anchor(n, at, from)
	case atom.B, atom.Strong:
		w.inBold--
	case atom.I, atom.Em:
		w.inSlant--
	case atom.Pre:
		w.inPre--
	}
	if boundary {
		w.flush()
		w.owner = outer
	}
	if muted {
		w.mute--
	}
	w.els[at].end = int32(len(w.els))
	w.els[at].last = int32(len(w.blocks))
}

// anchor keeps a link whose text lies in the block that is being written.
func (w *outliner) anchor(n *html.Node, at int32, from int) {
	if w.mute > 0 {
		return
	}
	href := attr(n, "href")
	if href == "" {
		return
	}
	text := ""
	if from <= len(w.buf) {
		text = strings.TrimSpace(string(w.buf[from:]))
	}
	w.anchors = append(w.anchors, anchor{at, int32(len(w.blocks)), href, text})
}

func (w *outliner) script(n *html.Node) {
	if n.FirstChild != nil && strings.Contains(strings.ToLower(attr(n, "type")), "ld+json") {
		w.scripts = append(w.scripts, n.FirstChild.Data)
	}
}

func (w *outliner) meta(n *html.Node) {
	var m meta
	for _, a := range n.Attr {
		switch a.Key {
		case "name", "property", "http-equiv":
			if m.name == "" {
				m.name = strings.ToLower(strings.TrimSpace(a.Val))
			}
		case "content":
			m.content = strings.TrimSpace(a.Val)
		}
	}
	if m.name != "" && m.content != "" {
		w.metas = append(w.metas, m)
	}
}

// noscript holds markup as text, for the parser runs as a browser with
// scripts does; what matters in it is the picture of a lazy loader.
func (w *outliner) noscript(n *html.Node, parent int32) {
	if n.FirstChild == nil || n.FirstChild.Type != html.TextNode || !strings.Contains(n.FirstChild.Data, "<img") {
		return
	}
	z := html.NewTokenizer(strings.NewReader(n.FirstChild.Data))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if t.DataAtom != atom.Img {
				continue
			}
			at := int32(len(w.els))
			img := &html.Node{Type: html.ElementNode, DataAtom: atom.Img, Data: "img", Attr: t.Attr}
			here := int32(len(w.blocks))
			w.els = append(w.els, element{node: img, tag: atom.Img, parent: parent, end: at + 1, first: here, last: here,
				around: w.els[parent].around | w.els[parent].own})
			w.images = append(w.images, at)
		}
	}
}

func (w *outliner) write(s string) {
	if w.inPre > 0 {
		w.buf = append(w.buf, s...)
		return
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c <= ' ' {
			w.space = true
			continue
		}
		// NO-BREAK SPACE, ZERO WIDTH SPACE, BYTE ORDER MARK, SOFT HYPHEN
		if c >= 0xc2 {
			if strings.HasPrefix(s[i:], "\u00a0") {
				w.space = true
				i++
				continue
			}
			if n := invisible(s[i:]); n > 0 {
				i += n - 1
				continue
			}
		}
		if w.space || w.breaks > 0 {
			w.gap()
		}
		// A run without white space and without bytes that need a look.
		j := i + 1
		for j < len(s) && s[j] > ' ' && s[j] != ',' && s[j] < 0xc2 {
			j++
		}
		if c == ',' {
			w.commas++
		} else if c >= 0xd8 && isComma(s[i:]) {
			w.commas++
		}
		w.buf = append(w.buf, s[i:j]...)
		n := int32(j - i)
		if w.inLink > 0 {
			w.linked += n
		}
		if w.inBold > 0 {
			w.strong += n
		}
		if w.inSlant > 0 {
			w.slanted += n
		}
		i = j - 1
	}
}

// gap writes the white space that is pending before more text.
func (w *outliner) gap() {
	if len(w.buf) > 0 {
		switch {
		case w.breaks > 1:
			w.flush()
		case w.breaks == 1:
			w.buf = append(w.buf, '\n')
		default:
			w.buf = append(w.buf, ' ')
		}
	}
	w.space, w.breaks = false, 0
}

func (w *outliner) br() {
	if w.mute > 0 {
		return
	}
	if w.inPre > 0 {
		w.buf = append(w.buf, '\n')
		return
	}
	w.breaks++
}

func (w *outliner) flush() {
	w.space, w.breaks = false, 0
	if len(w.buf) == 0 {
		return
	}
	text := string(w.buf)
	if w.inPre > 0 {
		text = strings.Trim(text, "\n ")
	}
	if text != "" && w.owner >= 0 {
		w.blocks = append(w.blocks, block{el: w.owner, text: text,
			linked: w.linked, strong: w.strong, slanted: w.slanted, commas: w.commas})
	}
	w.buf = w.buf[:0]
	w.linked, w.strong, w.slanted, w.commas = 0, 0, 0, 0
}

// sum adds the text of every block to the elements around it.
func (w *outliner) sum() {
	for i := range w.blocks {
		b := &w.blocks[i]
		w.els[b.el].text += int32(len(b.text))
		w.els[b.el].linked += b.linked
	}
	for i := len(w.els) - 1; i > 0; i-- {
		if p := w.els[i].parent; p >= 0 {
			w.els[p].text += w.els[i].text
			w.els[p].linked += w.els[i].linked
		}
	}
}

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
		return strings.Contains(n.Data, "-")
	}
	return false
}

// mutes says whether the text inside an element is not shown as text.
func mutes(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Head, atom.Button, atom.Select, atom.Textarea, atom.Noscript, atom.Iframe, atom.Video, atom.Audio,
		atom.Option, atom.Datalist, atom.Dialog, atom.Math:
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

func hidesByStyle(style string) bool {
	i := strings.Index(style, "display")
	if i < 0 {
		return false
	}
	rest := strings.TrimLeft(style[i+len("display"):], " ")
	return strings.HasPrefix(rest, ":") && strings.HasPrefix(strings.TrimLeft(rest[1:], " "), "none")
}
