package agency

import (
	_ "embed"
	"fmt"
	"strings"
)

// Agency is a news agency or a distributor of pictures.
type Agency struct {
	// Name is the canonical short name, such as "AFP".
	Name string
	// FullName is the name written out, such as "Agence France-Presse".
	FullName string
	// Country is where it has its seat, two letters of ISO 3166-1; empty for
	// a pool.
	Country string
	// Home is the address of its home page, empty where there is none.
	Home string
	// PhotoOnly says that it supplies pictures, not text.
	PhotoOnly bool

	// word says that the short name is a word or means other things too.
	word bool
	// small says that short names are printed in small letters too.
	small   bool
	aliases []string
}

//go:embed agencies.tsv
var agencies string

// world holds the agencies in the order of the file.
var world = readWorld(agencies)

// readWorld panics if a line is not as the file's head says: the file is part
// of the program.
func readWorld(text string) []Agency {
	var all []Agency
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 6 {
			panic(fmt.Sprintf("agencies.tsv: %d columns, want 6: %q", len(f), line))
		}
		for i := range f {
			if f[i] == "-" {
				f[i] = ""
			}
		}
		a := Agency{Name: f[0], FullName: f[1], Country: f[2], Home: f[3], PhotoOnly: f[4] == "picture", word: f[4] == "word", small: f[4] == "small"}
		if f[5] != "" {
			a.aliases = strings.Split(f[5], "|")
		}
		all = append(all, a)
	}
	return all
}
