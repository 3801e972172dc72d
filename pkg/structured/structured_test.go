package structured_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/copydesk/copydesk/pkg/markup"
	"github.com/copydesk/copydesk/pkg/structured"
	"github.com/copydesk/copydesk/pkg/when"
)

// TestGraph says which object is the page's article, and how its values are read.
func TestGraph(t *testing.T) {
	g := structured.ReadGraph([]string{
		`{"@type":"NewsArticle","url":"https://harbour.example/fees","headline":"Harbour fees rise","datePublished":"2026-02-01"}`,
		`{"@graph":[{"@type":["https://schema.org/NewsArticle"],"url":"https://www.harbour.example/ferry?a=1","headline":"Ferry &amp; crew","author":{"@id":"#ada"},"image":[{"url":"/a.jpg"},"/b.jpg"],"keywords":["ferry","{{tag}}",7]},{"@id":"#ada","@type":"Person","name":"Ada Quill"}]}`,
		`no JSON`,
	}, "https://harbour.example/ferry/")
	a := g.Article
	if a == nil || !a.IsArticle() || a.Text("headline") != "Ferry & crew" || len(g.Broken) != 1 || len(g.Things) != 4 {
		t.Fatalf("got %v of %d, broken %v", a, len(g.Things), g.Broken)
	}
	if d := cmp.Diff([]string{"ferry", "7"}, a.Texts("keywords")); d != "" {
		t.Errorf("keywords (-want +got)\n%s", d)
	}
	if who := g.Objects(a, "author"); len(who) != 1 || who[0].Text("name") != "Ada Quill" {
		t.Errorf("author %v", who)
	}
	if pictures := g.Objects(a, "image"); len(pictures) != 2 || pictures[1].Text("name") != "/b.jpg" {
		t.Errorf("images %v", pictures)
	}
	g.DropArticle("https://harbour.example/ferry/")
	if g.Article.Text("headline") != "Harbour fees rise" {
		t.Errorf("then %v", g.Article)
	}
}

// TestProperties says which properties are the article's, and by which names.
func TestProperties(t *testing.T) {
	doc, err := html.Parse(strings.NewReader(`<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Ferry sails</h1>
<span itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Ada Quill</b></span><time itemprop="datePublished" datetime="2026-03-09">9 March</time>
<a itemprop="url" href="/ferry">here</a><div itemprop="articleBody">Long</div></div><p itemprop="keywords">ferry</p>
<div typeof="Event"><i property="name">Regatta</i></div><div typeof="sioc:Post"><i property="dc:creator">Tom Reed</i><i property="other:x">y</i></div>`))
	if err != nil {
		t.Fatal(err)
	}
	var elements []*html.Node
	for n := range doc.Descendants() {
		for _, a := range n.Attr {
			if a.Key == "itemprop" || a.Key == "property" && structured.States(n, a.Val) {
				elements = append(elements, n)
			}
		}
	}
	var got []string
	for _, p := range structured.Properties(elements, func(at int) string { return elements[at].FirstChild.Data }) {
		got = append(got, p.Name+"="+p.Value)
	}
	want := []string{"headline=Ferry sails", "author.name=Ada Quill", "datePublished=2026-03-09", "url=/ferry", "keywords=ferry", "creator=Tom Reed"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

// stateOf is the state of a page with one script.
func stateOf(t testing.TB, script string) structured.State {
	t.Helper()
	page := markup.Lean([]byte("<script>" + script + "</script>"))
	doc, err := html.Parse(page.Reader())
	if err != nil {
		t.Fatal(err)
	}
	s := structured.State{Page: page}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "script" {
			s.Scripts = append(s.Scripts, n)
		}
	}
	return s
}

func TestState(t *testing.T) {
	const headline = "Ferry sails again after six weeks"
	s := stateOf(t, `x={"stories":[{"headline":"Harbour fees rise","publishedAt":"2026-02-01T08:00:00Z"},{"headline":"`+headline+`","publishedAt":"2026-03-09T17:05:00Z","authors":[{"name":"Ada Quill"}],"tags":["ferries","a-slug-2"]}]}`)
	want := structured.Story{Published: "2026-03-09T17:05:00Z", PublishedKey: "publishedAt", Authors: []string{"Ada Quill"}, Topics: []string{"ferries"}}
	if d := cmp.Diff(want, s.Story(headline, when.DayFirst)); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	if got := s.Story("Another headline altogether", when.DayFirst); !got.Empty() {
		t.Errorf("of another story it says %+v", got)
	}
	if value, key := s.Date(headline, nil, when.DayFirst); value != "" {
		t.Errorf("of two days one is believed: %s %s", key, value)
	}
	s = stateOf(t, `x={"publishedAt":"2026-03-09T17:05:00Z","other":{"publishedAt":"2026-03-09T18:00:00Z"}}`)
	if value, key := s.Date(headline, nil, when.DayFirst); value != "2026-03-09T17:05:00Z" || key != "publishedAt" {
		t.Errorf("got %s %s", key, value)
	}
}

// FuzzGraph states that the values of any data are text, and that what refers to
// itself ends.
func FuzzGraph(f *testing.F) {
	f.Add(`{"@type":"NewsArticle","headline":"Tide","author":[{"name":"Ada Reed"}]}`)
	f.Add(`{"@graph":[{"@id":"#a","@type":["Article"],"author":{"@id":"#a"},"isPartOf":{"@id":"#a"}}]}`)
	f.Add(`/* <![CDATA[ */ [[[{"@type":"NewsArticle","headline":{"@value":["x",{}]},}]]] //]]>`)
	f.Fuzz(func(t *testing.T, script string) {
		g := structured.ReadGraph([]string{script}, "https://orm.example/well")
		for _, thing := range g.Things {
			for key := range thing {
				for _, text := range thing.Texts(key) {
					if text == "" || structured.IsUnfilled(text) || utf8.ValidString(script) && !utf8.ValidString(text) {
						t.Errorf("%s is %q", key, text)
					}
				}
				g.Objects(thing, key)
			}
		}
		for range len(g.Things) {
			g.DropArticle("https://orm.example/well")
		}
	})
}

// FuzzState states that any script says the same of a story each time.
func FuzzState(f *testing.F) {
	const headline = "The well at Orm is deeper than anybody thought"
	f.Add(`window.__STATE__={"a":{"headline":"` + headline + `","publishedAt":"2026-03-01T08:00:00Z","author":{"__ref":"b"}},"b":{"name":"Ada Reed"}};`)
	f.Add(`[["Reactive",1],{"title":2,"tags":3},"` + headline + `",[2,3,4],["Date","2026-03-01"]]`)
	f.Add(`self.__next_f.push([1,"1:{\"title\":\"` + headline + `\",\"date\":1772352000}"])`)
	f.Add(`x=JSON.parse("{\"headlines\":{\"basic\":\"` + headline + `\"},\"credits\":{\"by\":[{}]}}");y={{{{[["`)
	f.Fuzz(func(t *testing.T, script string) {
		s := stateOf(t, script)
		if d := cmp.Diff(s.Story(headline, when.DayFirst), s.Story(headline, when.DayFirst)); d != "" {
			t.Errorf("read twice (-first +second)\n%s", d)
		}
		s.Date(headline, s.Texts(), when.DayFirst)
		structured.ReadStory(script, when.DayFirst)
	})
}
