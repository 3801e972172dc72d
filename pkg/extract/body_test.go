package extract_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/news"
)

// The paragraphs that the pages of TestBody have in common.
const (
	first = "The last lamp of the pier at Quarrow was lit again on Friday, four years after the storm that took the first nine of them."
	then  = "Harbour engineers had found the old cables under the boards, dry and whole, and asked the council for nothing but permission to use them."
	last  = "The lamps will burn from dusk until the mail boat has passed the bar, as they did in the years before the war, the harbour master said."
)

// lampPage is a page whose story is what is given, between its head and its
// foot.
func lampPage(inner string) string {
	return `<!doctype html><html lang="en"><head><title>Lamps burn again on the pier | Quarrow Courier</title>
<meta property="og:type" content="article"></head><body><nav><a href="/">Home</a> <a href="/local">Local</a></nav>
<main><article><h1>Lamps burn again on the pier</h1><div class="story">` + inner + `</div></article></main>
<footer>Quarrow Courier, Harbour Street 4</footer></body></html>`
}

func paragraphs(texts ...string) string {
	var b strings.Builder
	for _, t := range texts {
		b.WriteString("<p>" + t + "</p>\n")
	}
	return b.String()
}

// cards are those that lead to other stories, below an address.
func cards(address string) string {
	var b strings.Builder
	for _, n := range []string{"1", "2", "3"} {
		b.WriteString(`<div class="card"><h5><a href="` + address + n + `">Story number ` + n + ` of the day</a></h5><p>What the story is about, in a sentence of its own, for those who have no time.</p></div>`)
	}
	return b.String()
}

// long is the n-th of many long paragraphs.
func long(n int) string {
	return strings.TrimSpace(strings.Repeat("Lamp number "+strconv.Itoa(n)+" has burned for a night, and the mail boat has seen it. ", 6))
}

