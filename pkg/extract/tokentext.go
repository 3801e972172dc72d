package extract

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// tokenText is the text of a page that cannot be parsed into a tree, one block
// a line.
func tokenText(page []byte) string {
	z := html.NewTokenizer(bytes.NewReader(page))
	var b strings.Builder
	mute := 0
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			if mute == 0 {
				b.Write(z.Text())
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			tag := atom.Lookup(name)
			switch tag {
			case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Title:
				switch {
				case kind == html.StartTagToken:
					mute++
				case kind == html.EndTagToken && mute > 0:
					mute--
				}
			case atom.Br:
				b.WriteByte('\n')
			default:
				if isBlock(&html.Node{Type: html.ElementNode, DataAtom: tag, Data: string(name)}) {
					b.WriteString("\n\n")
				}
			}
		}
	}
}

// stripTags drops the markup that some structured data leave in their texts.
func stripTags(s string) string {
	z := html.NewTokenizer(strings.NewReader(s))
	var b strings.Builder
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.Write(z.Text())
		default:
			b.WriteByte(' ')
		}
	}
}
