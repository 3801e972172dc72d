package diff

import (
	"slices"
	"strings"
	"unicode"
)

// Span is a piece of a text that was compared with another, word by word.
type Span struct {
	Op   Op     `json:"op"`
	Text string `json:"text"`
}

// Op says in which of two texts a span stands.
type Op string

// The ops.
const (
	Same Op = "same" // in both
	Out  Op = "out"  // in the first only
	In   Op = "in"   // in the second only
	Skip Op = "skip" // in both, and left out here
)

// mostEdits is how many words may differ before all between the first and the
// last difference is one: finding the least takes time and memory in its square.
const mostEdits = 1500

// Words says how the second text comes of the first, in as few words as can be
// found. Put together, what is not In is the first text, and what is not Out the
// second.
func Words(before, after string) []Span {
	a, b := wordsOf(before), wordsOf(after)
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	var s spans
	s.add(Same, a[:head]...)
	s.edit(a[head:len(a)-tail], b[head:len(b)-tail])
	s.add(Same, a[len(a)-tail:]...)
	return s
}

// wordsOf cuts a text into words, each with the space behind it. In scripts
// without spaces a sign is a word.
func wordsOf(text string) []string {
	var words []string
	begin, space := 0, false
	for i, r := range text {
		isSpace := unicode.IsSpace(r)
		alone := unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
		if i > begin && (space && !isSpace || alone) {
			words = append(words, text[begin:i])
			begin = i
		}
		space = isSpace || alone && !isSpace
	}
	if begin < len(text) {
		words = append(words, text[begin:])
	}
	return words
}

// spans are pieces of text, neighbours of which have different ops.
type spans []Span

func (s *spans) add(op Op, words ...string) {
	if len(words) == 0 {
		return
	}
	text := strings.Join(words, "")
	if n := len(*s); n > 0 && (*s)[n-1].Op == op {
		(*s)[n-1].Text += text
		return
	}
	*s = append(*s, Span{op, text})
}

// edit adds the shortest way from a to b: Eugene W. Myers, "An O(ND) Difference
// Algorithm and Its Variations", Algorithmica 1 (1986), section 2.
func (s *spans) edit(a, b []string) {
	trace := explore(a, b)
	if trace == nil {
		s.add(Out, a...)
		s.add(In, b...)
		return
	}
	type step struct {
		op   Op
		word string
	}
	var back []step
	x, y := len(a), len(b)
	for d := len(trace) - 1; d >= 0; d-- {
		k := x - y
		from := k - 1
		if d == 0 {
			from = k
		} else if k == -d || k != d && trace[d-1].at(k-1) < trace[d-1].at(k+1) {
			from = k + 1
		}
		px, py := 0, 0
		if d > 0 {
			px = trace[d-1].at(from)
			py = px - from
		}
		for x > px && y > py {
			x, y = x-1, y-1
			back = append(back, step{Same, a[x]})
		}
		switch {
		case d > 0 && from == k+1:
			y--
			back = append(back, step{In, b[y]})
		case d > 0:
			x--
			back = append(back, step{Out, a[x]})
		}
	}
	// Between two words that are the same, what is out comes before what is in.
	slices.Reverse(back)
	var same, out, in []string
	for _, step := range back {
		switch step.op {
		case Same:
			if len(out)+len(in) > 0 {
				s.add(Same, same...)
				s.add(Out, out...)
				s.add(In, in...)
				same, out, in = nil, nil, nil
			}
			same = append(same, step.word)
		case Out:
			out = append(out, step.word)
		case In:
			in = append(in, step.word)
		}
	}
	s.add(Same, same...)
	s.add(Out, out...)
	s.add(In, in...)
}

// frontier has for each diagonal how far along the first text some number of edits
// lead.
type frontier []int

// at is the reach on diagonal k.
func (f frontier) at(k int) int { return f[k+len(f)/2] }

// explore gives the frontiers of 0, 1, 2 … edits, up to the one that reaches the
// end; nil if that would be more than mostEdits.
func explore(a, b []string) []frontier {
	var trace []frontier
	for d := 0; d <= min(len(a)+len(b), mostEdits); d++ {
		now := make(frontier, 2*d+1)
		for k := -d; k <= d; k += 2 {
			x := 0
			if d > 0 {
				last := trace[d-1]
				switch {
				case k == -d:
					x = last.at(k + 1)
				case k == d:
					x = last.at(k-1) + 1
				case last.at(k-1) < last.at(k+1):
					x = last.at(k + 1)
				default:
					x = last.at(k-1) + 1
				}
			}
			for x < len(a) && x-k < len(b) && x-k >= 0 && a[x] == b[x-k] {
				x++
			}
			now[k+d] = x
			if x >= len(a) && x-k >= len(b) {
				return append(trace, now)
			}
		}
		trace = append(trace, now)
	}
	return nil
}
