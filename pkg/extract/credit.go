package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/news"
)

// creditLabels are the words that introduce a picture's credit, longer ones
// before those that they end in.
var creditLabels = []string{
	"Image source", "Image credit", "Photo credit", "Photographs by", "Photograph by", "Photography by", "Photos by", "Photo by", "Pictures by", "Picture by", "Image by", "Photo courtesy of", "Courtesy of", "Courtesy",
	"Photographer", "Photograph", "Photos", "Photo", "Pictures", "Picture", "Images", "Image", "Credits", "Credit", "Copyright", "Illustration", "Graphic", "Foto von", "Symbolfoto", "Fotos", "Foto", "Bilder", "Bildquelle",
	"Bildrechte", "Rechte", "Symbolbild", "Bild", "Quelle", "Grafik", "Crédits photo", "Crédit photo", "Crédits", "Crédit", "Créditos", "Crédito", "Fotografía", "Fotógrafo", "Imagen", "Imagem", "Immagine", "Fuente", "Fonte",
	"Beeld", "Bron", "Zdjęcie", "Fot.", "Autor", "Фото", "写真提供", "写真", "تصوير", "Source", "Fotoğraf",
	"사진 출처", "사진출처", "사진 제공", "사진제공", "사진", "출처", "图片来源", "图源", "圖片來源", "صورة", "عکس", "फोटो", "Ảnh", "ภาพ", "Φωτογραφία", "Dok",
}

var (
	// marked is a credit behind a copyright sign.
	marked = regexp.MustCompile(`^(.*?)\s*[(\[|]?\s*(©|\(c\)|\(C\)|Copyright)\s*:?\s*([^©]{2,100}?)[)\]]?$`)
	// bracketed is a credit in brackets at the end: "(Jane Doe/AP)".
	bracketed = regexp.MustCompile(`^(.*?)\s*[(\[（]([^()\[\]（）]{2,100})[)\]）]\.?$`)
	// taken is a Chinese credit behind a caption: "…。本报记者 白晓苇摄".
	taken = regexp.MustCompile(`^(|.*?[。！？.）)\s])((?:本报|本社|\p{Han}{2,4}社)?(?:记者|通讯员)?)\s*(\p{Han}{2,4})\s*([摄攝])$`)
	// bareLabel is a label as a word of its own.
	bareLabel = regexp.MustCompile(`^(?i:photo|foto|bild|image|credit|crédit)$`)
	// byLabel is a label that ends in "by" and needs no colon.
	byLabel = regexp.MustCompile(`^(?i)(?:\p{L}+ )?(photo by|photograph by|photographs by|photos by|picture by|pictures by|image by|photo courtesy of|courtesy of|foto von)\s+`)
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
	if before, c, ok := cutAtLabel(tail); ok {
		return join(before), c
	}
	if strings.Contains(tail, "©") || strings.Contains(tail, "(c)") || strings.Contains(tail, "(C)") || strings.Contains(tail, "Copyright") {
		if m := marked.FindStringSubmatch(tail); m != nil && plausibleCredit(m[3]) {
			return join(m[1]), pictureCredit{strings.TrimSpace(m[3]), m[2]}
		}
	}
	if m := match(taken, tail, "摄", "攝"); m != nil {
		text := m[3]
		if strings.Contains(m[2], "社") { // the agency is a part of the credit
			text = m[2] + " " + text
		}
		return join(m[1]), pictureCredit{text, m[4]}
	}
	if m := match(bracketed, strings.TrimSuffix(tail, "."), ")", "]", "）"); m != nil {
		text, label := cutLabel(m[2])
		if label == "" && !namesAgency(m[2]) && !startsWithLabel(m[2]) && !(ends(m[1]) && signs(m[2])) && !runTogether(m[1], tail) {
			return line, c
		}
		if label == "" && startsWithLabel(m[2]) {
			label, text, _ = strings.Cut(m[2], " ")
		}
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

// match matches a text that ends in one of the ends.
func match(r *regexp.Regexp, text string, ends ...string) []string {
	for _, end := range ends {
		if strings.HasSuffix(text, end) {
			return r.FindStringSubmatch(text)
		}
	}
	return nil
}

// runTogether says whether a bracket follows the last word without a space, as
// systems put it there that keep the credit apart: "on the quay(Harbour)".
func runTogether(caption, line string) bool {
	last, _ := utf8.DecodeLastRuneInString(caption)
	return isCased(last) && words(caption) > 3 && strings.HasPrefix(line[len(caption):], "(") && isCapital(line[len(caption):])
}

// signs says whether the words in a bracket behind a sentence are names of two
// parties, or one person's: "(Jane Doe/Harbour Pictures)".
func signs(s string) bool {
	pieces := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == ',' })
	for _, p := range pieces {
		if fields := strings.Fields(p); len(fields) == 0 || len(fields) > 4 || !looksLikeName(fields) {
			return false
		}
	}
	return len(pieces) > 1 || len(pieces) == 1 && len(strings.Fields(s)) == 2
}

