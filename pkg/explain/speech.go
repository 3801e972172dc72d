package explain

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/prose"
)

// stroke is a piece of a block that is marked: a quotation, the name of a source,
// the word that told of one, an agency.
type stroke struct {
	// from and to count the signs of the block that show.
	from, to int
	class    string
	id       string // of its anchor
	// who is said behind it, sure how sure that is; for a quotation only.
	who, title string
}

// strokesOf are the strokes of each block, in order, none over another: where two
// would be, that stands which is named first here.
func strokesOf(x *extract.Explanation) map[int][]stroke {
	all := map[int][]stroke{}
	add := func(at *extract.Print, s stroke) {
		if at == nil {
			return
		}
		text := x.Blocks[at.Block].Text
		s.from, s.to = signs(text[:at.From]), signs(text[:at.To])
		for _, old := range all[at.Block] {
			if s.from < old.to && old.from < s.to || s.from >= s.to {
				return
			}
		}
		all[at.Block] = append(all[at.Block], s)
	}
	for i := range x.Sources.Quotations {
		q := &x.Sources.Quotations[i]
		s := stroke{class: "said", id: quotationID(i), who: q.Speaker, title: titleOf(q)}
		if q.Speaker == "" {
			s.class = "said open"
		}
		add(withMarks(x, q.At), s)
	}
	for i := range x.Sources.Named {
		add(x.Sources.Named[i].At, stroke{class: "origin", id: originID(i)})
	}
	for i := range x.Sources.Supplied {
		add(x.Sources.Supplied[i].At, stroke{class: "agency", id: supplierID(i)})
	}
	for i := range x.Sources.Quotations {
		add(x.Sources.Quotations[i].CueAt, stroke{class: "cue"})
	}
	for i := range x.Sources.Named {
		add(x.Sources.Named[i].CueAt, stroke{class: "cue"})
	}
	for _, strokes := range all {
		slices.SortFunc(strokes, func(a, b stroke) int { return cmp.Compare(a.from, b.from) })
	}
	return all
}

// withMarks is a quotation's place with the marks around it.
func withMarks(x *extract.Explanation, at *extract.Print) *extract.Print {
	if at == nil {
		return nil
	}
	whole, text := *at, x.Blocks[at.Block].Text
	if r, size := utf8.DecodeLastRuneInString(text[:at.From]); isMark(r) {
		whole.From -= size
	}
	if r, size := utf8.DecodeRuneInString(text[at.To:]); isMark(r) {
		whole.To += size
	}
	return &whole
}

func isMark(r rune) bool {
	return unicode.In(r, unicode.Pi, unicode.Pf) || strings.ContainsRune("\"'„‚「」『』〝〟＂", r)
}

func quotationID(i int) string { return "q" + strconv.Itoa(i) }
func originID(i int) string    { return "n" + strconv.Itoa(i) }
func supplierID(i int) string  { return "a" + strconv.Itoa(i) }

// shows says whether a sign at the beginning of a text shows, and how long it is.
func shows(text string) (bool, int) {
	r, size := utf8.DecodeRuneInString(text)
	if n := prose.Invisible(text); n > 0 {
		return false, n
	}
	return !unicode.IsSpace(r) && !unicode.IsControl(r) && (r != utf8.RuneError || size > 1), size
}

// signs counts the signs of a text that show. The tree and the block do not have
// the same white space.
func signs(text string) int {
	n := 0
	for i := 0; i < len(text); {
		ok, size := shows(text[i:])
		if ok {
			n++
		}
		i += size
	}
	return n
}

// dropDiffering drops the strokes of blocks whose text is not that of the tree: they
// would stand in the wrong place.
func (s *sheet) dropDiffering() {
	for i := range s.strokes {
		if s.seen[i] != signs(s.Blocks[i].Text) {
			delete(s.strokes, i)
		}
		s.seen[i] = 0
	}
}

// speech writes text of a block, with its strokes. A stroke that goes on in another
// text node is marked anew there.
func (s *sheet) speech(block int, text string) {
	strokes := s.strokes[block]
	if len(strokes) == 0 {
		s.text(text)
		return
	}
	at := s.seen[block]
	inside, begin := false, 0
	flush := func(to int) {
		s.text(text[begin:to])
		begin = to
	}
	k := slices.IndexFunc(strokes, func(one stroke) bool { return one.to > at })
	if k >= 0 && at > strokes[k].from { // it goes on
		s.beginStroke(&strokes[k])
		inside = true
	}
	for i := 0; i < len(text); {
		ok, size := shows(text[i:])
		if ok && k >= 0 && k < len(strokes) {
			if !inside && at >= strokes[k].from {
				flush(i)
				s.beginStroke(&strokes[k])
				inside = true
			}
			if at++; at == strokes[k].to {
				flush(i + size)
				s.endStroke(&strokes[k], true)
				inside = false
				k++
			}
		} else if ok {
			at++
		}
		i += size
	}
	flush(len(text))
	if inside {
		s.endStroke(&strokes[k], false)
	}
	s.seen[block] = at
}

// beginStroke opens an element of a stroke; the first has its anchor.
func (s *sheet) beginStroke(one *stroke) {
	s.WriteString("<" + one.element())
	s.attribute("class", one.class)
	s.attribute("title", one.title)
	if one.id != "" && !s.anchors[one.id] {
		s.attribute("id", one.id)
		s.anchors[one.id] = true
	}
	s.WriteByte('>')
}

// endStroke closes it; behind the last of a quotation stands who says it.
func (s *sheet) endStroke(one *stroke, last bool) {
	s.WriteString("</" + one.element() + ">")
	if last && one.who != "" {
		s.WriteString(`<small class="who"><bdi>`)
		s.text(one.who)
		s.WriteString("</bdi></small>")
	}
}

// element is that of a stroke: what is said is marked, the rest shown otherwise.
func (one *stroke) element() string {
	if one.title != "" {
		return "mark"
	}
	return "span"
}