// TestBody says for each kind of thing that stands in a story, or looks as if
// it did, whether it is the story's.
func TestBody(t *testing.T) {
	tests := []struct {
		name, page string
		want       []string
	}{
		{"date and kicker above the text", `<h2>On the waterfront</h2><div>Saturday, 4 May 2024, 10:12</div>` + paragraphs(first, then, last), []string{first, then, last}},
		{"time of each entry", paragraphs(first) + `<div>9:43PM</div>` + paragraphs(then) + `<div>10.05 Uhr</div>` + paragraphs(last), []string{first, then, last}},
		{"heading that marks a place", paragraphs(first) + `<h3><a name="cables">Cables under the boards</a></h3>` + paragraphs(then, last),
			[]string{first, "Cables under the boards", then, last}},
		{"heading whose id is made of its words", paragraphs(first) + `<h3 id="nav_share_the_cables">Cables under the boards</h3>` + paragraphs(then, last),
			[]string{first, "Cables under the boards", then, last}},
		{"heading with the time of an entry", paragraphs(first) + `<h5 class="entry time">11.04 Uhr: The cables are found, dry and whole, under the boards</h5>` + paragraphs(then, last),
			[]string{first, "11.04 Uhr: The cables are found, dry and whole, under the boards", then, last}},
		{"table of contents", `<div><p>On this page:</p><ul><li><a href="#a">The cables</a></li><li><a href="#b">The council</a></li></ul></div>` +
			paragraphs(first) + `<h3 id="a">The cables</h3>` + paragraphs(then) + `<h3 id="b">The council</h3>` + paragraphs(last),
			[]string{first, "The cables", then, "The council", last}},
		{"rows named after players", paragraphs(first, then) + `<table><tr><th>Lamp</th><th>Year</th></tr><tr class="odd player-17"><td>North</td><td>1931</td></tr></table>` + paragraphs(last),
			[]string{first, then, "Lamp\tYear", "North\t1931", last}},
		{"text behind a paywall", paragraphs(first) + `<div class="text paywalled"><p>` + then + `</p></div>` + paragraphs(last), []string{first, then, last}},
		{"name that opens a card", `<p>Harbour master <span class="tooltip-person"><a class="tooltip-person-link" href="/people/orla">Orla Venn</a>` +
			`<span class="tooltip-person-card">Harbour master since 2019</span></span> said that nine lamps had been lost in the storm, and that all nine were back.</p>` + paragraphs(then, last),
			[]string{"Harbour master Orla Venn said that nine lamps had been lost in the storm, and that all nine were back.", then, last}},
		{"reference in an element of its own", `<p>The storm took nine of the ten lamps that the pier had had since it was built (<x-note><a href="https://storms.example/9">1</a></x-note>).</p>` + paragraphs(then, last),
			[]string{"The storm took nine of the ten lamps that the pier had had since it was built (1).", then, last}},
		{"caption in no caption's element", paragraphs(first) + `<div class="pic-box"><img src="/lamp.jpg"><p>The last lamp, seen from the mail boat on Friday</p></div>` + paragraphs(then, last),
			[]string{first, then, last}},
		{"caption that says what the picture's text says", paragraphs(first) + `<div><img src="/lamp.jpg" alt="The last lamp, seen from the mail boat"></div><div><span>The last lamp, seen from the mail boat</span></div>` + paragraphs(then, last),
			[]string{first, then, last}},
		{"box of facts", paragraphs(first, then, last) + `<div class="textbox"><h4>The pier</h4><p>Built in 1904, it is 212 metres long and stands on 96 piles.</p></div>` + paragraphs(then+" Twice."),
			[]string{first, then, last, then + " Twice."}},
		{"boxes that are the story", `<div class="card"><p>` + first + `</p></div><div class="card"><p>` + then + `</p></div><div class="card"><p>` + last + `</p></div>`,
			[]string{first, then, last}},
		{"author's box", paragraphs(first, then, last) + `<div class="author-content"><p>Iven Marr writes about harbours, and lives on a boat with two cats and a piano.</p></div>`,
			[]string{first, then, last}},
		{"where to follow the outlet", paragraphs(first, then, last) + `<p>For more of the like, follow the Courier on <a href="https://www.facebook.com/quarrow">Facebook</a>.</p>`,
			[]string{first, then, last}},
		{"letter to the desk's initials", paragraphs(first, then) + `<p>` + last + ` (<a href="mailto:im@courier.example">im</a>)</p>`,
			[]string{first, then, last}},
		{"other stories, each with a link", paragraphs(first, then, last) + `<p><b>Best of the Courier</b></p><ul><li>The baker who <a href="/1">never sleeps</a> at all</li>` +
			`<li>Why the mail boat is <a href="/2">always late</a> on Mondays</li><li>A gull that <a href="/3">steals spectacles</a> from tourists</li></ul>`,
			[]string{first, then, last}},
		{"sections that are articles without a heading", `<article>` + paragraphs(first, then) + `</article><article>` + paragraphs(last, then) + `</article><article>` + paragraphs(first) + `</article>`,
			[]string{first, then, last, then, first}},
		{"heading of other stories", paragraphs(first) + `<h3>From the harbour</h3><p><a href="/1">The baker who never sleeps</a></p><p><a href="/2">Why the mail boat is late</a></p><p><a href="/3">A gull that steals</a></p>` + paragraphs(then, last),
			[]string{first, then, last}},
		{"subhead above a link", paragraphs(first) + `<h3>The cables</h3><p><a href="/1">The baker who never sleeps</a></p>` + paragraphs(then, last), []string{first, "The cables", then, last}},
		{"who wrote it", `<p class="byline">By <a rel="author" href="/author/marr">Iven Marr</a></p>` + paragraphs(first, then, last) + `<p>Iven Marr writes about harbours, and lives on a boat with two cats.</p>`,
			[]string{first, then, last}},
		{"what readers are to do", paragraphs(first) + `<p>What do you think of it? the council had asked, and nobody had known.</p>` + paragraphs(then, last) + `<p>What do you think? Leave a comment below.</p>`,
			[]string{first, "What do you think of it? the council had asked, and nobody had known.", then, last}},
		{"who earns by it", `<p>This post may contain affiliate links, from which the pier is paid.</p>` + paragraphs(first, then, last) + `<p>Was this article helpful?</p>`, []string{first, then, last}},
		{"list that is the story's", paragraphs(first, then) + `<p>The council also decided:</p><ul><li>to paint the rails, all of them</li><li>to buy a second ladder</li></ul>`,
			[]string{first, then, "The council also decided:", "to paint the rails, all of them", "to buy a second ladder"}},
		{"sentence full of links", paragraphs(first, then) + `<p>The <a href="/storm">storm of four years ago, the worst since the pier was built</a>, had been forgotten <a href="/lamps">by all but the lamps</a>.</p>` + paragraphs(last),
			[]string{first, then, "The storm of four years ago, the worst since the pier was built, had been forgotten by all but the lamps.", last}},
		{"link to what the story speaks of", paragraphs(first) + `<p><a href="https://lampworks.example/p9">Lampworks P9, for piers</a></p>` + paragraphs(then, last),
			[]string{first, "Lampworks P9, for piers", then, last}},
		{"link to another story", paragraphs(first) + `<p><a href="/mail-boat">Why the mail boat is always late</a></p>` + paragraphs(then, last), []string{first, then, last}},
		{"date with a dotted time above the text", `<div class="meta">Courier desk 18.07.2024, 11.08</div>` + paragraphs(first, then, last), []string{first, then, last}},
		{"report above its ticker", paragraphs(first, then) + `<article itemprop="articleBody"><p>` + last + strings.Repeat(" The boat is late.", 9) + `</p></article>`,
			[]string{first, then, last + strings.Repeat(" The boat is late.", 9)}},
		{"label of a button", `<div>Comments</div>` + paragraphs(first, then, last), []string{first, then, last}},
		{"cards in two lists, and a note behind them", paragraphs(first, then, last, first+" Again.", then+" Again.") +
			`<h3>Harbour</h3><div>` + cards("/a") + `</div><h3>Town</h3><div>` + cards("/b") + `</div><div>Like us</div>`,
			[]string{first, then, last, first + " Again.", then + " Again."}},
		{"teaser between its headline and what leads on", paragraphs(first, then) + `<h4><a href="/gull">A gull that steals</a></h4><p>Tourists at Quarrow have lost eleven pairs of spectacles since May, the police said.</p>` +
			`<div><a href="/gull">Go on</a></div>` + paragraphs(last), []string{first, then, last}},
		{"stars between parts", paragraphs(first) + `<h3>* * *</h3>` + paragraphs(then) + `<p>- - -</p>` + paragraphs(last), []string{first, then, last}},
		{"links in a list of the story's", paragraphs(first, then) + `<ul><li>North: the lamp that has burned the longest, since 1931, without a day off</li><li><a href="/lamps/south">South: made of brass</a></li>` +
			`<li>West: the one that the storm of four years ago did not take</li></ul>` + paragraphs(last),
			[]string{first, then, "North: the lamp that has burned the longest, since 1931, without a day off", "South: made of brass", "West: the one that the storm of four years ago did not take", last}},
		{"last paragraph that leads to many places", paragraphs(first, then, last) + `<p>The pier is open from ten to six, on the <a href="https://pier.example/hours">days that it names</a>, and tells of storms on <a href="https://facebook.com/pier">its page</a>.</p>`,
			[]string{first, then, last, "The pier is open from ten to six, on the days that it names, and tells of storms on its page."}},
		{"author's name below the text", `<p class="byline">By <a rel="author" href="/author/marr">Iven Marr</a></p>` + paragraphs(first, then, last, "Iven Marr"), []string{first, then, last}},
		{"heading of what is unlikely", paragraphs(first, then, last, first, then) + `<h3>Watch it</h3><div class="strip"><div class="strip-in"><div class="strip-text">Quarrow Courier TV | Lamps! 2024</div></div></div>`,
			[]string{first, then, last, first, then}},
		{"caption of an old picture", `<p>FILE PHOTO: The pier at Quarrow is seen from the mail boat before the storm that took nine of its lamps, June 12, 2019. Iven Marr/File Photo</p>` + paragraphs(first, then, last), []string{first, then, last}},
		{"date and byline in a line", `<p>Saturday, 04.05.2024 by Iven Marr</p>` + paragraphs(first, then, last), []string{first, then, last}},
		{"days of a story", paragraphs(first) + `<h3>3 May 2024</h3>` + paragraphs(then) + `<h3>4 May 2024</h3>` + paragraphs(last), []string{first, "3 May 2024", then, "4 May 2024", last}},
		{"heading named after a date that is none", paragraphs(first) + `<h3 class="publication-font">The cables</h3>` + paragraphs(then, last), []string{first, "The cables", then, last}},
		{"what subscribers get", paragraphs(first, then, last, first, then) + `<div id="subscription-content">` + paragraphs(last, first, then) + `</div>`, []string{first, then, last, first, then, last, first, then}},
		{"where there is more", paragraphs(first, then, last) + `<p>For all the latest news from the harbour, look out of the window.</p>`, []string{first, then, last}},
		{"about her who wrote it", paragraphs(first, then, last) + `<p>Über die Autorin:</p><p>Orla Venn (37) is a harbour master and writes about what she sees from her window.</p>`, []string{first, then, last}},
		{"link to another site at the end", paragraphs(first, then, last) + `<p>From the archive:</p><p><a href="https://storms.example/9">All storms of the bay since 1904</a></p>`, []string{first, then, last}},
		{"end of a message", paragraphs(first, then, last, "انتهای پیام/ی"), []string{first, then, last}},
		{"paragraphs printed twice", paragraphs(long(1), long(2), long(3), long(4), long(2)), []string{long(1), long(2), long(3), long(4)}},
		{"who had a part in it", paragraphs(first, then, last) + `<p><em>(Reporting by Iven Marr and Orla Venn; editing by Tam Reece)</em></p>`, []string{first, then, last}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			a, err := extract.Extract(extract.Input{Body: []byte(lampPage(tt.page)), URL: "https://courier.example/local/lamps-77", ContentType: "text/html", FetchedAt: fetched})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, strings.Split(a.ArticleBody, "\n")); diff != "" {
				t.Errorf("lines of the body (-want +got):\n%s", diff)
			}
		})
	}
}

