package search

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// marked writes a snippet with its marks as brackets.
func marked(s Snippet) string {
	var b strings.Builder
	if s.Before {
		b.WriteString("…")
	}
	at := 0
	for _, m := range s.Marks {
		b.WriteString(s.Text[at:m[0]] + "[" + s.Text[m[0]:m[1]] + "]")
		at = m[1]
	}
	b.WriteString(s.Text[at:])
	if s.After {
		b.WriteString("…")
	}
	return b.String()
}

func TestSnippet(t *testing.T) {
	long := strings.Repeat("Nothing of note happened that day. ", 20)
	tests := []struct {
		name, query, text string
		size              int
		want              string
	}{
		{"a short text", "ferry", "The Ferry is late.", 100, "The [Ferry] is late."},
		{"accents", "zurich", "Die Fähre nach Zürich.", 100, "Die Fähre nach [Zürich]."},
		{"a phrase", `"is late"`, "It is. The ferry is late.", 100, "It is. The ferry [is late]."},
		{"a beginning", "harb*", "The harbour's master", 100, "The [harbour]'s master"},
		{"pairs", "京都", "東京都の港", 100, "東[京都]の港"},
		{"a run of pairs", "ท่าเรือ", "นายท่าเรือกล่าว", 100, "นาย[ท่าเรือ]กล่าว"},
		{"over a gap", "第3回", "は、第3回の", 100, "は、[第3回]の"},
		{"not and filters mark nothing", "ferry -late site:a.example", "The ferry is late.", 100, "The [ferry] is late."},
		{"nothing matches", "bridge", "The ferry is late today.", 12, "The ferry is…"},
		{"in the middle", "ferry", long + "The ferry is late. " + long, 60, "…that day. The [ferry] is late. Nothing of note happened that…"},
		{"where most clauses are", "note late", long + "The ferry is late. " + long, 60, "…The ferry is [late]. Nothing of [note] happened that day.…"},
	}
	for _, test := range tests {
		q, err := Parse(test.query)
		if err != nil {
			t.Fatal(err)
		}
		if got := marked(q.Snippet(test.text, test.size)); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}

// A text of one word over and over, asked for in many ways, costs no more looks
// than any other.
func TestMatchesAreBounded(t *testing.T) {
	var query strings.Builder
	for n := range 20 {
		query.WriteString(`"` + strings.Repeat("a ", n+1) + `" `)
	}
	q, err := Parse(query.String())
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Repeat("a ", snippetText/2)
	if n := len(q.matches(text)); n != 20*maxMatches {
		t.Errorf("%d matches are looked at, want %d", n, 20*maxMatches)
	}
	if s := q.Snippet(text, 220); len(s.Text) > 220 || len(s.Marks) == 0 {
		t.Errorf("snippet %+v", s)
	}
	if q, err = Parse(strings.Repeat("a ", 64)); err != nil || len(q.clauses) != 1 {
		t.Errorf("one word 64 times is %d clauses, %v", len(q.clauses), err)
	}
}

// A snippet is a piece of the text, no longer than asked for, with its marks
// inside, in order and apart.
func FuzzSnippet(f *testing.F) {
	f.Add("ferry is", "The ferry is late.", 9)
	f.Add("京都", "東京都の港", 4)
	f.Add("0", "\xff00\xb50 ", 3)
	f.Add("x*", "xyz \xff e\u0301", 3)
	f.Fuzz(func(t *testing.T, query, text string, size int) {
		q, err := Parse(query)
		if err != nil || size < 0 {
			return
		}
		s := q.Snippet(text, size)
		if !strings.Contains(text, s.Text) || len(s.Text) > size && len(s.Text) < len(text) {
			t.Errorf("%q is no piece of %d bytes of %q", s.Text, size, text)
		}
		if utf8.ValidString(text) && !utf8.ValidString(s.Text) {
			t.Errorf("%q cuts a character of %q", s.Text, text)
		}
		end := -1
		for _, m := range s.Marks {
			if m[0] <= end || m[1] <= m[0] || m[1] > len(s.Text) {
				t.Errorf("marks %v in %q", s.Marks, s.Text)
			}
			end = m[1]
		}
	})
}
