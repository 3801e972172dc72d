package extract

import (
	"regexp"
	"strings"

	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/byline"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/when"
)

// shortestOpening is how long a paragraph is, in bytes, that may open with a
// dateline.
const shortestOpening = 40

// dateline reads the place line that opens the story. It stays in the text.
func (s *story) dateline() {
	if s.openingDateline() {
		return
	}
	if d, sure := s.readOpening(s.rec.Deck, true); sure > 0 {
		s.setDateline(d, "deck", sure)
		return
	}
	s.datelineAbove()
}

// openingDateline looks for the dateline in the first lines of the body.
func (s *story) openingDateline() bool {
	lines := 0
	for i := range s.rec.Body {
		b := &s.rec.Body[i]
		if b.Kind != news.Paragraph && b.Kind != news.List {
			continue
		}
		if lines++; lines > 3 {
			return false
		}
		if d, ok := placeLine(b.Text); ok {
			s.setDateline(d, s.rec.Provenance["articleBody"].Path, 0.8)
			return true
		}
		if len(b.Text) < shortestOpening || b.Kind == news.List {
			continue
		}
		d, sure := s.readOpening(b.Text, false)
		if sure > 0 {
			s.setDateline(d, s.rec.Provenance["articleBody"].Path, sure)
		}
		if sure > 0 || !s.onlyText {
			return sure > 0
		}
		return s.laterDateline(s.rec.Body[i+1:])
	}
	return false
}

// laterDateline looks for the dateline behind what may be a caption or another
// story's summary above a text: only one in capitals or with an agency is sure
// enough there.
func (s *story) laterDateline(body []news.Block) bool {
	for _, b := range body[:min(len(body), aboveReach)] {
		if b.Kind != news.Paragraph || len(b.Text) < shortestOpening {
			continue
		}
		if d, ok := readDateline(b.Text); ok && (d.Agency != "" || isLoud(d.Place)) {
			s.setDateline(d, s.rec.Provenance["articleBody"].Path, 0.6)
			return true
		}
	}
	return false
}

// readOpening reads the dateline at the head of the first paragraph, or of the
// deck.
func (s *story) readOpening(text string, deck bool) (d news.Dateline, sure float64) {
	text = withoutCorrespondent(text)
	defer func() { d.Place = s.withoutOutlet(d.Place) }()
	if d, ok := s.readForeignDateline(text); ok {
		return d, 0.85
	}
	if d, ok := readDateline(text); ok && (!deck || d.Agency != "" || strings.ContainsAny(d.Raw, "0123456789") || isCity(d.Place)) {
		return d, 0.8
	}
	lang := s.rec.InLanguage.Primary()
	if d, ok := s.loudDateline(text, deck); ok && !s.isAsked(d.Place) {
		return d, 0.6
	}
	if d, ok := stoppedDateline(text, lang, deck); ok && !s.isAsked(d.Place) {
		return d, 0.5
	}
	return news.Dateline{}, 0
}

// withoutOutlet drops the outlet's own name from a place: "JAKARTA, OUTLET.com".
func (s *story) withoutOutlet(place string) string {
	town, outlet, ok := strings.Cut(place, ", ")
	if !ok {
		return place
	}
	if byline.IsDomain(town) {
		return outlet
	}
	if byline.IsDomain(outlet) || s.outlet.Is(outlet) {
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
func (s *story) isAsked(label string) bool {
	n := 0
	for _, b := range s.rec.Body {
		if rest, ok := strings.CutPrefix(b.Text, label); ok && strings.HasPrefix(rest, ":") {
			n++
		}
	}
	return n > 1
}

// aboveReach is how many blocks above the story may give its place.
const aboveReach = 6

// datelineAbove looks between headline and story for a line of place and agency,
// place and date, or a place alone.
func (s *story) datelineAbove() {
	for i, l := range s.between {
		d, ok := placeLine(l.value)
		if !ok {
			d, ok = s.placeAndDate(l.value)
		}
		if !ok && i == len(s.between)-1 && isCity(l.value) {
			d, ok = news.Dateline{Raw: l.value, Place: l.value}, true
		}
		if ok {
			s.setDateline(d, l.path, 0.6)
			return
		}
	}
	if s.outline == nil || len(s.picked) == 0 || s.head < 0 {
		return
	}
	first := s.picked[0]
	for i := max(s.els[s.head].last, first-aboveReach); i < first; i++ {
		b := &s.blocks[i]
		if len(b.text) > 80 || s.els[b.el].own&(hintCaption|hintKicker|hintCrumbs|hintTag) != 0 {
			continue
		}
		text := strings.ReplaceAll(b.text, "\n", " ")
		d, ok := placeLine(text)
		if !ok {
			d, ok = s.placeAndDate(text)
		}
		if !ok && i == first-1 && b.linked == 0 && s.isKnownPlace(text) && !prose.Same(text, s.rec.Section) {
			d, ok = news.Dateline{Raw: text, Place: text}, true
		}
		if !ok && s.els[b.el].own&hintDate != 0 {
			d, ok = readDateline(text + " A") // the story begins in another block
			ok = ok && (d.Agency != "" || isLoud(d.Place) || isCity(d.Place))
		}
		if ok {
			s.setDateline(d, s.path(b.el), 0.7)
			return
		}
	}
}

// placeAndDate reads a line of a place and when the story was published:
// "Bruselas - 15 oct 2024 - 08:22".
func (s *story) placeAndDate(text string) (news.Dateline, bool) {
	place, rest, ok := strings.Cut(text, " - ")
	if !ok {
		place, rest, ok = strings.Cut(text, ", ")
	}
	if !ok || !s.isKnownPlace(place) {
		return news.Dateline{}, false
	}
	if _, at, found := when.Find(rest, s.order); !found || at > 0 {
		return news.Dateline{}, false
	}
	return news.Dateline{Raw: place, Place: place}, true
}

// isKnownPlace says whether a text is a city's name, or the place that the
// structured data say the story is of.
func (s *story) isKnownPlace(text string) bool {
	if isCity(text) {
		return true
	}
	if s.ld == nil || text == "" {
		return false
	}
	for _, key := range [...]string{"contentLocation", "locationCreated"} {
		for _, o := range s.graph.objects(s.ld, key) {
			if prose.Same(o.text("name"), text) {
				return true
			}
		}
	}
	return false
}

// placeLine is a line of its own that names a place and an agency: "AFP,
// MANILA".
func placeLine(text string) (news.Dateline, bool) {
	if len(text) > 100 {
		return news.Dateline{}, false
	}
	if d, ok := arabicPlaceLine(text); ok {
		return d, true
	}
	found, rest := agency.List(strings.ReplaceAll(text, " - ", ", "))
	if len(forText(found)) == 0 || len(rest) != 1 || len(text) > 60 || !isPlaceName(rest[0]) || !prose.IsUpperWord(rest[0]) && !isCity(rest[0]) || prose.IsUncased(rest[0]) {
		return news.Dateline{}, false
	}
	return news.Dateline{Raw: text, Place: rest[0], Agency: found[0].Name}, true
}

func (s *story) setDateline(d news.Dateline, path string, sure float64) {
	s.rec.Dateline = &d
	s.credit("dateline", candidate{d.Raw, news.FromText, path, sure})
}
