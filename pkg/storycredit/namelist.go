package storycredit

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/byline"
	"github.com/copydesk/copydesk/pkg/prose"
)

var innerMarks = strings.NewReplacer("-", "/", "(", "/", ")", "/", " + ", "/")

// namedAgencies are the agencies in a list of names, if all of it may be names.
func (r Reader) namedAgencies(list string) []agency.Mention {
	found, rest := r.Agencies.ListCredited(list)
	for _, piece := range rest {
		inner, others := r.Agencies.ListCredited(innerMarks.Replace(piece))
		if !mayBeNames(others) {
			return nil
		}
		found = append(found, inner...)
	}
	return forText(found)
}

// desksToo are words for agencies and desks that lists of sources name beside
// the agencies, in small letters.
var desksToo = prose.SetOf("agencies agenturen agences agencias agências agenzie agentschappen byråer agencje agentury агентства وكالات redaktion rédaction redacción redação redazione redactie redaktionen redakcja staff own eigene eigener bericht reports others andere mehr")

// mayBeNames says whether all pieces may be names: of people, outlets, desks.
func mayBeNames(pieces []string) bool {
	for _, p := range pieces {
		fields := strings.Fields(p)
		if !desksToo[strings.ToLower(fields[0])] && !isDeskName(fields) {
			return false
		}
	}
	return true
}

func isDeskName(fields []string) bool {
	if len(fields) == 1 && utf8.RuneCountInString(fields[0]) < 6 {
		return true
	}
	if prose.IsUncased(fields[0]) {
		return len(fields) < 4
	}
	return len(fields) < 6 && !slices.ContainsFunc(fields, func(w string) bool { return !prose.IsCapital(w) && !byline.IsParticle(w) })
}

// forText leaves out who supplies pictures only.
func forText(found []agency.Mention) []agency.Mention {
	var kept []agency.Mention
	for _, m := range found {
		if !m.PhotoOnly {
			kept = append(kept, m)
		}
	}
	return kept
}
