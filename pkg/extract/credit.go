package extract

import (
	"regexp"
	"strings"

	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/news"
)

// creditLabels are the words that introduce a picture's credit.
const creditLabels = `Image source|Image credit|Photo credit|Photo by|Photos by|Photograph by|Photography by|Picture by|Image by|Photo courtesy of|Courtesy of|Courtesy|Photograph|Photographer|Photos|Photo|Pictures|Picture|Images|Image|Credits|Credit|Copyright|Illustration|Graphic|` +
	`Foto von|Fotos|Foto|Bilder|Bildquelle|Bildrechte|Rechte|Bild|Quelle|Symbolbild|Symbolfoto|Grafik|Crédits photo|Crédit photo|Crédits|Crédit|Créditos|Crédito|Fotografía|Fotógrafo|Imagen|Imagem|Immagine|Fuente|Fonte|Beeld|Bron|Zdjęcie|Fot\.|Autor|Фото|写真|Source`

var (
	// runTogether is a credit behind a caption, with or without a space before
	// its label: "… Armed ForcesImage: Jane Doe/AFP".
	runTogether = regexp.MustCompile(`^(.*?[^\s(\[|])?\s*[(\[|–—-]?\s*\b(` + creditLabels + `)\s*[:：]\s*([^:]{2,120}?(?:\|[^:]{2,20}:[^:]{2,50})?)[)\]]?\.?$`)
	// gluedLabel is the same where the label follows a lower-case letter, a
	// digit or a closing mark without a space, so that no word boundary is there.
	gluedLabel = regexp.MustCompile(`^(.*?[\p{Ll}\p{Nd}.!?…"'”’»)\]\p{Lo}\p{Lu}])(` + creditLabels + `)\s*[:：]\s*([^:]{2,120}?(?:\|[^:]{2,20}:[^:]{2,50})?)$`)
	// marked is a credit behind a copyright sign.
	marked = regexp.MustCompile(`^(.*?)\s*[(\[|]?\s*(©|\(c\)|\(C\)|Copyright)\s*:?\s*([^©]{2,100}?)[)\]]?$`)
	// bracketed is a credit in brackets at the end: "(Jane Doe/AP)".
	bracketed = regexp.MustCompile(`^(.*?)\s*[(\[]([^()\[\]]{2,100})[)\]]\.?$`)
	// bareLabel is a label as a word of its own.
	bareLabel = regexp.MustCompile(`^(?i:photo|foto|bild|image|credit|crédit)$`)
	// onlyLabel is a label at the head of a credit that stands alone.
	onlyLabel = regexp.MustCompile(`^(?i)[(\[|]?\s*(©|\(c\)|` + creditLabels + `)\s*[:：©]\s*|^(?:©|\(c\)|\(C\))\s*|^(?i)(photo by|photograph by|photos by|picture by|image by|photo courtesy of|courtesy of|foto von)\s+`)
)

// pictureCredit is a credit taken apart.
type pictureCredit struct {
	text, label string
}

// cutCredit parts a caption from the credit that is printed behind it.
func cutCredit(line string) (caption string, c pictureCredit) {
	line = squash(line)
	if len(line) > 2000 {
		return line, c
	}
	tail, at := line, 0
	if len(line) > 400 { // a credit stands at the end
		at = len(line) - 400
		for at < len(line) && line[at]&0xc0 == 0x80 {
			at++
		}
		tail = line[at:]
	}
	join := func(before string) string {
		return strings.TrimSpace(strings.TrimRight(line[:at]+before, " |–—-(["))
	}
	if strings.ContainsAny(tail, ":：") {
		for _, re := range [...]*regexp.Regexp{gluedLabel, runTogether} {
			if m := re.FindStringSubmatch(tail); m != nil && plausibleCredit(m[3]) {
				return join(m[1]), pictureCredit{strings.TrimSpace(m[3]), m[2]}
			}
		}
	}
	if strings.Contains(tail, "©") || strings.Contains(tail, "(c)") || strings.Contains(tail, "(C)") || strings.Contains(tail, "Copyright") {
		if m := marked.FindStringSubmatch(tail); m != nil && plausibleCredit(m[3]) {
			return join(m[1]), pictureCredit{strings.TrimSpace(m[3]), m[2]}
		}
	}
	if m := bracketed.FindStringSubmatch(tail); m != nil && namesAgency(m[2]) {
		text, label := cutLabel(m[2])
		return join(m[1]), pictureCredit{text, label}
	}
	if i := strings.LastIndexAny(tail, ".!?|"); i > 0 && i+1 < len(tail) {
		if rest := strings.TrimSpace(tail[i+1:]); len(rest) < 80 && namesAgency(rest) {
			text, label := cutLabel(rest)
			keep := tail[:i+1]
			return join(strings.TrimRight(keep, "|")), pictureCredit{text, label}
		}
	}
	return line, c
}

// plausibleCredit says whether a text behind a label can be a credit: a name or
// two, not a sentence.
func plausibleCredit(s string) bool {
	return words(s) <= 14 && !strings.Contains(s, ". ") && len(s) <= 120
}

// namesAgency says whether a short text credits an agency.
func namesAgency(s string) bool {
	_, orgs := creditParties(s)
	return len(orgs) > 0
}

// cutLabel takes the introducing word off a credit that stands alone.
func cutLabel(s string) (text, label string) {
	s = strings.TrimSpace(s)
	s = strings.Trim(s, "[]|")
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		s = s[1 : len(s)-1]
	}
	s = strings.TrimSpace(s)
	m := onlyLabel.FindStringSubmatch(s)
	if m == nil || len(m[0]) == len(s) {
		// "Photo Jane Doe/AP": a label without a colon.
		word, rest, _ := strings.Cut(s, " ")
		if bareLabel.MatchString(word) && rest != "" && (namesAgency(rest) || looksLikeName(strings.Fields(rest))) {
			return rest, word
		}
		return s, ""
	}
	label = m[1]
	if label == "" && len(m) > 2 {
		label = m[2]
	}
	if label == "" {
		label = "©"
	}
	return strings.TrimSpace(s[len(m[0]):]), label
}

// creditParties reads who a credit names: people and organisations.
func creditParties(text string) (people, orgs []string) {
	mentions, rest := agency.List(text)
	for _, m := range mentions {
		if !contains(orgs, m.Name) {
			orgs = append(orgs, m.Name)
		}
	}
	for _, piece := range rest {
		piece = strings.Trim(piece, " .;:()[]©")
		fields := strings.Fields(piece)
		// "AP Photo John Smith", "John Smith AFP"
		if n := len(fields); n > 1 {
			if a, ok := agency.Find(fields[n-1]); ok {
				orgs = append(orgs, a.Name)
				fields = fields[:n-1]
			} else if a, ok := agency.Find(fields[0]); ok {
				orgs = append(orgs, a.Name)
				fields = fields[1:]
			}
			piece = strings.Join(fields, " ")
		}
		if len(fields) >= 2 && len(fields) <= 5 && looksLikeName(fields) && !contains(people, piece) {
			people = append(people, piece)
		}
	}
	return people, orgs
}

func looksLikeName(fields []string) bool {
	for _, w := range fields {
		if !isCapital(w) && !isParticle(w) || strings.ContainsAny(w, "0123456789@") {
			return false
		}
	}
	return true
}

// setCredit writes a credit into an image.
func setCredit(img *news.Image, c pictureCredit) {
	if c.text == "" {
		return
	}
	img.CreditText, img.CreditLabel = c.text, c.label
	img.Creator, img.SourceOrganization = creditParties(c.text)
}
