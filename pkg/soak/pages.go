package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
)

// press makes invented pages of news: mostly frame, state and lists of links, with
// a story in the middle, as pages of the web are, and about as hard to compress.
type press struct {
	*rand.Rand
	words     []string
	sentences []string
	frames    []string // what all pages of a site have alike
}

// The sizes of pages, in bytes of HTML. Small ones are more frequent.
const (
	smallestPage = 30_000
	largestPage  = 300_000
)

// sites is how many sites the pages are of.
const sites = 40

func newPress(seed uint64) *press {
	p := &press{Rand: rand.New(rand.NewPCG(seed, 1))}
	for range 6000 {
		p.words = append(p.words, p.word())
	}
	for range 8000 {
		p.sentences = append(p.sentences, p.sentence())
	}
	for range sites {
		p.frames = append(p.frames, p.frame())
	}
	return p
}

var (
	onsets  = []string{"b", "br", "c", "d", "dr", "f", "g", "gr", "h", "l", "m", "n", "p", "pl", "r", "s", "st", "t", "tr", "v", "w"}
	nuclei  = []string{"a", "e", "i", "o", "u", "ea", "oa", "ou", "ai"}
	codas   = []string{"", "", "l", "n", "nd", "r", "rt", "s", "st", "t", "ck", "m"}
	joiners = []string{"the", "of the", "and", "in the", "to", "for a", "with the", "on", "that the", "was", "has been", "at the", "by", "from the", "after", "which had"}
)

func pick[T any](p *press, from []T) T { return from[p.IntN(len(from))] }

// frequent picks as words are used: the first often, the last seldom.
func frequent[T any](p *press, from []T) T {
	return from[int(math.Pow(float64(len(from)), p.Float64()))-1]
}

func (p *press) word() string {
	var b strings.Builder
	for range 1 + p.IntN(3) {
		b.WriteString(pick(p, onsets) + pick(p, nuclei) + pick(p, codas))
	}
	return b.String()
}

func (p *press) sentence() string {
	var b strings.Builder
	b.WriteString("The " + frequent(p, p.words))
	for range 4 + p.IntN(12) {
		b.WriteString(" " + pick(p, joiners) + " " + frequent(p, p.words))
	}
	b.WriteString(". ")
	return b.String()
}

// frame is the styles and scripts of a site.
func (p *press) frame() string {
	var b strings.Builder
	b.WriteString("<style>")
	for range 120 {
		fmt.Fprintf(&b, ".%s-%s{margin:%dpx %dpx;color:#%06x}\n", pick(p, p.words), pick(p, p.words), p.IntN(40), p.IntN(40), p.IntN(1<<24))
	}
	b.WriteString("</style>\n<script>(function(){")
	for range 40 {
		fmt.Fprintf(&b, "var %s=function(e){return e.%s(\"%s\")};", pick(p, p.words), pick(p, p.words), pick(p, p.words))
	}
	b.WriteString("})()</script>\n")
	return b.String()
}

// page is the page with a number: its address and its HTML.
func (p *press) page(n int) (url, html string) {
	size := int(smallestPage * math.Pow(largestPage/smallestPage, math.Pow(p.Float64(), 2)))
	site := p.IntN(sites)
	host := fmt.Sprintf("www.paper%02d.example", site)
	slug := pick(p, p.words) + "-" + pick(p, p.words)
	url = fmt.Sprintf("https://%s/2026/%s-%d", host, slug, n)
	headline := fmt.Sprintf("%s %s %s", strings.ToUpper(slug[:1])+slug[1:], pick(p, joiners), pick(p, p.words))

	var b strings.Builder
	b.Grow(size + 8<<10)
	fmt.Fprintf(&b, `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>%s | Paper %d</title><link rel="canonical" href="%s">
<meta property="og:title" content="%[1]s"><meta property="og:type" content="article"><meta name="description" content="%[4]s">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"%[1]s","datePublished":"2026-%02[5]d-%02[6]dT0%[7]d:00:00Z","author":{"@type":"Person","name":"Ada %[8]s"}}</script>
`, headline, site, url, pick(p, p.sentences), 1+p.IntN(12), 1+p.IntN(28), p.IntN(10), strings.ToUpper(slug[:1])+slug[1:])
	b.WriteString(p.frames[site])
	b.WriteString("</head><body><header><nav><ul>")
	for i := range 30 {
		fmt.Fprintf(&b, "<li class=\"nav__item\"><a class=\"nav__link\" href=\"/section/%d\">%s</a></li>\n", i, p.words[site*30+i])
	}
	fmt.Fprintf(&b, "</ul></nav></header>\n<main><article class=\"story\"><h1 class=\"story__headline\">%s</h1>\n", headline)
	for range 6 + p.IntN(30) {
		b.WriteString("<p class=\"story__text\">")
		for range 2 + p.IntN(4) {
			b.WriteString(pick(p, p.sentences))
		}
		b.WriteString("</p>\n")
	}
	b.WriteString("</article></main>\n<aside class=\"more\">")
	for b.Len() < size*6/10 {
		id := p.IntN(1e8)
		fmt.Fprintf(&b, `<div class="teaser teaser--small" data-id="%d"><a class="teaser__link" href="https://%s/2026/%s-%[1]d"><img class="teaser__picture" loading="lazy" src="https://pictures.%[2]s/%08[4]x_320x180.jpg" alt=""><h3 class="teaser__headline">%[3]s %[5]s</h3></a></div>`+"\n",
			id, host, pick(p, p.words), p.IntN(1<<32), pick(p, p.words))
	}
	b.WriteString("</aside><script>window.__STATE__={\"items\":[")
	for b.Len() < size {
		fmt.Fprintf(&b, `{"id":"%d","type":"story","section":"%s","published":"2026-%02d-%02dT%02d:%02d:00.000Z","isPaid":%t,"tags":["%s"]},`,
			p.IntN(1e8), frequent(p, p.words), 1+p.IntN(12), 1+p.IntN(28), p.IntN(24), p.IntN(60), p.IntN(2) == 0, frequent(p, p.words))
	}
	b.WriteString("{}]}</script><footer><p>Paper of record since it was printed.</p></footer></body></html>\n")
	return url, b.String()
}
