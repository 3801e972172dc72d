package storycredit

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/prose"
)

// DeskLine is a line that closes a story: the initials of those who worked on it,
// the agencies that it is from, or both: "ab,cd/ef (AFP, dpa)".
type DeskLine struct {
	// Initials is the line as printed, agencies included, without the brackets
	// around the whole; empty where it names agencies only.
	Initials string
	Agencies []agency.Mention
	Form     DeskForm
}

// DeskForm is what makes a line look like a desk line.
type DeskForm int

// The forms, with an example each.
const (
	WithAgency DeskForm = iota + 1 // "ab/dpa", "(AFP)"
	InBars                         // "ab/cd"
	InBracket                      // "(abc)"
	InCapitals                     // "(AB)"
	Dotted                         // "A. B."
	Bare                           // "abc": a short word that may be initials
)

// Sure is how sure it is from the form alone that a line is a desk line and no
// word, 0 to 1.
func (f DeskForm) Sure() float64 {
	switch f {
	case WithAgency:
		return 0.95
	case InBars:
		return 0.85
	case InBracket:
		return 0.8
	case InCapitals, Dotted:
		return 0.75
	case Bare:
		return 0.4
	}
	return 0
}

// SureEnough is how sure a desk line must be to be taken for one.
const SureEnough = 0.7

const longestDeskLine = 100

// farTooLong is the length, in bytes, from which a line is none whatever is taken
// off it.
const farTooLong = 2 * longestDeskLine

var (
	// desk is a line with a bracket at its end: "ab/cd (AFP, dpa)", "(ab/dpa)".
	desk = regexp.MustCompile(`^([^()]*?)\s*(?:\(([^()]{1,80})\)\.?)?$`)
	// agencyDay is a date behind an agency: "(KNA 19.11.21)", "(APA, 3.5.2024)".
	agencyDay = regexp.MustCompile(`[,|]? \d{1,2}\. ?\d{1,2}\. ?(?:\d{2}|\d{4})$`)
	// outletWith are an outlet's initials and the word for with: "ABC mit dpa".
	outletWith = regexp.MustCompile(`^\p{Lu}{2,4} (?:mit|with|avec|con|com|met|med) `)
	// bars stand between initials.
	bars = regexp.MustCompile(`\s*[/,;&+|–-]+\s*`)
)

// ReadDeskLine reads a line as a desk line. The agencies are of a line that
// names nothing else beside initials.
func (r Reader) ReadDeskLine(line string) (d DeskLine, ok bool) {
	if len(line) > farTooLong {
		return DeskLine{}, false
	}
	line = withoutEndMark(widthless.Replace(strings.TrimSpace(line)))
	if len(line) > longestDeskLine || len(line) < 2 {
		return DeskLine{}, false
	}
	m := desk.FindStringSubmatch(line)
	if m == nil {
		return DeskLine{}, false
	}
	head, inner := m[1], m[2]
	if head == "" || inner == "" {
		text, bracket := head, inner != ""
		if bracket {
			text = inner
		}
		return r.readDeskParts(text, bracket)
	}
	found, rest := r.Agencies.ListCredited(withoutWith(inner))
	if len(found) == 0 || !areInitials(rest) {
		return DeskLine{}, false
	}
	mark, isMark := r.readDeskParts(head, false)
	if !isMark || mark.Initials == "" {
		return DeskLine{}, false
	}
	return DeskLine{line, append(found, mark.Agencies...), WithAgency}, true
}

// sourcedDesk is a source line with a desk line behind it: "Quelle: outlet, ab/dpa".
var sourcedDesk = regexp.MustCompile(`^(?:Quelle|Source|Fonte|Fuente)\s*:\s*[^,]{2,40},\s*(\p{Ll}{2,4}(?:/\p{L}{2,8}){0,3})$`)

// ReadSourcedDeskLine reads the desk line behind the outlet in a line of sources:
// "Quelle: outlet, ab/dpa".
func (r Reader) ReadSourcedDeskLine(line string) (DeskLine, bool) {
	m := sourcedDesk.FindStringSubmatch(line)
	if m == nil {
		return DeskLine{}, false
	}
	d, _ := r.ReadDeskLine(m[1])
	return DeskLine{m[1], d.Agencies, WithAgency}, true
}

// withoutEndMark takes the words for the end off the head of a desk line.
func withoutEndMark(line string) string {
	if i := strings.IndexByte(line, ')'); i > 0 && i < len(line)-1 && endMark.MatchString(line[:i+1]) {
		return strings.TrimSpace(line[i+1:])
	}
	return line
}

