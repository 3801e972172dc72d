package markup

import (
	"bytes"

	"golang.org/x/net/html/atom"
)

func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// isTagSpace says whether a byte is white space in a tag.
func isTagSpace(b byte) bool {
	return b == ' ' || b == '\n' || b == '\t' || b == '\r' || b == '\f'
}

// tagAtom is the name of a tag; 0 for one that no standard has.
func tagAtom(tag []byte) atom.Atom {
	var name [16]byte
	n := 0
	for n < len(tag) && !isTagSpace(tag[n]) && tag[n] != '>' && tag[n] != '/' {
		if n == len(name) {
			return 0
		}
		b := tag[n]
		if 'A' <= b && b <= 'Z' {
			b |= 0x20
		}
		name[n] = b
		n++
	}
	return atom.Lookup(name[:n])
}

// lasts is where the last end of a tag and the last quotes of a page are.
type lasts struct{ end, double, single int }

func lastsOf(page []byte) lasts {
	return lasts{bytes.LastIndexByte(page, '>'), bytes.LastIndexByte(page, '"'), bytes.LastIndexByte(page, '\'')}
}

func (l lasts) quote(c byte) int {
	if c == '"' {
		return l.double
	}
	return l.single
}

// startTag is what was read of a start or end tag.
type startTag struct {
	// end is where its ">" is, 0 where it does not end.
	end, attributes int
	// bare says that it ends with a value without quotes.
	bare bool
}

// cutTag reads the tag whose name begins at a place.
func cutTag(page []byte, at int, last lasts) startTag {
	t := startTag{}
	for at < last.end && !isTagSpace(page[at]) && page[at] != '>' && page[at] != '/' {
		at++ // its name
	}
	for at <= last.end && page[at] != '>' {
		if isTagSpace(page[at]) || page[at] == '/' {
			at++
			continue
		}
		t.attributes++
		for at++; at <= last.end && !isTagSpace(page[at]) && page[at] != '>' && page[at] != '/' && page[at] != '='; at++ {
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
				return startTag{}
			}
			at += bytes.IndexByte(page[at+1:], c) + 2
			continue
		}
		from := at
		for at <= last.end && !isTagSpace(page[at]) && page[at] != '>' {
			at++
		}
		t.bare = at > from && at <= last.end && page[at] == '>'
	}
	if at > last.end {
		return startTag{}
	}
	t.end = at
	return t
}

func skipSpace(page []byte, at, end int) int {
	for at <= end && isTagSpace(page[at]) {
		at++
	}
	return at
}

// closesItself says whether a start tag is an end tag too, and whether that is
// sure: a slash may be part of a value.
func (t startTag) closesItself(page []byte) (closed, sure bool) {
	closed = page[t.end-1] == '/'
	return closed, !closed || !t.bare
}

// rawEnd is where the end tag begins of an element that holds text without
// markup; -1 for nowhere.
func rawEnd(page []byte, at int, name string) int {
	for {
		next := bytes.Index(page[at:], []byte("</"))
		if next < 0 {
			return -1
		}
		at += next
		if closes(page[at:], name) {
			return at
		}
		at += 2
	}
}

// closes says whether an end tag of that name begins a page.
func closes(page []byte, name string) bool {
	n := len("</") + len(name)
	if len(page) <= n || !isTagSpace(page[n]) && page[n] != '/' && page[n] != '>' {
		return false
	}
	for i := range len(name) {
		if page[2+i]|0x20 != name[i] {
			return false
		}
	}
	return true
}

// hides says whether code up to the first end tag may go on behind it: where a
// comment in it has the start of a script (HTML standard, section 13.2.5.17).
func hides(code []byte) bool {
	i := bytes.Index(code, []byte("<!--"))
	return i >= 0 && bytes.Contains(bytes.ToLower(code[i:]), []byte("<script"))
}

// commentEnd is behind the end of the comment whose text begins at a place; -1
// where it has none.
func commentEnd(page []byte, from int) int {
	for at := from; ; at++ {
		next := bytes.IndexByte(page[at:], '>')
		if next < 0 {
			return -1
		}
		at += next
		text := page[from:at]
		if bytes.HasSuffix(text, []byte("--")) || bytes.HasSuffix(text, []byte("--!")) || len(text) == 0 || len(text) == 1 && text[0] == '-' {
			return at + 1
		}
	}
}

// deepestDrawing is how far elements of a drawing that is left out stand in each
// other.
const deepestDrawing = 32

// drawingEnd is where the end tag of a drawing begins; -1 where the drawing holds
// anything but shapes that are closed in order: text may begin there.
func drawingEnd(page []byte, at int, last lasts) int {
	var open [deepestDrawing]string
	depth := 0
	for {
		next := bytes.IndexByte(page[at:], '<')
		if next < 0 || at+next+2 >= len(page) {
			return -1
		}
		at += next
		if bytes.HasPrefix(page[at:], []byte("<!--")) {
			if at = commentEnd(page, at+4); at < 0 {
				return -1
			}
			continue
		}
		closing := page[at+1] == '/'
		from := at + 1
		if closing {
			from++
		}
		if !isLetter(page[from]) {
			return -1
		}
		tag := cutTag(page, from, last)
		if tag.end <= 0 {
			return -1
		}
		name := shapeName(page[from:tag.end])
		if name == "" {
			return -1
		}
		if closing {
			if depth == 0 {
				if name == "svg" {
					return at
				}
				return -1
			}
			if depth--; open[depth] != name {
				return -1
			}
			at = tag.end + 1
			continue
		}
		closed, sure := tag.closesItself(page)
		at = tag.end + 1
		switch {
		case !sure:
			return -1
		case closed:
		case name == "title" || name == "desc":
			// Nothing but text may stand in them: it is HTML again.
			next := bytes.IndexByte(page[at:], '<')
			if next < 0 || !closes(page[at+next:], name) {
				return -1
			}
			open[depth] = name
			depth++
		case depth+1 == len(open):
			return -1
		default:
			open[depth] = name
			depth++
		}
	}
}

// shapeName is the name of a tag if it is one of those that drawings are made
// of.
func shapeName(tag []byte) string {
	n := 0
	for n < len(tag) && !isTagSpace(tag[n]) && tag[n] != '/' {
		n++
	}
	if n > 16 {
		return ""
	}
	switch name := string(bytes.ToLower(tag[:n])); name {
	case "svg", "path", "g", "circle", "rect", "use", "defs", "title", "desc", "line", "polygon", "polyline", "ellipse",
		"lineargradient", "radialgradient", "stop", "clippath", "mask", "symbol",
		"filter", "pattern", "animate", "animatetransform", "style", "text", "tspan", "image", "metadata":
		return name
	}
	return ""
}
