package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/news"
)

// datelineHead is the head of a story up to the dash behind its place:
// "NIAMEY, May 3 (Agency) — ", "Berlin (dpa) - ", "PARIS — ".
var datelineHead = regexp.MustCompile(`^([^\s(\d][^()\d—–]{0,60}?)?(?:,?\s+\p{L}+\.?\s+\d{1,2}(?:\.|,\s*\d{4})?|,?\s+\d{1,2}\.?\s+\p{L}+\.?(?:\s+\d{4})?)?\s*(?:[,.]?\s*\(([^()]{2,40})\))?\s*(?:—|–|--| - |:|\.-|\.—|-)\s*`)

// townStop is a place and a full stop at the head of a text: "Berlin. Nach …".
var townStop = regexp.MustCompile(`^(\p{Lu}[\p{L}-]{3,20}(?:/\p{Lu}[\p{L}-]{3,20})?)\. \p{Lu}`)

// agencyLine is a line of its own with agency and place: "AFP, MANILA".
func agencyLine(text string) (news.Dateline, bool) {
	found, rest := agency.List(text)
	if len(found) == 0 || len(rest) != 1 || len(text) > 60 || !isUpperWord(rest[0]) {
		return news.Dateline{}, false
	}
	return news.Dateline{Raw: text, Place: rest[0], Agency: found[0].Name}, true
}

// dateline reads the place line that opens the story. It stays in the text.
func (s *story) dateline() {
	if m := townStop.FindStringSubmatch(s.rec.Deck); m != nil && s.rec.InLanguage.Primary() == "de" {
		s.rec.Dateline = &news.Dateline{Raw: m[1] + ".", Place: m[1]}
		s.credit("dateline", candidate{m[1], news.FromText, "deck", 0.6})
		return
	}
	for i := range s.rec.Body {
		b := &s.rec.Body[i]
		if b.Kind != news.Paragraph {
			continue
		}
		if d, ok := agencyLine(b.Text); ok {
			s.rec.Dateline = &d
			s.credit("dateline", candidate{d.Raw, news.FromText, "", 0.8})
			return
		}
		if len(b.Text) < 40 {
			continue
		}
		if m := townStop.FindStringSubmatch(b.Text); m != nil && s.rec.InLanguage.Primary() == "de" {
			s.rec.Dateline = &news.Dateline{Raw: m[1] + ".", Place: m[1]}
			s.credit("dateline", candidate{m[1], news.FromText, "", 0.5})
			return
		}
		d, ok := readDateline(b.Text)
		if !ok {
			d, ok = cyrillicDateline(b.Text)
		}
		if !ok {
			d, ok = s.chineseDateline(b.Text)
		}
		if ok {
			s.rec.Dateline = &d
			s.credit("dateline", candidate{d.Raw, news.FromText, "", 0.8})
		}
		return
	}
}

// isTown says whether the words before a dash can be a place alone: one word, or
// one and a short one behind a comma, and a sentence begins behind the dash.
func isTown(fields []string, rest string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, "\"“„«»' "))
	if !unicode.IsUpper(r) {
		return false
	}
	switch len(fields) {
	case 1:
		return runes(fields[0]) > 3 && !strings.ContainsAny(fields[0], "\"“„«»'.!?")
	case 2:
		return strings.HasSuffix(fields[0], ",") && strings.HasSuffix(fields[1], ".") && runes(fields[1]) <= 6
	}
	return false
}

func readDateline(text string) (news.Dateline, bool) {
	m := datelineHead.FindStringSubmatch(text)
	if m == nil {
		return news.Dateline{}, false
	}
	place := strings.Trim(m[1], " ,")
	if i := strings.LastIndexByte(place, ' '); i > 0 && place[i-1] == ',' && strings.HasPrefix(text[len(m[1]):], ".") && runes(place[i:]) <= 6 {
		place += "." // the short form of a state
	}
	d := news.Dateline{Raw: strings.TrimSpace(m[0]), Place: place}
	if m[2] != "" {
		found, _ := agency.List(m[2])
		if len(found) == 0 {
			return news.Dateline{}, false
		}
		d.Agency = found[0].Name
	}
	if place == "" {
		return d, d.Agency != ""
	}
	fields := strings.Fields(place)
	if len(fields) > 6 {
		return news.Dateline{}, false
	}
	if d.Agency == "" && !isUpperWord(strings.TrimRight(fields[0], ",./")) && !isTown(fields, text[len(m[0]):]) {
		return news.Dateline{}, false
	}
	if d.Agency == "" && strings.HasSuffix(d.Raw, ":") {
		return news.Dateline{}, false
	}
	for _, w := range fields {
		if !isCapital(w) && !isParticle(w) {
			return news.Dateline{}, false
		}
	}
	return d, true
}