// widthless makes the wide brackets of East Asia narrow.
var widthless = strings.NewReplacer("（", "(", "）", ")")

// readDeskParts reads initials and agencies that bars, commas or nothing part.
func (r Reader) readDeskParts(text string, bracket bool) (DeskLine, bool) {
	text = strings.TrimSpace(strings.TrimLeft(agencyDay.ReplaceAllString(text, ""), "-–— "))
	plain := withoutWith(text)
	found, rest := r.Agencies.ListCredited(plain)
	if slices.ContainsFunc(found, agency.Mention.IsWord) {
		found, rest = r.Agencies.List(plain)
	}
	if !bracket && !strings.ContainsAny(text, "/,–-") && len(found) == 1 && len(rest) == 0 {
		found, rest = r.Agencies.List(plain) // a word alone
	}
	if len(found) == 0 && len(rest) == 1 && !bracket {
		if head := r.agencyBefore(text); head != nil {
			return DeskLine{text, head, WithAgency}, true
		}
	}
	if !areInitials(rest) {
		return DeskLine{}, false
	}
	switch {
	case len(rest) == 0:
		return DeskLine{"", found, WithAgency}, len(found) > 0
	case len(found) > 0 && plain != text, len(found) > 0 && outletWith.MatchString(text):
		return DeskLine{"", found, WithAgency}, true // an outlet and its source
	case len(found) > 0:
		return DeskLine{text, found, WithAgency}, true
	case strings.ContainsAny(text, ":："):
		return DeskLine{}, false
	}
	pieces := bars.Split(strings.Trim(text, "/ "), -1)
	one := len(pieces) == 1
	switch {
	case one && dotted.MatchString(text):
		return DeskLine{text, nil, Dotted}, utf8.RuneCountInString(text) > 2
	case one && bracket && utf8.RuneCountInString(text) > 1 && utf8.RuneCountInString(text) < 5 && !large.MatchString(text):
		return DeskLine{text, nil, InBracket}, true
	case one && bracket && utf8.RuneCountInString(text) < 4:
		return DeskLine{text, nil, InCapitals}, true
	case one:
		return DeskLine{text, nil, Bare}, utf8.RuneCountInString(text) > 1
	}
	for _, p := range pieces {
		if !isInitial(p) || large.MatchString(p) && utf8.RuneCountInString(p) < 2 || small.MatchString(p) && utf8.RuneCountInString(p) > 4 {
			return DeskLine{}, false
		}
	}
	return DeskLine{text, nil, InBars}, bracket || strings.ContainsAny(text, "/,")
}

// agencyBefore reads an agency and capital initials behind it: "PTI SVK ARN".
func (r Reader) agencyBefore(text string) []agency.Mention {
	fields := strings.Fields(text)
	if len(fields) < 2 || len(fields) > 6 {
		return nil
	}
	a, ok := r.Agencies.Find(fields[0])
	if !ok || !prose.IsUpperWord(fields[0]) {
		return nil
	}
	for _, f := range fields[1:] {
		if !large.MatchString(f) || len(f) < 2 {
			return nil
		}
	}
	return []agency.Mention{{Agency: a, Literal: fields[0]}}
}

// People are the initials in a desk line, one each, as printed.
func (r Reader) People(d DeskLine) []string {
	text := d.Initials
	if i := strings.IndexByte(text, '('); i > 0 {
		text = text[:i]
	}
	if len(d.Agencies) > 0 && r.agencyBefore(text) != nil {
		return strings.Fields(text)[1:]
	}
	_, rest := r.Agencies.ListCredited(text)
	var all []string
	for _, piece := range rest {
		for name := range strings.FieldsFuncSeq(piece, func(r rune) bool { return r == '-' || r == '&' }) {
			if name = strings.TrimSpace(name); isInitial(name) {
				all = append(all, name)
			}
		}
	}
	return all
}

// withWords stand before the agencies of a desk line: "(mit dpa)".
var withWords = []string{"mit material von ", "mit informationen von ", "mit ", "with ", "avec ", "con ", "com ", "z ", "met ", "med ", "source: ", "quelle: ", "fonte: ", "fuente: ", "bron: ", "kilde: ", "källa: ", "źródło: ", "kaynak: ", "источник: "}

func withoutWith(s string) string {
	for _, w := range withWords {
		if rest, ok := prose.CutPrefixFold(s, w); ok {
			return rest
		}
	}
	return s
}
