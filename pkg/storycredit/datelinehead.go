package storycredit

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/byline"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
)

const (
	// placeForm is a place as printed: "NIAMEY", "COLUMBIA, S.C.", "Wien/Berlin".
	placeForm = `(\p{Lu}[^\d()\[\]<>:;!?—–"“”„«»]{1,60}?)`
	// dayForm is the day behind it: "May 3", "3. Mai", "28 févr. 2026", "27.6.2025".
	dayForm  = `(?:(?:am|den|le|el|the|dnia)\s+)?(?:\p{L}{3,12}\.?\s+\d{1,2}(?:,?\s+\d{4})?|\d{1,2}\.?\s+(?:de\s+|di\s+)?\p{L}{3,12}\.?(?:\s+(?:de\s+)?\d{4})?|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})[.,]?`
	dashForm = `(?:\s*(?:—|–|--)\s*|\s+-\s*|\s*\.\s?[-–—]\s*)`
)

var (
	// bracketHead is a head with a bracket: "NIAMEY, May 3 (Agency) — ".
	bracketHead = regexp.MustCompile(`^` + placeForm + `?(?:[,.]?\s+(` + dayForm + `))?[,.]?\s*(?:--)?\(([^()]{2,40})\)(` + dashForm + `|\s*[:-]\s*|\.\s+|\s+)`)
	// slashHead has the agency between slashes: "NIAMEY, May 3 /Agency/ -- ".
	slashHead = regexp.MustCompile(`^` + placeForm + `(?:[,.]?\s+(` + dayForm + `))?\s+/([^/]{2,30})/` + `(` + dashForm + `|[.:]?\s+)`)
	// dashHead is a head without: "PARIS — ", "Wien, 3. Mai – ".
	dashHead = regexp.MustCompile(`^` + placeForm + `(?:[,.]?\s+(` + dayForm + `))?` + dashForm)
	// agencyHead has the agency first: "(ANSA) - TRENTO, 07 AGO - ".
	agencyHead = regexp.MustCompile(`^\(?([\p{L} ]{2,20})\)?` + dashForm + placeForm + `(?:,?\s+(` + dayForm + `))?` + dashForm)
	// agencyOnly has no place: "AGI - ".
	agencyOnly = regexp.MustCompile(`^(\p{Lu}[\p{L}-]{1,12})\s+[-–—]\s+`)
	// placeBracket is a place in brackets: "(RIMOUSKI) ", "(ANKARA) - ".
	placeBracket = regexp.MustCompile(`^\(` + placeForm + `\)` + `(?:` + dashForm + `|\s+)`)
)

// datelineReach is how far a dateline reaches into a text at most, in bytes.
const datelineReach = 160

// readDateline reads the dateline at the head of a text in a script with
// capitals.
func (r Reader) readDateline(text string) (news.Dateline, bool) {
	head := text[:min(len(text), datelineReach)]
	if !strings.ContainsAny(head, "(/—–-") {
		return news.Dateline{}, false
	}
	for _, read := range [...]func(string) (news.Dateline, bool){r.agencyFirst, r.bracketDateline, dashDateline, placeInBrackets} {
		if d, ok := read(head); ok {
			return d, true
		}
	}
	return news.Dateline{}, false
}

func (r Reader) agencyFirst(text string) (news.Dateline, bool) {
	if m := matchIf(strings.ContainsAny(text[:min(len(text), 30)], "—–-"), agencyHead, text); m != nil && isPlaceName(m[2]) && (isLoud(m[2]) || m[3] != "" || IsCity(m[2])) {
		if a, ok := r.Agencies.Find(m[1]); ok {
			return news.Dateline{Raw: strings.TrimSpace(m[0]), Place: strings.Trim(m[2], " ,"), Agency: a.Name}, true
		}
	}
	if m := agencyOnly.FindStringSubmatch(text); m != nil {
		if a, ok := r.Agencies.Find(m[1]); ok && startsSentence(text[len(m[0]):]) {
			return news.Dateline{Raw: strings.TrimSpace(m[0]), Agency: a.Name}, true
		}
	}
	return news.Dateline{}, false
}

