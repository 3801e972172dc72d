package extract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

func TestSetKeywords(t *testing.T) {
	tests := []struct {
		name   string
		values []string
		want   []string
	}{
		{"one list", []string{"Ferries, Islands; Harbour"}, []string{"Ferries", "Islands", "Harbour"}},
		{"the outlet's own name", []string{"Ferries", "Quay Courier"}, []string{"Ferries"}},
		{"what systems add", []string{"Ferries", "editors_pick", "source:tag:name"}, []string{"Ferries"}},
		{"the words of the address", []string{"ferry", "sails", "again"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newStory(Input{URL: "https://quay.example/islands/ferry-sails-again"}, "utf-8")
			s.outlet.Add("Quay Courier")
			s.setKeywords(s.cutKeywords(tt.values), candidate{method: news.FromMeta})
			if diff := cmp.Diff(tt.want, s.rec.Keywords); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestTopics holds which of a page's lists are the topics of its story.
func TestTopics(t *testing.T) {
	tests := []struct {
		name, head, nav, below string
		want                   []string
	}{
		{name: "stated", head: `<meta name="news_keywords" content="Ferries, Harbour">`, below: `<ul class="tags"><li><a href="/t/1">Timetables</a></li></ul>`,
			want: []string{"Ferries", "Harbour"}},
		{name: "the outlet's own on every page", head: `<meta name="keywords" content="News, Sport, Weather, Culture">`, below: `<ul class="tags"><li><a href="/t/1">Ferries</a></li><li><a href="/t/2">Harbour</a></li></ul>`,
			want: []string{"Ferries", "Harbour"}},
		{name: "the outlet's own, and no other", head: `<meta name="keywords" content="News, Sport, Weather, Culture">`,
			want: []string{"News", "Sport", "Weather", "Culture"}},
		{name: "named related topics", below: `<div data-tracking-name="related-topics"><a href="/t/1">Ferries</a><a href="/t/2">Harbour</a></div>`,
			want: []string{"Ferries", "Harbour"}},
		{name: "below a heading", below: `<section><div><h4>Mehr lesen über</h4></div><ul><li><a href="/t/1">Ferries</a></li><li><a href="/t/2">Harbour of Lindow</a></li></ul></section><p><a href="/">To the front page</a></p>`,
			want: []string{"Ferries", "Harbour of Lindow"}},
		{name: "behind a colon", below: `<p>Topics: <a href="/t/1">Ferries</a>, <a href="/t/2">Harbour</a></p>`,
			want: []string{"Ferries", "Harbour"}},
		{name: "other stories below a heading", below: `<section><h4>More about</h4><ul><li><a href="/s/1">The ferry has sailed for the last time this year</a></li><li><a href="/t/2">Harbour</a></li></ul></section>`},
		{name: "a menu", nav: `<nav><p>Topics</p><a href="/sport">Sport</a><a href="/weather">Weather</a></nav>`},
	}
	text := strings.Repeat("<p>The captain of the ferries said in the harbour that the crew was glad to sail. The sea was calm, and the wind was low.</p>", 4)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			page := `<html lang="en"><head>` + tt.head + `</head><body>` + tt.nav + `<main><article><h1>Ferry sails again</h1><div class="text">` + text + `</div></article>` + tt.below + `</main></body></html>`
			a, err := Extract(Input{Body: []byte(page), URL: "https://quay.example/islands/1", ContentType: "text/html"})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, a.Keywords); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
