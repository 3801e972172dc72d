package extract

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"github.com/copydesk/copydesk/pkg/news"
)

// FuzzCharset states that whatever the bytes and their label are, the text is
// valid UTF-8 and the charset one that is known, and that valid UTF-8 stays as
// it is.
func FuzzCharset(f *testing.F) {
	f.Add([]byte("caf\xe9"), "text/html; charset=iso-8859-1")
	f.Add([]byte("\xff\xfe<\x00p\x00"), "")
	f.Add([]byte(`<meta charset="Shift_JIS">`+"\x8b\xa4\x93\xaf"), "text/html")
	f.Add([]byte(`<?xml encoding="gb18030"?>`+"\x84\x31\xa4\x37"), "text/xml")
	f.Add([]byte("\x1b$B6&F1\x1b(B"), "text/html; charset=iso-2022-jp")
	f.Add([]byte("plain"), "text/html; charset=utf-7")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		text, name := decode(body, contentType)
		if !utf8.Valid(text) {
			t.Errorf("as %s it is no UTF-8: %q", name, text)
		}
		if enc, _ := charset.Lookup(name); enc == nil {
			t.Errorf("charset %q is unknown", name)
		}
		if name == "utf-8" && utf8.Valid(body) && !bytes.Equal(text, bytes.TrimPrefix(body, []byte("\ufeff"))) {
			t.Errorf("valid UTF-8 %q became %q", body, text)
		}
	})
}

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