// cutAtLabel finds the first label with a colon behind which nothing but a
// credit follows: "… Armed ForcesImage: Jane Doe/AFP". The label may be run
// together with the word before it, for it begins with a capital.
func cutAtLabel(line string) (before string, c pictureCredit, ok bool) {
	for at := 0; ; {
		i := strings.IndexAny(line[at:], ":：")
		if i < 0 {
			return "", c, false
		}
		colon := at + i
		_, width := utf8.DecodeRuneInString(line[colon:])
		at = colon + width
		label := labelAtEnd(strings.TrimRight(line[:colon], " "))
		if label == "" {
			continue
		}
		text := strings.Trim(line[at:], " .")
		before = strings.TrimSuffix(strings.TrimRight(line[:colon], " "), label)
		if open := strings.TrimRight(before, " "); strings.HasSuffix(open, "(") || strings.HasSuffix(open, "[") {
			text = strings.TrimRight(text, ")] ")
		}
		if len(text) >= 2 && plausibleCredit(text) {
			return before, pictureCredit{text, label}, true
		}
	}
}

// labelAtEnd is the label that a text ends in, as a word of its own or run
// together with one in small letters.
func labelAtEnd(s string) string {
	for _, l := range creditLabels {
		if !strings.HasSuffix(s, l) {
			continue
		}
		r, _ := utf8.DecodeLastRuneInString(s[:len(s)-len(l)])
		if len(s) == len(l) || !unicode.IsUpper(r) {
			return l
		}
	}
	return ""
}

// startsWithLabel says whether a text begins with a label as a word.
func startsWithLabel(s string) bool {
	word, rest, _ := strings.Cut(s, " ")
	return rest != "" && bareLabel.MatchString(word)
}

// plausibleCredit says whether a text behind a label can be a credit: a name or
// two, not a sentence.
func plausibleCredit(s string) bool {
	return words(s) <= 14 && !breaks(s) && len(s) <= 120
}

// breaks says whether a sentence ends inside a text. What is short for a word
// ("U.S. ", "St. ") ends none.
func breaks(s string) bool {
	for {
		before, after, ok := strings.Cut(s, ". ")
		if !ok {
			return false
		}
		if runes(before[strings.LastIndexAny(before, " .")+1:]) > 2 {
			return true
		}
		s = after
	}
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
	s = strings.TrimSuffix(strings.TrimPrefix(s, "（"), "）")
	s = strings.TrimSpace(s)
	if rest, ok := cutCopyright(s); ok {
		return rest, "©"
	}
	if m := byLabel.FindStringSubmatch(s); m != nil && len(m[0]) < len(s) {
		return strings.TrimSpace(s[len(m[0]):]), m[1]
	}
	if who, ok := strings.CutSuffix(s, "撮影"); ok && who != "" {
		return who, "撮影"
	}
	if i := strings.IndexAny(s, ":：©=＝"); i > 0 && i < 24 {
		_, width := utf8.DecodeRuneInString(s[i:])
		word := strings.TrimRight(s[:i], " ")
		if rest := strings.TrimSpace(s[i+width:]); rest != "" && isCreditLabel(word) {
			return rest, word
		}
	}
	// "Photo Jane Doe/AP": a label without a colon.
	word, rest, _ := strings.Cut(s, " ")
	if bareLabel.MatchString(word) && rest != "" && (namesAgency(rest) || looksLikeName(strings.Fields(rest))) {
		return rest, word
	}
	return s, ""
}

func cutCopyright(s string) (string, bool) {
	for _, mark := range [...]string{"©", "(c)", "(C)"} {
		if rest, ok := strings.CutPrefix(s, mark); ok {
			if rest = strings.TrimLeft(rest, " :"); rest != "" {
				return rest, true
			}
		}
	}
	return s, false
}

func isCreditLabel(word string) bool {
	for _, l := range creditLabels {
		if strings.EqualFold(word, l) {
			return true
		}
	}
	return false
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
		if (len(fields) >= 2 && len(fields) <= 5 && looksLikeName(fields) || isHanName(piece)) && !contains(people, piece) {
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
	if c.text == "" || isCreditLabel(c.text) || strings.Contains(c.text, " Min.") {
		return // a label alone, or how long a video is
	}
	img.CreditText, img.CreditLabel = c.text, c.label
	img.Creator, img.SourceOrganization = creditParties(c.text)
}
