package photocredit

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/byline"
	"github.com/copydesk/copydesk/pkg/prose"
)

// partyMarks are what stands in a credit between and around its names.
var partyMarks = strings.NewReplacer("(", "/", ")", "/", "[", "/", "]", "/", "／", "/", "©", "/", " on ", "/", " auf ", "/", " vía ", "/",
	", Inc", " Inc", ", LLC", " LLC", ", Ltd", " Ltd", "本报", "", "本報", "", "记者", "/", "記者", "/", "通讯员", "/", ". Photo by ", "/", ". Photo: ", "/", ". Foto: ", "/")

// nobody are words of a credit that names neither person nor organisation.
var nobody = prose.SetOf("archive archives archiv archivo arquivo file handout supplied courtesy reprodução divulgação privat private personal screenshot str 代表 資料 提供")

// Parties reads who a credit names: people and organisations. What may be
// either is left out.
func (r Reader) Parties(text string) (people, orgs []string) {
	text = withoutLicence(text)
	mentions, rest := r.Agencies.List(joinFirm(r.splitFor(partyMarks.Replace(text))))
	addOrg := func(name string) {
		if !slices.Contains(orgs, name) {
			orgs = append(orgs, name)
		}
	}
	var unsure, single []string
	for _, piece := range rest {
		piece = strings.ReplaceAll(piece, firmJoint, " & ")
		a, fields := r.cutAgency(strings.Fields(strings.Trim(piece, " .;:-–—")))
		if a.Name != "" {
			addOrg(a.Name)
		}
		name := withoutTaker(strings.Join(fields, " "))
		_, label := r.CutLabel(name)
		switch {
		case name == "" || label != "" || isLabel(name) || a.Name != "" && len(fields) == 1:
		case slices.ContainsFunc(fields, func(w string) bool { return nobody[strings.ToLower(w)] }):
			if len(fields) > 2 && byline.LooksLikeName(fields) { // an archive with a name
				unsure = append(unsure, name)
			}
		case byline.IsOrganization(name):
			unsure = append(unsure, name)
		case len(fields) >= 2 && len(fields) <= 5 && byline.LooksLikeName(fields) || byline.IsHanName(name):
			if !slices.Contains(people, name) {
				people = append(people, name)
			}
		case len(fields) == 1 && isFirmWord(name):
			single = append(single, name)
		}
	}
	if len(people) > 0 && len(single) == 1 && strings.Contains(text, "/") {
		unsure = append(unsure, single[0]) // behind who took it, whom it is from
	}
	// The agencies come in the order of print, before the others if they do.
	for _, m := range mentions {
		if len(unsure) > 0 && strings.Index(text, unsure[0]) < strings.Index(text, m.Literal) {
			addOrg(unsure[0])
			unsure = unsure[1:]
		}
		addOrg(m.Name)
	}
	for _, name := range unsure {
		addOrg(name)
	}
	return people, orgs
}

// firmJoint stands for the sign that joins the words of one name, so that nobody
// parts it there.
const firmJoint = "\u00a0&\u00a0"

// joinFirm keeps the parts of an organisation's name together: "Reed & Tide
// Productions". Two people have two names each.
func joinFirm(text string) string {
	before, after, ok := strings.Cut(text, " & ")
	if !ok || strings.Contains(after, " & ") {
		return text
	}
	first, _, _ := strings.Cut(after, "/")
	if strings.Contains(strings.TrimSpace(before[strings.LastIndexAny(before, "/,")+1:]), " ") || !byline.IsOrganization(strings.TrimSpace(first)) {
		return text
	}
	return before + firmJoint + after
}

// isFirmWord says whether one word can name whom a picture is from.
func isFirmWord(w string) bool {
	return utf8.RuneCountInString(w) > 1 && !strings.Contains(w, ".") && strings.ContainsFunc(w, unicode.IsUpper) && !prose.IsUncased(w)
}

// splitFor parts somebody from whom the picture was taken for: "Jane Doe for The
// Quay". In other names the word is a part of them.
func (r Reader) splitFor(text string) string {
	who, whom, ok := strings.Cut(text, " for ")
	if !ok || !AllNames(who) || byline.IsOrganization(who) || r.NamesAgency(who) {
		return text
	}
	return who + "/" + whom
}

// cutAgency takes the agency off a name's beginning or end: "AP Photo John
// Smith", "John Smith AFP", "Getty Images for Harbour Records".
func (r Reader) cutAgency(fields []string) (agency.Agency, []string) {
	for n := min(2, len(fields)-1); n > 0; n-- {
		cut := len(fields) - n
		if a, ok := r.Agencies.Find(strings.Join(fields[cut:], " ")); ok && (cut > 1 || strings.ToUpper(fields[0]) != fields[0] || prose.IsUncased(fields[0])) {
			return a, fields[:cut]
		}
		if a, ok := r.Agencies.Find(strings.Join(fields[:n], " ")); ok {
			if a.PhotoOnly {
				return a, nil // "Getty Images Europe": its branch, or whom it was for
			}
			return a, fields[n:]
		}
	}
	return agency.Agency{}, fields
}

// withoutLicence takes the name of a Creative Commons licence off a credit's end.
func withoutLicence(text string) string {
	for _, mark := range [...]string{" CC BY", " CC-BY", " CC0", "(CC BY", "(CC0"} {
		if who, _, ok := strings.Cut(text, mark); ok {
			return strings.TrimRight(who, " ,/|–-")
		}
	}
	return text
}

// withoutTaker takes the word for "taken by" off the end of an East Asian name.
func withoutTaker(name string) string {
	for _, w := range [...]string{"撮影", "摄", "攝", " 기자"} {
		if rest, ok := strings.CutSuffix(name, w); ok {
			return strings.TrimSpace(rest)
		}
	}
	return name
}

// NamesAgency says whether a short text credits an agency.
func (r Reader) NamesAgency(s string) bool {
	found, rest := r.Agencies.List(partyMarks.Replace(s))
	if len(found) > 0 {
		return true
	}
	for _, piece := range rest {
		if a, _ := r.cutAgency(strings.Fields(piece)); a.Name != "" {
			return true
		}
	}
	return false
}

// IsAgency says whether a line is an agency's name and nothing else.
func (r Reader) IsAgency(line string) bool {
	if len(line) > 40 {
		return false
	}
	found, rest := r.Agencies.List(line)
	return len(found) > 0 && len(rest) == 0
}

// AllNames says whether every part of a credit is a name of two to four words.
func AllNames(s string) bool {
	pieces := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == ',' || r == ';' || r == '|' })
	for _, p := range pieces {
		if fields := strings.Fields(p); len(fields) < 2 || len(fields) > 4 || !byline.LooksLikeName(fields) {
			return false
		}
	}
	return len(pieces) > 0
}

// AllParties says whether a line is nothing but agencies and people, with at
// least one agency: "Jane Doe/AFP via Getty Images". With spaces around the slash
// the person may as well be the one to be seen.
func (r Reader) AllParties(line string) bool {
	if len(line) > Longest || strings.ContainsAny(line, ",:：") || strings.Contains(line, " / ") || strings.Contains(line, " | ") {
		return false
	}
	found, rest := r.Agencies.List(partyMarks.Replace(line))
	for _, p := range rest {
		if fields := strings.Fields(p); len(fields) > 4 || !byline.LooksLikeName(fields) || prose.IsUncased(p) && !byline.IsHanName(p) {
			return false
		}
	}
	return len(found) > 0
}
