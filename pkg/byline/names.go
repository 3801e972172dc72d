package byline

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/when"
)

// mostAuthors bounds how many people sign a story.
const mostAuthors = 50

// AddPerson adds somebody who is not in the list yet.
func AddPerson(all []news.Person, p news.Person) []news.Person {
	if len(all) >= mostAuthors {
		return all
	}
	for _, old := range all {
		if prose.Same(old.Name, p.Name) && (p.Name != "" || old.Initials == p.Initials) {
			return all
		}
	}
	return append(all, p)
}

// Reader reads the bylines of one outlet.
type Reader struct {
	// Outlet is nobody who signs, nor are Agencies.
	Outlet   *Outlet
	Agencies agency.Table
	// Order is that of day and month where a byline has a date.
	Order when.Order
}

// Printed reads the names in a byline as it is printed. Only what looks like a
// name is believed. Agencies, outlets and addresses are left out, and so are
// those who did not write.
func (r Reader) Printed(line string) []news.Person { return r.people(line, false) }

// Told reads the names in a byline that metadata tell. There single words and
// lower case are believed too.
func (r Reader) Told(line string) []news.Person { return r.people(line, true) }

func (r Reader) people(line string, told bool) []news.Person {
	line = prose.Squash(line)
	if line == "" || strings.Contains(line, "://") || len(line) > 400 {
		return nil
	}
	if i := strings.LastIndex(line, " berichtet "); i > 0 {
		line = line[i+len(" berichtet "):] // "Aus Birkau berichtet …"
	}
	var all []news.Person
	parts, said := writtenParts(line)
	for _, part := range parts {
		for _, p := range r.peopleIn(part, told, said) {
			all = AddPerson(all, p)
		}
	}
	return all
}

// peopleIn reads the names in one part of a byline.
func (r Reader) peopleIn(line string, told, said bool) []news.Person {
	line, by := cutAnyBy(withoutHandles(line))
	line, again := r.WithoutDate(line)
	said = said || by || again
	if i := strings.IndexAny(line, "0123456789"); i > 3 && !told {
		line = line[:i] // "5 min read"
	}
	var all []news.Person
	pieces := r.namePieces(line, told)
	// "example.com, Springfield, Germany" is an outlet and its address.
	address := len(pieces) > 1 && (r.Outlet.Is(pieces[0]) || EndsInDomain(pieces[0]))
	for _, piece := range pieces {
		if names, ok := EastAsianNames(piece, said); ok && !told {
			for _, name := range names {
				if r.isPerson(name, true) {
					all = AddPerson(all, news.Person{Name: name, Kind: news.KindPerson})
				}
			}
			continue
		}
		name, title := cutTitle(piece)
		if address && !strings.Contains(name, " ") && prose.IsCapital(name) {
			continue
		}
		if EndsInDomain(title) {
			continue // "Example News (www.example.com)"
		}
		if fields := strings.Fields(name); len(all) > 0 && len(fields) > 1 && all[len(all)-1].JobTitle == "" && isJobWord(fields[len(fields)-1]) {
			all[len(all)-1].JobTitle = piece
			continue
		}
		if !told {
			name, title = cutOffice(r.cutNameTail(name), title)
		}
		// A single word is a name where the line has no other.
		sure := told || said && len(pieces) == 1 && !strings.Contains(name, " ")
		if name = trimName(name); name == "" || told && len(all) > 0 && IsJob(name) || !r.isPerson(name, sure) {
			if len(all) > 0 && title == "" && all[len(all)-1].JobTitle == "" && hasJobWord(piece) {
				all[len(all)-1].JobTitle = piece
			}
			continue
		}
		all = AddPerson(all, personOf(name, title, told))
	}
	return all
}

// personOf is somebody of whom a byline gives the name and what stands in brackets
// behind it.
func personOf(name, title string, told bool) news.Person {
	p := news.Person{Name: name, Kind: news.KindPerson, JobTitle: title}
	switch {
	case isInitials(name):
		p = news.Person{Initials: name, Kind: news.KindInitials}
	case IsDesk(name) || told && isOffice(name):
		p.Kind = news.KindDesk
	case told && (IsOrganization(name) || strings.Contains(name, "e.V") || strings.Contains(name, "GmbH")):
		p.Kind = news.KindOrganization
	case isInitials(title):
		p.Initials, p.JobTitle = title, ""
	}
	return p
}

// namePieces parts a line of names. What is told in metadata may be a name turned
// round or one with a sign between, and places stand among names as single words.
func (r Reader) namePieces(line string, told bool) []string {
	if !told {
		return slices.DeleteFunc(SplitNames(beforePlace(line)), isPlaceFrom) // "…, de Porto"
	}
	pieces := SplitNames(line)
	if len(pieces) < 2 {
		return pieces
	}
	single := func(p string) bool { return !strings.Contains(p, " ") && prose.IsCased(prose.FirstRune(p)) }
	switch {
	case len(pieces) == 2 && line == pieces[0]+", "+pieces[1] && r.isInverted(pieces):
		return []string{pieces[1] + " " + pieces[0]}
	case strings.Contains(line, " & ") && !slices.ContainsFunc(pieces, func(p string) bool { return !single(p) }):
		return []string{line}
	case !single(pieces[0]):
		return slices.DeleteFunc(pieces, func(p string) bool { return single(p) && prose.IsCapital(p) })
	}
	return pieces
}

