package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/when"
)

// isHomeWord says whether a label is that of the link home.
func isHomeWord(label string) bool {
	switch prose.Fold(label) {
	case "home", "startseite", "accueil", "inicio", "início", "homepage", "start", "forsiden", "etusivu", "hjem", "hem", "portada", "главная", "головна",
		"anasayfa", "beranda", "stronagłówna", "トップ", "首页", "الرئيسية",
		"خانه", "صفحهنخست", "דףהבית", "ראשי", "होम", "முகப்பு", "หน้าหลัก", "หน้าแรก", "홈", "ホーム", "αρχική", "početna", "naslovnica", "acasă", "úvod", "domov", "trangchủ", "címlap", "kezdőlap", "начало", "почетна":
		return true
	}
	return false
}

// leadsBack says whether a link's text is an invitation to go back: "Back to the list".
func leadsBack(text string) bool {
	first, _, _ := strings.Cut(strings.TrimLeft(text, " <«‹←"), " ")
	switch prose.Fold(first) {
	case "back", "zurück", "retour", "volver", "voltar", "terug", "indietro", "tillbaka", "tilbage", "tilbake", "takaisin", "wróć", "powrót", "zpět", "назад", "geri":
		return true
	}
	return false
}

// together says whether two elements stand in one group: their common ancestor
// is near to both.
func (s *story) together(a, b int32) bool {
	up := s.els[b].parent
	for range 3 {
		if up < 0 || s.els[up].tag == atom.Body {
			return false
		}
		if s.within(a, up) {
			return true
		}
		up = s.els[up].parent
	}
	return false
}

// labels cuts an element's text into its labels: what stands in elements of
// its own, or between bars.
func (s *story) labels(at int32) []string {
	var all []string
	var walk func(n *html.Node)
	var loose strings.Builder
	flush := func() {
		for _, label := range cutLabels(loose.String()) {
			if !slices.Contains(all, label) {
				all = append(all, label)
			}
		}
		loose.Reset()
	}
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				loose.WriteString(c.Data)
			case c.Type != html.ElementNode || unseen(c):
			case c.DataAtom == atom.Br:
				loose.WriteByte('\n')
			default:
				if hintsOf(c)&(hidden|hintComments) != 0 {
					continue // how many wrote beneath the story is no label of it
				}
				flush()
				walk(c)
				flush()
			}
		}
	}
	walk(s.els[at].node)
	flush()
	return all
}

// cutLabels cuts a line at the signs that stand between labels.
func cutLabels(line string) []string {
	var all []string
	for piece := range strings.FieldsFuncSeq(line, func(r rune) bool { return strings.ContainsRune("|/›»>•·\n", r) }) {
		piece = strings.Trim(prose.Squash(piece), " :-–—|,")
		if n := utf8.RuneCountInString(piece); n > 1 && n <= longestLabel {
			all = append(all, piece)
		}
	}
	return all
}

// mostBesideDate is how many letters a label has beside its date, if it is nothing
// but that: the day of the week, the zone.
const mostBesideDate = 12

// isDateLabel says whether a label is a date and no more.
func (s *story) isDateLabel(label string) bool {
	if m, _, ok := when.Find(label, s.order); ok {
		return len(prose.Fold(label)) <= len(prose.Fold(m.Raw))+mostBesideDate
	}
	hour, rest, ok := strings.Cut(label, ":")
	return ok && len(rest) < 8 && strings.Trim(hour, "0123456789") == "" // "13:10 Uhr"
}

// isCount says whether a label counts something: readers, the minutes that reading
// takes.
func isCount(label string) bool {
	first, rest, _ := strings.Cut(label, " ")
	return strings.Trim(first, "0123456789.,") == "" && len(first) < 9 && (rest == "" && len(first) != 4 || strings.HasPrefix(prose.Fold(rest), "min"))
}
