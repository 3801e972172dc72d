package extract

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/copydesk/copydesk/pkg/news"
)

// FuzzStructuredData states that whatever stands in a page's structured data,
// the page has its printed headline and body, and the same record twice.
func FuzzStructuredData(f *testing.F) {
	f.Add(`{"@context":"https://schema.org","@type":"NewsArticle","headline":"Tide","datePublished":"2026-03-01","author":[{"name":"Ada Reed"}]}`)
	f.Add(`{"@graph":[{"@id":"#a","@type":["Article"],"author":{"@id":"#a"},"isPartOf":{"@id":"#a"}}]}`)
	f.Add(`[[[{"@type":"NewsArticle","headline":{"@value":["x",{}]},"image":[1,null,{"url":{"url":"y"}}]}]`)
	f.Add(`/* <![CDATA[ */ {"@type":"LiveBlogPosting","liveBlogUpdate":[{"articleBody":"a"}],} //]]>`)
	f.Fuzz(func(t *testing.T, data string) { wellPage(t, `<script type="application/ld+json">`, data) })
}

// FuzzState states the same of a page's application state.
func FuzzState(f *testing.F) {
	f.Add(`window.__STATE__={"a":{"headline":"` + wellHeadline + `","publishedAt":"2026-03-01T08:00:00Z","author":{"__ref":"b"}},"b":{"name":"Ada Reed"}};`)
	f.Add(`[["Reactive",1],{"title":2,"tags":3},"` + wellHeadline + `",[2,3,4],["Date","2026-03-01"]]`)
	f.Add(`self.__next_f.push([1,"1:{\"title\":\"` + wellHeadline + `\",\"date\":1772352000}"])`)
	f.Add(`x=JSON.parse("{\"headlines\":{\"basic\":\"` + wellHeadline + `\"},\"credits\":{\"by\":[{}]}}");y={{{{[["`)
	f.Fuzz(func(t *testing.T, data string) { wellPage(t, `<script id="__NUXT_DATA__">`, data) })
}

const wellHeadline = "The well at Orm is deeper than anybody thought"

// wellPage holds a page with data in a script to its print.
func wellPage(t *testing.T, script, data string) {
	if strings.Contains(strings.ToLower(data), "</script") || strings.Contains(data, "<!--") {
		return // it would end before it ends
	}
	page := "<h1>" + wellHeadline + "</h1><article>" + strings.Repeat("<p>Nobody has ever seen its bottom, and the rope was too short again this year, as it had been before.</p>", 6) + "</article>"
	in := Input{
		Body: []byte(script + data + "</script>" + page),
		URL:  "https://orm.example/2026/well-1", ContentType: "text/html; charset=utf-8",
	}
	first, err := Extract(in)
	if err != nil {
		if fault := news.FaultOf(err); fault.Kind != news.Skip {
			t.Errorf("fault without class: %v", err)
		}
		return
	}
	if !strings.Contains(first.ArticleBody, "the rope was too short") {
		t.Errorf("the printed body is not in the record: %q", first.ArticleBody)
	}
	again, err := Extract(in)
	if err != nil {
		t.Fatal(err)
	}
	one, errOne := json.Marshal(first)
	two, errTwo := json.Marshal(again)
	if errOne != nil || errTwo != nil || !bytes.Equal(one, two) {
		t.Errorf("two records of one page: %v, %v\n%s\n%s", errOne, errTwo, one, two)
	}
}
