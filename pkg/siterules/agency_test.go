package siterules

import (
	"fmt"
	"strings"
	"testing"
)

const agencies = `schema: siterules/1
agencies:
  - name: Example  Press Service
    short: EPS
    aliases: [ExPress, "E.P.S.", eps]
    site: www.eps.example
  - name: Orm Pictures
    supplies: pictures
  - short: dpa
    note: as the Gazette prints it
    aliases: [Küstenticker]
`

func TestAgencies(t *testing.T) {
	set, err := Parse("sites.yaml", []byte(agencies))
	if err != nil {
		t.Fatal(err)
	}
	names := set.Names()
	for literal, want := range map[string]string{
		"EPS": "EPS", "E.P.S.": "EPS", "eps": "EPS", "Eps": "", "ExPress": "EPS", "EXPRESS": "EPS", "express": "", "Express": "",
		"Example Press Service": "EPS", "example press service": "EPS", "Orm Pictures": "Orm Pictures",
		"Küstenticker": "dpa", "dpa": "dpa", "AFP": "AFP", "ap": "",
	} {
		if a, _ := names.Find(literal); a.Name != want {
			t.Errorf("%q stands for %q, want %q", literal, a.Name, want)
		}
	}
	if a, _ := names.Find("ExPress"); a.FullName != "Example Press Service" || a.PhotoOnly {
		t.Errorf("got %+v", a)
	}
	if a, _ := names.Find("Orm Pictures"); !a.PhotoOnly {
		t.Errorf("got %+v", a)
	}
	if a, _ := names.OfHost("en.eps.example"); a.Name != "EPS" {
		t.Errorf("the site is that of %q", a.Name)
	}
	if found, rest := names.List("AFP, ExPress und Jane Doe"); len(found) != 2 || len(rest) != 1 {
		t.Errorf("found %v, and %v", found, rest)
	}
	for _, none := range []*Set{nil, {}} {
		if a, ok := none.Names().Find("ExPress"); ok {
			t.Errorf("without the file it is %v", a)
		}
	}
}

func TestAgenciesThatCannotBe(t *testing.T) {
	eps := func(aliases string) string {
		return "- name: Example Press Service\n  short: EPS\n  aliases: " + aliases
	}
	many := func(n int, entry string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, entry, i)
		}
		return b.String()
	}
	tests := []struct{ name, list, want string }{
		{"no list", "  name: a", "f.yaml:3: agencies: write a list"},
		{"no mapping", "- AFP", `f.yaml:3: write keys and values`},
		{"an unknown key", "- name: Example Press\n  alias: x", `f.yaml:4: there is no "alias": write one of name, short, aliases, site, supplies, note`},
		{"no name", "- aliases: [ExPress]", `f.yaml:3: an agency without name: write "name: Example Press Service"`},
		{"an unknown short name", "- short: XQZ", `f.yaml:3: agency: "XQZ" is the short name of no agency that is known: write its name too`},
		{"another's short name", "- name: Example Press\n  short: AFP", `f.yaml:3: agency: "AFP" is short for Agence France-Presse already`},
		{"another's name", "- name: Agence France-Presse\n  short: XQZ", `f.yaml:3: agency: "Agence France-Presse" is a name of Agence France-Presse already`},
		{"another's alias", eps("[AFP]"), `f.yaml:5: aliases: "AFP" is a name of Agence France-Presse already: write another, or add to that by its short name "AFP"`},
		{"another's in other letters", eps("[A.F.P.]"), `is a name of Agence France-Presse already`},
		{"two for one alias", eps("[ExPress]") + "\n- name: Orm Press Agency\n  aliases:\n  - ExPress", `f.yaml:8: aliases: "ExPress" is a name of EPS already`},
		{"one twice", eps("[]") + "\n- name: Example Press\n  short: EPS", `f.yaml:6: agency: "EPS" was added before`},
		{"an empty alias", eps(`[""]`), "f.yaml:5: aliases: write a name as it is printed"},
		{"white space", eps(`["  "]`), "f.yaml:5: aliases: write a name as it is printed"},
		{"one letter", eps("[E]"), `f.yaml:5: aliases: "E": one letter is no name`},
		{"two small letters", eps("[ep]"), `"ep": two letters may be a word: write them in capitals`},
		{"no letters", eps(`["(.*)"]`), "f.yaml:5: aliases: a name without letters"},
		{"a number", eps("[2026]"), "a name without letters"},
		{"a word", eps("[News]"), `f.yaml:5: aliases: "News" is a word of many pages`},
		{"a small word", eps("[DER]"), `"DER" is a word of many pages`},
		{"a word for a name", "- name: Press", `f.yaml:3: agency: "Press" is a word of many pages`},
		{"control characters", eps(`["Ex\u0007Press"]`), `write a name as it is printed, on one line`},
		{"no text", eps("[{a: b}]"), "f.yaml:5: aliases: write a name as it is printed"},
		{"no list of aliases", eps("ExPress"), "f.yaml:5: aliases: write a list such as [ExPress, E.P.S.]"},
		{"too long", eps("[" + strings.Repeat("Press", 40) + "]"), "a name of 200 bytes: write one of at most 100"},
		{"too many aliases", eps("\n" + many(10_000, "  - Press %d\n")), "f.yaml:56: more than 50 aliases: write those that pages print"},
		{"too many", many(10_000, "- name: Press %d\n"), "f.yaml:203: more than 200 agencies"},
		{"no host", "- name: Example Press\n  site: https://eps.example/a", `f.yaml:4: site "https://eps.example/a": write a host`},
		{"supplies nothing", "- name: Example Press\n  supplies: bread", `f.yaml:4: supplies "bread": write "text" or "pictures"`},
		{"pictures of dpa", "- short: dpa\n  supplies: pictures", `f.yaml:3: agency: "dpa" supplies text`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			set, err := Parse("f.yaml", []byte("schema: siterules/1\nagencies:\n"+tt.list+"\n"))
			if err == nil || !strings.Contains(err.Error(), tt.want) || set != nil {
				t.Errorf("got %v, %v, want an error with %q", set, err, tt.want)
			}
		})
	}
}

// TestAliasesAreNoPatterns says that what has a meaning in patterns is compared
// as the letters around it.
func TestAliasesAreNoPatterns(t *testing.T) {
	set, err := Parse("f.yaml", []byte("schema: siterules/1\nagencies:\n- name: Example Press\n  aliases: ['Or.*(m+)$', 'E|F[']\n"))
	if err != nil {
		t.Fatal(err)
	}
	for literal, want := range map[string]bool{"Or.*(m+)$": true, "Orxyzm": false, "ORM": true, "E": false, "F": false, "EF": true} {
		if _, got := set.Names().Find(literal); got != want {
			t.Errorf("%q is found: %v", literal, got)
		}
	}
}