// TestBareSection says that a section's name above the headline, in no element
// of its own, takes nothing of the story with it.
func TestBareSection(t *testing.T) {
	page := `<!doctype html><html lang="en"><head><title>Lamps burn again on the pier</title><meta property="article:section" content="Local"></head>
<body><div class="page"><article>Local<div><h1><span class="kicker">The pier</span> Lamps burn again on the pier</h1></div><div class="story">` + paragraphs(first, then, last) + `</div></article></div></body></html>`
	a, err := extract.Extract(extract.Input{Body: []byte(page), URL: "https://courier.example/local/lamps-77", ContentType: "text/html", FetchedAt: fetched})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{first, then, last}, strings.Split(a.ArticleBody, "\n")); diff != "" {
		t.Errorf("lines of the body (-want +got):\n%s", diff)
	}
}

// TestLead says that a deck as long as a paragraph begins the text, and that a
// line does only where nothing stands between; the blocks of the body have
// neither.
func TestLead(t *testing.T) {
	const line = "Nine lamps were lost, and nine are back."
	const long = "Nine of the ten lamps were lost in the great storm of the spring, and nobody believed that they would be seen again: now the pier shines as it did when the grandparents of Quarrow walked it."
	for _, tt := range []struct {
		name, deck, below string
		want              []string
	}{
		{"line", line, `<p class="byline">By Iven Marr</p><p class="date">4 May 2024</p>`, []string{first, then, last}},
		{"line directly above", line, "", []string{line, first, then, last}},
		{"paragraph", long, `<p class="byline">By Iven Marr</p><p class="date">4 May 2024</p>`, []string{long, first, then, last}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			page := strings.Replace(lampPage(paragraphs(first, then, last)), `</h1>`, `</h1><p class="standfirst">`+tt.deck+`</p>`+tt.below, 1)
			a, err := extract.Extract(extract.Input{Body: []byte(page), URL: "https://courier.example/local/lamps-77", ContentType: "text/html", FetchedAt: fetched})
			if err != nil {
				t.Fatal(err)
			}
			if a.Deck != tt.deck {
				t.Errorf("deck: got %q, want %q", a.Deck, tt.deck)
			}
			if diff := cmp.Diff(tt.want, strings.Split(a.ArticleBody, "\n")); diff != "" {
				t.Errorf("lines of the body (-want +got):\n%s", diff)
			}
			if got := a.Body[0]; got.Kind != news.Paragraph || got.Text != first {
				t.Errorf("first block: got %v %q, want the paragraph %q", got.Kind, got.Text, first)
			}
		})
	}
}

