package quote

// trait is what is asked of few words only; a word may have several. What is
// asked of every word is a [class].
type trait uint16

const (
	about      trait = 1 << iota // davon: announces the clause that tells what was said
	site                         // street: in names, but of no organisation
	epithet                      // mandatario: somebody who was named before
	likeness                     // as: may open a sentence before its subject
	impersonal                   // hieß: with it for a subject, says what is in a document
	generic                      // company: a word for any organisation
	addressed                    // powiedział: an agency right behind it is who was told, not who says it
	pointing                     // dikkat: the verb behind it says what stands in the dative before it
)

// traitNames are the lines of a pack that give traits, each beside a class.
var traitNames = map[string]trait{
	"about": about, "sites": site, "epithets": epithet, "likeness": likeness, "impersonal": impersonal, "generic": generic, "addressed": addressed, "pointing": pointing,
}

// has says whether the word at the token has a trait, as it is printed or in
// lower case.
func (s *story) has(i int, t trait) bool { return s.lex.traits[s.lower(i)]&t != 0 }
