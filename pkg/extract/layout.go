package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/markup"
	"github.com/copydesk/copydesk/pkg/prose"
)

// meta is one meta element: a name (or property, or http-equiv) in lower case.
type meta struct{ name, content string }

// namedAnchor is a link whose text is a part of the block that is being written.
type namedAnchor struct{ index, from, to int }

// outliner is the state of the walk.
type outliner struct {
	outline
	known                   readNames
	buf                     []byte
	named                   []namedAnchor // in buf
	read                    int           // bytes of text so far, white space included
	data                    int           // bytes of JSON-LD so far
	linked, strong, slanted int32
	commas                  int32
	// shown and shownLinked count the bytes written so far, over all blocks.
	shown, shownLinked      int32
	space                   bool // white space is pending
	newline                 bool // and a line ends in it, as the source has it
	breaks                  int  // line breaks are pending
	inLink, inBold, inSlant int
	inPre                   int
	owner                   int32
	mute                    int // inside something that is not shown
	// runs holds the block that each text is part of, nil unless somebody asks.
	runs map[*html.Node]int
}

// spareElements is room for elements that have no tag.
const spareElements = 8

// lay lays a tree flat. What is hidden from readers is left out of the text
// unless all is asked for.
func lay(doc *html.Node, page *markup.Page, all bool) *outline {
	w := &outliner{outline: outline{page: page, all: all}, known: readNames{}, owner: -1}
	w.els = make([]element, 0, page.Tags()+spareElements)
	w.children(doc, -1)
	w.flush()
	return &w.outline
}

func (w *outliner) children(n *html.Node, parent int32) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			if w.mute == 0 {
				before := w.shown
				w.write(c.Data)
				if w.runs != nil && (w.shown != before || w.inPre > 0) {
					w.runs[c] = len(w.blocks)
				}
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
			w.title = prose.Squash(rawText(n))
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
	case atom.Span:
		if n.FirstChild == nil && hasWord(attr(n, "class"), "br") {
			w.br()
			return
		}
	}

	boundary := isBlock(n) && !fillsHeading(n)
	if boundary {
		w.flush()
	}
	at := int32(len(w.els))
	e := element{node: n, tag: n.DataAtom, parent: parent, first: int32(len(w.blocks)), text: w.shown, linked: w.shownLinked}
	if parent >= 0 {
		e.around = w.els[parent].around | w.els[parent].own
	}
	e.own = w.known.hintsOf(n)
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
		switch n.Data {
		case "amp-img":
			w.images = append(w.images, at)
		case "amp-video", "amp-audio", "amp-youtube", "lite-youtube":
			w.frames = append(w.frames, at)
		default:
			if n.DataAtom == 0 && hasAttr(n, "datetime") { // amp-timeago, relative-time
				w.times = append(w.times, at)
			}
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
	leads := n.DataAtom == atom.A && hasAttr(n, "href") // else it only marks a place
	if leads {
		w.inLink++
	}
	bold := isBold(n)
	if bold {
		w.inBold++
	}
	switch n.DataAtom {
	case atom.I, atom.Em:
		w.inSlant++
	case atom.Pre:
		w.inPre++
	}
	if n.DataAtom == atom.Td || n.DataAtom == atom.Th {
		w.space = true
	}
	w.children(n, at)
	if leads {
		w.inLink--
		w.anchor(n, at, from)
	}
	if bold {
		w.inBold--
	}
	switch n.DataAtom {
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
	w.els[at].text, w.els[at].linked = w.shown-e.text, w.shownLinked-e.linked
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
	w.anchors = append(w.anchors, anchor{el: at, block: int32(len(w.blocks)), href: href})
	if from < len(w.buf) {
		w.named = append(w.named, namedAnchor{len(w.anchors) - 1, from, len(w.buf)})
	}
}

func (w *outliner) script(n *html.Node) {
	switch {
	case n.FirstChild == nil:
	case strings.Contains(strings.ToLower(attr(n, "type")), "ld+json"):
		code := w.page.CodeOf(n)
		if w.data += len(code); w.data > mostData {
			w.cutData = true
			return
		}
		w.scripts = append(w.scripts, code)
	default:
		w.codes = append(w.codes, n)
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
