package photocredit

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/prose"
)

// creditLabels are the words that introduce a picture's credit, in small letters,
// longer ones before those that they end in.
var creditLabels = longestFirst(
	"image source", "image credit", "image courtesy", "photo credits", "photo credit", "photo courtesy", "photo illustration", "picture credit", "courtesy", "photographer", "photographs", "photograph", "photography", "photos", "photo",
	"pictures", "picture", "images", "image", "pics", "pic", "credits", "credit", "copyright", "illustration", "graphic", "supplied", "source",
	"archivfotos", "archivfoto", "symbolfotos", "symbolfoto", "file photo", "imagen ilustrativa", "foto ilustrativa", "imagem ilustrativa", "ilustrační foto", "ilustračné foto", "photo d'illustration", "image d'illustration", "photo d'archives", "foto de archivo", "foto d'archivio", "fotomontage", "fotografin", "fotograf", "fotos", "archivbild", "symbolbild", "bilder", "bildquelle", "bildnachweis", "bildrechte", "rechte", "bild", "bildautor", "quelle", "grafik",
	"crédits photo", "crédit photo", "crédits", "crédit", "photographie", "créditos", "crédito", "fotografías", "fotografía", "fotógrafo", "imagem", "imagen", "immagine", "fuente", "fonte", "sursa foto", "sursa",
	"beeld", "bron", "zdjęcia", "zdjęcie", "fot.", "źródło", "autor", "zdroj", "arkivfoto", "fotó", "forrás", "kuvat", "kuva", "kilde", "källa", "foto",
	"φωτογραφία", "φωτό", "φωτ.", "πηγή", "фотография", "фото", "снимка", "источник", "джерело", "fotoğraflar", "fotoğraf", "kaynak",
	"صورة", "تصوير", "المصدر", "عکس", "منبع", "צילום", "फोटो", "ছবি", "ảnh", "nguồn", "ภาพ", "gambar", "picha", "dok",
	"写真提供", "写真", "画像", "图片来源", "图片", "图源", "图", "圖片來源", "圖片", "圖", "사진 출처", "사진출처", "사진 제공", "사진제공", "사진", "출처",
)

func longestFirst(words ...string) []string {
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
	return words
}

// pictureWords are the labels that say no more than that there is a picture.
var pictureWords = prose.SetOf("photo photos photograph photographs image images picture pictures pic illustration graphic foto fotos bild bilder grafik symbolbild archivbild imagen imagem immagine beeld zdjęcie kuva kuvat fotó фото fotoğraf")

// byLabels need no colon behind them. A longer one stands before its beginning.
var byLabels = []string{
	"photographs by", "photograph by", "photography by", "photos by", "photo by", "pictures by", "picture by", "images by", "image by", "illustration by", "photo illustration by",
	"photo courtesy of", "image courtesy of", "courtesy of", "fotos von", "foto von", "bilder von", "bild von", "photo de", "foto di",
}

// notLabels stand before a word that is a label else: "on the photo:" tells who
// is to be seen.
var notLabels = map[string]bool{
	"in": true, "on": true, "the": true, "this": true, "im": true, "am": true, "auf": true, "dem": true, "das": true, "unser": true, "oberes": true, "unteres": true,
	"la": true, "le": true, "cette": true, "en": true, "na": true, "no": true, "el": true, "esta": true, "nella": true, "sulla": true, "op": true, "de": true, "deze": true, "på": true, "i": true, "на": true, "в": true, "у": true,
}

