package explain

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	dom "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/extract"
)

// open writes a start tag, for an element of the page or, with nil, one of
// ours, and the marks of the block that it is all of, if it is.
func (s *sheet) open(name string, n *dom.Node, block int) {
	s.WriteString("<" + name)
	var classes []string
	if n != nil {
		classes = s.attributes(n)
	}
	if block < 0 {
		s.attribute("class", strings.Join(classes, " "))
		s.WriteByte('>')
		return
	}
	b := &s.Blocks[block]
	if s.attribute("class", strings.Join(append(classes, blockClasses(b)...), " ")); !s.begun[block] {
		s.attribute("id", "b"+strconv.Itoa(block))
	}
	s.WriteByte('>')
	if !s.begun[block] && !s.folded {
		s.WriteString(`<small class="note" lang="en" dir="ltr">`)
		s.text(note(b))
		s.WriteString("</small>")
	}
	s.begun[block] = true
}

func (s *sheet) attribute(name, value string) {
	if value != "" {
		s.WriteString(" " + name + `="`)
		s.text(value)
		s.WriteByte('"')
	}
}

// attributes writes those of the page's element that change how its text is
// read, and gives its classes.
func (s *sheet) attributes(n *dom.Node) (classes []string) {
	if rank := ranks[n.DataAtom]; rank != "" {
		s.attribute("role", "heading")
		s.attribute("aria-level", rank)
		classes = append(classes, "heading", n.DataAtom.String())
	}
	if n == s.Page.Story {
		classes = append(classes, "story")
	}
	for _, a := range n.Attr {
		switch {
		case a.Namespace != "":
		case a.Key == "dir" && (a.Val == "rtl" || a.Val == "ltr" || a.Val == "auto"),
			a.Key == "lang" && isTag(a.Val),
			(a.Key == "colspan" || a.Key == "rowspan") && isSpan(n, a.Val):
			s.attribute(a.Key, a.Val)
		case a.Key == "href" && n.DataAtom == atom.A:
			classes = append(classes, "link")
			s.attribute("title", shorten(a.Val))
		}
	}
	return classes
}

// isTag says whether a value is made like a language tag (BCP 47).
func isTag(v string) bool {
	return v != "" && len(v) <= 35 && strings.Trim(v, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == ""
}

func isSpan(n *dom.Node, v string) bool {
	count, err := strconv.Atoi(v)
	return err == nil && 1 < count && count <= 50 && (n.DataAtom == atom.Td || n.DataAtom == atom.Th)
}

// longestTitle is how much of an address is shown, in bytes.
const longestTitle = 200

func shorten(v string) string {
	if len(v) > longestTitle {
		return strings.ToValidUTF8(v[:longestTitle], "") + "…"
	}
	return v
}

func blockClasses(b *extract.ExplainedBlock) []string {
	classes := []string{"block"}
	if b.Kind != "" {
		classes = append(classes, "kept", "is-"+string(b.Kind))
	} else {
		classes = append(classes, "out")
	}
	if len(b.Fields) > 0 {
		classes = append(classes, "field", "of-"+colourOf(b.Fields[0]))
	}
	return classes
}

// note is what became of a block, in a few words.
func note(b *extract.ExplainedBlock) string {
	text := strings.Join(append(kindOf(b), b.Fields...), ", ")
	switch why := whyText(b); {
	case b.Kind != "":
	case text == "":
		text = "left out: " + why
	default:
		text += "; not in the body: " + why
	}
	if b.Score > 0 {
		text += fmt.Sprintf(" · score %.1f", b.Score)
	}
	if b.Linked > 0 {
		text += fmt.Sprintf(" · %.0f %% links", b.Linked*100)
	}
	return text
}

func kindOf(b *extract.ExplainedBlock) []string {
	if b.Kind == "" {
		return nil
	}
	return []string{string(b.Kind)}
}

// whyText is why a block was left out and, where it was told by another
// element, by which.
func whyText(b *extract.ExplainedBlock) string {
	if b.WhyAt == "" || b.WhyAt == b.Path {
		return b.Why.Words()
	}
	return b.Why.Words() + " (" + b.WhyAt + ")"
}

// fold begins a region that is shown when asked for.
func (s *sheet) fold(n *dom.Node) {
	e := s.extents[n]
	s.WriteString(`<details class="region"><summary lang="en" dir="ltr"><b>left out</b> `)
	s.text(s.why.Words())
	if at := s.Blocks[e.first].WhyAt; at != "" {
		s.WriteString(" <code>")
		s.text(at)
		s.WriteString("</code>")
	}
	fmt.Fprintf(s, " <i>%d lines</i></summary>", e.last-e.first+1)
}

// stand writes a box with words for what is not shown.
func (s *sheet) stand(n *dom.Node) {
	words := stands[n.DataAtom]
	for _, a := range n.Attr {
		switch {
		case a.Key == "alt" && strings.TrimSpace(a.Val) != "":
			words += ": " + shorten(strings.TrimSpace(a.Val))
		case a.Key == "src" && n.DataAtom == atom.Iframe:
			if u, err := url.Parse(a.Val); err == nil && u.Host != "" {
				words += " of " + shorten(u.Host)
			}
		}
	}
	s.WriteString("<span")
	if k := s.pictureOf(n); k >= 0 {
		s.attribute("class", "stand of-picture shown")
		s.attribute("id", pictureID(k))
	} else {
		s.attribute("class", "stand")
	}
	s.WriteByte('>')
	s.text(words)
	s.WriteString("</span>")
}

// pictureOf is the image of the record that a box stands for, the first box of
// each; -1 for none.
func (s *sheet) pictureOf(n *dom.Node) int {
	k, shows := s.Page.Pictures[n]
	if !shows {
		k, s.picture = s.picture, -1
	}
	return k
}

func pictureID(k int) string { return "p" + strconv.Itoa(k) }
