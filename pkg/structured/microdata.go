package structured

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/prose"
)

// Property is one property of microdata (HTML standard, section 5) or RDFa.
type Property struct {
	Name  string
	Value string
	// At is the index of its element among those that state properties.
	At int
}

// Properties gives the properties of the page's article item, of the elements
// that state any, in order; those of a property that is itself an item (a person,
// an organisation) are named with a dot: "author.name". Properties outside any
// item count as the article's, for many pages leave the itemscope out. Where the
// value is an element's text, text gives it.
func Properties(elements []*html.Node, text func(at int) string) []Property {
	var all []Property
	for at, n := range elements {
		names := propNames(n)
		owner, prefix := itemOf(n)
		if owner != nil && !articleItem(itemType(owner)) || owner == nil && !hasAttr(n, "itemprop") && !isPrefixed(attr(n, "property")) {
			continue
		}
		if owner != nil && isEntry(owner) {
			continue
		}
		for _, name := range names {
			value, stated := itemValue(n, name)
			if !stated {
				value = text(at)
			}
			if value != "" {
				all = append(all, Property{prefix + name, value, at})
			}
		}
	}
	return all
}

// itemOf finds the item that a property belongs to, nil for none. Where that
// item is a property of an article itself, it is the article, and prefix names
// the way.
func itemOf(n *html.Node) (owner *html.Node, prefix string) {
	owner = scope(n.Parent)
	for range 3 {
		if owner == nil || articleItem(itemType(owner)) {
			return owner, prefix
		}
		names := propNames(owner)
		if len(names) == 0 {
			return owner, prefix
		}
		prefix = strings.Join(names, " ") + "." + prefix
		owner = scope(owner.Parent)
	}
	return owner, prefix
}

// scope is the item around a node, or the node itself, nil for none.
func scope(n *html.Node) *html.Node {
	for ; n != nil; n = n.Parent {
		if n.Type == html.ElementNode && isItem(n) {
			return n
		}
	}
	return nil
}

// propNames are the names of the properties that an element states.
func propNames(n *html.Node) []string {
	names := strings.Fields(attr(n, "itemprop"))
	for name := range strings.FieldsSeq(attr(n, "property")) {
		if name = rdfaName(n, name); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

func isItem(n *html.Node) bool { return hasAttr(n, "itemscope") || hasAttr(n, "typeof") }

func itemType(n *html.Node) string {
	if t := attr(n, "itemtype"); t != "" {
		return t
	}
	return attr(n, "typeof")
}

// isEntry says whether an item is the page that an entry of a list leads to, as
// those of breadcrumbs are.
func isEntry(n *html.Node) bool {
	return attr(n, "property") == "item" || attr(n, "itemprop") == "item"
}

// articleItem says whether one of an item's types is that of a story.
func articleItem(itemtype string) bool {
	for t := range strings.FieldsSeq(itemtype) {
		if rdfaStories[t] {
			return true
		}
		if i := strings.LastIndexAny(t, "/:#"); i >= 0 {
			t = t[i+1:]
		}
		if articleTypes[strings.ToLower(t)] > 0 {
			return true
		}
	}
	return false
}

// itemValue is a property's value by the rules of the standard, with a
// "content" attribute believed on every element; the body has none. It is not
// stated where it is the text of the element.
func itemValue(n *html.Node, name string) (value string, stated bool) {
	if v := attr(n, "content"); v != "" {
		return prose.Squash(v), true
	}
	if isBody(n) {
		return "", true
	}
	switch n.DataAtom {
	case atom.A, atom.Link:
		if name == "url" || name == "mainEntityOfPage" {
			return attr(n, "href"), true
		}
	case atom.Img, atom.Video, atom.Audio, atom.Source, atom.Iframe:
		return attr(n, "src"), true
	case atom.Time:
		if v := attr(n, "datetime"); v != "" {
			return v, true
		}
	case atom.Data, atom.Meter:
		return attr(n, "value"), true
	}
	return "", isItem(n) && !isAccount(n)
}

// isBody says whether an element states that it is the body of the story.
func isBody(n *html.Node) bool {
	for _, a := range n.Attr {
		if a.Key != "itemprop" && (a.Key != "property" || !States(n, a.Val)) {
			continue
		}
		if StatesBody(a.Val) {
			return true
		}
	}
	return false
}
