package storycredit

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/byline"
	"github.com/copydesk/copydesk/pkg/prose"
)

// AgenciesIn gives the agencies of a line that is nothing but names: a byline,
// an author, a source.
func (r Reader) AgenciesIn(line string) []agency.Mention {
	if line == "" || len(line) > 150 {
		return nil
	}
	if names, ok := cutSourceLead(line); ok {
		line = names
	}
	found, rest := r.Agencies.ListCredited(nameMarks.Replace(line))
	found = slices.DeleteFunc(found, agency.Mention.IsWord)
	if len(forText(found)) < len(found) {
		return nil // of a picture
	}
	for _, piece := range rest {
		if name, ok := cutSourceLead(piece); ok {
			inner, _ := r.Agencies.List(name)
			found = append(found, inner...)
			continue
		}
		if a, ok := r.agencyWriter(piece); ok {
			found = append(found, agency.Mention{Agency: a, Literal: piece})
			continue
		}
		if a, name, ok := r.agencyBehind(piece); ok {
			found = append(found, agency.Mention{Agency: a, Literal: name})
			continue
		}
		if name, place, ok := strings.Cut(piece, " "); ok && IsCity(place) { // "EFE Madrid"
			inner, _ := r.Agencies.List(name)
			found = append(found, inner...)
		}
	}
	return forText(found)
}

// nameMarks part the names of a byline.
var nameMarks = strings.NewReplacer("(", "/", ")", "/", "[", "/", "]", "/", "（", "/", "）", "/", " - ", "/", " — ", "/", " in ", "/", "记者", "/", "記者", "/", "編集", "/", "编辑", "/", "配信", "/", "기자", "/", "@", "")

// agencyBehind reads the agency behind a name of two words or more: "Jane Doe
// AP", "Jane Doe Associated Press".
func (r Reader) agencyBehind(piece string) (a agency.Agency, name string, ok bool) {
	fields := strings.Fields(piece)
	for n := min(3, len(fields)-2); n > 0; n-- {
		name = strings.Join(fields[len(fields)-n:], " ")
		if a, ok := r.Agencies.Find(name); ok && (n > 1 || prose.IsUpperWord(name) || utf8.RuneCountInString(name) > 4 && prose.IsCapital(name)) && byline.LooksLikeName(fields[:len(fields)-n]) {
			return a, name, true
		}
	}
	return agency.Agency{}, "", false
}

// agencyWriter reads "AP Auto Writer", "Associated Press Writer": a job with an
// agency.
func (r Reader) agencyWriter(piece string) (agency.Agency, bool) {
	fields := strings.Fields(piece)
	if n := len(fields); n < 2 || n > 5 || !byline.IsJob(fields[n-1]) {
		return agency.Agency{}, false
	}
	if a, ok := r.Agencies.Find(strings.ToUpper(fields[0])); ok {
		return a, true
	}
	return r.Agencies.Find(fields[0] + " " + fields[1])
}