// LabelAtEnd is the label that a text ends in, as a word of its own or, with a
// capital or in a script without spaces, run together with the word before.
func LabelAtEnd(s string) string {
	for _, l := range creditLabels {
		at := len(s) - len(l)
		if at < 0 || !strings.EqualFold(s[at:], l) {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(s[:at])
		first, _ := utf8.DecodeRuneInString(s[at:])
		switch {
		case at == 0 || !unicode.IsLetter(before) && !unicode.IsDigit(before) && !unicode.IsMark(before):
			lead := strings.TrimRight(s[:at], " ")
			if notLabels[strings.ToLower(lead[strings.LastIndexByte(lead, ' ')+1:])] {
				return ""
			}
			return s[at:]
		case unicode.IsUpper(first) && unicode.IsLower(before), unicode.In(first, unicode.Han, unicode.Hangul, unicode.Thai):
			return s[at:]
		}
	}
	return ""
}

// isLabel says whether a text is a label and nothing else.
func isLabel(word string) bool {
	for _, l := range creditLabels {
		if strings.EqualFold(word, l) {
			return true
		}
	}
	return false
}

// isJoinedLabel says whether a text is two labels in one, of which one is a
// credit's: "Foto und Styling", "Text & Photos", "Illustrations / Photo".
func isJoinedLabel(text string) bool {
	for _, joint := range [...]string{" und ", " and ", " & ", " et ", " y ", " e ", " en ", " og ", " och ", " i ", "/", "+"} {
		if one, other, ok := strings.Cut(text, joint); ok {
			one, other = strings.TrimSpace(one), strings.TrimSpace(other)
			return prose.CountWords(one) == 1 && prose.CountWords(other) == 1 && (isLabel(one) || joint != "/" && isLabel(other))
		}
	}
	return false
}

// CutLabel takes the introducing words off a credit that stands alone: "Photo:
// Jane Doe", "© Foto: Jane Doe".
func (r Reader) CutLabel(s string) (text, label string) {
	text, label = r.cutOneLabel(s)
	if label == "" || !strings.ContainsAny(text, ":：©") {
		return text, label
	}
	if inner, second := r.cutOneLabel(text); second != "" {
		if slices.Contains(copyrightMarks, label) {
			label = second
		}
		return inner, label
	}
	return text, label
}

// Labelled reads a line that is a credit behind its label and nothing else.
func (r Reader) Labelled(line string) (c Credit, ok bool) {
	c.Text, c.Label = r.CutLabel(line)
	return c, c.Label != "" && Plausible(c.Text)
}

func (r Reader) cutOneLabel(s string) (text, label string) {
	s = strings.TrimSpace(s)
	s = strings.Trim(s, "[]|")
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		s = s[1 : len(s)-1]
	}
	s = strings.TrimSuffix(strings.TrimPrefix(s, "（"), "）")
	s = strings.TrimSpace(s)
	if rest, mark := CutCopyright(s); mark != "" {
		return rest, mark
	}
	if rest, by := cutByLabel(s); by != "" {
		return rest, by
	}
	if who, ok := strings.CutSuffix(s, "撮影"); ok && who != "" && !strings.ContainsAny(who, "。、＝=（") {
		return who, "撮影"
	}
	if i := strings.IndexAny(s, ":："); i > 0 && i < 40 {
		_, width := utf8.DecodeRuneInString(s[i:])
		if rest, label := strings.TrimSpace(s[i+width:]), strings.TrimRight(s[:i], " "); rest != "" && (isLabel(label) || isJoinedLabel(label)) {
			return rest, label
		}
	}
	if i := strings.IndexAny(s, "=＝／/©"); i > 0 && i < 24 {
		_, width := utf8.DecodeRuneInString(s[i:])
		word := strings.TrimRight(s[:i], " ")
		if rest := strings.TrimSpace(s[i+width:]); rest != "" && isLabel(word) && (prose.IsUncased(word) || s[i] == '=' || s[i:i+width] == "©") {
			return rest, word
		}
	}
	return r.cutBareLabel(s)
}

// cutBareLabel takes a label without a colon off a credit: "Photo Jane Doe/AP",
// "fot. Jane Doe".
func (r Reader) cutBareLabel(s string) (text, label string) {
	word, rest, _ := strings.Cut(s, " ")
	if rest != "" && isLabel(word) && (r.NamesAgency(rest) || AllNames(rest)) {
		return rest, word
	}
	return s, ""
}

// cutByLabel takes a label that ends in "by" off a credit, with the word before
// it: "Ledger photo by Jane Doe".
func cutByLabel(s string) (text, label string) {
	_, behind, _ := strings.Cut(s, " ")
	for _, from := range [...]string{s, behind} {
		for _, l := range byLabels {
			if rest, ok := prose.CutPrefixFold(from, l); ok && strings.HasPrefix(rest, " ") {
				return strings.TrimSpace(rest), from[:len(l)]
			}
		}
	}
	return s, ""
}

// copyrightMarks stand before who holds the rights.
var copyrightMarks = []string{"©", "(c)", "(C)", "ⓒ"}

// StartsCopyright says whether a text begins with such a mark.
func StartsCopyright(s string) bool {
	return slices.ContainsFunc(copyrightMarks, func(mark string) bool { return strings.HasPrefix(s, mark) })
}

// CutCopyright takes such a mark off the head of a text. The mark is empty where
// there is none.
func CutCopyright(s string) (text, mark string) {
	for _, mark := range copyrightMarks {
		if rest, ok := strings.CutPrefix(s, mark); ok {
			if rest = strings.TrimLeft(rest, " :"); rest != "" {
				return rest, mark
			}
		}
	}
	return s, ""
}
