package agency

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/language"
)

// longestName bounds a name that is added, in bytes.
const longestName = 100

// added are the agencies and names that were added. They are asked before the
// world's; a nil one has none.
type added struct {
	agencies map[string]Agency // by short name
	names    map[string]naming // folded
	sites    map[string]string // to short names
}

// naming is what a name stands for, and how it is written.
type naming struct {
	short string
	forms []string // bare
}

// Add adds an agency by its short name, its full one and its home page, or does
// nothing where that is one of the world's. Names that cannot be believed, or
// are others' already, are errors that name a remedy. A table is complete before
// anybody asks it.
func (t *Table) Add(a Agency) error {
	if known, ok := byShort(a.Name); ok {
		if a.FullName != "" && fold(a.FullName) != fold(known.FullName) && fold(a.FullName) != fold(known.Name) {
			return fmt.Errorf("%q is short for %s already: leave the name out to add to that, or write another short name", a.Name, known.FullName)
		}
		if a.PhotoOnly && !known.PhotoOnly {
			return fmt.Errorf("%q supplies text: leave out what it supplies", a.Name)
		}
		t.init()
		t.own.agencies[known.Name] = known
		t.addSite(a.Home, known.Name)
		return nil
	}
	if a.FullName == "" {
		return fmt.Errorf("%q is the short name of no agency that is known: write its name too", a.Name)
	}
	t.init()
	if _, twice := t.own.agencies[a.Name]; twice {
		return fmt.Errorf("%q was added before: write all that is to say of it in one place", a.Name)
	}
	t.own.agencies[a.Name] = a
	for _, name := range [...]string{a.Name, a.FullName} {
		if err := t.AddAlias(a.Name, name); err != nil {
			return err
		}
	}
	t.addSite(a.Home, a.Name)
	return nil
}

// AddAlias adds a name of an agency that was added.
func (t *Table) AddAlias(short, alias string) error {
	if err := believable(alias); err != nil {
		return err
	}
	folded := fold(alias)
	if i, taken := index[folded]; taken && world[i].Name != short {
		return fmt.Errorf("%q is a name of %s already: write another, or add to that by its short name %q", alias, world[i].FullName, world[i].Name)
	}
	n := t.own.names[folded]
	if n.short != "" && n.short != short {
		return fmt.Errorf("%q is a name of %s already: write it once", alias, n.short)
	}
	if form := bare(alias); !slices.Contains(n.forms, form) {
		n.forms = append(n.forms, form)
	}
	n.short = short
	t.own.names[folded] = n
	return nil
}

func (t *Table) init() {
	if t.own == nil {
		t.own = &added{map[string]Agency{}, map[string]naming{}, map[string]string{}}
	}
}

func (t *Table) addSite(home, short string) {
	if host := homeHost(Agency{Home: home}); host != "" {
		t.own.sites[host] = short
	}
}

// byShort is the agency of the world with that very short name.
func byShort(name string) (Agency, bool) {
	i := slices.IndexFunc(world, func(a Agency) bool { return a.Name == name })
	if i < 0 {
		return Agency{}, false
	}
	return world[i], true
}

// find gives the agency that a name stands for, bare and folded. One word is
// believed as it was written, and in capitals; several in any case.
func (a *added) find(literal, folded string) (Agency, bool) {
	if a == nil {
		return Agency{}, false
	}
	n, ok := a.names[folded]
	if !ok || !isUpper(literal) && !slices.ContainsFunc(n.forms, func(form string) bool { return isWritten(literal, form) }) {
		return Agency{}, false
	}
	return a.agencies[n.short], true
}

func isWritten(literal, form string) bool {
	return literal == form || strings.Contains(form, " ") && strings.ContainsAny(literal, " -")
}

func (a *added) ofHost(host string) (Agency, bool) {
	if a == nil {
		return Agency{}, false
	}
	short, ok := a.sites[host]
	return a.agencies[short], ok
}

// believable says why a name that is added would be found where no agency is
// meant, or nowhere.
func believable(name string) error {
	folded := fold(name)
	switch letters := strings.Map(onlyLetters, folded); {
	case len(name) > longestName:
		return fmt.Errorf("a name of %d bytes: write one of at most %d", len(name), longestName)
	case !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl):
		return fmt.Errorf("%q: write a name as it is printed, on one line", name)
	case letters == "":
		return errors.New("a name without letters: write one as it is printed")
	case utf8.RuneCountInString(letters) < 2:
		return fmt.Errorf("%q: one letter is no name: write a longer one", name)
	case utf8.RuneCountInString(letters) == 2 && !isUpper(name):
		return fmt.Errorf("%q: two letters may be a word: write them in capitals, or a longer name", name)
	case ordinary[folded] || language.IsCommon(folded):
		return fmt.Errorf("%q is a word of many pages: write a longer name", name)
	}
	return nil
}

func onlyLetters(r rune) rune {
	if unicode.IsLetter(r) {
		return r
	}
	return -1
}