// lastJoints stand before the last name of a list.
var lastJoints = []string{" and ", " und ", " et ", " y ", " og ", " och ", " en ", " e ", " i ", " и ", " ve ", " dan "}

// beforePlace cuts off what follows the last name of a list behind a comma: "Ada
// Quill and Tom Reed, Norport".
func beforePlace(line string) string {
	at := -1
	for _, joint := range lastJoints {
		if i := strings.LastIndex(line, joint); i >= 0 {
			at = max(at, i+len(joint))
		}
	}
	if at < 0 {
		return line
	}
	end := len(line)
	for _, sign := range [...]string{", ", " — ", " – ", " - "} {
		if i := strings.Index(line[at:], sign); i > 0 {
			end = min(end, at+i)
		}
	}
	if strings.ContainsAny(line[end:], "|;/") {
		return line
	}
	return line[:end]
}

// WithoutDate cuts a date off a byline, with the words before it. Where the line
// begins with it, what follows is left, and whether that says that names follow.
func (r Reader) WithoutDate(line string) (string, bool) {
	m, at, ok := when.Find(line, r.Order)
	switch {
	case !ok:
		return line, false
	case at <= 3:
		return cutAnyBy(strings.Trim(line[at+len(m.Raw):], " |,-–:·•"))
	}
	return when.CutLead(strings.TrimRight(line[:at], " |,-–:·•")), false
}

// withoutHandles drops mail addresses and the names of accounts.
func withoutHandles(line string) string {
	if !strings.Contains(line, "@") {
		return line
	}
	var kept []string
	for w := range strings.FieldsSeq(line) {
		before, domain, at := strings.Cut(w, "@")
		switch {
		case !at:
			kept = append(kept, w)
		case before != "" && !strings.Contains(domain, "."): // run together with what stands before
			kept = append(kept, before)
		}
	}
	return strings.Join(kept, " ")
}

// isInverted says whether two pieces are one name with the family's first:
// "Quill, Ada".
func (r Reader) isInverted(pieces []string) bool {
	for _, p := range pieces {
		first := prose.FirstRune(p)
		if strings.Contains(p, " ") || !prose.IsCased(first) || !prose.IsCapital(p) || p == strings.ToUpper(p) || IsDesk(p) || !r.isPerson(p, true) {
			return false
		}
	}
	return true
}

// isInitials says whether a word is as short as the initials that desks sign with.
func isInitials(w string) bool {
	n := utf8.RuneCountInString(w)
	return n > 1 && n < 5 && w == strings.ToLower(w) && !strings.ContainsFunc(w, func(r rune) bool { return !prose.IsCased(r) })
}

// nameJoints stand between two names.
var nameJoints = []string{" and ", " und ", " et ", " y ", " & ", " og ", " och ", " en ", " e ", " with ", " mit ", " avec ", " con ", " i ", " и ", " ve ", " dan ", " sowie ", " , ", "; ", " | ", " / ", " • ", " · ", "、", "，", " – ", " — ", " - ", "\t"}

// DropJoints leaves a space of what stands between the names in a line.
func DropJoints(line string) string {
	for _, joint := range nameJoints {
		line = strings.ReplaceAll(line, joint, " ")
	}
	return line
}

// SplitNames parts a line at whatever stands between two names.
func SplitNames(line string) []string {
	if fields := strings.Fields(line); len(fields) > 1 && !slices.ContainsFunc(fields, func(w string) bool { return !IsHanName(w) }) {
		return fields
	}
	for _, j := range nameJoints {
		line = strings.ReplaceAll(line, j, ",")
	}
	var all []string
	for piece := range strings.FieldsFuncSeq(line, func(r rune) bool { return r == ',' || r == ';' || r == '|' || r == '\n' || r == '•' || r == '/' }) {
		if piece = strings.TrimSpace(piece); piece != "" {
			all = append(all, piece)
		}
	}
	return all
}

// IsHanName says whether a word can be a whole name in Chinese or Japanese.
func IsHanName(w string) bool {
	n := utf8.RuneCountInString(w)
	return n > 1 && n < 5 && !strings.ContainsFunc(w, func(r rune) bool { return !unicode.Is(unicode.Han, r) })
}

// cutTitle parts a name from the job in brackets behind it.
func cutTitle(piece string) (name, title string) {
	if i := strings.IndexAny(piece, "(["); i > 0 {
		return strings.TrimSpace(piece[:i]), strings.Trim(piece[i:], "()[] ")
	}
	return piece, ""
}

func trimName(name string) string {
	name = strings.Trim(withoutButton(name), " \t.,;:*|·•-–—\"“”„'")
	if i := strings.LastIndexByte(name, ' '); i > 0 && i == len(name)-2 && prose.IsCapital(name[i+1:]) {
		name += "." // an initial
	}
	if rest, ok := CutBy(name); ok {
		name = rest
	}
	if i := strings.IndexByte(name, '@'); i >= 0 {
		return ""
	}
	return name
}
