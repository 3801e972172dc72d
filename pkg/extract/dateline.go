package extract

import (
	"regexp"
	"strings"

	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/news"
)

// datelineHead is the head of a story up to the dash behind its place:
// "NIAMEY, May 3 (Agency) — ", "Berlin (dpa) - ", "PARIS — ".
var datelineHead = regexp.MustCompile(`^([^\s(\d][^()\d—–]{0,60}?)?(?:,?\s+\p{L}+\.?\s+\d{1,2}(?:\.|,\s*\d{4})?|,?\s+\d{1,2}\.?\s+\p{L}+\.?(?:\s+\d{4})?)?\s*(?:[,.]?\s*\(([^()]{2,40})\))?\s*(?:—|–|--| - |:|\.-|\.—|-)\s*`)

// dateline reads the place line that opens the story. It stays in the text.
func (s *story) dateline() {
	for i := range s.rec.Body {
		b := &s.rec.Body[i]
		if b.Kind != news.Paragraph || len(b.Text) < 40 {
			continue
		}
		if d, ok := readDateline(b.Text); ok {
			s.rec.Dateline = &d
			s.credit("dateline", candidate{d.Raw, news.FromText, "", 0.8})
		}
		return
	}
}

func readDateline(text string) (news.Dateline, bool) {
	m := datelineHead.FindStringSubmatch(text)
	if m == nil {
		return news.Dateline{}, false
	}
	place := strings.Trim(m[1], " ,.")
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
	if d.Agency == "" && !isUpperWord(strings.TrimRight(fields[0], ",./")) {
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
