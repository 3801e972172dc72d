package markup

import (
	"bytes"
	"slices"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What a parser may make of a page. It cannot be ended from outside, so that is
// bounded beforehand. No story comes near.
const (
	// mostNodes is the largest tree that is made of a page: some 400 MB at the
	// worst. The largest pages of news have a fifth of that.
	mostNodes = 1 << 19
	// mostSteps bounds what the parser compares to tell formatting apart.
	mostSteps = 1 << 28
	// mostAttributes is how many attributes a tag may have. The longest of outlets
	// have some sixty.
	mostAttributes = 1 << 17
)

// Overgrown says whether a parser would make more of a page than the budget
// allows. Formatting that is not closed is opened again behind every other tag
// (HTML standard, section 13.2.4.3), so that a few kilobytes can become millions
// of nodes.
func (l *Page) Overgrown(page []byte) bool {
	// A quick look that counts rather too much is enough for nearly all pages.
	if !l.growth.over() {
		return false
	}
	if l.growth.freak {
		return true
	}
	exact := newGrowth()
	exact.read(page)
	return exact.over()
}

// growth counts what a parser makes of tags. What it makes without a tag, such as
// the rows of a table, is left out: there are never twice as many nodes as were
// counted.
type growth struct {
	tags, nodes, steps int
	// freak says that a tag has more attributes than any page's.
	freak bool
	// formatting holds the tags that are opened again, the youngest last, and
	// open how often each does.
	formatting []formatTag
	open       map[string]int

	// around are the elements, not closed yet, that no formatting outside is
	// closed from. Once they are not closed in order none is believed to be.
	around []atom.Atom
	lost   bool
	// foreign says that there was SVG or MathML, in which a tokenizer cannot
	// tell what is raw text.
	foreign bool
}

type formatTag struct {
	name   atom.Atom
	tag    string
	around int
}

func newGrowth() growth { return growth{open: map[string]int{}} }

func (g *growth) over() bool { return g.nodes > mostNodes || g.steps > mostSteps }

// look takes whatever looks like a tag for one, and no formatting for closed.
func (g *growth) look(page []byte) {
	last := lastsOf(page)
	for at := 0; !g.over(); at++ {
		next := bytes.IndexByte(page[at:], '<')
		if next < 0 {
			return
		}
		at += next
		if at+1 == len(page) || !isLetter(page[at+1]) {
			g.nodes += 2
			continue
		}
		if tag := cutTag(page, at+1, last); tag.end > 0 {
			text := page[at+1 : tag.end]
			g.tag(tagAtom(text), text, tag.attributes)
		}
	}
}

// tag counts a start tag that was not read to its end by a parser.
func (g *growth) tag(name atom.Atom, tag []byte, attributes int) {
	g.steps += len(tag)
	g.start(name, tag, attributes)
}

// read reads the page as the parser's tokenizer does.
func (g *growth) read(page []byte) {
	z := html.NewTokenizer(bytes.NewReader(page))
	for raw := false; !g.over(); {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			tag := slices.Clone(z.Raw())
			name, _ := z.TagName()
			named := atom.Lookup(name)
			g.start(named, tag, cutTag(tag, 1, lastsOf(tag)).attributes)
			g.enter(named)
		case html.EndTagToken:
			name, _ := z.TagName()
			g.end(atom.Lookup(name))
		case html.TextToken:
			g.nodes++
			if raw && g.foreign {
				g.look(z.Raw())
			}
		default:
			g.nodes++
		}
		raw = kind == html.StartTagToken
	}
}

// threeOfAKind is how many equal tags the parser opens again (HTML standard,
// section 13.2.4.3).
const threeOfAKind = 3

// start counts an element with the text behind it, its attributes by their
// size, and whatever is opened again before it.
func (g *growth) start(name atom.Atom, tag []byte, attributes int) {
	g.tags++
	if attributes > mostAttributes {
		g.freak, g.nodes = true, mostNodes
	}
	g.nodes += 2 + attributes/2 + len(g.formatting)
	if !formats(name) {
		return
	}
	g.steps += attributes * attributes * (len(g.formatting) + 1)
	most := threeOfAKind
	switch name { // of these the one before is closed
	case atom.A:
		tag, most = anyA, 1
	case atom.Nobr:
		tag, most = anyNobr, 1
	}
	if g.open[string(tag)] < most {
		key := string(tag)
		g.open[key]++
		g.formatting = append(g.formatting, formatTag{name, key, len(g.around)})
	}
}

var anyA, anyNobr = []byte("a, any"), []byte("nobr, any")

// enter notes elements that keep formatting outside from being closed.
func (g *growth) enter(name atom.Atom) {
	if name == atom.Svg || name == atom.Math {
		g.foreign = true
	}
	if !g.lost && bounds(name) {
		g.around = append(g.around, name)
	}
}

// end counts what the end of an element opens again in parts, and takes out the
// youngest formatting of its name, where that is sure to be closed.
func (g *growth) end(name atom.Atom) {
	g.nodes += 2
	switch {
	case formats(name):
		g.nodes += min(len(g.formatting), 32)
		for i, f := range slices.Backward(g.formatting) {
			if f.name == name && !g.lost && f.around == len(g.around) {
				g.open[f.tag]--
				g.formatting = slices.Delete(g.formatting, i, i+1)
				return
			}
		}
	case bounds(name) && !g.lost:
		if n := len(g.around); n > 0 && g.around[n-1] == name {
			g.around = g.around[:n-1]
		} else {
			g.lost = true
		}
	}
}

// formats says whether an element is one of formatting (HTML standard, section
// 13.2.4.2).
func formats(name atom.Atom) bool {
	switch name {
	case atom.A, atom.B, atom.Big, atom.Code, atom.Em, atom.Font, atom.I, atom.Nobr, atom.S, atom.Small, atom.Strike, atom.Strong, atom.Tt, atom.U:
		return true
	}
	return false
}

// bounds says whether an element is one that formatting outside is not closed
// from (HTML standard, section 13.2.4.2), or of a language of its own.
func bounds(name atom.Atom) bool {
	switch name {
	case atom.Applet, atom.Button, atom.Caption, atom.Html, atom.Marquee, atom.Math, atom.Object, atom.Select, atom.Svg, atom.Table, atom.Td, atom.Template, atom.Th:
		return true
	}
	return false
}
