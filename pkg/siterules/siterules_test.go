package siterules

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

const good = `schema: siterules/1
rules:
  - site: orrin.example
    since: 2026-01-01
    until: 2026-04-01
    note: the old layout
    headline: h1.title
    leaveOut: [".promo", "p.more"]
  - site: orrin.example
    since: 2026-04-01
    body: main > div.text
  - site: news.orrin.example
    since: 2026-02-01T12:00:00Z
    author: .by a, .by b
`

func day(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestRuleForAPage(t *testing.T) {
	set, err := Parse("sites.yaml", []byte(good))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, address string
		fetched       time.Time
		want          string
	}{
		{"the first day", "https://orrin.example/a", day(t, "2026-01-01"), "orrin.example@2026-01-01"},
		{"before", "https://orrin.example/a", day(t, "2025-12-31"), ""},
		{"the last day", "https://orrin.example/a", day(t, "2026-04-01").Add(-time.Second), "orrin.example@2026-01-01"},
		{"the next rule", "https://orrin.example/a", day(t, "2026-04-01"), "orrin.example@2026-04-01"},
		{"a host below", "https://WWW.Orrin.example:8080/a", day(t, "2026-05-01"), "orrin.example@2026-04-01"},
		{"the longer site", "https://news.orrin.example/a", day(t, "2026-05-01"), "news.orrin.example@2026-02-01"},
		{"before the longer site", "https://news.orrin.example/a", day(t, "2026-01-15"), "orrin.example@2026-01-01"},
		{"an unknown time", "https://orrin.example/a", time.Time{}, "orrin.example@2026-04-01"},
		{"a name that only ends so", "https://notorrin.example/a", day(t, "2026-05-01"), ""},
		{"no address", "", day(t, "2026-05-01"), ""},
		{"no web address", "file:///tmp/orrin.example", day(t, "2026-05-01"), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			if r := set.Rule(tt.address, tt.fetched); r != nil {
				got = r.Name()
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	if r := (*Set)(nil).Rule("https://orrin.example/", time.Time{}); r != nil {
		t.Errorf("no set has %v", r)
	}
}

func TestWhatCannotBeRight(t *testing.T) {
	rule := func(lines string) string {
		return "schema: siterules/1\nrules:\n  - site: a.example\n    since: 2026-01-01\n" + lines
	}
	tests := []struct{ name, text, want string }{
		{"empty", "", `f.yaml: empty: begin with "schema: siterules/1"`},
		{"no YAML", "rules: [", "f.yaml: yaml:"},
		{"no mapping", "- a", "f.yaml:1: write keys and values"},
		{"another schema", "schema: siterules/9\nrules: []", `f.yaml:1: schema "siterules/9": write "schema: siterules/1"`},
		{"an unknown key", "schema: siterules/1\nruls: []", `f.yaml:2: there is no "ruls"`},
		{"no list", "schema: siterules/1\nrules: a", "f.yaml:2: rules: write a list"},
		{"a typo of a selector", rule("    headline: h1..title"), `f.yaml:5: headline: selector "h1..title": `},
		{"the remedy of a typo", rule("    headline: h1..title"), `write a CSS selector such as "h1.title"`},
		{"a typo in a list", rule("    leaveOut:\n      - .a\n      - '[x'"), `f.yaml:7: leaveOut: selector "[x"`},
		{"an unknown field", rule("    heading: h1"), `f.yaml:5: there is no "heading": write one of site, since, until, note, headline`},
		{"a field twice", rule("    body: a\n    body: b"), `f.yaml:6: "body" stands here twice`},
		{"no site", "schema: siterules/1\nrules:\n  - since: 2026-01-01\n    body: a", "f.yaml:3: a rule without site"},
		{"an address for a site", "schema: siterules/1\nrules:\n  - site: https://a.example/\n    since: 2026-01-01\n    body: a", `f.yaml:3: site "https://a.example/": write a host`},
		{"no since", "schema: siterules/1\nrules:\n  - site: a.example\n    body: a", "f.yaml:3: a rule without since"},
		{"no day", rule("    until: never\n    body: a"), `f.yaml:5: until "never": write a day such as 2026-04-01`},
		{"no time at all", rule("    until: 2025-01-01\n    body: a"), "f.yaml:3: until is not after since"},
		{"nothing selected", rule(""), "f.yaml:3: a rule that selects nothing"},
		{"two for one day", rule("    body: a\n  - site: A.example\n    since: 2026-03-01\n    body: b"), "f.yaml:6: two rules hold for a.example at one time, the other from line 3"},
		{"an alias", rule("    headline: &x h1\n    body: *x"), "f.yaml:6: body: write the value out"},
		{"no text", rule("    body: {a: b}"), "f.yaml:5: body: write a CSS selector"},
		{"looks inside", rule("    body: div:has(p)"), `":" can only begin ":not(…)"`},
		{"counts", rule("    body: p:nth-child(2)"), `":" can only begin ":not(…)"`},
		{"counts in not", rule("    body: p:not(:first-child)"), `":" can only begin ":not(…)"`},
		{"all before", rule("    body: h1 ~ p"), `"~" looks at too much`},
		{"too deep", rule("    body: a b c d"), "3 steps to any depth: at most 2"},
		{"too deep in not", rule("    body: a:not(b c d e)"), "3 steps to any depth: at most 2"},
		{"too long", rule("    body: a" + strings.Repeat(",a", 200)), "selector of 401 bytes"},
		{"all of them", rule("    heading: a\n    body: a b c d"), "f.yaml:6: body"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			set, err := Parse("f.yaml", []byte(tt.text))
			if err == nil || !strings.Contains(err.Error(), tt.want) || set != nil {
				t.Errorf("got %v, %v, want an error with %q", set, err, tt.want)
			}
		})
	}
}

func TestSelectors(t *testing.T) {
	doc, err := html.Parse(strings.NewReader(`<main><div class="text big" data-x="a: b ~ c"><p id=p1>x</p><p class=more>y</p></div></main>`))
	if err != nil {
		t.Fatal(err)
	}
	for selector, want := range map[string]int{
		"p": 2, "main p": 2, "main > div > p": 2, "p#p1 + p": 1, "p:not(.more)": 1, "div.text.big": 1, `[data-x="a: b ~ c"]`: 1,
		"[class~=big]": 1, "#p1, .more": 2, "main div p": 2, `.a\:b`: 0,
	} {
		s, err := compile(selector)
		if err != nil {
			t.Errorf("%s: %v", selector, err)
			continue
		}
		got := 0
		for n := range doc.Descendants() {
			if n.Type == html.ElementNode && s.Matches(n) {
				got++
			}
		}
		if got != want {
			t.Errorf("%s matches %d, want %d", selector, got, want)
		}
	}
}

// TestDocumentedFile says that the file in docs/operate.md can be used.
func TestDocumentedFile(t *testing.T) {
	text, err := os.ReadFile("../../docs/operate.md")
	if err != nil {
		t.Fatal(err)
	}
	_, file, found := strings.Cut(string(text), "```yaml\nschema: siterules")
	rules, rest, _ := strings.Cut(file, "```")
	_, rest, more := strings.Cut(rest, "```yaml\nagencies:")
	agencies, _, _ := strings.Cut(rest, "```")
	set, err := Parse("docs/operate.md", []byte("schema: siterules"+rules+"agencies:"+agencies))
	if err != nil || !found || !more {
		t.Fatalf("found %v and %v, %v", found, more, err)
	}
	if a, _ := set.Names().Find("ExPress"); a.Name != "EPS" {
		t.Errorf("got %+v", a)
	}
	if r := set.Rule("https://ledger.example/x", day(t, "2026-05-01")); r == nil || len(r.Selectors) != 5 {
		t.Errorf("got %+v", r)
	}
}

// FuzzParse states that any file is a set, each of whose rules is found for its
// own site on its first day, and each of whose agencies by its aliases, or an
// error that names the file.
func FuzzParse(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte("schema: siterules/1\nrules: [{site: a.example, since: 2026-01-01, body: 'a:not(b'}]"))
	f.Add([]byte(agencies))
	f.Add([]byte("schema: siterules/1\nrules: [{site: müller.example, since: 2026-01-01, body: a}]"))
	f.Fuzz(func(t *testing.T, text []byte) {
		set, err := Parse("f.yaml", text)
		if err != nil {
			if !strings.Contains(err.Error(), "f.yaml") {
				t.Errorf("error %q does not name the file", err)
			}
			return
		}
		for _, r := range set.Rules() {
			if got := set.Rule("https://"+r.Site+"/x", r.Since); got != r {
				t.Errorf("%s is found as %s", r.Name(), fmt.Sprint(got))
			}
		}
		for _, a := range set.Agencies() {
			for _, name := range a.Aliases {
				if got, _ := set.Names().Find(name); got.Name != a.Short {
					t.Errorf("%q is found as %q, want %q", name, got.Name, a.Short)
				}
			}
		}
	})
}
