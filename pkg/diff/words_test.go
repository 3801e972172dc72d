package diff

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// written is a diff in one line: what is out in [-…-], what is in in {+…+}.
func written(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		switch s.Op {
		case Same:
			b.WriteString(s.Text)
		case Out:
			b.WriteString("[-" + s.Text + "-]")
		case In:
			b.WriteString("{+" + s.Text + "+}")
		case Skip:
			b.WriteString("…")
		}
	}
	return b.String()
}

func TestWords(t *testing.T) {
	for _, tt := range []struct{ before, after, want string }{
		{"", "", ""},
		{"the tide", "the tide", "the tide"},
		{"", "the tide", "{+the tide+}"},
		{"the tide", "", "[-the tide-]"},
		{"the low tide", "the high tide", "the [-low -]{+high +}tide"},
		{"a b c", "a c", "a [-b -]c"},
		{"a c", "a b c", "a {+b +}c"},
		{"one two three four", "zero two four five", "[-one -]{+zero +}two [-three four-]{+four five+}"},
		{"港は静か", "港が静か", "港[-は-]{+が+}静か"},
		{"a\nb", "a b", "[-a\n-]{+a +}b"},
	} {
		if diff := cmp.Diff(tt.want, written(Words(tt.before, tt.after))); diff != "" {
			t.Errorf("%q to %q (-want +got):\n%s", tt.before, tt.after, diff)
		}
	}
}

// Texts that have nothing in common take no longer than they should.
func TestWordsOfStrangers(t *testing.T) {
	before, after := strings.Repeat("ebb ", 200_000), strings.Repeat("flood ", 200_000)
	got := Words(before, after)
	if len(got) != 2 || got[0].Text != before || got[1].Text != after {
		t.Errorf("%d spans", len(got))
	}
}

// A long text with a word changed here and there is put together once, not anew
// for every word.
func TestWordsOfLongTexts(t *testing.T) {
	words := strings.Fields(strings.Repeat("the tide was low on the quay that day ", 30_000))
	changed := slices.Clone(words)
	for i := 0; i < len(words); i += 10_000 {
		changed[i] = "ebb"
	}
	before, after := strings.Join(words, " "), strings.Join(changed, " ")
	spans := 0
	bytes := testing.Benchmark(func(b *testing.B) {
		for b.Loop() {
			spans = len(Words(before, after))
		}
	}).AllocedBytesPerOp()
	if spans != 81 || bytes > int64(100*len(before)) {
		t.Errorf("%d spans; %d bytes for texts of %d", spans, bytes, len(before))
	}
}

func FuzzWords(f *testing.F) {
	f.Add("the low tide", "the high tide")
	f.Add("港は静か", " 港が静か")
	f.Add("a a a b", "b a a")
	f.Fuzz(func(t *testing.T, before, after string) {
		var a, b strings.Builder
		last := Skip
		for _, s := range Words(before, after) {
			if s.Text == "" || s.Op == last {
				t.Errorf("%q beside %s", s.Text, last)
			}
			last = s.Op
			if s.Op != In {
				a.WriteString(s.Text)
			}
			if s.Op != Out {
				b.WriteString(s.Text)
			}
		}
		if a.String() != before || b.String() != after {
			t.Errorf("%q and %q became %q and %q", before, after, a.String(), b.String())
		}
	})
}