// TestBoxCaption says that the line in a picture's box is its caption, with the
// credit apart, and that a player's words are none.
func TestBoxCaption(t *testing.T) {
	tests := []struct {
		name, box, caption, credit string
	}{
		{"named box", `<div class="pic-box"><img src="/lamp.jpg"><p>Lit again: the last lamp of the pier</p></div>`, "Lit again: the last lamp of the pier", ""},
		{"credit behind", `<div class="media"><img src="/lamp.jpg"><div><span>The last lamp of the pier, on Friday night.</span> <span class="rights">Photo: Tam Reece</span></div></div>`,
			"The last lamp of the pier, on Friday night.", "Tam Reece"},
		{"alternative text again", `<div><img src="/lamp.jpg" alt="The last lamp of the pier"></div><div><span>The last lamp of the pier</span></div>`, "The last lamp of the pier", ""},
		{"figure to click on", `<figure role="button"><img src="/lamp.jpg"><figcaption>The last lamp of the pier</figcaption></figure>`, "The last lamp of the pier", ""},
		{"lazy loader", `<div class="pic-box"><img src="/transparent_4x3.gif"><noscript><img src="/lamp.jpg"></noscript><p>Lit again: the last lamp of the pier</p></div>`, "Lit again: the last lamp of the pier", ""},
		{"player", `<div><img src="/lamp.jpg"><div>Loading the player now</div><iframe src="/player"></iframe></div>`, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			page := lampPage(paragraphs(first) + tt.box + paragraphs(then, last))
			a, err := extract.Extract(extract.Input{Body: []byte(page), URL: "https://courier.example/local/lamps-77", ContentType: "text/html", FetchedAt: fetched})
			if err != nil {
				t.Fatal(err)
			}
			want := []news.Image{{URL: "https://courier.example/lamp.jpg", Caption: tt.caption, CreditText: tt.credit}}
			var got []news.Image
			for _, i := range a.Images {
				got = append(got, news.Image{URL: i.URL, Caption: i.Caption, CreditText: i.CreditText})
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("pictures (-want +got):\n%s", diff)
			}
		})
	}
}
