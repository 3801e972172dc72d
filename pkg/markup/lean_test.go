package markup

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/newsroom"
)

const longCode = `window.dataLayer = [{"page": "harbour", "kind": "story"}];`

func TestLean(t *testing.T) {
	tests := []struct {
		name, page, want string
		code             []string
	}{
		{"nothing", "<p>x", "<p>x", nil},
		{"a script", "<script>" + longCode + "</script><p>x", "<script>" + emptied + "0</script><p>x", []string{longCode}},
		{"another case", "<SCRIPT async>" + longCode + "</Script ><p>x", "<SCRIPT async>" + emptied + "0</Script ><p>x", []string{longCode}},
		{"two scripts and a short one", "<script>" + longCode + "</script><script>x()</script><script>" + longCode + "2</script>",
			"<script>" + emptied + "0</script><script>x()</script><script>" + emptied + "1</script>", []string{longCode, longCode + "2"}},
		{"a style", "<style>.harbour { color: blue } .ferry { color: grey }</style>x", "<style></style>x", nil},
		{"a drawing", `<svg width=1><title>Share</title><g><path d="M0"/></g></svg>x`, "<svg width=1></svg>x", nil},
		{"a drawing with a comment", `<svg><!-- <p> --><use href="#a"></use></svg>x`, "<svg></svg>x", nil},
		{"markup in an attribute", `<p title="<script>">` + longCode + "</script>", `<p title="<script>">` + longCode + "</script>", nil},
		{"markup in a comment", "<!-- <script> -->" + longCode + "</script>", "<!-- <script> -->" + longCode + "</script>", nil},
		{"markup in a title", "<title><script></title>" + longCode + "</script>", "<title><script></title>" + longCode + "</script>", nil},
		{"a comment in a script", "<script><!--\n" + longCode + "\n//--></script>", "<script>" + emptied + "0</script>", []string{"<!--\n" + longCode + "\n//-->"}},
		// From here on only a parser can tell.
		{"a script in a script's comment", "<script><!-- <script>" + longCode + "</script> --></script><style>" + longCode + "</style>", "", nil},
		{"a script that does not end", "<script>" + longCode, "", nil},
		{"text in a drawing", "<svg><foreignObject><p>x</p></foreignObject></svg><script>" + longCode + "</script>", "", nil},
		{"a drawing that a paragraph ends", "<svg><g><p>x</svg><script>" + longCode + "</script>", "", nil},
		{"a slash in a value", "<svg><path d=/></svg><script>" + longCode + "</script>", "", nil},
		{"a formula", "<math><script>" + longCode + "</script></math>", "", nil},
		{"our own sign", "<script>" + emptied + "0</script><script>" + longCode + "</script>", "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := Lean([]byte(tt.page))
			if tt.want == "" {
				tt.want = tt.page
			}
			if got := string(bytes.Join(l.pieces, nil)); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if got := string(bytes.Join(l.code, []byte("\n"))); got != strings.Join(tt.code, "\n") {
				t.Errorf("code: got %q, want %q", got, tt.code)
			}
		})
	}
}

// TestLeanNewsroom says that every page of the newsroom gives the same tree
// whole and lean.
func TestLeanNewsroom(t *testing.T) {
	all, err := newsroom.Expectations()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		text, _ := Decode(e.HTML, e.ContentType)
		if whole, less := trees(t, text); whole != less {
			t.Errorf("%s: whole\n%s\nlean\n%s", e.URL, whole, less)
		}
	}
}

// FuzzLean states that a page gives the same tree whole and lean, but for what
// is left out.
func FuzzLean(f *testing.F) {
	f.Add([]byte("<!doctype html><!----><script><!--<script></script>--></script>"), []byte("<style>p{}<!--</style><p a='>'b>"))
	f.Add([]byte("<svg><title>x</title><path d='/'/></svg><table><svg/><td>"), []byte("<select><style>a</style><noscript><img></noscript>"))
	f.Add([]byte("<svg><p><title></svg><textarea><!--</textarea>"), []byte("<frameset><math><mi><style><b></style></math>"))
	f.Add([]byte("<iframe><script></iframe><template><svg><g></svg>"), []byte("<a><table><a><svg><![CDATA[<p>]]></svg><xmp></xmp>"))
	f.Fuzz(func(t *testing.T, head, tail []byte) {
		script := "<script>" + longCode + "</script><svg><g><use href=a /></g></svg><style>" + longCode + "</style>"
		page := bytes.ToValidUTF8(append(append(bytes.Clone(head), script...), tail...), []byte("\ufffd"))
		if whole, less := trees(t, page); whole != less {
			t.Errorf("%q: whole\n%s\nlean\n%s", page, whole, less)
		}
	})
}

// trees prints the tree of a page as it is and as it is read.
func trees(t *testing.T, page []byte) (whole, less string) {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return "", "" // nested too deep
	}
	l := Lean(page)
	leaner, err := html.Parse(l.Reader())
	if err != nil {
		t.Fatal(err)
	}
	return drawTree(doc, wholeOf(page)), drawTree(leaner, l)
}

func drawTree(doc *html.Node, page *Page) string {
	var b strings.Builder
	var draw func(n *html.Node)
	draw = func(n *html.Node) {
		fmt.Fprintf(&b, "(%d %s %q %q", n.Type, n.Namespace, n.Data, n.Attr)
		switch {
		case n.DataAtom == atom.Script && n.Namespace == "":
			fmt.Fprintf(&b, " %q", page.CodeOf(n))
		case n.DataAtom == atom.Style || n.DataAtom == atom.Svg && leftOut(n):
		default:
			for c := range n.ChildNodes() {
				draw(c)
			}
		}
		b.WriteString(")\n")
	}
	draw(doc)
	return b.String()
}

// leftOut says whether a drawing holds nothing but shapes.
func leftOut(n *html.Node) bool {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && shapeName([]byte(d.Data)) == "" {
			return false
		}
	}
	return true
}
