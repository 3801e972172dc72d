package term

import (
	"strings"
	"testing"
)

func TestTable(t *testing.T) {
	rows := [][]string{{"a", "long cell", "end"}, {"日本", "b", strings.Repeat("x", 30)}}
	for _, tt := range []struct {
		name  string
		width int
		want  string
	}{
		{"whole where nobody watches", 0, "a     long cell  end\n日本  b          " + strings.Repeat("x", 30) + "\n"},
		{"cut at the terminal's edge", 24, "a     long cell  end\n日本  b          xxxxxx…\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var b strings.Builder
			(&Out{Writer: &b, Width: tt.width}).Table(rows)
			if b.String() != tt.want {
				t.Errorf("got\n%swant\n%s", b.String(), tt.want)
			}
		})
	}
}

func TestColoursOnlyOnATerminal(t *testing.T) {
	var b strings.Builder
	if got := New(&b).Bad("x"); got != "x" {
		t.Errorf("no terminal: %q", got)
	}
	if got := (&Out{Writer: &b, Colour: true, Width: 80}).Bad("x"); got != "\x1b[31mx\x1b[0m" {
		t.Errorf("terminal: %q", got)
	}
}

func TestWrap(t *testing.T) {
	var b strings.Builder
	(&Out{Writer: &b}).Wrap("one two three four", "  ", 10)
	if want := "  one two\n  three\n  four\n"; b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}
