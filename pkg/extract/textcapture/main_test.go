package main

import (
	"strings"
	"testing"

	"github.com/copydesk/copydesk/pkg/newsroom"
)

// TestNewsroom renders the newsroom's stories to text and counts what is found
// in the text as a careful reader finds it on the pages.
func TestNewsroom(t *testing.T) {
	all, err := newsroom.Expectations()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name                    string
		form                    rendering
		headlines, days, firsts int // at least
	}{
		{"wet", wet, 42, 41, 42},
		{"shown", shown, 42, 40, 41},
	} {
		t.Run(tt.name, func(t *testing.T) {
			headlines, days, firsts := 0, 0, 0
			for _, e := range all {
				decoded, err := decode(e.HTML, e.ContentType)
				if err != nil {
					t.Fatal(err)
				}
				text, err := tt.form(decoded)
				if err != nil {
					t.Fatal(err)
				}
				got := predict(page{ID: e.Golden, URL: e.URL, Crawled: "2026-06-01 00:00:00"}, text)
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
			if headlines < tt.headlines || days < tt.days || firsts < tt.firsts {
				t.Errorf("fewer than before: headline %d, day %d, first paragraph %d of %d", tt.headlines, tt.days, tt.firsts, len(all))
			}
			t.Logf("of %d stories as text: headline %d, day %d, first paragraph %d", len(all), headlines, days, firsts)
		})
	}
}

func TestRender(t *testing.T) {
	const page = `<head><title>A title</title></head><body><nav><a>One</a> <a>Two</a><a>Three</a></nav><button>Share</button>
		<h1><span>Kicker</span><span>A <b>head</b>line</span></h1><p>First<br>second <span>line</span><script>no</script></p><p hidden>Hidden</p><p style="color:red; display : none">Unseen</p>
		<noscript><p>Without <i>scripts</i></p></noscript><figcaption>Caption<cite>Credit</cite></figcaption><table><tr><td>a</td><td>b</td></tr></table><pre>x
y</pre><ul><li>Item &amp; <time>12:00</time>o'clock</li></ul></body>`
	for _, tt := range []struct {
		name string
		form rendering
		want string
	}{
		{"wet", wet, "A title\nOne TwoThree\nShare\nKickerA headline\nFirst\nsecond line\nHidden\nUnseen\nWithout scripts\nCaption Credit\na b\nx\ny\nItem & 12:00 o'clock\n"},
		{"shown", shown, "One TwoThree\nShare\nKickerA headline\nFirst\nsecond line\nCaptionCredit\na\nb\nx y\nItem & 12:00o'clock\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.form([]byte(page))
			if err != nil {
				t.Fatal(err)
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
