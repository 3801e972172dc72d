package diff

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/copydesk/copydesk/pkg/news"
)

var update = flag.Bool("update", false, "write the golden page")

// Nothing of a fetched page gets into the report but as text.
func TestPageIsInert(t *testing.T) {
	const evil = `</style></details><script>alert(1)</script><img src=x onerror=alert(1)>`
	r := Report{Run: evil, Against: evil}
	for n := range 3 {
		p := Pair{CaptureID: evil, URL: `javascript:alert(1)//"` + evil, Site: evil, Before: Side{Record: story(n, nil), Why: evil}, After: Side{Why: evil}}
		if n > 0 {
			p.After.Record = story(n, func(a *news.Article) {
				a.Headline, a.ArticleBody, a.Keywords = evil, evil+a.ArticleBody, []string{evil}
			})
		}
		if n == 2 {
			p.Before.Record = nil
		}
		if err := r.Add(p); err != nil {
			t.Fatal(err)
		}
	}
	r.Sort()
	r.Fields = append(r.Fields, Count{evil, 1})
	var out bytes.Buffer
	if err := r.WriteHTML(&out); err != nil {
		t.Fatal(err)
	}
	for z := html.NewTokenizer(&out); z.Next() != html.ErrorToken; {
		token := z.Token()
		if token.Type != html.StartTagToken && token.Type != html.SelfClosingTagToken {
			continue
		}
		if token.Data == "script" || token.Data == "img" || token.Data == "a" {
			t.Errorf("the page has %s", token)
		}
		for _, a := range token.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "src" || a.Key == "href" || strings.Contains(a.Val, "alert") {
				t.Errorf("the page has %s", token)
			}
		}
	}
}

func TestPage(t *testing.T) {
	r := Report{Run: "new-rule", Against: "index"}
	for n := range 6 {
		p := pair(story(n, nil), story(n, nil))
		p.CaptureID, p.URL = fmt.Sprint(n), fmt.Sprintf("https://harbour.example/2026/boat-%d", n)
		switch n {
		case 1:
			p.After.Record = story(n, func(a *news.Article) { a.Headline = "Boat 1 is very late" })
		case 2:
			p.Site = "canal.example"
			p.After.Record = story(n, func(a *news.Article) { a.Author, a.Deck = nil, "It was expected at noon." })
		case 3:
			p.After = Side{Why: "skipped (noText)"}
		case 4:
			p.Before = Side{Why: "none in the index"}
		}
		if err := r.Add(p); err != nil {
			t.Fatal(err)
		}
	}
	r.Sort()
	var out bytes.Buffer
	if err := r.WriteHTML(&out); err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/page.html"
	if *update {
		if err := os.WriteFile(golden, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), out.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
