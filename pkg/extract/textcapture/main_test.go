package main

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"github.com/copydesk/copydesk/pkg/newsroom"
)

// TestNewsroom renders the newsroom's stories to text and counts what is found
// in the text as a careful reader finds it on the pages.
func TestNewsroom(t *testing.T) {
	all, err := newsroom.Expectations()
	if err != nil {
		t.Fatal(err)
	}
	headlines, days, firsts := 0, 0, 0
	for _, e := range all {
		decoded, err := charset.NewReader(bytes.NewReader(e.HTML), e.ContentType)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := html.Parse(decoded)
		if err != nil {
			t.Fatal(err)
		}
		got := predict(page{ID: e.Golden, URL: e.URL, Crawled: "2026-06-01 00:00:00"}, render(doc))
		if got.Headline == e.Headline {
			headlines++
		} else {
			t.Logf("%s: headline %q, want %q", e.Golden, got.Headline, e.Headline)
		}
		if want := e.Published.Value; want == "" || strings.HasPrefix(got.Published, want[:10]) {
			days++
		} else {
			t.Logf("%s: date %q, want %q", e.Golden, got.Published, want)
		}
		if strings.Contains(got.Text, e.FirstParagraph) {
			firsts++
		} else {
			t.Logf("%s: no first paragraph %q", e.Golden, e.FirstParagraph)
		}
	}
	if headlines < 40 || days < 39 || firsts < 41 {
		t.Errorf("fewer than before: headline 40, day 39, first paragraph 41 of 42")
	}
	t.Logf("of %d stories as text: headline %d, day %d, first paragraph %d", len(all), headlines, days, firsts)
}

func TestRender(t *testing.T) {
	doc, err := html.Parse(strings.NewReader(`<head><title>No</title></head><body><nav><a>One</a> <a>Two</a></nav>
		<h1>A <b>head</b>line</h1><p>First<br>second <span>line</span><script>no</script></p><p hidden>no</p><p style="color:red; display : none">no</p></body>`))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := render(doc), "One Two\nA headline\nFirst\nsecond line\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
