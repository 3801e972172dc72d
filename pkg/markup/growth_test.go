package markup

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func attributes(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " a%d=1", i)
	}
	return b.String()
}

// unclosed is formatting that differs and is never closed.
func unclosed(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "<b a=%d>", i)
	}
	return b.String()
}

func TestOvergrown(t *testing.T) {
	many := strings.Repeat("<p>x", 10_000)
	closed := strings.ReplaceAll(unclosed(400), ">", "></b>")
	tests := []struct {
		name, page string
		want       bool
	}{
		{"nothing", "", false},
		{"an open end", "<p", false},
		{"a page", strings.Repeat(`<p>The <b class="x">harbour</b> of <a href="/lindow">Lindow</a> closed.</p>`, 5000), false},
		{"formatting of many kinds, closed", closed + many, false},
		{"formatting of many kinds in a cell, closed", "<table><tr><td>" + closed + "</td></tr></table>" + many, false},
		{"formatting in a script", "<script>" + unclosed(400) + "</script>" + many, false},
		{"formatting in a comment", "<!--" + unclosed(400) + "-->" + many, false},
		{"many elements", strings.Repeat("<p>x", 300_000), true},
		{"many attributes", "<p" + attributes(1_200_000) + ">", true},
		{"formatting of many attributes", strings.Repeat("<b"+attributes(6_000)+">", 10), true},
		{"formatting of many attributes behind quotes", strings.Repeat(`<b x=">"`+attributes(6_000)+">", 10), true},
		{"formatting not closed", unclosed(400) + many, true},
		{"formatting closed in a comment only", strings.ReplaceAll(unclosed(400), ">", "><!--</b>-->") + many, true},
		{"formatting closed in a cell only", strings.ReplaceAll(unclosed(200), ">", "><table><td></b></table>") + strings.Repeat(many, 2), true},
		{"formatting behind a script that does not end", "<script><!--<script></script><style>--></script>" + unclosed(400) + many + "</style>", true},
		{"formatting in raw text of another language", "<svg><style>" + unclosed(400) + many + "</style></svg>", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			page := []byte(tt.page)
			if got := Lean(page).Overgrown(page); got != tt.want {
				t.Errorf("overgrown = %v, want %v", got, tt.want)
			}
		})
	}
}

// FuzzGrowth states that no page gives a tree of more than twice the size that
// was counted, neither quickly nor exactly.
func FuzzGrowth(f *testing.F) {
	f.Add([]byte(unclosed(9)), []byte("<p>x<table><td>y</b></td></table>"), uint8(9))
	f.Add([]byte("<b><i><font a='>' b>"), []byte("</b></i><div>x</div><!--</font>-->"), uint8(5))
	f.Add([]byte("<svg><style><b a>"), []byte("<p></svg><script><!--<script></script>"), uint8(3))
	f.Add([]byte("<a><table><a>"), []byte("<select><nobr></select></p></br>"), uint8(7))
	f.Fuzz(func(t *testing.T, head, again []byte, times uint8) {
		page := append(bytes.Clone(head), bytes.Repeat(again, int(times))...)
		doc, err := html.Parse(bytes.NewReader(page))
		if err != nil {
			return // nested too deep: it is read as text
		}
		const always = 5 // document, html, head, body, and text without a tag
		quick, exact := newGrowth(), newGrowth()
		quick.look(page)
		exact.read(page)
		if n := size(doc); n > always+2*quick.nodes || n > always+2*exact.nodes {
			t.Errorf("%d nodes; %d and %d were counted: %q", n, quick.nodes, exact.nodes, page)
		}
		less := Lean(page)
		if doc, err = html.Parse(less.Reader()); err != nil {
			t.Fatal(err)
		}
		if n := size(doc); n > always+2*less.growth.nodes {
			t.Errorf("%d nodes of less; %d were counted: %q", n, less.growth.nodes, page)
		}
	})
}

func size(n *html.Node) int {
	all := 1
	for c := range n.ChildNodes() {
		all += size(c)
	}
	return all
}
