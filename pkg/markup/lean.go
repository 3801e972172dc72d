package markup

import (
	"bytes"
	"io"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Page is a page without what is dear to parse and no part of any story: the
// code of its scripts, the text of its styles, the shapes in its drawings. That
// is half of what outlets send. The tree is the one that the whole page would
// give, but for the text in scripts and styles and for what stands in drawings.
//
// It is as careful as it is quick: where the page does something that only a
// parser can follow, all that follows is kept.
type Page struct {
	pieces [][]byte
	code   [][]byte // of the scripts that were emptied, in order
	growth growth
}

// emptied begins the text of a script that was emptied; its number follows. It
// is a code point that no text has (Unicode, section 23.7).
const emptied = "\ufdd0"

// Lean reads a page in valid UTF-8; see [Decode].
func Lean(page []byte) *Page {
	if bytes.Contains(page, []byte(emptied)) {
		return wholeOf(page)
	}
	l := &Page{growth: newGrowth()}
	c := cutter{Page: l, page: page, last: lastsOf(page)}
	c.cut()
	return l
}

// wholeOf is the page as it is.
func wholeOf(page []byte) *Page {
	l := &Page{pieces: [][]byte{page}, growth: newGrowth()}
	l.growth.look(page)
	return l
}

// Tags is how many start tags the page has, about.
func (l *Page) Tags() int { return l.growth.tags }

// Reader reads what is left of the page.
func (l *Page) Reader() io.Reader { return &pieceReader{l.pieces} }

// CodeOf is the code of a script.
func (l *Page) CodeOf(script *html.Node) string {
	if code, ok := l.keptCode(script); ok {
		return string(asParsed(code))
	}
	if text := script.FirstChild; text != nil && text.Type == html.TextNode {
		return text.Data
	}
	return ""
}

// CodeHas says whether one of the pieces stands in the code of a script, which is
// not copied for it.
func (l *Page) CodeHas(script *html.Node, pieces []string) bool {
	if code, ok := l.keptCode(script); ok {
		return slices.ContainsFunc(pieces, func(p string) bool { return bytes.Contains(code, []byte(p)) })
	}
	whole := l.CodeOf(script)
	return slices.ContainsFunc(pieces, func(p string) bool { return strings.Contains(whole, p) })
}

// keptCode is the code of a script that was emptied.
func (l *Page) keptCode(script *html.Node) ([]byte, bool) {
	text := script.FirstChild
	if text == nil || text.Type != html.TextNode {
		return nil, false
	}
	number, ok := strings.CutPrefix(text.Data, emptied)
	if !ok {
		return nil, false
	}
	i, err := strconv.Atoi(number)
	if err != nil || i >= len(l.code) {
		return nil, false
	}
	return l.code[i], true
}

// asParsed is code as a parser gives it.
func asParsed(code []byte) []byte {
	if bytes.IndexByte(code, '\r') >= 0 {
		code = bytes.ReplaceAll(code, []byte("\r\n"), []byte("\n"))
		code = bytes.ReplaceAll(code, []byte("\r"), []byte("\n"))
	}
	if bytes.IndexByte(code, 0) >= 0 {
		code = bytes.ReplaceAll(code, []byte("\x00"), []byte("\ufffd"))
	}
	return code
}

type pieceReader struct{ pieces [][]byte }

func (r *pieceReader) Read(b []byte) (int, error) {
	for len(r.pieces) > 0 && len(r.pieces[0]) == 0 {
		r.pieces = r.pieces[1:]
	}
	if len(r.pieces) == 0 {
		return 0, io.EOF
	}
	n := copy(b, r.pieces[0])
	r.pieces[0] = r.pieces[0][n:]
	return n, nil
}

// cutter is the state of the one pass over the page. It reads tags as the HTML
// standard has them (section 13.2.5).
type cutter struct {
	*Page
	page []byte
	last lasts
	kept int // up to where the page is in pieces
}

func (c *cutter) cut() {
	at := 0
	for at >= 0 && !c.growth.over() {
		next := bytes.IndexByte(c.page[at:], '<')
		if next < 0 {
			break
		}
		at = c.markup(at + next)
	}
	c.pieces = append(c.pieces, c.page[c.kept:])
}

// stop keeps the rest of the page, from a place on.
func (c *cutter) stop(at int) int {
	c.growth.look(c.page[at:])
	return -1
}

// markup reads the markup that begins with the "<" at a place, and says where to
// go on: -1 where it can no longer be told what is markup.
func (c *cutter) markup(at int) int {
	if at+1 == len(c.page) {
		return c.stop(at)
	}
	switch b := c.page[at+1]; {
	case isLetter(b):
		return c.start(at)
	case b == '/':
		c.growth.nodes += 2
		if at+2 < len(c.page) && isLetter(c.page[at+2]) {
			if tag := cutTag(c.page, at+2, c.last); tag.end > 0 {
				return tag.end + 1
			}
			return c.stop(at + 2)
		}
		return c.past(at+2, ">")
	case b == '!' && bytes.HasPrefix(c.page[at+2:], []byte("--")):
		c.growth.nodes += 2
		if end := commentEnd(c.page, at+4); end > 0 {
			return end
		}
		return c.stop(at + 2)
	case b == '!' || b == '?':
		c.growth.nodes += 2
		return c.past(at+2, ">")
	}
	c.growth.nodes += 2
	return at + 1
}

// past is behind the next end.
func (c *cutter) past(at int, end string) int {
	i := bytes.Index(c.page[at:], []byte(end))
	if i < 0 {
		return c.stop(at)
	}
	return at + i + len(end)
}

// start reads a start tag, and the text of an element that has no markup in it.
func (c *cutter) start(at int) int {
	tag := cutTag(c.page, at+1, c.last)
	if tag.end <= 0 {
		return c.stop(at + 1)
	}
	name := tagAtom(c.page[at+1 : tag.end])
	c.growth.tag(name, c.page[at+1:tag.end], tag.attributes)
	inside := tag.end + 1
	switch name {
	case atom.Script, atom.Style:
		end := rawEnd(c.page, inside, name.String())
		if end < 0 || name == atom.Script && hides(c.page[inside:end]) {
			return c.stop(inside)
		}
		c.empty(name, inside, end)
		return end
	case atom.Title, atom.Textarea, atom.Noscript, atom.Iframe, atom.Noembed, atom.Noframes, atom.Xmp:
		if end := rawEnd(c.page, inside, name.String()); end > 0 {
			return end
		}
		return c.stop(inside)
	case atom.Svg:
		closed, sure := tag.closesItself(c.page)
		switch {
		case !sure:
			return c.stop(inside)
		case closed:
			return inside
		}
		end := drawingEnd(c.page, inside, c.last)
		if end < 0 {
			return c.stop(inside)
		}
		c.leaveOut(inside, end)
		return end
	case atom.Math, atom.Plaintext, atom.Frameset:
		return c.stop(inside)
	}
	return inside
}

// leastCode is the shortest text, in bytes, that is worth leaving out.
const leastCode = 32

// empty leaves out the text of a script or style.
func (c *cutter) empty(name atom.Atom, from, to int) {
	if to-from < leastCode {
		return
	}
	c.leaveOut(from, to)
	if name == atom.Script {
		c.pieces = append(c.pieces, strconv.AppendInt([]byte(emptied), int64(len(c.code)), 10))
		c.code = append(c.code, c.page[from:to])
	}
}

// leaveOut leaves out a part of the page.
func (c *cutter) leaveOut(from, to int) {
	c.pieces = append(c.pieces, c.page[c.kept:from])
	c.kept = to
}
