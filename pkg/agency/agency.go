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

// IsWord says whether what was printed is a word as well as an agency's name:
// "Direkt", "Mehr".
func (m Mention) IsWord() bool {
	return m.word && fold(m.Literal) == fold(m.Name) && !isUpper(m.Literal)
}

// Table says which agencies names stand for: the world's, and those that were
// added. The zero table has the world's.
type Table struct{ own *added }

// index maps the folded forms of all names to positions in world.
var index = buildIndex()

func buildIndex() map[string]int {
	m := make(map[string]int, 4*len(world))
	put := func(name string, i int) {
		if f := fold(name); f != "" {
			if _, taken := m[f]; !taken {
				m[f] = i
			}
		}
	}
	for i, a := range world {
		put(a.Name, i)
		put(a.FullName, i)
		for _, alias := range a.aliases {
			put(alias, i)
		}
	}
	return m
}

// Find gives the agency that a printed name stands for. The name must be the
// agency's alone, and mean nothing else. Names of two or three letters are
// believed only in the case in which agencies write them: "dpa", "AFP", not
// "Sta" or "ani".
func (t Table) Find(literal string) (Agency, bool) { return t.find(literal, false) }

// FindCredited is [Table.Find] for names that are printed where a source is
// named: there, short names that are words too are believed as agencies write
// them: "Direkt", "SPA".
func (t Table) FindCredited(literal string) (Agency, bool) { return t.find(literal, true) }

func (t Table) find(literal string, credited bool) (Agency, bool) {
	literal = bare(literal)
	folded := fold(literal)
	if a, ok := t.own.find(literal, folded); ok {
		return a, true
	}
	i, ok := index[folded]
	if !ok {
		return Agency{}, false
	}
	a := world[i]
	if a.word && folded == fold(a.Name) && (!credited || literal != a.Name && !isUpper(literal)) {
		return Agency{}, false
	}
	if len(literal) <= 4 && literal != a.Name && !isUpper(literal) && !(a.small && isSmall(literal)) {
		return Agency{}, false
	}
	return a, true
}

// bare is a name without the marks around it.
func bare(literal string) string {
	return strings.Trim(literal, " \t\n.,;:()[]*©®™-–—/|\"'«»“”„‘’（）［］【】〔〕「」")
}

// isSmall says whether a short name is printed in lower case, as desks do:
// "apa/dpa", "sda".
func isSmall(literal string) bool {
	return len(literal) >= 3 && literal == strings.ToLower(literal)
}

func isUpper(s string) bool { return s == strings.ToUpper(s) }

// fold is what names are compared by: their letters and digits, in lower case.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
