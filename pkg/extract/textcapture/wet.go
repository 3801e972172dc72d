package main

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// wet is the text of a page as Common Crawl's WET records keep it: that of the
// tags as they stand in the file, without a tree, style sheets or scripts. The
// title is the first line; what the page hides is text like any other, and so
// is what it says to browsers without scripts. Block elements and line breaks
// end a line, some inline elements part words, and the others melt what stands
// on both sides of them.
func wet(page []byte) (string, error) {
	var w wetWriter
	w.read(page)
	w.endLine()
	return w.text.String(), nil
}

type wetWriter struct {
	text strings.Builder
	// line is the line being written.
	line strings.Builder
	// pre is how many preformatted elements are open: line feeds in them count.
	pre int
}

func (w *wetWriter) read(markup []byte) {
	z := html.NewTokenizer(bytes.NewReader(markup))
	var inside atom.Atom // the element whose text comes as it stands
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return
		case html.TextToken:
			switch inside {
			case atom.Script, atom.Style:
			case atom.Noscript, atom.Iframe, atom.Noembed, atom.Noframes, atom.Xmp:
				w.read(z.Raw()) // to a tool without scripts it is markup
			default:
				w.words(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			name, _ := z.TagName()
			tag := atom.Lookup(name)
			inside = 0
			if kind == html.StartTagToken {
				inside = tag
			}
			w.tag(tag, kind)
		}
	}
}

func (w *wetWriter) tag(tag atom.Atom, kind html.TokenType) {
	switch {
	case tag == atom.Title && kind != html.EndTagToken:
		// Only its end ends a line.
	case endsLine[tag]:
		w.endLine()
	case partsWords[tag]:
		w.space()
	}
	if tag == atom.Pre {
		switch kind {
		case html.StartTagToken:
			w.pre++
		case html.EndTagToken:
			w.pre = max(0, w.pre-1)
		}
	}
}

// words adds text to the line, white space in it as one space.
func (w *wetWriter) words(text string) {
	for _, r := range text {
		switch {
		case w.pre > 0 && r == '\n':
			w.endLine()
		case unicode.IsSpace(r) || unicode.IsControl(r):
			w.space()
		default:
			w.line.WriteRune(r)
		}
	}
}

func (w *wetWriter) space() {
	if last, _ := utf8.DecodeLastRuneInString(w.line.String()); w.line.Len() > 0 && last != ' ' {
		w.line.WriteByte(' ')
	}
}

// endLine ends the line, if anything is on it.
func (w *wetWriter) endLine() {
	if line := strings.TrimSpace(w.line.String()); line != "" {
		w.text.WriteString(line)
		w.text.WriteByte('\n')
	}
	w.line.Reset()
}

// endsLine holds the elements whose tags end a line in WET records.
var endsLine = setOf(atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Br, atom.Button, atom.Canvas, atom.Caption,
	atom.Col, atom.Colgroup, atom.Dd, atom.Div, atom.Dl, atom.Dt, atom.Embed, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer,
	atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hgroup, atom.Hr, atom.Li, atom.Map, atom.Noscript,
	atom.Object, atom.Ol, atom.Output, atom.P, atom.Pre, atom.Progress, atom.Section, atom.Table, atom.Tbody, atom.Textarea, atom.Tfoot,
	atom.Th, atom.Thead, atom.Title, atom.Tr, atom.Ul, atom.Video)

// partsWords holds those whose tags are a space there. Whatever is in neither
// set (a, b, nav, main, span, option) melts.
var partsWords = setOf(atom.Cite, atom.Datalist, atom.Details, atom.Iframe, atom.Img, atom.Input, atom.Label, atom.Legend, atom.Optgroup,
	atom.Q, atom.Select, atom.Summary, atom.Td, atom.Time)

func setOf(tags ...atom.Atom) map[atom.Atom]bool {
	set := map[atom.Atom]bool{}
	for _, tag := range tags {
		set[tag] = true
	}
	return set
}
