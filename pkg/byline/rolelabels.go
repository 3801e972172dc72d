package byline

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/prose"
)

// writerLabels and otherLabels stand before the names of those who did a part of
// the work, with a colon or a stroke between: "Text: … Foto: …". The names behind
// the others are not those of authors.
var (
	writerLabels = []string{
		"text", "words", "story", "report", "reporting", "reporter", "journalist", "author", "authors", "writer", "autor", "autorin", "autoren", "bericht", "reportage",
		"texte", "auteur", "auteurs", "autrice", "récit", "texto", "textos", "autora", "autores", "reportaje", "testo", "testi", "autore", "autori", "tekst", "auteurs", "forfatter", "teksti", "kirjoittaja", "toimittaja",
		"opracowanie", "opracował", "opracowała", "oprac", "piše", "pišu", "napisao", "napisala", "autoři", "írta", "szerző", "szerzők", "scris de", "haber", "haberi", "yazan", "yazar", "muhabir",
		"κείμενο", "συντάκτης", "συντάκτρια", "συντάκτες", "текст", "автор", "авторы", "автори", "аўтар", "журналист", "кореспондент", "penulis", "reporter", "wartawan", "tác giả", "phóng viên",
		"بقلم", "كتب", "كتبت", "إعداد", "الكاتب", "نویسنده", "خبرنگار", "מאת", "כתב", "लेखक", "लेखिका", "संवाददाता", "লেখক", "প্রতিবেদক", "ผู้เขียน", "โดย", "เรื่อง",
		"글", "글쓴이", "기자", "文", "取材", "取材・文", "執筆", "記者", "记者", "作者", "撰文", "本报记者", "本報記者",
	}
	otherLabels = []string{
		"photo", "photos", "photographer", "photography", "picture", "pictures", "image", "images", "video", "videos", "camera", "illustration", "illustrations", "graphic", "graphics", "editing", "editor", "editors", "edited",
		"producer", "production", "translation", "broadcast", "source", "sources", "foto", "fotos", "fotograf", "fotografie", "bild", "bilder", "kamera", "schnitt", "ton", "illustrationen", "grafik", "infografik", "sendung",
		"übersetzung", "quelle", "quellen", "lektorat", "redaktion", "montage", "traduction", "fotografía", "fotografías", "ilustración", "gráficos", "edición", "traducción", "fuente", "edição", "fonte", "fotografo", "traduzione", "redigering",
		"kuva", "kuvat", "kuvaaja", "lähde", "zdjęcia", "źródło", "fotó", "fotók", "fényképezte", "forrás", "fotoğraf", "kaynak", "φωτογραφία", "φωτογραφίες", "фото", "видео", "редактор", "редакторы", "источник", "світлини", "снимка", "снимки", "джерело",
		"penyunting", "fotografer", "sumber", "ảnh", "biên tập", "nguồn", "تصوير", "تحرير", "مونتاج", "المصدر", "צילום", "עריכה", "संपादक", "ভাষান্তর", "ภาพ", "บรรณาธิการ",
		"사진", "편집", "영상", "그래픽", "출처", "写真", "撮影", "編集", "编辑", "編輯", "责任编辑", "責任編輯", "责编", "責編", "审核", "校对", "摄影", "攝影", "图", "圖", "来源", "來源",
	}
	// otherPhrases need nothing behind them but a name.
	otherPhrases = []string{
		"additional reporting by", "photos by", "photo by", "photographs by", "photography by", "pictures by", "video by", "illustration by", "illustrations by", "graphics by", "editing by", "edited by", "translated by",
		"produced by", "contributions by", "with contributions from", "fotos von", "foto von", "bilder von", "redigiert von", "übersetzt von", "photos de", "photo de", "traduit par", "fotos de", "foto de", "foto di", "foto av", "foto:", "bilder av",
	}
	// bareLabels are set before a name without a colon too, behind another name.
	bareLabels = []string{"foto", "fotos", "photos", "bild", "bilder", "kuva", "kuvat", "zdjęcia", "фото", "사진", "写真", "撮影", "摄影", "攝影", "编辑", "編輯", "ภาพ"}
)

