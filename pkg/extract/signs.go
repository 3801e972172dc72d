package extract

import (
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/prose"
)

// sign is something that shows on a block and that speaks, a little, for or
// against its being the story's.
type sign uint8

// signNames are the signs by their order in a [signSet]. Those of what is around
// a block come from its crowd.
var signNames = [...]string{
	"tiny", "short", "line", "long", "prose",
	"links", "mostlyLinks", "bold", "italic",
	"ends", "colon", "exclaims", "bar", "at", "copyright", "lowerCase", "quotes", "capitals", "digits", "shortOpen",
	"heading", "div", "shortDiv", "cell", "blockquote", "item", "table", "figure", "aside", "header", "section", "article", "dl",
	"alone", "shortAlone", "fewAlike", "alikeIn", "alikeMostlyIn",
	"shallower", "deeper", "muchDeeper", "inMain", "shortOutsideMain", "mainHolds",
	"onlyInBox", "shortOnlyInBox", "smallBox", "bigBox", "linkBox", "linkBoxAround",
	"nextIn", "previousIn", "isolated", "shortApart", "linksBelow", "manyLinksBelow", "linksAbove",
	"first", "last", "top", "tail", "tailTenth", "shortTail",
	"namedBody", "namedStory", "namedProse", "namedCaption", "namedCredit", "namedByline", "namedDate", "namedHead", "namedTeaser",
	"namedFurniture", "namedComments", "namedRelated", "namedGallery", "namedBox", "namedPaywall", "namedBio", "namedSource", "namedDeck", "hasProp",
}

// signs is a set of them.
type signSet [2]uint64

func (g *signSet) add(n sign, shows bool) {
	if shows {
		g[n/64] |= 1 << (n % 64)
	}
}

func (g signSet) has(n sign) bool { return g[n/64]>>(n%64)&1 != 0 }

// crowd is what the blocks of a page have in common: what a block is like is
// seen by the others.
type crowd struct {
	in    []bool     // by block: picked for the story
	like  []likeness // by block
	alike map[likeness]alike
	// main is the element that holds the most of the picked text itself, held
	// that text in bytes, total all picked text.
	main        int32
	depth       int
	held, total int
	before      []int32 // by block: bytes of picked text before it
	first, last int32
}

// likeness is what elements that look the same have in common.
type likeness struct{ tag, class string }

// alike counts the blocks of one likeness.
type alike struct{ all, in int }

func (s *story) crowdOf(picked []int32) *crowd {
	n := len(s.blocks)
	c := &crowd{in: make([]bool, n), like: make([]likeness, n), alike: make(map[likeness]alike, n/4), before: make([]int32, n),
		main: -1, first: picked[0], last: picked[len(picked)-1]}
	held := map[int32]int{}
	for _, i := range picked {
		c.in[i] = true
		p := s.els[s.blocks[i].el].parent
		held[p] += len(s.blocks[i].text)
		if n := held[p]; n > c.held || n == c.held && p < c.main {
			c.main, c.held = p, n
		}
	}
	for i := range s.blocks {
		c.before[i] = int32(c.total)
		node := s.els[s.blocks[i].el].node
		c.like[i] = likeness{node.Data, attr(node, "class")}
		a := c.alike[c.like[i]]
		a.all++
		if c.in[i] {
			a.in++
			c.total += len(s.blocks[i].text)
		}
		c.alike[c.like[i]] = a
	}
	c.depth = s.depth(c.main)
	return c
}

func (s *story) depth(at int32) int {
	n := 0
	for ; at >= 0; at = s.els[at].parent {
		n++
	}
	return n
}

