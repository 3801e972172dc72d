package search

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"words", "  ferry\tfog ", "ferry fog"},
		{"a phrase", `"delayed by  fog"`, `"delayed by  fog"`},
		{"printed quotes", `„Fähre fällt aus“ «un mot»`, `"Fähre fällt aus" "un mot"`},
		{"a phrase at a word", `ferry"by fog"`, `ferry "by fog"`},
		{"not", `-ferry -"by fog" -site:a.example`, `-ferry -"by fog" -site:a.example`},
		{"a dash is no not", "ferry - fog –", "ferry fog"},
		{"two dashes", "--verbose", "--verbose"},
		{"a beginning", "harb*", "harb*"},
		{"filters", `SITE:a.example Lang:de type:NewsArticle`, `site:a.example lang:de type:NewsArticle`},
		{"quoted values", `author:"Ada Example" agency: "AFP"`, `error`},
		{"quoted value", `author:"Ada Example" agency:"AFP"`, `author:"Ada Example" agency:AFP`},
		{"dates", "after:2026 before:2026-03 after:2026-03-14", "after:2026 before:2026-03 after:2026-03-14"},
		{"a colon between digits", "10:30", "10:30"},
		{"a colon at the end", "Mayor: ferry", "Mayor: ferry"},
		{"an apostrophe", "don't", "don't"},
		{"symbols among words", "a & b", "a b"},
		{"said twice", `ferry Ferry -ferry "ferry fog" "Ferry,  fog" site:a.example site:a.example`, `ferry -ferry "ferry fog" site:a.example`},
	}
	for _, test := range tests {
		got := "error"
		if q, err := Parse(test.in); err == nil {
			got = q.String()
		}
		if got != test.want {
			t.Errorf("%s: %s parsed as %s, want %s", test.name, test.in, got, test.want)
		}
	}
}

// numbered is n words after a pattern.
func numbered(pattern string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, pattern, i)
	}
	return b.String()
}

func TestParseErrors(t *testing.T) {
	tests := []struct {
		in   string
		at   int
		says string // part of the message: what is wrong and what to do
	}{
		{"", 0, "give a word or a filter"},
		{"  – & ", 0, "give a word or a filter"},
		{`fähre "by fog`, 7, `add a "`},
		{"ferry colour:red", 7, "no filter is called colour: there are after:, agency:, author:, before:, lang:, site:, type:"},
		{"https://a.example/1", 1, "put words with a colon in quotes"},
		{"site:", 1, "site: wants a domain such as"},
		{"lang:german", 1, "lang: wants a language tag such as"},
		{"author:…", 1, "author: wants a name"},
		{"agency: AFP", 1, "agency: wants a name"},
		{"type: x", 1, "type: wants a type"},
		{"ferry -after:yesterday", 8, "after: wants a date as YYYY, YYYY-MM or YYYY-MM-DD"},
		{"before:2026-02-30", 1, "before: wants a date"},
		{"before:2026-3", 1, "before: wants a date"},
		{"f*g", 2, `"*" stands only at the end`},
		{"fog**", 4, `"*" stands only at the end`},
		{"*", 1, "give at least 2 letters"},
		{"f*", 1, "give at least 2 letters"},
		{"by-fog*", 1, "a single one"},
		{"fog\x00", 4, "control character U+0000"},
		{"\"fog\x1b[31m\"", 5, "control character U+001B"},
		{"\xff", 0, "not UTF-8"},
		{strings.Repeat("x", 1<<20), 0, "has 1048576 bytes, the limit is 4096"},
		{numbered("x%02d ", 100), 257, "limit of 64"},
		{strings.Repeat("ab* ", 10_000/4), 0, "limit is 4096"},
		{numbered("ab%02d* ", 5), 0, "limit is 4"},
		{`"` + strings.Repeat("x ", 300) + `"`, 0, "has 300 words, the limit is 256"},
		{strings.Repeat("渡", 300), 0, "limit is 256"},
	}
	for _, test := range tests {
		_, err := Parse(test.in)
		syntax, ok := errors.AsType[*SyntaxError](err)
		if !ok {
			t.Errorf("%.60q: error %v, want a SyntaxError", test.in, err)
			continue
		}
		if syntax.At != test.at || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%.60q: %q at %d, want %q at %d", test.in, err, syntax.At, test.says, test.at)
		}
	}
}

// What a query says of itself is the same query.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`ferry -fog "by night" harb*`, `site:a.example author:"Ada Example" -after:2026-03`, `„a“ «b» --c -"d" e: f:"g"`,
		"東京2026 ท่าเรือ ﬁ ½ e\u0301", `-`, `:"`, "a\u00adb\u200bc",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		q, err := Parse(in)
		if err != nil {
			return
		}
		again, err := Parse(q.String())
		if err != nil || !reflect.DeepEqual(q, again) {
			t.Errorf("%q says %q, which says %q, %v", in, q, again, err)
		}
		q.compile()
	})
}

func ExampleParse_error() {
	_, err := Parse("ferry before:yesterday")
	fmt.Println(err)
	// Output: query, character 7: before: wants a date as YYYY, YYYY-MM or YYYY-MM-DD, such as after:2026-03-14
}