// role is what a label says of the names behind it.
type role int

const (
	noRole role = iota
	writes
	helps
)

// label is a label with what it says.
type label struct {
	word   string
	role   role
	phrase bool // needs no colon
	bare   bool // needs none behind another name
}

// labelsByRune holds the labels by their first letter in lower case, for every
// word of a byline is looked up.
var labelsByRune = indexLabels()

func indexLabels() map[rune][]label {
	index := map[rune][]label{}
	add := func(words []string, l label) {
		for _, w := range words {
			l.word = w
			l.bare = slices.Contains(bareLabels, w)
			r := unicode.ToLower(prose.FirstRune(w))
			index[r] = append(index[r], l)
		}
	}
	add(otherPhrases, label{role: helps, phrase: true})
	add(writerLabels, label{role: writes})
	add(otherLabels, label{role: helps})
	return index
}

// roleAt reads a label at the head of s and says how many bytes it has with what
// parts it from the names. Behind names already, a bare word will do.
func roleAt(s string, behindNames bool) (found role, longest int) {
	for _, l := range labelsByRune[unicode.ToLower(prose.FirstRune(s))] {
		rest, ok := prose.CutPrefixFold(s, l.word)
		if !ok || len(l.word) <= longest {
			continue
		}
		gap := len(rest) - len(strings.TrimLeft(rest, " ."))
		stop := rest[gap:]
		switch c, n := utf8.DecodeRuneInString(stop); {
		case l.phrase:
			if strings.HasPrefix(rest, " ") {
				return l.role, len(l.word)
			}
		case c == ':' || c == '：' || c == '|' || c == '｜' || c == '／' || c == '・' && !startsLabel(stop[n:]):
			longest, found = len(l.word)+gap+n, l.role
		case behindNames && gap > 0 && l.bare && l.role == helps && prose.IsCapital(stop):
			longest, found = len(l.word)+gap, l.role
		}
	}
	return found, longest
}

// startsLabel says whether a label begins s: "取材・文" is one.
func startsLabel(s string) bool {
	return slices.ContainsFunc(writerLabels, func(w string) bool { return strings.HasPrefix(s, w) })
}

// jointWords stand between two labels of one name: "Text und Foto: …".
var jointWords = []string{"und", "and", "et", "y", "e", "och", "og", "en", "ja", "i", "и", "&", "+", "/", ",", "・", "·"}

// writtenParts gives those parts of a byline that name its writers, and whether a
// label said so.
func writtenParts(line string) (parts []string, said bool) {
	current, start := noRole, 0
	end := func(at int) {
		if text := strings.Trim(line[start:at], " .,;|/·-–—"); text != "" && current != helps {
			parts = append(parts, text)
			said = said || current == writes
		}
	}
	boundary := true
	for i, r := range line {
		if i < start {
			continue
		}
		if boundary || prose.IsCJK(r) {
			if next, n := roleAt(line[i:], i > 0 && current != noRole || i > start); next != noRole {
				if next == helps && isJointLabel(line[start:i]) {
					next, start = writes, i // one name for text and picture
				}
				end(i)
				current, start = next, i+n
			}
		}
		boundary = !unicode.IsLetter(r) && !unicode.IsMark(r)
	}
	end(len(line))
	return parts, said
}

// isJointLabel says whether a text is a writer's label and a word that joins it to
// the next.
func isJointLabel(text string) bool {
	text = strings.TrimSpace(text)
	for _, joint := range jointWords {
		if label, ok := strings.CutSuffix(text, joint); ok {
			label = prose.Fold(label)
			if slices.ContainsFunc(writerLabels, func(w string) bool { return label == prose.Fold(w) }) {
				return true
			}
		}
	}
	return false
}