func (r Reader) bracketDateline(text string) (news.Dateline, bool) {
	m := matchIf(strings.IndexByte(text, '(') >= 0, bracketHead, text)
	if m == nil {
		m = matchIf(strings.IndexByte(text, '/') >= 0, slashHead, text)
	}
	if m == nil {
		return news.Dateline{}, false
	}
	place := wholePlace(m[1], text)
	d := news.Dateline{Raw: strings.TrimSpace(m[0]), Place: place}
	found, rest := r.Agencies.ListCredited(m[3])
	if len(found) == 0 || !areInitials(rest) && !mayBeNames(rest) {
		// An outlet stands there: the place must be clear without it.
		ok := place != "" && strings.TrimSpace(m[4]) != "" && isPlaceName(place) && (isLoud(place) || IsCity(place)) && startsSentence(text[len(m[0]):])
		return d, ok
	}
	d.Agency = found[0].Name
	if byline.IsDesk(place) {
		d.Place, place = "", ""
		return d, true
	}
	if place == "" {
		return d, strings.HasPrefix(text, "(")
	}
	return d, isPlaceName(place) && startsSentence(text[len(m[0]):])
}

func dashDateline(text string) (news.Dateline, bool) {
	m := matchIf(strings.ContainsAny(text, "—–-"), dashHead, text)
	if m == nil || !startsSentence(text[len(m[0]):]) {
		return news.Dateline{}, false
	}
	place := wholePlace(m[1], text)
	d := news.Dateline{Raw: strings.TrimSpace(m[0]), Place: place}
	if !isPlaceName(place) || isParagraphLabel(place) {
		return news.Dateline{}, false
	}
	fields := strings.Fields(place)
	switch {
	case isLoud(place) && utf8.RuneCountInString(place) > 3 || m[2] != "" || IsCity(place):
	case len(fields) == 1:
		// One word may be a place, with a dash that is apart from it.
		return d, utf8.RuneCountInString(place) > 3 && !strings.ContainsAny(place, "\"'.") && prose.IsCapital(place[strings.LastIndexByte(place, '-')+1:])
	case len(fields) == 2:
		return d, strings.HasSuffix(fields[0], ",") && strings.HasSuffix(fields[1], ".") && utf8.RuneCountInString(fields[1]) <= 6
	default:
		return news.Dateline{}, false
	}
	return d, true
}

// wholePlace is the place that a pattern found at the head of a text, with the
// full stop of a short form of a state, which is the pattern's: "PORT ALDER, Me."
func wholePlace(found, text string) string {
	place := strings.Trim(found, " ,")
	i := strings.LastIndexByte(place, ' ')
	if i > 0 && place[i-1] == ',' && utf8.RuneCountInString(place[i:]) <= 6 && strings.HasPrefix(text[len(found):], ".") {
		place += "."
	}
	return place
}

func placeInBrackets(text string) (news.Dateline, bool) {
	m := matchIf(strings.HasPrefix(text, "("), placeBracket, text)
	if m == nil || !isPlaceName(m[1]) || !startsSentence(text[len(m[0]):]) {
		return news.Dateline{}, false
	}
	if !IsCity(m[1]) && (!isLoud(m[1]) || utf8.RuneCountInString(m[1]) < 6 || strings.ContainsAny(m[1], "&.")) {
		return news.Dateline{}, false
	}
	return news.Dateline{Raw: strings.TrimSpace(m[0]), Place: m[1]}, true
}

// startsSentence says whether a text begins as a sentence does: with a capital,
// a figure or a quotation.
func startsSentence(text string) bool {
	text = strings.TrimLeft(text, "\"“”„«»'‘’‚‹›¿¡ —–-")
	r := prose.FirstRune(text)
	return text != "" && (unicode.IsUpper(r) || unicode.IsDigit(r) || !prose.IsCased(r))
}

// matchIf matches where that is possible at all: these expressions are dear.
func matchIf(possible bool, r *regexp.Regexp, text string) []string {
	if !possible {
		return nil
	}
	return r.FindStringSubmatch(text)
}
