package extract

import (
	"strings"

	"github.com/copydesk/copydesk/pkg/byline"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/storycredit"
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
	if d, ok := s.storyLines().Dateline(s.asCredited(), s.rec.Deck, true); ok {
		s.setOpening(d, "deck")
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
		if d, ok := s.storyLines().PlaceLine(b.Text); ok {
			s.setDateline(d, s.rec.Provenance["articleBody"].Path, 0.8)
			return true
		}
		if len(b.Text) < shortestOpening || b.Kind == news.List {
			continue
		}
		d, ok := s.storyLines().Dateline(s.asCredited(), b.Text, false)
		if ok {
			s.setOpening(d, s.rec.Provenance["articleBody"].Path)
		}
		if ok || !s.onlyText {
			return ok
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
		if d, ok := s.storyLines().ClearDateline(b.Text); ok {
			s.setDateline(d, s.rec.Provenance["articleBody"].Path, 0.6)
			return true
		}
	}
	return false
}

// aboveReach is how many blocks above the story may give its place.
const aboveReach = 6

// datelineAbove looks between headline and story for a line of place and agency,
// place and date, or a place alone.
func (s *story) datelineAbove() {
	for i, l := range s.between {
		d, ok := s.storyLines().PlaceLine(l.value)
		if !ok {
			d, ok = s.placeAndDate(l.value)
		}
		if !ok && i == len(s.between)-1 && storycredit.IsCity(l.value) {
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
		d, ok := s.storyLines().PlaceLine(text)
		if !ok {
			d, ok = s.placeAndDate(text)
		}
		if !ok && i == first-1 && b.linked == 0 && s.isKnownPlace(text) && !prose.Same(text, s.rec.Section) {
			d, ok = news.Dateline{Raw: text, Place: text}, true
		}
		if !ok && s.els[b.el].own&hintDate != 0 {
			d, ok = s.storyLines().ApartDateline(text)
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
	if storycredit.IsCity(text) {
		return true
	}
	if s.ld == nil || text == "" {
		return false
	}
	for _, key := range [...]string{"contentLocation", "locationCreated"} {
		for _, o := range s.graph.Objects(s.ld, key) {
			if prose.Same(o.Text("name"), text) {
				return true
			}
		}
	}
	return false
}

// asCredited is the story as the reader of its datelines knows it.
func (s *story) asCredited() storycredit.Story {
	return storycredit.Story{Language: s.rec.InLanguage.Primary(), Text: s.rec.ArticleBody, Body: s.rec.Body, Outlet: &s.outlet}
}

// setOpening notes the dateline that opens the story. The reporters in it are its
// authors if it names none elsewhere.
func (s *story) setOpening(d storycredit.Dateline, path string) {
	if len(s.rec.Author) == 0 && len(d.Reporters) > 0 {
		for _, name := range d.Reporters {
			s.rec.Author = byline.AddPerson(s.rec.Author, news.Person{Name: name, Kind: news.KindPerson})
		}
		s.credit("author", candidate{namesOf(s.rec.Author), news.FromText, "dateline", 0.7})
	}
	s.setDateline(d.Dateline, path, d.Sure)
}

func (s *story) setDateline(d news.Dateline, path string, sure float64) {
	s.rec.Dateline = &d
	s.credit("dateline", candidate{d.Raw, news.FromText, path, sure})
}
