package storycredit

import (
	"regexp"
	"strings"

	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/byline"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
)

// Dateline is a place line, and what else it tells.
type Dateline struct {
	news.Dateline
	// Reporters are those named in it, as Chinese papers do.
	Reporters []string
	// Sure is how sure it is that this is a dateline, 0 to 1.
	Sure float64
}

// Reader reads the lines of stories.
type Reader struct {
	// Agencies are those that may be named.
	Agencies agency.Table
}

// Story is what tells a dateline from a label or a sentence: the text that it
// opens, and who prints it.
type Story struct {
	Language string // primary subtag of BCP 47
	Text     string
	Body     []news.Block
	Outlet   *byline.Outlet
}

// Dateline reads the dateline at the head of the first paragraph, or of the deck.
func (r Reader) Dateline(of Story, text string, deck bool) (d Dateline, ok bool) {
	d, ok = r.datelineOf(of, withoutCorrespondent(text), deck)
	d.Place = of.withoutOutlet(d.Place)
	return d, ok
}

func (r Reader) datelineOf(s Story, text string, deck bool) (Dateline, bool) {
	if d, ok := r.readOtherScript(text); ok {
		d.Sure = 0.85
		return d, true
	}
	if d, ok := r.readDateline(text); ok && (!deck || d.Agency != "" || strings.ContainsAny(d.Raw, "0123456789") || IsCity(d.Place)) {
		return Dateline{Dateline: d, Sure: 0.8}, true
	}
	if d, ok := s.loudDateline(text, deck); ok && !s.isAsked(d.Place) {
		return Dateline{Dateline: d, Sure: 0.6}, true
	}
	if d, ok := stoppedDateline(text, s.Language, deck); ok && !s.isAsked(d.Place) {
		return Dateline{Dateline: d, Sure: 0.5}, true
	}
	return Dateline{}, false
}

// withoutOutlet drops the outlet's own name from a place: "JAKARTA, OUTLET.com".
func (s Story) withoutOutlet(place string) string {
	town, outlet, ok := strings.Cut(place, ", ")
	if !ok {
		return place
	}
	if byline.IsDomain(town) {
		return outlet
	}
	if byline.IsDomain(outlet) || s.Outlet.Is(outlet) {
		return town
	}
	return place
}

// correspondent is what some papers print before the place.
var correspondent = regexp.MustCompile(`^(?i:(?:dal|dalla|dai) nostr[oaie] (?:inviat[oaie]|corrispondent[ei])|de notre (?:envoyée? spéciale?|correspondante?)(?: à)?|van onze (?:correspondent|verslaggever|redactie)(?: in)?|von unserem korrespondenten(?: in)?|(?:de )?nuestr[oa] (?:enviad[oa] especial|corresponsal)(?: en)?)[,:]?\s*`)

func withoutCorrespondent(text string) string {
	return text[len(correspondent.FindString(text)):]
}

// isAsked says whether other paragraphs begin with the same word and a colon, as
// those of interviews do.
func (s Story) isAsked(label string) bool {
	n := 0
	for _, b := range s.Body {
		if rest, ok := strings.CutPrefix(b.Text, label); ok && strings.HasPrefix(rest, ":") {
			n++
		}
	}
	return n > 1
}

// ClearDateline reads a dateline that nothing but its form shows to be one: it
// is in capitals or names an agency.
func (r Reader) ClearDateline(text string) (news.Dateline, bool) {
	d, ok := r.readDateline(text)
	return d, ok && (d.Agency != "" || isLoud(d.Place))
}

// ApartDateline reads a dateline whose story begins elsewhere, behind a line
// break.
func (r Reader) ApartDateline(line string) (news.Dateline, bool) {
	d, ok := r.readDateline(line + " A")
	return d, ok && (d.Agency != "" || isLoud(d.Place) || IsCity(d.Place))
}

// PlaceLine is a line of its own that names a place and an agency: "AFP,
// MANILA".
func (r Reader) PlaceLine(text string) (news.Dateline, bool) {
	if len(text) > 100 {
		return news.Dateline{}, false
	}
	if d, ok := r.arabicPlaceLine(text); ok {
		return d, true
	}
	found, rest := r.Agencies.List(strings.ReplaceAll(text, " - ", ", "))
	if len(forText(found)) == 0 || len(rest) != 1 || len(text) > 60 || !isPlaceName(rest[0]) || !prose.IsUpperWord(rest[0]) && !IsCity(rest[0]) || prose.IsUncased(rest[0]) {
		return news.Dateline{}, false
	}
	return news.Dateline{Raw: text, Place: rest[0], Agency: found[0].Name}, true
}
