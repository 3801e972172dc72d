package byline

import (
	"slices"
	"strings"

	"github.com/copydesk/copydesk/pkg/prose"
)

// byWords stand before the names in a byline.
var byWords = []string{
	"written by", "reported by", "reporting by", "posted by", "published by", "story by", "text by", "words by", "report by", "review by", "analysis by", "opinion by", "by:", "by", "author:", "authors:", "author", "from our correspondent",
	"ein kommentar von", "kommentar von", "eine analyse von", "analyse von", "ein gastbeitrag von", "gastbeitrag von", "ein interview von", "interview von", "interview:", "interview:", "eine kolumne von", "ein bericht von", "ein essay von", "protokoll:", "von:", "von", "text:", "autor:", "autorin:", "geschrieben von", "verfasst von", "aus",
	"propos recueillis par", "par:", "par", "écrit par", "publié par", "por:", "por", "escrito por", "texto:", "di:", "di", "scritto da", "a cura di", "door:", "door", "geschreven door", "av:", "av", "af:", "af", "tekst:", "text av", "autorin/autor", "autor/in:", "autor", "автор:", "yazan:", "oleh:", "oleh", "penulis:", "skrevet av", "skriven av", "skrivet av", "文・", "記者", "记者", "作者", "撰文", "本报记者", "本報記者", "بقلم:", "كتب:", "كتبت:", "беседовала", "беседовал", "συντάκτης:", "ρεπορτάζ:", "szerző:", "írta:", "piše:", "napisane przez:", "muhabir:", "kirjoittaja:", "teksti:", "ผู้เขียน:", "โดย:", "tác giả:", "نویسنده:", "מאת:",
}

// CutBy takes the words that introduce names off a line.
func CutBy(line string) (string, bool) {
	said := false
	for range 2 {
		cut := false
		for _, w := range byWords {
			rest, ok := prose.CutPrefixFold(line, w)
			if !ok || rest == "" || w == "aus" {
				continue
			}
			if rest[0] != ' ' && rest[0] != ':' && !strings.HasSuffix(w, ":") && !(strings.HasPrefix(line, "By") && w == "by" && 'A' <= rest[0] && rest[0] <= 'Z') {
				continue
			}
			if rest = strings.TrimLeft(rest, " :"); rest != "" {
				line, said, cut = rest, true, true
				break
			}
		}
		if !cut {
			break
		}
	}
	return line, said
}

// shortBys introduce names where two capital words follow and nothing else: they
// are parts of names as well.
var shortBys = []string{"de", "Ni", "โดย", "מאת", "كتب", "كتبت", "γράφει ο", "Γράφει ο", "γράφει η", "Γράφει η", "Της", "Του"}

// cutShortBy takes such a word off a line.
func cutShortBy(line string) (string, bool) {
	for _, w := range shortBys {
		rest, ok := strings.CutPrefix(line, w+" ")
		fields := strings.Fields(rest)
		if ok && len(fields) > 1 && prose.IsCapital(fields[0]) && prose.IsCapital(fields[1]) && !IsParticle(fields[0]) {
			return rest, true
		}
	}
	return line, false
}

// cutAnyBy takes words that introduce names off a line, long or short.
func cutAnyBy(line string) (string, bool) {
	if rest, by := CutBy(line); by {
		return rest, true
	}
	return cutShortBy(line)
}

// tailWords part a name from where somebody was, or for whom.
var tailWords = []string{"in", "at", "for", "from", "reports", "reporting", "via", "à", "au", "aux", "pour", "aus", "bei", "für", "para", "per", "w", "из", "special", "avec", "with"}

// cutNameTail cuts what follows a name behind such a word, and the name of the outlet
// or of an agency: "Ada Quill in Norport", "Ada Quill Associated Press".
func (r Reader) cutNameTail(name string) string {
	fields := strings.Fields(name)
	for i := 2; i < len(fields); i++ {
		rest := strings.Join(fields[i:], " ")
		_, wire := r.Agencies.Find(rest)
		if slices.Contains(tailWords, fields[i]) || wire || r.Outlet.Is(rest) {
			return strings.Join(fields[:i], " ")
		}
	}
	return name
}

// isPlaceFrom says whether a piece of a byline begins with a small word that leads
// to a place.
func isPlaceFrom(piece string) bool {
	first, rest, ok := strings.Cut(piece, " ")
	switch first {
	case "de", "da", "do", "di", "à", "a", "en", "em", "in", "aus", "from", "at", "uit", "i", "w", "из":
		return ok && prose.IsCapital(rest)
	}
	return false
}
