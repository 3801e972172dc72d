package extract

import (
	"testing"

	"github.com/copydesk/copydesk/pkg/structured"
)

// TestStructuredData holds the forms in which pages state who wrote a story and
// when.
func TestStructuredData(t *testing.T) {
	const author, date = "Ada Quill", "2026-03-09T17:05:00Z"
	ld := func(text string) string { return `<script type="application/ld+json">` + text + `</script>` }
	tests := []struct{ name, head, top, author, date string }{
		{
			name:   "RDFa with a vocabulary",
			top:    `<div vocab="https://schema.org/" typeof="NewsArticle"><span property="author" typeof="Person"><span property="name">Ada Quill</span></span><time property="datePublished" datetime="2026-03-09T17:05:00Z">9 March</time><div property="comment" typeof="Comment"><span property="author">Tom Reed</span></div></div>`,
			author: author, date: date,
		},
		{
			name:   "RDFa with a prefix",
			top:    `<div prefix="schema: http://schema.org/" typeof="schema:NewsArticle"><meta property="schema:datePublished" content="2026-03-09T17:05:00Z"><span property="schema:author">Ada Quill</span></div>`,
			author: author, date: date,
		},
		{
			name:   "RDFa of another vocabulary, as content systems write it",
			top:    `<div typeof="sioc:Item foaf:Document"><span property="dc:title" content="Ferry sails again after six weeks"></span><span property="dc:date dc:created" content="2026-03-09T17:05:00Z" datatype="xsd:dateTime" rel="sioc:has_creator">Submitted by <span class="username" typeof="sioc:UserAccount" property="foaf:name">Ada Quill</span> on Monday</span></div>`,
			author: author, date: date,
		},
		{
			name:   "rNews",
			top:    `<div prefix="rnews: http://iptc.org/std/rNews/2011-10-07#" typeof="rnews:Article"><span property="rnews:datePublished" content="2026-03-09T17:05:00Z"></span><span property="rnews:creator">Ada Quill</span></div>`,
			author: author, date: date,
		},
		{
			name: "RDFa of breadcrumbs is none of the story's",
			top:  `<div vocab="https://schema.org/" typeof="BreadcrumbList"><span property="itemListElement" typeof="ListItem"><a property="item" typeof="WebPage" href="/"><span property="name">Start</span></a></span></div>`,
		},
		{name: "Dublin Core", head: `<meta name="DC.creator" content="Ada Quill"><meta name="DC.date.issued" content="2026-03-09T17:05:00Z">`, author: author, date: date},
		{name: "Dublin Core terms", head: `<meta name="DCTERMS.creator" content="Quill, Ada"><meta name="DCTERMS.issued" content="2026-03-09T17:05:00Z">`, author: author, date: date},
		{name: "Parsely", head: `<meta name="parsely-author" content="Ada Quill"><meta name="parsely-pub-date" content="2026-03-09T17:05:00Z">`, author: author, date: date},
		{name: "Sailthru", head: `<meta name="sailthru.author" content="Ada Quill"><meta name="sailthru.date" content="2026-03-09T17:05:00Z">`, author: author, date: date},
		{name: "citations", head: `<meta name="citation_author" content="Quill, Ada"><meta name="citation_publication_date" content="2026/03/09">`, author: author, date: "2026-03-09"},
		{name: "the author of an article", head: `<meta name="articleAuthor" content="Ada Quill"><meta itemprop="datePublished" content="2026-03-09T17:05:00Z">`, author: author, date: date},
		{name: "AMP", top: `<div class="byline">By Ada Quill</div><amp-timeago layout="fixed" width="160" height="20" datetime="2026-03-09T17:05:00Z" locale="en">9 March 2026</amp-timeago>`, author: author, date: date},

		{name: "a line break in a string", head: ld("{\"@type\":\"NewsArticle\",\"description\":\"Six\n weeks\",\"datePublished\":\"2026-03-09T17:05:00Z\",\"author\":{\"name\":\"Ada Quill\"}}"), author: author, date: date},
		{name: "commas before nothing", head: ld(`{"@type":"NewsArticle","keywords":["a","b",],"datePublished":"2026-03-09T17:05:00Z","author":{"name":"Ada Quill",},}`), author: author, date: date},
		{name: "in a comment", head: ld(`<!-- {"@type":"NewsArticle","datePublished":"2026-03-09T17:05:00Z","author":{"name":"Ada Quill"}} -->`), author: author, date: date},
		{name: "in CDATA", head: ld(`//<![CDATA[` + "\n" + `{"@type":"NewsArticle","datePublished":"2026-03-09T17:05:00Z","author":{"name":"Ada Quill"}}` + "\n//]]>"), author: author, date: date},
		{name: "in CDATA in a comment", head: ld(`/* <![CDATA[ */ {"@type":"NewsArticle","datePublished":"2026-03-09T17:05:00Z","author":{"name":"Ada Quill"}} /* ]]> */`), author: author, date: date},
		{name: "several in a row", head: ld(`{"@type":"Organization","name":"Harbour News"}{"@type":"NewsArticle","datePublished":"2026-03-09T17:05:00Z","author":{"name":"Ada Quill"}}`), author: author, date: date},
		{name: "several with commas between", head: ld(`{"@type":"Organization","name":"Harbour News"},{"@type":"NewsArticle","datePublished":"2026-03-09T17:05:00Z","author":{"name":"Ada Quill"}}`), author: author, date: date},
		{name: "control characters", head: ld("{\"@type\":\"NewsArticle\",\"description\":\"Six\tweeks\x01\",\"datePublished\":\"2026-03-09T17:05:00Z\",\"author\":{\"name\":\"Ada Quill\"}}"), author: author, date: date},
		{name: "escaped for an attribute", head: ld(`{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;datePublished&quot;:&quot;2026-03-09T17:05:00Z&quot;,&quot;author&quot;:{&quot;name&quot;:&quot;Ada Quill&quot;}}`), author: author, date: date},
		{name: "an escape that JSON does not know", head: ld(`{"@type":"NewsArticle","description":"the captain\'s","datePublished":"2026-03-09T17:05:00Z","author":{"name":"Ada Quill"}}`), author: author, date: date},
		{name: "a semicolon at the end", head: ld(`{"@type":"NewsArticle","datePublished":"2026-03-09T17:05:00Z","author":{"name":"Ada Quill"}};`), author: author, date: date},
		{name: "a line of code's comment", head: ld("// the story\n" + `{"@type":"NewsArticle","datePublished":"2026-03-09T17:05:00Z","author":{"name":"Ada Quill"}}`), author: author, date: date},
		{name: "a quote that ends too soon", head: ld(`{"@type":"NewsArticle","headline":"Ferry sails again after six weeks","description":"The "old" ferry","datePublished":"2026-03-09T17:05:00Z","author":{"name":"Ada Quill"}}`), date: date},
		{name: "of one that has no author but a creator", head: ld(`{"@type":"NewsArticle","datePublished":"2026-03-09T17:05:00Z","author":[],"creator":["Ada Quill"]}`), author: author, date: date},
		{name: "values in arrays", head: ld(`{"@type":["NewsArticle"],"datePublished":["2026-03-09T17:05:00Z"],"author":[{"@type":"Person","name":["Ada Quill"]}]}`), author: author, date: date},
		{name: "values with types", head: ld(`{"@type":"NewsArticle","datePublished":{"@type":"DateTime","@value":"2026-03-09T17:05:00Z"},"author":{"@id":"#ada"}},{"@id":"#ada","@type":"Person","name":"Ada Quill"}`), author: author, date: date},

		{name: "templates", head: ld(`{"@type":"NewsArticle","headline":"{{title}}","datePublished":"{{date}}","author":{"name":"{{author}}"}}`) + `<meta name="author" content="${author}"><meta property="og:title" content="%title%">`},
		{name: "names of nothing", head: ld(`{"@type":"NewsArticle","headline":"null","datePublished":"undefined","author":{"name":"undefined"}}`) + `<meta name="author" content="null">`},
		{name: "the outlet and its system", head: ld(`{"@type":"NewsArticle","author":[{"name":"admin"},{"name":"wordpress"}]}`) + `<meta property="og:site_name" content="Harbour News"><meta name="author" content="Harbour News">`},
		{
			name: "data of another story",
			head: ld(`{"@type":"NewsArticle","url":"https://harbour.example/fees","headline":"Harbour fees rise by a tenth in May","datePublished":"2026-02-01T08:00:00Z","author":{"name":"Tom Reed"}}`),
			top:  `<p class="byline">By Ada Quill</p><p>9 March 2026</p>`, author: author, date: "2026-03-09",
		},
		{
			name: "data of this story under another headline",
			head: ld(`{"@type":"NewsArticle","url":"https://harbour.example/ferry","headline":"Islands reachable once more","datePublished":"2026-03-09T17:05:00Z","author":{"name":"Ada Quill"}}`), author: author, date: date,
		},
		{
			name: "data of this story at another address",
			head: ld(`{"@type":"NewsArticle","url":"https://harbour.example/a/77","headline":"Ferry sails again","datePublished":"2026-03-09T17:05:00Z","author":{"name":"Ada Quill"}}`), author: author, date: date,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := ferryPage(t, tt.head, tt.top)
			got := ""
			if a.DatePublished != nil {
				got = a.DatePublished.Value
			}
			if got != tt.date {
				t.Errorf("published %q, want %q", got, tt.date)
			}
			if got := namesOf(a.Author); got != tt.author {
				t.Errorf("authors %q, want %q", got, tt.author)
			}
			if a.Headline != "Ferry sails again after six weeks" {
				t.Errorf("headline %q", a.Headline)
			}
			for _, h := range a.AlternativeHeadlines {
				if structured.IsUnfilled(h) || h == "Start" {
					t.Errorf("alternative headline %q", h)
				}
			}
		})
	}
}
