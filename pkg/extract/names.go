package extract

import (
	"slices"
	"strings"
	"unicode"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/when"
)

// mostAuthors bounds how many people sign a story.
const mostAuthors = 50

// addPerson adds somebody who is not in the list yet.
func addPerson(all []news.Person, p news.Person) []news.Person {
	if len(all) >= mostAuthors {
		return all
	}
	for _, old := range all {
		if same(old.Name, p.Name) && (p.Name != "" || old.Initials == p.Initials) {
			return all
		}
	}
	return append(all, p)
}

// people reads the names in a byline. From metadata (told) single words and
// lower case are believed, from print only what looks like a name. Agencies,
// outlets and addresses are left out, and so are those who did not write.
func (s *story) people(line string, told bool) []news.Person {
	line = squash(line)
	if line == "" || strings.Contains(line, "://") || len(line) > 400 {
		return nil
	}
	if i := strings.LastIndex(line, " berichtet "); i > 0 {
		line = line[i+len(" berichtet "):] // "Aus Birkau berichtet …"
	}
	var all []news.Person
	parts, said := writtenParts(line)
	for _, part := range parts {
		for _, p := range s.peopleIn(part, told, said) {
			all = addPerson(all, p)
		}
	}
	return all
}

// peopleIn reads the names in one part of a byline.
func (s *story) peopleIn(line string, told, said bool) []news.Person {
	line = withoutHandles(line)
	line, by := cutBy(line)
	if !by {
		line, by = cutShortBy(line)
	}
	said = said || by
	line = s.beforeDate(line)
	if i := strings.IndexAny(line, "0123456789"); i > 3 && !told {
		line = line[:i] // "5 min read"
	}
	var all []news.Person
	pieces := splitNames(line)
	if told && len(pieces) == 2 && line == pieces[0]+", "+pieces[1] && s.isInverted(pieces) {
		pieces = []string{pieces[1] + " " + pieces[0]}
	}
	// "example.com, Springfield, Germany" is an outlet and its address.
	address := len(pieces) > 1 && (s.isSiteName(pieces[0]) || s.isOutlet(pieces[0]))
	for n, piece := range pieces {
		if names, ok := eastAsianNames(piece, said); ok && !told {
			for _, name := range names {
				if s.isPerson(name, true) {
					all = addPerson(all, news.Person{Name: name, Kind: news.KindPerson})
				}
			}
			continue
		}
		if n > 0 && !told && isPlaceFrom(piece) {
			continue // "…, de Porto"
		}
		name, title := cutTitle(piece)
		if address && !strings.Contains(name, " ") && isCapital(name) {
			continue
		}
		if s.isOutlet(title) {
			continue // "Example News (www.example.com)"
		}
		if fields := strings.Fields(name); len(all) > 0 && len(fields) > 1 && all[len(all)-1].JobTitle == "" && isJobWord(fields[len(fields)-1]) {
			all[len(all)-1].JobTitle = piece
			continue
		}
		if !told {
			name, title = cutOffice(s.cutNameTail(name), title)
		}
		// A single word is a name where the line has no other.
		sure := told || said && len(pieces) == 1 && !strings.Contains(name, " ")
		if name = trimName(name); name == "" || told && len(all) > 0 && isJob(name) || !s.isPerson(name, sure) {
			if len(all) > 0 && title == "" && all[len(all)-1].JobTitle == "" && isJob(piece) {
				all[len(all)-1].JobTitle = piece
			}
			continue
		}
		p := news.Person{Name: name, Kind: news.KindPerson, JobTitle: title}
		switch {
		case isInitials(name):
			p = news.Person{Initials: name, Kind: news.KindInitials}
		case isDesk(name):
			p.Kind = news.KindDesk
		case isInitials(title):
			p.Initials, p.JobTitle = title, ""
		}
		all = addPerson(all, p)
	}
	return all
}

// beforeDate cuts a date off the end of a byline, and the words before it.
func (s *story) beforeDate(line string) string {
	_, at, ok := when.Find(line, s.order)
	if !ok || at <= 3 {
		return line
	}
	return withoutDateWords(strings.TrimRight(line[:at], " |,-–:·•"))
}

// withoutDateWords cuts off a line what belongs to the date that followed: the day
// of the week, "published on".
func withoutDateWords(line string) string {
	fields := strings.Fields(line)
	if n := len(fields); n > 0 && when.IsWeekday(fields[n-1]) {
		fields = fields[:n-1]
	}
	for back := min(3, len(fields)); back > 0; back-- {
		at := len(fields) - back
		if said := fold(strings.Join(fields[at:], "")); contains(changeWords, said) || contains(pubWords, said) {
			fields = fields[:at]
			break
		}
	}
	return strings.TrimRight(strings.Join(fields, " "), " |,-–:·•")
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
func (s *story) isInverted(pieces []string) bool {
	for _, p := range pieces {
		r := firstRune(p)
		if strings.Contains(p, " ") || !isCased(r) || !isCapital(p) || p == strings.ToUpper(p) || isDesk(p) || !s.isPerson(p, true) {
			return false
		}
	}
	return true
}

// isInitials says whether a word is as short as the initials that desks sign with.
func isInitials(w string) bool {
	n := runes(w)
	return n > 1 && n < 5 && w == strings.ToLower(w) && !strings.ContainsFunc(w, func(r rune) bool { return !isCased(r) })
}

// nameJoints stand between two names.
var nameJoints = []string{" and ", " und ", " et ", " y ", " & ", " og ", " och ", " en ", " e ", " with ", " mit ", " avec ", " con ", " i ", " и ", " ve ", " dan ", " sowie ", " , ", "; ", " | ", " / ", " • ", " · ", "、", "，", " – ", " — ", " - ", "\t"}

func splitNames(line string) []string {
	if fields := strings.Fields(line); len(fields) > 1 && !slices.ContainsFunc(fields, func(w string) bool { return !isHanName(w) }) {
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

// isHanName says whether a word can be a whole name in Chinese or Japanese.
func isHanName(w string) bool {
	n := runes(w)
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
	if rest, ok := cutBy(name); ok {
		name = rest
	}
	if i := strings.IndexByte(name, '@'); i >= 0 {
		return ""
	}
	return name
}
