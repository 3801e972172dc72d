package feed

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

// sniffPrefix is how far the root element of a document is looked for.
const sniffPrefix = 64 << 10

// roots are the root elements that are known, by local name in lower case.
var roots = map[string]Kind{
	"rss": RSS, "rdf": RDF, "feed": Atom, "urlset": Sitemap, "sitemapindex": SitemapIndex, "opml": OPML,
}

// sniffed is what a document is, and where it begins.
type sniffed struct {
	kind Kind
	// at is where the root element, the JSON object or the first line begins.
	at int
	// lines says that a sitemap is a text file.
	lines bool
	// junk says that there is something else before the document.
	junk bool
}

// sniff finds out what a text is by itself: content types of feeds are wrong
// too often to be asked.
func sniff(text []byte) (sniffed, error) {
	start := len(text) - len(bytes.TrimLeft(text, " \t\r\n\f\v\ufeff"))
	rest := text[start:]
	switch {
	case len(rest) == 0:
		return sniffed{}, &NotFeedError{Looks: Empty}
	case rest[0] == '{' || rest[0] == '[':
		return sniffed{kind: JSONFeed, at: start}, nil
	case rest[0] != '<' && isAddress(firstLine(rest)):
		return sniffed{kind: Sitemap, at: start, lines: true}, nil
	}
	return sniffXML(text, start)
}

func sniffXML(text []byte, start int) (sniffed, error) {
	head := text[:min(len(text), start+sniffPrefix)]
	other := ""
	for at := start; ; {
		i := bytes.IndexByte(head[at:], '<')
		if i < 0 {
			break
		}
		at += i
		if size := prologSize(head[at:]); size > 0 {
			if isHTMLDoctype(head[at:]) {
				return sniffed{}, htmlPage(head)
			}
			at += size
			continue
		}
		name := tagName(head[at:])
		if kind, ok := roots[name]; ok {
			return sniffed{kind: kind, at: at, junk: other != "" || text[start] != '<'}, nil
		}
		if name == "html" || name == "head" || name == "body" {
			return sniffed{}, htmlPage(head)
		}
		if other == "" {
			other = name
		}
		at++
	}
	switch {
	case other != "" && text[start] == '<':
		return sniffed{}, &NotFeedError{XML, other}
	case looksBinary(head[start:]):
		return sniffed{}, &NotFeedError{Looks: Binary}
	}
	return sniffed{}, &NotFeedError{Text, cutText(cleanText(firstLine(text[start:])), 60)}
}

// prologSize is the size of what s begins with, if that may stand before a root
// element, else 0 (XML 1.0, section 2.8).
func prologSize(s []byte) int {
	i := bytes.IndexAny(s, "[>")
	if !bytes.HasPrefix(s, []byte("<!")) || bytes.HasPrefix(s, []byte("<!--")) || i < 0 || s[i] != '[' {
		return asideSize(s)
	}
	// The internal subset declares entities. None is ever expanded.
	j := max(bytes.IndexByte(s[i:], ']'), 0)
	if k := bytes.IndexByte(s[i+j:], '>'); k >= 0 {
		return i + j + k + 1
	}
	return len(s)
}

// asideSize is the size of the comment, processing instruction or declaration
// that s begins with, 0 for none. One that does not end takes all.
func asideSize(s []byte) int {
	for _, aside := range [...]struct{ open, end string }{{"<!--", "-->"}, {"<?", "?>"}, {"<!", ">"}} {
		if !bytes.HasPrefix(s, []byte(aside.open)) {
			continue
		}
		if i := bytes.Index(s[len(aside.open):], []byte(aside.end)); i >= 0 {
			return len(aside.open) + i + len(aside.end)
		}
		return len(s)
	}
	return 0
}

func isHTMLDoctype(s []byte) bool {
	fields := strings.Fields(strings.ToLower(string(s[:min(len(s), 40)])))
	return len(fields) > 1 && fields[0] == "<!doctype" && strings.HasPrefix(fields[1], "html")
}

// tagName is the local name, in lower case, of the start tag that s begins
// with, empty for none.
func tagName(s []byte) string {
	if len(s) < 2 || !nameStart(s[1]) {
		return ""
	}
	end := bytes.IndexAny(s[1:min(len(s), 100)], " \t\r\n/>")
	if end < 0 {
		return ""
	}
	name := strings.ToLower(string(s[1 : 1+end]))
	return name[strings.IndexByte(name, ':')+1:]
}

func nameStart(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || b == '_' || b == ':' || b >= 0x80
}

// htmlPage is the error for an HTML page, with its title.
func htmlPage(head []byte) error {
	z := html.NewTokenizer(bytes.NewReader(head))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		if name, _ := z.TagName(); kind == html.StartTagToken && string(name) == "title" && z.Next() == html.TextToken {
			return &NotFeedError{HTML, cutText(cleanText(string(z.Text())), 100)}
		}
	}
	return &NotFeedError{Looks: HTML}
}

func firstLine(text []byte) string {
	text = text[:min(len(text), 10<<10)]
	line, _, _ := bytes.Cut(text, []byte("\n"))
	return strings.TrimSpace(string(line))
}

// looksBinary says whether a text has characters that no text has.
func looksBinary(text []byte) bool {
	odd := 0
	for _, b := range text[:min(len(text), 512)] {
		if b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' {
			odd++
		}
	}
	return odd > 0
}
