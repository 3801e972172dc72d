package feed

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"strings"
)

// errTooDeep ends the reading of a document that nests over the limit.
var errTooDeep = errors.New("elements nested too deep")

// errEnough ends the reading of a document when the limit of items is reached.
var errEnough = errors.New("enough")

// element is a start tag that was read.
type element struct {
	space string // its namespace, an undeclared prefix as it is
	name  string // its local name, in lower case
	attrs []xml.Attr
	scope
}

// scope is what an element inherits.
type scope struct {
	base *url.URL // xml:base (XML Base, section 4)
	lang string   // xml:lang (XML 1.0, section 2.12)
}

// attr is the value of the attribute of that local name, compared without
// case.
func (e element) attr(name string) string {
	for _, a := range e.attrs {
		if a.Name.Space != "xmlns" && strings.EqualFold(a.Name.Local, name) {
			return a.Value
		}
	}
	return ""
}

// reader reads elements one after another. Whatever a visitor leaves unread is
// passed over, so that no visitor can lose its place.
type reader struct {
	dec      *xml.Decoder
	depth    int
	maxDepth int
	scopes   []levelScope
	// err is why the reading ended.
	err error
}

// levelScope is a scope and the depth at which it was opened.
type levelScope struct {
	depth int
	scope
}

// newReader reads the parts of a repaired text one after another.
func newReader(maxDepth int, outer scope, parts ...[]byte) *reader {
	var sources []io.Reader
	for _, p := range parts {
		sources = append(sources, bytes.NewReader(p))
	}
	dec := xml.NewDecoder(bufio.NewReader(io.MultiReader(sources...)))
	dec.Strict = false
	dec.Entity = xml.HTMLEntity
	return &reader{dec: dec, maxDepth: maxDepth, scopes: []levelScope{{0, outer}}}
}

// token is the next token, nil at the end.
func (r *reader) token() xml.Token {
	if r.err != nil {
		return nil
	}
	t, err := r.dec.Token()
	if err != nil {
		r.err = err
		return nil
	}
	switch t.(type) {
	case xml.StartElement:
		r.depth++
		if r.depth > r.maxDepth {
			r.err = errTooDeep
			return nil
		}
	case xml.EndElement:
		r.depth--
		if last := len(r.scopes) - 1; last > 0 && r.scopes[last].depth > r.depth {
			r.scopes = r.scopes[:last]
		}
	}
	return t
}

// open makes an element of a start tag that was just read.
func (r *reader) open(t xml.StartElement) element {
	here := r.scopes[len(r.scopes)-1].scope
	changed := false
	for _, a := range t.Attr {
		if a.Name.Space != "xml" && a.Name.Space != "http://www.w3.org/XML/1998/namespace" {
			continue
		}
		switch a.Name.Local {
		case "lang":
			here.lang, changed = languageTag(a.Value), true
		case "base":
			if u, err := url.Parse(resolve(here.base, a.Value)); err == nil && isWeb(u) {
				here.base, changed = u, true
			}
		}
	}
	if changed {
		r.scopes = append(r.scopes, levelScope{r.depth, here})
	}
	return element{strings.TrimSpace(t.Name.Space), strings.ToLower(t.Name.Local), t.Attr, here}
}

// root opens the first element.
func (r *reader) root() (element, bool) {
	for r.err == nil {
		if t, ok := r.token().(xml.StartElement); ok {
			return r.open(t), true
		}
	}
	return element{}, false
}

// children visits the children of the element that is open, and closes it.
func (r *reader) children(visit func(e element)) {
	level := r.depth
	for r.err == nil {
		switch t := r.token().(type) {
		case xml.StartElement:
			visit(r.open(t))
			for r.err == nil && r.depth > level {
				r.token()
			}
		case xml.EndElement:
			return
		}
	}
}

// text is all text in the element that is open, which it closes.
func (r *reader) text() string {
	level := r.depth
	var b strings.Builder
	for r.err == nil && r.depth >= level {
		switch t := r.token().(type) {
		case xml.CharData:
			b.Write(t[:min(len(t), maxValue-b.Len())])
		case xml.StartElement:
			if t.Name.Local == "br" && b.Len() < maxValue {
				b.WriteByte(' ')
			}
		}
	}
	return b.String()
}
