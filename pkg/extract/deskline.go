package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/prose"
)

// A deskLine is a line that closes a story: the initials of those who worked
// on it, the agencies that it is from, or both: "ab,cd/ef (AFP, dpa)".
type deskLine struct {
	// initials is the line as printed, agencies included, without the brackets
	// around the whole; empty where it names agencies only.
	initials string
	agencies []agency.Mention
	// sure is how sure it is from its form alone that this is a desk line and
	// no word, 0 to 1.
	sure float64
}

// How sure the forms of desk lines are.
const (
	sureAgency  = 0.95 // initials and an agency
	sureBars    = 0.85 // initials on both sides of a bar
	sureBracket = 0.8  // initials alone in brackets
	sureDots    = 0.75 // an author's initials, with full stops
	sureBare    = 0.4  // a short word that may be initials
)

const longestDeskLine = 100

// farTooLong is the length, in bytes, from which a line is none whatever is taken
// off it.
const farTooLong = 2 * longestDeskLine

// sureEnough is what a desk line needs to be taken for one.
const sureEnough = 0.7

var (
	// desk is a line with a bracket at its end: "ab/cd (AFP, dpa)", "(ab/dpa)".
	desk = regexp.MustCompile(`^([^()]*?)\s*(?:\(([^()]{1,80})\)\.?)?$`)
	// endMark says that a story is over, as agencies and East Asian papers
	// print it: "-0-", "(END)", "（完）", "(끝)".
	endMark = regexp.MustCompile(`^(?:-+0-+|#{2,3}|_{3,}|/{3}|\*{3}|[(/]+\s*(?:END|End|Ende|FIM|Fim|Fin|FIN|完|끝|おわり|النهاية|انتهى)\s*[)/]+|انتهای پیام\s*[/.]?\s*\p{Arabic}{0,3}\s*[/.]*)$`)
	// dotted are initials with full stops: "L. M.", "s.l.m.", "J.-P. B."
	dotted = regexp.MustCompile(`^(?:\pL\.[ -]?){1,3}\pL\.?$`)
	// small and large are initials without: "abc", "ABC".
	small = regexp.MustCompile(`^\p{Ll}{1,5}$`)
	large = regexp.MustCompile(`^\p{Lu}{1,4}$`)
	// uncased are initials in a script without cases: "ف ن", "نط".
	uncased = regexp.MustCompile(`^\p{Arabic}{1,3}(?: \p{Arabic}){0,2}$`)
	// agencyDay is a date behind an agency: "(KNA 19.11.21)", "(APA, 3.5.2024)".
	agencyDay = regexp.MustCompile(`[,|]? \d{1,2}\. ?\d{1,2}\. ?(?:\d{2}|\d{4})$`)
	// outletWith are an outlet's initials and the word for with: "ABC mit dpa".
	outletWith = regexp.MustCompile(`^\p{Lu}{2,4} (?:mit|with|avec|con|com|met|med) `)
	// bars stand between initials.
	bars = regexp.MustCompile(`\s*[/,;&+|–-]+\s*`)
)

// readDeskLine reads a line as a desk line. The agencies are of a line that
// names nothing else beside initials.
func readDeskLine(line string) (d deskLine, ok bool) {
	if len(line) > farTooLong {
		return deskLine{}, false
	}
	line = withoutEndMark(widthless.Replace(strings.TrimSpace(line)))
	if len(line) > longestDeskLine || len(line) < 2 {
		return deskLine{}, false
	}
	m := desk.FindStringSubmatch(line)
	if m == nil {
		return deskLine{}, false
	}
	head, inner := m[1], m[2]
	if head == "" || inner == "" {
		text, bracket := head, inner != ""
		if bracket {
			text = inner
		}
		return readDeskParts(text, bracket)
	}
	found, rest := agency.ListCredited(withoutWith(inner))
	if len(found) == 0 || !areInitials(rest) {
		return deskLine{}, false
	}
	mark, isMark := readDeskParts(head, false)
	if !isMark || mark.initials == "" {
		return deskLine{}, false
	}
	return deskLine{line, append(found, mark.agencies...), sureAgency}, true
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
func readDeskParts(text string, bracket bool) (deskLine, bool) {
	text = strings.TrimSpace(strings.TrimLeft(agencyDay.ReplaceAllString(text, ""), "-–— "))
	plain := withoutWith(text)
	found, rest := agency.ListCredited(plain)
	if slices.ContainsFunc(found, agency.Mention.IsWord) {
		found, rest = agency.List(plain)
	}
	if !bracket && !strings.ContainsAny(text, "/,–-") && len(found) == 1 && len(rest) == 0 {
		found, rest = agency.List(plain) // a word alone
	}
	if len(found) == 0 && len(rest) == 1 && !bracket {
		if head := agencyBefore(text); head != nil {
			return deskLine{text, head, sureAgency}, true
		}
	}
	if !areInitials(rest) {
		return deskLine{}, false
	}
	switch {
	case len(rest) == 0:
		return deskLine{"", found, sureAgency}, len(found) > 0
	case len(found) > 0 && plain != text, len(found) > 0 && outletWith.MatchString(text):
		return deskLine{"", found, sureAgency}, true // an outlet and its source
	case len(found) > 0:
		return deskLine{text, found, sureAgency}, true
	case strings.ContainsAny(text, ":："):
		return deskLine{}, false
	}
	pieces := bars.Split(strings.Trim(text, "/ "), -1)
	one := len(pieces) == 1
	switch {
	case one && dotted.MatchString(text):
		return deskLine{text, nil, sureDots}, utf8.RuneCountInString(text) > 2
	case one && bracket && utf8.RuneCountInString(text) > 1 && utf8.RuneCountInString(text) < 5 && !large.MatchString(text):
		return deskLine{text, nil, sureBracket}, true
	case one && bracket && utf8.RuneCountInString(text) < 4:
		return deskLine{text, nil, sureDots}, true
	case one:
		return deskLine{text, nil, sureBare}, utf8.RuneCountInString(text) > 1
	}
	for _, p := range pieces {
		if !isInitial(p) || large.MatchString(p) && utf8.RuneCountInString(p) < 2 || small.MatchString(p) && utf8.RuneCountInString(p) > 4 {
			return deskLine{}, false
		}
	}
	return deskLine{text, nil, sureBars}, bracket || strings.ContainsAny(text, "/,")
}

// agencyBefore reads an agency and capital initials behind it: "PTI SVK ARN".
func agencyBefore(text string) []agency.Mention {
	fields := strings.Fields(text)
	if len(fields) < 2 || len(fields) > 6 {
		return nil
	}
	a, ok := agency.Find(fields[0])
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

// people are the initials in the line, one each, as printed.
func (d deskLine) people() []string {
	text := d.initials
	if i := strings.IndexByte(text, '('); i > 0 {
		text = text[:i]
	}
	if len(d.agencies) > 0 && agencyBefore(text) != nil {
		return strings.Fields(text)[1:]
	}
	_, rest := agency.ListCredited(text)
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
