package extract

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/when"
)

// longestPrint is how much text, in bytes, may stand around a value in a block
// that is said to print it.
const longestPrint = 300

// mostPrints is how many values of one field are looked for.
const mostPrints = 50

// note notes that a block prints the field; -1 is none.
func (x *ExplainedField) note(i int, blocks []ExplainedBlock) {
	if i < 0 || slices.Contains(x.Blocks, i) {
		return
	}
	x.Blocks = append(x.Blocks, i)
	blocks[i].Fields = append(blocks[i].Fields, x.Name)
}

// markedAs is the block whose markup states what its words do not, -1 for none:
// the property or the element that a value came from, or the day of a time
// element.
func (s *story) markedAs(from news.Provenance, value string) int {
	for i := range s.els {
		e := &s.els[i]
		if int(e.first) >= len(s.blocks) || s.out[i] {
			continue
		}
		whole := from.Path != "" && s.path(int32(i)) == from.Path && prose.Same(s.textOf(int32(i)), value)
		property := from.Method == news.FromMicrodata && e.own&hasProp != 0 && slices.Contains(strings.Fields(attr(e.node, "itemprop")), from.Path)
		day := e.tag == atom.Time && len(value) >= len(time.DateOnly) && strings.HasPrefix(attr(e.node, "datetime"), value[:len(time.DateOnly)])
		if whole || property && e.text > 0 || day {
			return int(e.first)
		}
	}
	return -1
}

// printsDay is the first block that prints the day of a date, -1 for none.
func (s *story) printsDay(blocks []ExplainedBlock, value string) int {
	day, ok := when.Parse(value, s.order)
	if !ok {
		return -1
	}
	for i := range blocks {
		if text := blocks[i].Text; blocks[i].Why != Furniture && len(text) <= longestPrint {
			if m, _, found := when.Find(text, s.order); found && m.SameDay(day) {
				return i
			}
		}
	}
	return -1
}

// printedIn is the block that prints the words, -1 for none: one at the place
// where they were found before others, one that says nothing else before others.
func printedIn(blocks []ExplainedBlock, folded []string, words, path string) int {
	want := prose.Fold(words)
	if want == "" {
		return -1
	}
	best, most := -1, 0
	for i, text := range folded {
		if len(blocks[i].Text) > len(words)+longestPrint || !strings.Contains(text, want) || text != want && !hasWords(blocks[i].Text, words) {
			continue
		}
		rank := 1
		if blocks[i].Why != Furniture {
			rank += 1
		}
		if text == want {
			rank += 2
		}
		if blocks[i].Path == path {
			rank += 4
		}
		if rank > most {
			best, most = i, rank
		}
	}
	return best
}

// hasWords says whether a text has the words as words, not as parts of longer
// ones; scripts without spaces do not tell.
func hasWords(text, words string) bool {
	text, words = strings.ToLower(prose.Squash(text)), strings.ToLower(prose.Squash(words))
	for from := 0; ; {
		at := strings.Index(text[from:], words)
		if at < 0 {
			return false
		}
		at += from
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+len(words):])
		if !continues(before) && !continues(after) {
			return true
		}
		from = at + 1
	}
}

// continues says whether a word goes on with a sign beside it.
func continues(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsDigit(r)) && !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
}
