package extract

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

// TestState holds what is read of a story in the state that pages hand to their
// own scripts, and in the one-piece data of meta elements.
func TestState(t *testing.T) {
	const other = `{"headline":"Harbour fees rise again","publishedAt":"2026-02-01T08:00:00Z","author":"Tom Reed"}`
	type told struct{ date, authors, section, keywords, description string }
	all := told{"2026-03-09T17:05:00Z", "Ada Quill", "Coast", "ferries, harbours", "Six weeks in dock are over."}
	tests := []struct {
		name, head string
		want       told
	}{
		{
			name: "Next.js",
			head: `<script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"related":[` + other + `],"article":{"headline":"Ferry sails again after six weeks","publishedAt":"2026-03-09T17:05:00Z","authors":[{"name":"Ada Quill","slug":"ada"}],"section":{"name":"Coast"},"tags":[{"name":"ferries"},{"name":"harbours"}],"summary":"Six weeks in dock are over."}}}}</script>`,
			want: all,
		},
		{
			name: "Next.js in pieces of its stream",
			head: `<script>self.__next_f.push([1,"7:[\"$\",\"$L9\",null,{\"story\":{\"title\":\"Ferry sails again after six weeks\",\"published_at\":\"2026-03-09"])</script><script>self.__next_f.push([1,"T17:05:00Z\",\"byline\":\"By Ada Quill\",\"category\":\"Coast\",\"keywords\":[\"ferries\",\"harbours\"],\"description\":\"Six weeks in dock are over.\"}}]\n"])</script>`,
			want: all,
		},
		{
			name: "Nuxt, numbers in place of values",
			head: `<script type="application/json" id="__NUXT_DATA__">[["ShallowReactive",1],{"data":2},{"a":3,"b":12},{"title":4,"publishedAt":5,"author":6,"section":8,"tags":9,"summary":13},"Ferry sails again after six weeks","2026-03-09T17:05:00Z",{"name":7},"Ada Quill","Coast",[10,11],"ferries","harbours",{"title":14},"Six weeks in dock are over.","Harbour fees rise again"]</script>`,
			want: all,
		},
		{
			name: "Apollo, with references",
			head: `<script>window.__APOLLO_STATE__={"Article:7":{"__typename":"Article","headline":"Ferry sails again after six weeks","publishedDate":1773075900000,"author":{"__ref":"Author:1"},"section":{"__ref":"Section:2"},"keywords":"ferries, harbours","description":"Six weeks in dock are over."},"Author:1":{"name":"Ada Quill"},"Section:2":{"title":"Coast"}};</script>`,
			want: all,
		},
		{
			name: "Redux, as a string to be parsed",
			head: `<script>window.__PRELOADED_STATE__ = JSON.parse("{\"page\":{\"title\":\"Ferry sails again after six weeks\",\"datePublished\":\"2026-03-09T17:05:00Z\",\"writers\":[\"Ada Quill\"],\"section\":\"Coast\",\"topics\":[\"ferries\",\"harbours\"],\"dek\":\"Six weeks in dock are over.\"}}");</script>`,
			want: all,
		},
		{
			name: "Arc",
			head: `<script>window.Fusion=window.Fusion||{};Fusion.arcSite="harbour";Fusion.globalContent={"headlines":{"basic":"Ferry sails again after six weeks"},"subheadlines":{"basic":"Six weeks in dock are over."},"display_date":"2026-03-09T17:05:00Z","credits":{"by":[{"name":"Ada Quill","type":"author"}]},"taxonomy":{"primary_section":{"name":"Coast"},"tags":[{"text":"ferries"},{"text":"harbours"}]}};Fusion.globalContentConfig={"source":"x"};</script>`,
			want: all,
		},
		{
			name: "Parsely in one piece",
			head: `<meta name="parsely-page" content='{"title":"Ferry sails again after six weeks","type":"post","pub_date":"2026-03-09T17:05:00Z","authors":["Ada Quill"],"section":"Coast","tags":["ferries","harbours"]}'>`,
			want: told{"2026-03-09T17:05:00Z", "Ada Quill", "Coast", "ferries, harbours", ""},
		},
		{
			name: "the state of another story",
			head: `<script>window.__INITIAL_STATE__={"top":` + other + `};</script>`,
		},
		{
			name: "names of values that are none",
			head: `<script>window.__INITIAL_STATE__={"story":{"headline":"Ferry sails again after six weeks","publishedAt":null,"author":"null","section":"undefined","tags":["{{tag}}"],"summary":"{{ summary }}"}};</script>`,
		},
		{
			name: "state that breaks off",
			head: `<script>window.__INITIAL_STATE__={"story":{"headline":"Ferry sails again after six weeks","author":"Ada Quill","list":[1,2</script>`,
		},
		{
			name: "code that is none",
			head: `<script>if (a["x"] = {b}) { /* it's */ c('Ferry sails again after six weeks") } "headline":</script>`,
		},
		{
			name: "what is stated is not overruled",
			head: `<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-03-08T10:00:00Z","author":{"name":"Mia Holt"},"articleSection":"Sea","keywords":["tides"]}</script><script>window.__INITIAL_STATE__={"story":{"headline":"Ferry sails again after six weeks","publishedAt":"2026-03-09T17:05:00Z","author":"Ada Quill","section":"Coast","tags":["ferries"]}};</script>`,
			want: told{"2026-03-08T10:00:00Z", "Mia Holt", "Sea", "tides", ""},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := ferryPage(t, tt.head, "")
			got := told{authors: namesOf(a.Author), section: a.Section, keywords: strings.Join(a.Keywords, ", "), description: a.Description}
			if a.DatePublished != nil {
				got.date = a.DatePublished.Value
			}
			if diff := cmp.Diff(fmt.Sprint(tt.want), fmt.Sprint(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// ferryPage is the record of an invented story with a head and a top of its own.
func ferryPage(t *testing.T, head, top string) *news.Article {
	t.Helper()
	page := `<html lang="en"><head><title>Ferry sails again after six weeks</title>` + head + `</head><body><article><h1>Ferry sails again after six weeks</h1>` + top +
		`<p>The ferry to the outer islands sails again from Monday, the harbour office said, after six weeks in dock.</p>` +
		strings.Repeat("<p>"+strings.Repeat("The captain said that the crew was glad. ", 5)+"</p>", 3) + `</article></body></html>`
	a, err := Extract(Input{Body: []byte(page), URL: "https://harbour.example/ferry", ContentType: "text/html", FetchedAt: time.Date(2026, 3, 14, 16, 20, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	return a
}
