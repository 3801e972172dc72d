package extract

import (
	"regexp"
	"strings"

	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/news"
)

var (
	// deskLine is initials, in lower case, with agencies in brackets or behind
	// a bar: "ab,cd/ef (AFP, dpa)", "mak/dpa", "(afp)".
	deskLine = regexp.MustCompile(`^([\p{Ll}]{1,5}(?:\s?[,/;&+-]\s?[\p{L}]{1,8}){0,6})?\s*(?:\(([^()]{2,80})\))?\.?$`)
	// deskSource is a source line with a desk line behind it: "Quelle: outlet,
	// ab/dpa".
	deskSource = regexp.MustCompile(`^(?:Quelle|Source|Fonte|Fuente)\s*:\s*[^,]{2,40},\s*(\p{Ll}{2,4}(?:/\p{L}{2,8}){0,3})$`)
	// deskInitials are initials alone in brackets, or behind a bar, at the very
	// end: "… wurde. (abc)", "… / ab".
	deskInitials = regexp.MustCompile(`^(.*[.!?…"”“'’»])\s*(?:\((\p{Ll}{2,4})\)|/ (\p{Ll}{2,4}))$`)
	// capitals are an author's initials on a line of their own: "L. M."
	capitals = regexp.MustCompile(`^\p{Lu}\.[ -]?\p{Lu}\.(?:[ -]?\p{Lu}\.)?$`)
	// deskBracket is a bracket at the very end of the last paragraph.
	deskBracket = regexp.MustCompile(`^(.*[.!?…"”“'’»])\s*\(([^()]{2,60})\)\.?$`)
)

// readSignoff takes a desk line apart. Both results are empty if the line is
// none.
func readSignoff(line string) (initials string, agencies []agency.Mention) {
	line = strings.TrimSpace(line)
	line = strings.NewReplacer("（", "(", "）", ")").Replace(line)
	if len(line) > 100 || len(line) < 2 {
		return "", nil
	}
	m := deskLine.FindStringSubmatch(line)
	if m == nil {
		return "", nil
	}
	found, rest := agency.List(withoutWith(m[2]))
	if m[2] != "" && (len(found) == 0 || !areInitials(rest)) {
		return "", nil
	}
	initials = strings.TrimSpace(m[1])
	if initials == "" {
		return "", found
	}
	inLine, others := agency.List(initials)
	if m[2] == "" && !strings.ContainsAny(initials, "/,") {
		return "", nil // one short word alone is no desk line
	}
	if m[2] == "" && len(inLine) == 0 && !areInitials(others) {
		return "", nil
	}
	return initials, append(found, inLine...)
}

// withWords stand before the agencies of a desk line: "(mit dpa)".
var withWords = []string{"mit material von ", "mit informationen von ", "mit ", "with ", "avec ", "con ", "com ", "z ", "met ", "med ", "source: ", "quelle: ", "fonte: ", "fuente: "}

func withoutWith(s string) string {
	for _, w := range withWords {
		if rest, ok := cutPrefixFold(s, w); ok {
			return rest
		}
	}
	return s
}

// areInitials says whether all pieces are as short as desks' initials are.
func areInitials(pieces []string) bool {
	for _, p := range pieces {
		for part := range strings.FieldsSeq(p) {
			if runes(part) > 5 {
				return false
			}
		}
	}
	return true
}

// cutSignoff takes the desk line off the end of the story.
func (s *story) cutSignoff() {
	// The line may stand behind a few blocks that are no paragraphs.
	for back := 1; back <= 3 && back <= len(s.picked); back++ {
		k := len(s.picked) - back
		i := s.picked[k]
		text := strings.ReplaceAll(s.blocks[i].text, "\n", " ")
		if m := deskSource.FindStringSubmatch(text); m != nil {
			s.setSignoff(m[1], i)
			s.picked = append(s.picked[:k:k], s.picked[k+1:]...)
			return
		}
		if initials, agencies := readSignoff(text); initials != "" || len(agencies) > 0 {
			s.setSignoff(text, i)
			s.picked = append(s.picked[:k:k], s.picked[k+1:]...)
			return
		}
		if back == 1 {
			if capitals.MatchString(text) {
				s.setSignoff(text, i)
				s.picked = s.picked[:k]
				return
			}
			if s.cutLastLine(i) {
				return
			}
			if m := deskInitials.FindStringSubmatch(text); m != nil {
				s.setSignoff(m[2]+m[3], i)
				s.blocks[i].text = strings.TrimSpace(m[1])
				return
			}
			if m := deskBracket.FindStringSubmatch(text); m != nil && s.isDeskBracket(m[2]) {
				s.setSignoff("("+m[2]+")", i)
				s.blocks[i].text = strings.TrimSpace(m[1])
				return
			}
		}
	}
	if s.root < 0 {
		return
	}
	// Or just behind the body, outside what was picked.
	last := int32(-1)
	if n := len(s.picked); n > 0 {
		last = s.picked[n-1]
	}
	for i := last + 1; i < min(last+6, int32(len(s.blocks))) && last >= 0; i++ {
		b := &s.blocks[i]
		if m := deskSource.FindStringSubmatch(b.text); m != nil {
			s.setSignoff(m[1], i)
			return
		}
		if initials, agencies := readSignoff(b.text); len(agencies) > 0 || initials != "" && s.els[b.el].own&hintSignoff != 0 {
			s.setSignoff(b.text, i)
			return
		}
	}
}

// cutLastLine finds a desk line behind a line break in the last paragraph.
func (s *story) cutLastLine(i int32) bool {
	b := &s.blocks[i]
	at := strings.LastIndexByte(b.text, '\n')
	if at < 0 {
		return false
	}
	line := strings.TrimSpace(b.text[at:])
	initials, agencies := readSignoff(line)
	if initials == "" && len(agencies) == 0 {
		return false
	}
	s.setSignoff(line, i)
	b.text = strings.TrimSpace(b.text[:at])
	return true
}

func (s *story) isDeskBracket(inner string) bool {
	found, rest := agency.List(withoutWith(inner))
	return len(found) > 0 && areInitials(rest)
}

func (s *story) setSignoff(raw string, block int32) {
	s.rec.Signoff = &news.Signoff{Raw: raw}
	path := ""
	if s.outline != nil && block >= 0 && int(block) < len(s.blocks) {
		path = s.path(s.blocks[block].el)
	}
	s.credit("signoff", candidate{raw, news.FromText, path, 0.85})
}
