package agency

import (
	"regexp"
	"strings"
)

// List reads a list of agencies: "AFP, dpa", "dpa/AFP", "AP and Reuters". The
// rest is what in it is no agency, in order.
func (t Table) List(text string) (found []Mention, rest []string) { return t.list(text, false) }

// ListCredited is [Table.List] for a text that names the sources of something; see
// [Table.FindCredited].
func (t Table) ListCredited(text string) (found []Mention, rest []string) { return t.list(text, true) }

func (t Table) list(text string, credited bool) (found []Mention, rest []string) {
	if strings.IndexByte(text, ':') >= 0 {
		text = storyNumber.ReplaceAllString(text, "$1")
	}
	if a, ok := t.find(text, credited); ok {
		return []Mention{{a, strings.TrimSpace(text)}}, nil
	}
	for _, piece := range pieces(text) {
		if a, ok := t.find(piece, credited); ok {
			found = append(found, Mention{a, piece})
			continue
		}
		if name := withoutArticle(piece); name != piece {
			if a, ok := t.find(name, credited); ok {
				found = append(found, Mention{a, name})
				continue
			}
		}
		// "dpa-AFX" is one name; "apa-dpa" is two.
		var inner []Mention
		whole := strings.Contains(piece, "-")
		for half := range strings.SplitSeq(piece, "-") {
			a, ok := t.find(half, credited)
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

// storyNumber is the number of a story that an agency prints behind its name:
// "dpa:230428-99-481132/3".
var storyNumber = regexp.MustCompile(`\b(\pL{2,8}):\d{6}[\d/-]*`)

// joints stand between the names of a list.
var joints = []string{" and ", " und ", " et ", " y ", " e ", " en ", " och ", " og ", " & ", " with ", " via ", " mit ", " avec ", " con ", " com ", " met ", " med ", " u. ", " i ", " a ", " ve ", " ja ", " и ", " та ", " și ", " és ", " και ", "와 ", "과 ", " و"}

// articles stand before an agency's name, with the word for agency or without.
var articles = []string{"the ", "der ", "die ", "den ", "des ", "l’", "l'", "la ", "el ", "las ", "de la ", "de ", "da ", "do ", "della ", "dall'", "dall’", "agencia ", "agencias ", "agência ", "agências ", "agenzia ", "agence ", "agentur ",
	"nachrichtenagentur ", "nachrichtenagenturen ", "agenturen ", "nyhetsbyrån ", "nyhetsbyrået ", "nyhedsbureauet ", "nyhetsbyråerna ", "persbureau ", "agencja ", "агентство ", "агентства ", "агенція ", "وكالة ", "وكالات "}

// withoutArticle takes all articles off a name's head.
func withoutArticle(name string) string {
	for i := 0; i < len(articles); i++ {
		if a := articles[i]; len(name) > len(a) && strings.EqualFold(name[:len(a)], a) {
			name, i = name[len(a):], -1
		}
	}
	return name
}

func pieces(text string) []string {
	for _, j := range joints {
		text = strings.ReplaceAll(text, j, "/")
	}
	var all []string
	for piece := range strings.FieldsFuncSeq(text, isSeparator) {
		if piece = strings.TrimSpace(piece); piece != "" {
			all = append(all, piece)
		}
	}
	return all
}

// isSeparator says whether a mark stands between the names of a list.
func isSeparator(r rune) bool {
	switch r {
	case '/', ',', ';', '|', '+', '、', '・', '•', '·', '，', '／', '،', '؛', '=', '＝', '–':
		return true
	}
	return false
}
