package storycredit

import (
	"regexp"
	"strings"

	"github.com/copydesk/copydesk/pkg/agency"
)

var (
	// copyrightLead is what stands before who holds the rights.
	copyrightLead = regexp.MustCompile(`(?i)^[(\[\s]*(?:copyright ©|©|\(c\)|ⓒ|copyright)\s*(?:by )?(?:\d{4}(?:\s*[-–]\s*\d{4})?\s*,?)?\s*(?:by )?`)
	// holderEnd ends the holder in a line of rights.
	holderEnd = regexp.MustCompile(`\.\s+\p{Lu}|[,.]? (?:All rights|Alle Rechte|Tous droits|Todos los|Todos os|Tutti i|Alle rettigheder|Alle rettigheter|Med ensamrätt|Wszelkie)\b|[,;|]\s|\s\(`)
)

// IsRights says whether a line begins with the sign or the word of who holds the
// rights.
func IsRights(line string) bool { return copyrightLead.MatchString(line) }

// rightsHolder reads the agency that holds the rights in a story.
func (r Reader) rightsHolder(text string) []agency.Mention {
	name := text
	if at := holderEnd.FindStringIndex(text); at != nil {
		name = text[:at[0]]
	}
	found, rest := r.Agencies.ListCredited(strings.Trim(name, " .()"))
	if len(rest) > 0 {
		return nil
	}
	return forText(found)
}
