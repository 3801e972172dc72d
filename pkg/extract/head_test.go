package extract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestHead holds what is read of the lines around a headline.
func TestHead(t *testing.T) {
	type head struct {
		Kicker         []string
		Headline, Deck string
	}
	const url = "https://harbour.example/islands/ferries/ferry-sails-again"
	tests := []struct {
		name, page string
		want       head
	}{
		{
			name: "a section above a kicker",
			page: `<article><div><span>Islands</span></div><div class="kicker">Ferries</div><h1>Ferry sails again</h1>`,
			want: head{Kicker: []string{"Islands", "Ferries"}, Headline: "Ferry sails again"},
		},
		{
			name: "a style and a drawing inside a headline",
			page: `<article><h1>Ferry sails again <style>.ferry{color:blue}</style><svg><title>Share</title></svg></h1>`,
			want: head{Headline: "Ferry sails again"},
		},
		{
			name: "a link to the folder that the story lies in",
			page: `<article><div class="top"><span><a href="/islands">Isles</a></span><h1>Ferry sails again</h1></div>`,
			want: head{Kicker: []string{"Isles"}, Headline: "Ferry sails again"},
		},
		{
			name: "a link elsewhere",
			page: `<article><div class="top"><span><a href="/weather">Storm warning</a></span><h1>Ferry sails again</h1></div>`,
			want: head{Headline: "Ferry sails again"},
		},
		{
			name: "a path back from the home page is no kicker",
			page: `<article><header><div class="pretitle"><a href="/">Harbour</a> / <a href="/islands">Islands</a> / <a href="/islands/ferries">Ferries</a></div><h1>Ferry sails again</h1></header>`,
			want: head{Headline: "Ferry sails again"},
		},
		{
			name: "the issue beside a kicker",
			page: `<article><header><div class="kicker"><div class="issue">From: <a href="/2026/03-09/">Issue of 9 March 2026</a>, page 1 / Title</div><div>Ferries</div></div><h1>Ferry sails again</h1></header>`,
			want: head{Kicker: []string{"Ferries"}, Headline: "Ferry sails again"},
		},
		{
			name: "a headline that ends a path is the one for machines",
			page: `<div><a href="/">Home</a><a href="/islands">Islands</a><h1>Island ferry sails again after weeks</h1></div><article><h2><span>Ferries</span><div>Ferry sails again</div></h2>`,
			want: head{Kicker: []string{"Ferries"}, Headline: "Ferry sails again"},
		},
		{
			name: "a date and a name are no deck",
			page: `<article><header><h1>Ferry sails again</h1><div class="info">Jane Doe of the harbour desk, on the islands<br>9 March 2026, 10:15</div></header>`,
			want: head{Headline: "Ferry sails again"},
		},
		{
			name: "a line below a picture is no deck",
			page: `<article><header><h1>Ferry sails again</h1></header><div class="image"><img src="/ferry.jpg"><p>The ferry in the bay, where her engine was tested for three days.</p></div>`,
			want: head{Headline: "Ferry sails again"},
		},
		{
			name: "a deck of several lines",
			page: `<article><header><h1>Ferry sails again</h1><div><h2 class="subtitle">The new engine was tested in the bay for three days</h2><h2 class="subtitle">Tickets cost as much as before, and cars pay nothing</h2></div></header>`,
			want: head{Headline: "Ferry sails again", Deck: "The new engine was tested in the bay for three days\nTickets cost as much as before, and cars pay nothing"},
		},
		{
			name: "a date above a headline is no kicker",
			page: `<article><div><span class="day">Monday 9 March 2026 10:15 am</span><h1>Ferry sails again</h1></div>`,
			want: head{Headline: "Ferry sails again"},
		},
		{
			name: "a date and an hour beside a kicker",
			page: `<article><header><div class="kicker"><span>Ferries</span><span>9 March 2026</span><span>10:15 am</span></div><h1>Ferry sails again</h1></header>`,
			want: head{Kicker: []string{"Ferries"}, Headline: "Ferry sails again"},
		},
		{
			name: "a date and the count of comments in a list",
			page: `<article><header><ul><li><a href="/2026/03/">9 March 2026</a></li><li><a class="comments-link" href="#comments">3 voices</a></li></ul><h1>Ferry sails again</h1></header>`,
			want: head{Headline: "Ferry sails again"},
		},
		{
			name: "a path that begins with the outlet",
			page: `<article><header><ul><li><a href="/front">Harbour</a></li><li><a href="/isles">Isles</a></li></ul><h1>Ferry sails again</h1></header>`,
			want: head{Headline: "Ferry sails again"},
		},
		{
			name: "labels and the section that is all of them",
			page: `<article><header><div class="kicker"><h4><a href="/topic/isl">Isl</a><a href="/topic/ands">ands</a></h4></div><h1>Ferry sails again</h1></header>`,
			want: head{Kicker: []string{"Isl", "ands"}, Headline: "Ferry sails again"},
		},
		{
			name: "a link in the header of the story",
			page: `<article><header class="story-header"><a href="/topic/boats">Boats</a><h1>Ferry sails again</h1></header>`,
			want: head{Kicker: []string{"Boats"}, Headline: "Ferry sails again"},
		},
		{
			name: "a subhead of the story is no deck",
			page: `<article><h1>Ferry sails again</h1><p>The ferry left the harbour in the morning, with all the islanders on board who had waited for weeks.</p><h2>How the new engine came to the islands in winter</h2>`,
			want: head{Headline: "Ferry sails again"},
		},
		{
			name: "the words of a video are no deck",
			page: `<main class="article-page"><h1>Ferry sails again</h1><div class="featured"><div class="caption"><p class="summary">Harbour watch: all that floats, and what sank this week in the bay.</p></div></div></main><article>`,
			want: head{Headline: "Ferry sails again"},
		},
		{
			name: "a photographer in the header is no deck",
			page: `<article><header><h1>Ferry sails again</h1><div class="accreditation"><p class="dek">The new engine was tested in the bay</p></div></header><figure class="lead"><span>Jane Doe of the harbour desk</span></figure>`,
			want: head{Headline: "Ferry sails again", Deck: "The new engine was tested in the bay"},
		},
		{
			name: "a credit above a headline is no kicker",
			page: `<article><div class="mask"><span class="credit-line">Jane Doe</span></div><div><h1>Ferry sails again</h1></div>`,
			want: head{Headline: "Ferry sails again"},
		},
		{
			name: "the outlet's motto in a heading that leads home",
			page: `<meta name="twitter:title" content="Ferry sails again: All that floats again"><div><h1><a href="https://harbour.example/">All that floats again</a></h1></div><article><h2>Ferry sails again</h2>`,
			want: head{Headline: "Ferry sails again"},
		},
		{
			name: "a menu of more titles than are weighed",
			page: `<h1>Isles</h1><div>` + strings.Repeat(`<p><span class="menu-title">Boats</span> <span class="menu-title">Bays</span></p>`, 200) + `</div><article><h1>Ferry sails again</h1>`,
			want: head{Headline: "Ferry sails again"},
		},
		{
			name: "a publisher that is called like the story",
			page: `<article><div itemscope itemtype="https://schema.org/NewsArticle"><meta itemprop="headline" content="Ferry sails again"><div itemprop="publisher" itemscope itemtype="https://schema.org/Organization"><meta itemprop="name" content="Ferry sails again"></div></div><header><h1>Ferry sails again</h1></header>`,
			want: head{Headline: "Ferry sails again"},
		},
		{
			name: "what a heading sets apart from the headline",
			page: `<article><h1>Island ferry sails again after weeks <small>and costs no more</small></h1>`,
			want: head{Headline: "Island ferry sails again after weeks"},
		},
		{
			name: "a link back is no kicker",
			page: `<article><div><p><a href="/all">Back to the list</a></p><h1>Ferry sails again</h1></div>`,
			want: head{Headline: "Ferry sails again"},
		},
		{
			name: "a sentence in a small heading before the story",
			page: `<article><h1>Ferry sails again</h1><div class="rich"><h3>The islanders had waited for a new engine for weeks, and nobody knew when it would come.</h3>`,
			want: head{Headline: "Ferry sails again", Deck: "The islanders had waited for a new engine for weeks, and nobody knew when it would come."},
		},
		{
			name: "a teaser beside the headline",
			page: `<article><h1>Ferry sails again</h1><p class="news-teaser">The islanders had waited for a new engine for weeks, and nobody knew when it would come.</p>`,
			want: head{Headline: "Ferry sails again", Deck: "The islanders had waited for a new engine for weeks, and nobody knew when it would come."},
		},
		{
			name: "counts above a headline are no kicker",
			page: `<article><header><div class="kicker"><span>Ferries</span><span>25</span><span>5 min read</span></div><h1>Ferry sails again</h1></header>`,
			want: head{Kicker: []string{"Ferries"}, Headline: "Ferry sails again"},
		},
		{
			name: "a deck in a group that is named after it",
			page: `<div class="top"><div><h1>Ferry sails again</h1></div><div class="lead"><div><p>Ferry in the bay</p><p>Under sail</p><p>Seen from the pier</p></div><div><p class="lead-text">Tested in the bay for three days</p></div><p>More of it</p></div></div><article>`,
			want: head{Headline: "Ferry sails again", Deck: "Tested in the bay for three days"},
		},
		{
			name: "a deck among share buttons",
			page: `<article><header><h1>Ferry sails again</h1><div class="byline-social"><p class="strapline">The new engine was tested in the bay</p></div></header>`,
			want: head{Headline: "Ferry sails again", Deck: "The new engine was tested in the bay"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			page := `<html lang="en"><head><meta property="article:section" content="Islands"><script type="application/ld+json">{"@type":"NewsArticle","headline":"Island ferry sails again after weeks","alternativeHeadline":"Ferries - Ferry sails again"}</script></head><body>` +
				tt.page + strings.Repeat("<p>"+strings.Repeat("The captain said that the crew was glad to sail. ", 5)+"</p>", 4) + `</article></body></html>`
			a, err := Extract(Input{Body: []byte(page), URL: url, ContentType: "text/html"})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, head{a.Kicker, a.Headline, a.Deck}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
