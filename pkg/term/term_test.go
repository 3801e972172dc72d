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
	for _, tt := range []struct{ text, want string }{
		{"one two three four", "  one two\n  three\n  four\n"},
		{"longer-than-a-line x", "  longer-than-a-line\n  x\n"},
		{"港の灯台は今夜、消える。", "  港の灯台\n  は今夜、\n  消える。\n"},
		{"町長は「もう来ない」と", "  町長は\n  「もう来\n  ない」と\n"},
		{"码头 a b", "  码头 a b\n"},
		{"\x1b[1m灯台\x1b[0mの灯台", "  \x1b[1m灯台\x1b[0mの灯\n  台\n"},
	} {
		var b strings.Builder
		(&Out{Writer: &b}).Wrap(tt.text, "  ", 10)
		if b.String() != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, b.String(), tt.want)
		}
	}
}
