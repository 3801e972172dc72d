package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/prose"
)

// attr is the value of an attribute, without white space around it.
func attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return strings.TrimSpace(n.Attr[i].Val)
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return true
		}
	}
	return false
}

// isComma says whether s begins with a comma of another script.
func isComma(s string) bool {
	for _, c := range [...]string{"、", "，", "،", "。"} {
		if strings.HasPrefix(s, c) {
			return true
		}
	}
	return false
}

// rawText is all text inside a node as it stands.
func rawText(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.TextNode {
				b.WriteString(c.Data)
			}
			walk(c)
		}
	}
	walk(n)
	return b.String()
}

// unseen says whether the text inside an element is not shown to readers.
func unseen(n *html.Node) bool { return mutes(n) || isHidden(n) }

// inlineText is the shown text inside a node, with spaces at line breaks and
// block boundaries.
func inlineText(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				b.WriteString(c.Data)
			case c.Type != html.ElementNode || unseen(c):
			default:
				edge := c.DataAtom == atom.Br || isBlock(c)
				if edge {
					b.WriteByte(' ')
				}
				walk(c)
				if edge {
					b.WriteByte(' ')
				}
			}
		}
	}
	walk(n)
	return prose.Squash(b.String())
}
