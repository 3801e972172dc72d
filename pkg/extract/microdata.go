package extract

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/prose"
)

// prop is one property of microdata (HTML standard, section 5).
type prop struct {
	name  string
	value string
	el    int32
}

// itemProps gives the properties of the page's article item, in order; those of
// a property that is itself an item (a person, an organisation) are named with
// a dot: "author.name". Properties outside any item count as the article's,
// for many pages leave the itemscope out.
func (o *outline) itemProps() []prop {
	var all []prop
	for _, at := range o.props {
		names := propNames(o.els[at].node)
		owner, prefix := o.itemOf(at)
		if owner >= 0 && !articleItem(itemType(o.els[owner].node)) || owner < 0 && !hasAttr(o.els[at].node, "itemprop") && !isPrefixed(attr(o.els[at].node, "property")) {
			continue
		}
		if owner >= 0 && isEntry(o.els[owner].node) {
			continue
		}
		for _, name := range names {
			if p := (prop{prefix + name, o.itemValue(at, name), at}); p.value != "" {
				all = append(all, p)
			}
		}
	}
	return all
}

// itemOf finds the item that a property belongs to, -1 for none. Where that
// item is a property of an article itself, it is the article, and prefix names
// the way.
func (o *outline) itemOf(at int32) (owner int32, prefix string) {
	owner = o.scope(o.els[at].parent)
	for range 3 {
		if owner < 0 || articleItem(itemType(o.els[owner].node)) {
			return owner, prefix
		}
		names := propNames(o.els[owner].node)
		if len(names) == 0 {
			return owner, prefix
		}
		prefix = strings.Join(names, " ") + "." + prefix
		owner = o.scope(o.els[owner].parent)
	}
	return owner, prefix
}

func (o *outline) scope(at int32) int32 {
	for ; at >= 0; at = o.els[at].parent {
		if isItem(o.els[at].node) {
			return at
		}
	}
	return -1
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
// "content" attribute believed on every element. For the body it is empty.
func (o *outline) itemValue(at int32, name string) string {
	e := &o.els[at]
	n := e.node
	if v := attr(n, "content"); v != "" {
		return prose.Squash(v)
	}
	if e.own&propBody != 0 {
		return ""
	}
	switch n.DataAtom {
	case atom.A, atom.Link:
		if name == "url" || name == "mainEntityOfPage" {
			return attr(n, "href")
		}
	case atom.Img, atom.Video, atom.Audio, atom.Source, atom.Iframe:
		return attr(n, "src")
	case atom.Time:
		if v := attr(n, "datetime"); v != "" {
			return v
		}
	case atom.Data, atom.Meter:
		return attr(n, "value")
	}
	if isItem(n) && !isAccount(n) {
		return ""
	}
	if e.text > 2000 {
		return ""
	}
	return o.textOf(at)
}