// signsOf reads the signs of a block.
func (s *story) signsOf(i int32, c *crowd) signSet {
	var g signSet
	var k sign
	add := func(shows bool) { g.add(k, shows); k++ }
	b := &s.blocks[i]
	e := &s.els[b.el]
	n := len(b.text)
	brief := n < 100
	full := prose.EndsSentence(b.text)

	add(n < 25)
	add(n >= 25 && n < 60)
	add(n >= 60 && n < 140)
	add(n >= 300)
	add(s.isProse(b))
	add(b.linked > 0)
	add(int(b.linked)*2 > n)
	add(b.bold())
	add(int(b.slanted)*10 > n*7)
	l := lettersOf(b.text)
	add(full)
	add(strings.HasSuffix(b.text, ":"))
	add(l.exclaims)
	add(l.bar)
	add(l.at)
	add(l.copyright)
	add(unicode.IsLower(prose.FirstRune(b.text)))
	add(l.quotes)
	add(l.upper*10 > l.letters*3)
	add(l.digits*20 > n*3)
	add(!full && brief)

	var tags [9]bool
	var names hint
	within := s.root
	if within >= 0 && !s.within(b.el, within) {
		within = -1
	}
	depth := 0
	for at := b.el; at >= 0; at = s.els[at].parent {
		if depth++; at == within {
			depth += s.depth(s.els[at].parent)
			break
		}
		names |= s.els[at].own
		switch s.els[at].tag {
		case atom.Blockquote:
			tags[0] = true
		case atom.Li:
			tags[1] = true
		case atom.Table:
			tags[2] = true
		case atom.Figure:
			tags[3] = true
		case atom.Aside:
			tags[4] = true
		case atom.Header:
			tags[5] = true
		case atom.Section:
			tags[6] = true
		case atom.Article:
			tags[7] = true
		case atom.Dl:
			tags[8] = true
		}
	}
	add(isHeading(e.tag))
	add(e.tag == atom.Div)
	add(e.tag == atom.Div && brief)
	add(e.tag == atom.Td)
	for _, shows := range tags {
		add(shows)
	}

	a := c.alike[c.like[i]]
	if a.all--; c.in[i] {
		a.in--
	}
	add(a.all == 0)
	add(a.all == 0 && brief)
	add(a.all > 0 && a.all < 3)
	add(a.in > 0 && a.in*2 >= a.all)
	add(a.in > 0 && a.in*10 >= a.all*9)
	below := depth - c.depth - 1
	inMain := c.main >= 0 && s.within(b.el, c.main)
	add(below < 0)
	add(below == 1)
	add(below > 1)
	add(inMain)
	add(e.parent != c.main && brief)
	add(c.held*2 > c.total)

	box, around := &element{}, &element{}
	if e.parent >= 0 {
		box = &s.els[e.parent]
		if box.parent >= 0 {
			around = &s.els[box.parent]
		}
	}
	only := box.last-box.first <= 1
	add(only)
	add(only && brief)
	add(box.text < 240)
	add(e.parent >= 0 && s.mass[e.parent]*10 > s.mass[0]*3)
	add(box.linked*2 > box.text)
	add(around.linked*2 > around.text)

	next, previous := int(i)+1 < len(s.blocks), i > 0
	nextIn, previousIn := next && c.in[i+1], previous && c.in[i-1]
	add(nextIn)
	add(previousIn)
	add(!nextIn && !previousIn)
	add(brief && !(next && s.els[s.blocks[i+1].el].parent == e.parent) && !(previous && s.els[s.blocks[i-1].el].parent == e.parent))
	links := s.linksFrom(i, 1, c)
	add(links > 0)
	add(links > 2)
	add(s.linksFrom(i, -1, c) > 1)

	rest := c.total - int(c.before[i])
	if c.in[i] {
		rest -= n
	}
	add(i == c.first)
	add(i == c.last)
	add(int(c.before[i])*50 < c.total)
	add(rest*50 < c.total)
	add(rest*10 < c.total)
	add(rest*20 < c.total && brief)

	for _, h := range [...]hint{wordBody, wordStory, hintProse, hintCaption, hintCredit, hintByline, hintDate, hintHead, hintTeaser,
		hintFurniture, hintComments, hintRelated, hintGallery, hintBox, hintPaywall, hintBio, hintSignoff, hintDeck, hasProp} {
		add(names&h != 0)
	}
	return g
}

// mostLinks is how many links in a row are looked at beside a block.
const mostLinks = 8

// linksFrom counts the blocks that are mostly links from a block on, forwards or
// backwards, up to one of the story.
func (s *story) linksFrom(i, step int32, c *crowd) int {
	n := 0
	for k := i + step; k >= 0 && int(k) < len(s.blocks) && !c.in[k] && k-i <= mostLinks && i-k <= mostLinks; k += step {
		if int(s.blocks[k].linked)*2 > len(s.blocks[k].text) {
			n++
		}
	}
	return n
}

// letters counts kinds of character and notes those that tell.
type letters struct {
	letters, upper, digits               int
	exclaims, bar, at, copyright, quotes bool
}

func lettersOf(text string) letters {
	var l letters
	for _, r := range text {
		switch {
		case 'a' <= r && r <= 'z':
			l.letters++
		case r == ' ':
		case r == '!':
			l.exclaims = true
		case r == '|' || r == '›' || r == '→' || r == '•':
			l.bar = true
		case r == '»':
			l.bar, l.quotes = true, true
		case r == '@':
			l.at = true
		case r == '©' || r == '®':
			l.copyright = true
		case r == '"' || r == '“' || r == '”' || r == '„' || r == '«':
			l.quotes = true
		case unicode.IsUpper(r):
			l.upper++
			l.letters++
		case unicode.IsLetter(r):
			l.letters++
		case unicode.IsDigit(r):
			l.digits++
		}
	}
	return l
}
