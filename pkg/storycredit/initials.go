package storycredit

import (
	"regexp"
	"strings"

	"github.com/copydesk/copydesk/pkg/prose"
)

var (
	// dotted are initials with full stops: "L. M.", "s.l.m.", "J.-P. B."
	dotted = regexp.MustCompile(`^(?:\pL\.[ -]?){1,3}\pL\.?$`)
	// small and large are initials without: "abc", "ABC".
	small = regexp.MustCompile(`^\p{Ll}{1,5}$`)
	large = regexp.MustCompile(`^\p{Lu}{1,4}$`)
	// uncased are initials in a script without cases: "ف ن", "نط".
	uncased = regexp.MustCompile(`^\p{Arabic}{1,3}(?: \p{Arabic}){0,2}$`)
)

// areInitials says whether all pieces are as short as desks' initials are.
func areInitials(pieces []string) bool {
	for _, p := range pieces {
		for part := range strings.SplitSeq(p, "-") {
			if !isInitial(strings.TrimSpace(part)) {
				return false
			}
		}
	}
	return true
}

// isInitial says whether a text is the initials of one, as desks print them.
func isInitial(s string) bool {
	return small.MatchString(s) || large.MatchString(s) || dotted.MatchString(s) || uncased.MatchString(s)
}

// AreInitialsOf says whether initials are those of a name: "hw", "hwi" or "hewi"
// of Hedda Wiik, or the head of either of her names.
func AreInitialsOf(initials, name string) bool {
	initials = prose.Fold(prose.PlainLetters(initials))
	names := strings.Fields(prose.PlainLetters(name))
	if len(initials) < 2 || len(names) < 2 {
		return false
	}
	first, last := prose.Fold(names[0]), prose.Fold(names[len(names)-1])
	for n := range len(initials) {
		if strings.HasPrefix(first, initials[:n]) && strings.HasPrefix(last, initials[n:]) && (n > 0 || len(initials) > 2) {
			return true
		}
	}
	return len(initials) > 2 && strings.HasPrefix(first, initials)
}

// abbreviated are short texts without a vowel that are no initials.
var abbreviated = prose.SetOf("km mm cm kg ml kr zł tv pdf rss sms www http html css px kcs ft lbs mph kmh pts hrs gmbh")

// IsUnspoken says whether a short text in small letters can be no word: it has
// no vowel.
func IsUnspoken(s string) bool {
	return small.MatchString(s) && len(s) > 1 && !abbreviated[s] && !strings.ContainsAny(s, "aeiouyäöüåøæéèêàáâãíîïóôõúûùıąęěůаеёиоуыэюяіїє")
}
