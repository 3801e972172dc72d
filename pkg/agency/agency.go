package agency

import (
	"strings"
	"unicode"
)

// Mention is an agency as it was printed.
type Mention struct {
	Agency
	Literal string
}

// index maps the folded forms of all names to positions in table.
var index = buildIndex()

func buildIndex() map[string]int {
	m := make(map[string]int, 4*len(table))
	put := func(name string, i int) {
		if f := fold(name); f != "" {
			if _, taken := m[f]; !taken {
				m[f] = i
			}
		}
	}
	for i, a := range table {
		put(a.Name, i)
		put(a.FullName, i)
		for _, alias := range a.aliases {
			put(alias, i)
		}
	}
	return m
}

// Find gives the agency that a printed name stands for. The name must be the
// agency's alone. Names of two or three letters are believed only in the case
// in which agencies write them: "dpa", "AFP", not "Sta" or "ap".
func Find(literal string) (Agency, bool) {
	literal = strings.Trim(literal, " \t\n.,;:()[]*©®™-–—/|\"'")
	i, ok := index[fold(literal)]
	if !ok {
		return Agency{}, false
	}
	a := table[i]
	if len(literal) <= 4 && literal != a.Name && !isUpper(literal) && !isDeskForm(literal) {
		return Agency{}, false
	}
	return a, true
}

// isDeskForm says whether a short name is printed in lower case, as desks do:
// "apa/dpa", "sda". Names that are words too are not believed so.
func isDeskForm(literal string) bool {
	switch literal {
	case "map", "tap", "spa", "app", "uni", "rss", "mia":
		return false
	}
	return len(literal) >= 3 && literal == strings.ToLower(literal)
}

func isUpper(s string) bool { return s == strings.ToUpper(s) }

// List reads a list of agencies: "AFP, dpa", "dpa/AFP", "AP and Reuters". The
// rest is what in it is no agency, in order.
func List(text string) (found []Mention, rest []string) {
	if a, ok := Find(text); ok {
		return []Mention{{a, strings.TrimSpace(text)}}, nil
	}
	for _, piece := range pieces(text) {
		if a, ok := Find(piece); ok {
			found = append(found, Mention{a, piece})
			continue
		}
		// "dpa-AFX" is one name; "apa-dpa" is two.
		var inner []Mention
		whole := strings.Contains(piece, "-")
		for half := range strings.SplitSeq(piece, "-") {
			a, ok := Find(half)
			if !ok {
				whole = false
				break
			}
			inner = append(inner, Mention{a, half})
		}
		if whole {
			found = append(found, inner...)
			continue
		}
		rest = append(rest, piece)
	}
	return found, rest
}

// joints stand between the names of a list.
var joints = []string{" and ", " und ", " et ", " y ", " e ", " en ", " och ", " og ", " & ", " with ", " via ", " mit ", " u. ", " i ", " a ", " ve "}

func pieces(text string) []string {
	for _, j := range joints {
		text = strings.ReplaceAll(text, j, "/")
	}
	var all []string
	for piece := range strings.FieldsFuncSeq(text, func(r rune) bool {
		return r == '/' || r == ',' || r == ';' || r == '|' || r == '+' || r == '、' || r == '・' || r == '•' || r == '·'
	}) {
		if piece = strings.TrimSpace(piece); piece != "" {
			all = append(all, piece)
		}
	}
	return all
}

func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
