package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/structured"
)

// hint is a set of things that the names of an element (class, id, role,
// itemprop, data attributes) say of it. The words are those that outlets and
// content systems use over and over; none belongs to one outlet.
type hint uint64

const (
	wordBody      hint = 1 << iota // holds a story, or a part of it
	wordStory                      // speaks of an article
	hintProse                      // both at once: "article-body", "entry-content"
	hintCaption                    // caption of a picture
	hintCredit                     // credit of a picture
	hintByline                     // who wrote it
	hintDate                       // when
	hintChanged                    // when it was changed
	hintKicker                     // label above the headline
	hintDeck                       // standfirst
	hintHead                       // headline
	hintCrumbs                     // breadcrumb
	hintTeaser                     // preview of another story, or the standfirst of this
	hintFurniture                  // navigation, sharing, advertising: never story
	hintComments                   // readers' comments
	hintRelated                    // other stories
	hintGallery                    // set of pictures
	hintQuote                      // pulled quote
	hintBox                        // box beside the story: facts, author's life
	hintPaywall                    // barrier to read on
	hintBio                        // about the author
	hintSignoff                    // source line, desk line
	hintSub                        // "sub": subtitle, subheadline
	wordMain                       // main, primary, single: where a page's subject is
	hidden                         // not shown to those who see
	hasProp                        // has an itemprop
	propBody                       // itemprop="articleBody"
	hintTag                        // list of topics
	hintInfo                       // box of facts beside the story
	hintMedia                      // player or other embedded medium
	wordPicture                    // holds a picture
	wordTells                      // describes
	hintPaid                       // holds what those get who pay
	hintPops                       // text that pops up, or what it pops up from
)

// notStory marks elements whose text is never part of a story.
const notStory = hintFurniture | hintComments | hintRelated | hintCrumbs | hintPaywall | hintBio | hintTag

// readNames keeps what names were found to mean: pages use few again and again.
// A nil one keeps nothing.
type readNames map[string]hint

// hintsOf reads the names of an element.
func hintsOf(n *html.Node) hint { return readNames(nil).hintsOf(n) }

func (known readNames) hintsOf(n *html.Node) hint {
	var h hint
	for i := range n.Attr {
		switch a := &n.Attr[i]; a.Key {
		case "class", "id", "role", "data-testid", "data-component", "data-tracking-name", "data-qa", "data-type", "data-module", "data-test-id",
			"data-component-name", "data-tracking-zone", "data-name", "data-test", "data-block", "data-ga", "name", "aria-label":
			if a.Key == "aria-label" && n.DataAtom == atom.A || a.Key == "id" && isHeading(n.DataAtom) {
				continue // a heading's id is made of its own words
			}
			if a.Key == "role" && a.Val == "button" {
				continue // what a click enlarges is no button
			}
			h |= known.meaning(a.Val)
		case "itemprop", "property":
			if a.Key == "property" && !structured.States(n, a.Val) {
				continue
			}
			h |= hasProp
			if structured.StatesBody(a.Val) {
				h |= propBody
			}
			if strings.Contains(a.Val, "comment") {
				h |= hintComments
			}
		}
	}
	if n.DataAtom == 0 && strings.IndexByte(n.Data, '-') > 0 {
		h |= known.meaning(n.Data) // a custom element is named after what it is
	}
	if h&hintPops != 0 && (n.DataAtom == atom.A || holdsPopup(n)) {
		h &^= hidden
	}
	switch n.DataAtom {
	case atom.Tr, atom.Td, atom.Tbody:
		h &^= hintFurniture | hintMedia // "row-player": a table's parts are named after what they tell of
	case atom.Nav, atom.Footer:
		h |= hintFurniture
	case atom.Aside:
		h |= hintBox
	case atom.Figcaption:
		if h&hintCredit == 0 {
			h |= hintCaption // else it has its place for the credit alone
		}
	}
	return h
}

// holdsPopup says whether a child of an element is named after what pops up:
// then the element itself is shown, as a link is, and only the child waits for
// the pointer.
func holdsPopup(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && hintsOfNames(attr(c, "class"))&hintPops != 0 {
			return true
		}
	}
	return false
}

// longestKept bounds the names that are kept, in bytes.
const longestKept = 200

func (known readNames) meaning(names string) hint {
	if known == nil || len(names) > longestKept {
		return hintsOfNames(names)
	}
	h, ok := known[names]
	if !ok {
		h = hintsOfNames(names)
		known[names] = h
	}
	return h
}

func hintsOfNames(names string) hint {
	var all hint
	for len(names) > 0 {
		name := names
		if i := strings.IndexByte(names, ' '); i >= 0 {
			name, names = names[:i], names[i+1:]
		} else {
			names = ""
		}
		if len(name) > 0 && len(name) < 100 {
			all |= hintsOfName(name)
		}
	}
	return all
}

// hintsOfName cuts one name at hyphens, underscores and humps and puts the
// meanings of its words together.
func hintsOfName(name string) hint {
	var h hint
	var word [40]byte
	n := 0
	flush := func() {
		if n > 1 {
			w := hintOfWord(word[:n])
			if w&(hintCaption|hintCredit) != 0 {
				h &^= hintCaption | hintCredit // "caption__credit": the last one tells
			}
			h |= w
		}
		n = 0
	}
	lower := false
	for i := 0; i < len(name); i++ {
		c := name[i]
		switch {
		case 'A' <= c && c <= 'Z':
			if lower {
				flush()
			}
			lower = false
			c |= 0x20
		case 'a' <= c && c <= 'z':
			lower = true
		default:
			flush()
			lower = false
			continue
		}
		if n < len(word) {
			word[n] = c
			n++
		}
	}
	flush()
	switch {
	case name == "sr-only" || name == "screen-reader-text" || name == "screen-reader" ||
		strings.Contains(name, "visually") && (strings.Contains(name, "hidden") || strings.Contains(name, "hide")):
		h |= hidden
	case strings.Contains(name, "tooltip") || strings.Contains(name, "over") && (strings.Contains(name, "popover") || strings.Contains(name, "rollover")):
		h |= hidden | hintPops
	case h&hidden != 0: // "hidden-xs", "overflow-hidden": only under conditions
		if name != "hidden" && name != "is-hidden" && name != "invisible" && name != "hide" {
			h &^= hidden
		}
	}
	if h&wordBody != 0 && h&wordStory != 0 {
		h |= hintProse
	}
	if h&hintSub != 0 && h&hintHead != 0 {
		h = h&^hintHead | hintDeck
	}
	if h&wordPicture != 0 && h&wordTells != 0 {
		h |= hintCaption // "img-desc"
	}
	if h&hintTeaser != 0 && h&(wordBody|hintDeck) != 0 {
		h = h&^hintTeaser | hintDeck
	}
	if h&wordBody == 0 {
		h &^= hintPaid // a form to subscribe by, not "subscription-content"
	}
	// "caption-text", "author-content": the more special word tells.
	if h&(hintCaption|hintCredit|hintByline|hintDate|hintDeck|hintKicker|hintHead|notStory) != 0 {
		h &^= wordBody
		if h&notStory != 0 {
			h &^= hintProse
		}
	}
	return h
}

func hintOfWord(word []byte) hint {
	if hintLengths[word[0]-'a']>>len(word)&1 != 0 {
		if h, ok := hintWords[string(word)]; ok {
			return h
		}
	}
	if len(word) < 8 {
		return 0
	}
	var h hint
	w := string(word)
	for _, p := range hintParts {
		if strings.Contains(w, p.part) {
			h |= p.hint
		}
	}
	return h
}
