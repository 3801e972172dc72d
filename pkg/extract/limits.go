package extract

import (
	"bytes"
	"slices"

	"golang.org/x/net/html"
)

// The budget of one page. A running extraction cannot be ended from outside, so
// what it may take is bounded beforehand: bytes by whoever decodes the page,
// nodes and steps here. No story comes near.
const (
	// mostNodes is the largest tree that is made of a page: some 400 MB at the
	// worst. The largest pages of news have a fifth of that.
	mostNodes = 1 << 19
	// mostSteps bounds what the parser compares to tell formatting apart.
	mostSteps = 1 << 28
	// mostText is how much text is read from a page, in bytes; it takes some
	// forty times its size. The longest stories have a fortieth of it.
	mostText = 4 << 20
	// mostLines is how many lines of text are read where there is only text.
	mostLines = 1 << 17
	// mostOpinion bounds the elements of which a second opinion is asked, each
	// counted as often as it stands in another.
	mostOpinion = 1 << 19
)

// overgrown says whether a parser would make more of a page than the budget
// allows. Formatting that is not closed is opened again behind every other tag
// (HTML standard, section 13.2.4.3), so that a few kilobytes can become millions
// of nodes.
func overgrown(page []byte) bool {
	// A quick look that counts rather too much is enough for nearly all pages.
	quick := growth{open: map[string]int{}}
	quick.look(page)
	if !quick.over() {
		return false
	}
	exact := growth{open: map[string]int{}}
	exact.read(page)
	return exact.over()
}

// growth counts what a parser makes of tags. What it makes without a tag, such as
// the rows of a table, is left out: there are never twice as many nodes as were
// counted.
type growth struct {
	nodes, steps int
	// formatting holds the tags that are opened again, the youngest last, and
	// open how often each does.
	formatting []formatTag
	open       map[string]int

	// around are the elements, not closed yet, that no formatting outside is
	// closed from. Once they are not closed in order none is believed to be.
	around []string
	lost   bool
	// foreign says that there was SVG or MathML, in which a tokenizer cannot
	// tell what is raw text.
	foreign bool
}

type formatTag struct {
	name, tag string
	around    int
}

func (g *growth) over() bool { return g.nodes > mostNodes || g.steps > mostSteps }

// look takes whatever looks like a tag for one, and no formatting for closed.
func (g *growth) look(page []byte) {
	last := lasts{bytes.LastIndexByte(page, '>'), bytes.LastIndexByte(page, '"'), bytes.LastIndexByte(page, '\'')}
	for at := 0; !g.over(); at++ {
		next := bytes.IndexByte(page[at:], '<')
		if next < 0 {
			return
		}
		at += next
		if at+1 == len(page) || page[at+1]|0x20 < 'a' || page[at+1]|0x20 > 'z' {
			g.nodes += 2
			continue
		}
		if end, attributes := cutTag(page, at+1, last); end > 0 {
			tag := page[at+1 : end]
			g.steps += len(tag)
			g.start(tagName(tag), tag, attributes)
		}
	}
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
			name, more := z.TagName()
			named := string(name)
			attributes := 0
			for more {
				_, _, more = z.TagAttr()
				attributes++
			}
			g.start(named, tag, attributes)
			g.enter(named)
		case html.EndTagToken:
			name, _ := z.TagName()
			g.end(string(name))
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
func (g *growth) start(name string, tag []byte, attributes int) {
	g.nodes += 2 + attributes/2 + len(g.formatting)
	if !formats(name) {
		return
	}
	g.steps += attributes * attributes * (len(g.formatting) + 1)
	key, most := string(tag), threeOfAKind
	if name == "a" || name == "nobr" {
		key, most = name+", any", 1 // the one before is closed
	}
	if g.open[key] < most {
		g.open[key]++
		g.formatting = append(g.formatting, formatTag{name, key, len(g.around)})
	}
}

// enter notes elements that keep formatting outside from being closed.
func (g *growth) enter(name string) {
	if name == "svg" || name == "math" {
		g.foreign = true
	}
	if !g.lost && bounds(name) {
		g.around = append(g.around, name)
	}
}

// end counts what the end of an element opens again in parts, and takes out the
// youngest formatting of its name, where that is sure to be closed.
func (g *growth) end(name string) {
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
func formats(name string) bool {
	switch name {
	case "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u":
		return true
	}
	return false
}

// bounds says whether an element is one that formatting outside is not closed
// from (HTML standard, section 13.2.4.2), or of a language of its own.
func bounds(name string) bool {
	switch name {
	case "applet", "button", "caption", "html", "marquee", "math", "object", "select", "svg", "table", "td", "template", "th":
		return true
	}
	return false
}

// tagName is the name of a tag in lower case, as far as it can be formatting's.
func tagName(tag []byte) string {
	const longest = 8
	n := 0
	for n < len(tag) && n < longest && tag[n] > ' ' && tag[n] != '>' && tag[n] != '/' {
		n++
	}
	return string(bytes.ToLower(tag[:n]))
}

// lasts is where the last end of a tag and the last quotes of a page are.
type lasts struct{ end, double, single int }

func (l lasts) quote(c byte) int {
	if c == '"' {
		return l.double
	}
	return l.single
}

// cutTag is where a tag ends, and how many attributes it has; 0 where it does
// not end.
func cutTag(page []byte, at int, last lasts) (end, attributes int) {
	for at < last.end && page[at] > ' ' && page[at] != '>' && page[at] != '/' {
		at++ // its name
	}
	for at <= last.end && page[at] != '>' {
		if page[at] <= ' ' || page[at] == '/' {
			at++
			continue
		}
		attributes++
		for at++; at <= last.end && page[at] > ' ' && page[at] != '>' && page[at] != '/' && page[at] != '='; at++ {
		}
		at = skipSpace(page, at, last.end)
		if at > last.end || page[at] != '=' {
			continue
		}
		if at = skipSpace(page, at+1, last.end); at > last.end {
			break
		}
		if c := page[at]; c == '"' || c == '\'' {
			if at >= last.quote(c) {
				return 0, 0
			}
			at += bytes.IndexByte(page[at+1:], c) + 2
			continue
		}
		for at <= last.end && page[at] > ' ' && page[at] != '>' {
			at++
		}
	}
	if at > last.end {
		return 0, 0
	}
	return at, attributes
}

func skipSpace(page []byte, at, end int) int {
	for at <= end && page[at] <= ' ' {
		at++
	}
	return at
}
