package extract

import (
	"strings"
	"testing"
)

// TestByline holds who is found to have written a story.
func TestByline(t *testing.T) {
	tests := []struct{ name, head, top, foot, want string }{
		{
			name: "a login in the data, a name in print",
			head: `<script type="application/ld+json">{"@type":"NewsArticle","author":{"name":"Webteam7"}}</script><meta name="author" content="Heryadi">`,
			top:  `<div class="author">Ada Quill</div>`, want: "Ada Quill",
		},
		{name: "a name and a date", top: `<div><span>Ada Quill |</span> <span>5 April 2026</span></div>`, want: "Ada Quill"},
		{name: "a label behind the story", foot: `<ul><li><strong>Date</strong> 5 April 2026</li><li><strong>Author</strong> Ada Quill</li></ul>`, want: "Ada Quill"},
		{
			name: "the author of another story, where an agency wrote this one",
			head: `<script type="application/ld+json">{"@type":"NewsArticle","author":[{"@type":"Organization","name":"dpa"}]}</script>`,
			foot: strings.Repeat(`<div class="box"><p>Harbour fees rise again in May</p></div>`, 25) + `<div class="appetizer-author">By Tom Reed</div>`, want: "",
		},
		{
			name: "an organisation in the data, a person in print",
			head: `<script type="application/ld+json">{"@type":"NewsArticle","author":{"@type":"Organization","name":"Northern Press Group"}}</script>`,
			top:  `<p class="byline">By Ada Quill</p>`, want: "Ada Quill",
		},
		{
			name: "more people in print than in the data",
			head: `<script type="application/ld+json">{"@type":"NewsArticle","author":{"name":"Ada Quill"}}</script>`,
			top:  `<p class="byline">By Ada Quill and Tom Reed</p>`, want: "Ada Quill, Tom Reed",
		},
		{
			name: "an office in the data, a person in print",
			head: `<script type="application/ld+json">{"@type":"NewsArticle","author":{"name":"Online News Editor"}}</script>`,
			top:  `<p class="byline">By Ada Quill</p>`, want: "Ada Quill",
		},
		{
			name: "a desk in the data, a person in print",
			head: `<script type="application/ld+json">{"@type":"NewsArticle","author":{"name":"Redaktion"}}</script>`,
			top:  `<p class="byline">By Ada Quill</p>`, want: "Ada Quill",
		},
		{
			name: "an organisation in the data and nobody in print",
			head: `<script type="application/ld+json">{"@type":"NewsArticle","author":{"@type":"Organization","name":"Northern Press Group"}}</script>`, want: "Northern Press Group",
		},
		{name: "a name and an office in lines of their own", top: `<div class="author"><div><a href="/a/ada">Ada Quill</a></div><div>Harbour Desk Correspondent</div></div>`, want: "Ada Quill"},
		{name: "by, and a name in the next line", top: `<div class="byline"><div>By</div><div>Ada Quill</div><div>Tom Reed</div></div>`, want: "Ada Quill, Tom Reed"},
		{name: "several in one string", head: `<script type="application/ld+json">{"@type":"NewsArticle","author":{"@type":"Person","name":"Ada Quill, Tom Reed und Mia Holt"}}</script>`, want: "Ada Quill, Tom Reed, Mia Holt"},
		{name: "the family's name first", head: `<meta name="citation_author" content="Quill, Ada"><meta name="citation_author" content="Reed, Tom">`, want: "Ada Quill, Tom Reed"},
		{name: "a template", head: `<meta name="author" content="{{article.author}}">`, want: ""},
		{name: "a login that nobody has", head: `<meta name="author" content="admin">`, want: ""},
		{
			name: "an address in the data, its name in print",
			head: `<meta property="article:author" content="https://harbour.example/people/12">`,
			top:  `<p>Harbour | <a href="/people/12">Ada Quill</a></p>`, want: "Ada Quill",
		},
		{
			name: "who commented",
			foot: `<div id="comments"><div itemscope itemtype="https://schema.org/Comment"><span itemprop="author">Tom Reed</span></div><a rel="author" href="/u/7">Mia Holt</a></div>`, want: "",
		},
		{name: "a reporter in Korean", top: `<div class="reporter_info"><em>홍길동 기자</em></div>`, want: "홍길동"},
		{name: "initials in the data", head: `<script type="application/ld+json">{"@type":"NewsArticle","author":{"name":"hosb"}}</script>`, want: "hosb"},
		{name: "who made the video", top: `<div><span class="mediaBox__byline">| Tom Reed</span></div>`, want: ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			page := `<html lang="en"><head>` + tt.head + `</head><body><article><header><h1>Ferry sails again</h1>` + tt.top + `</header><div class="article-body">` +
				strings.Repeat("<p>"+strings.Repeat("The captain said that the crew was glad to sail. ", 5)+"</p>", 4) + `</div></article>` + tt.foot + `</body></html>`
			a, err := Extract(Input{Body: []byte(page), URL: "https://harbour.example/ferry", ContentType: "text/html"})
			if err != nil {
				t.Fatal(err)
			}
			if got := namesOf(a.Author); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
