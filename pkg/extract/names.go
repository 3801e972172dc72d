package extract

import (
	"slices"
	"strings"
	"unicode"

	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/when"
)

// mostAuthors bounds how many people sign a story.
const mostAuthors = 50

// addPerson adds somebody who is not in the list yet.
func addPerson(all []news.Person, p news.Person) []news.Person {
	if len(all) >= mostAuthors {
		return all
	}
	for _, old := range all {
		if same(old.Name, p.Name) {
			return all
		}
	}
	return append(all, p)
}

// people reads the names in a byline. From metadata (told) single words and
// lower case are believed, from print only what looks like a name. Agencies,
// outlets and addresses are left out.
func (s *story) people(line string, told bool) []news.Person {
	line = squash(line)
	if line == "" || strings.Contains(line, "://") || strings.HasPrefix(line, "@") || len(line) > 400 {
		return nil
	}
	line, said := cutBy(line)
	if _, at, ok := when.Find(line, s.order); ok && at > 3 {
		line = strings.TrimRight(line[:at], " |,-–:")
		if i := strings.LastIndexByte(line, ' '); i > 0 && (contains(changeWords, fold(line[i:])) || contains(pubWords, fold(line[i:]))) {
			line = line[:i]
		}
	}
	var all []news.Person
	pieces := splitNames(line)
	// "example.com, Springfield, Germany" is an outlet and its address.
	address := len(pieces) > 1 && (s.isSiteName(pieces[0]) || s.isOutlet(pieces[0]))
	for _, piece := range pieces {
		name, title := cutTitle(piece)
		if address && !strings.Contains(name, " ") && isCapital(name) {
			continue
		}
		if s.isOutlet(title) {
			continue // "Example News (www.example.com)"
		}
		// A single word is a name where the line has no other, or is in Chinese.
		sure := told || said && (len(pieces) == 1 || isHanName(piece))
		if name = trimName(name); name == "" || !s.isPerson(name, sure) {
			if len(all) > 0 && title == "" && all[len(all)-1].JobTitle == "" && isJob(piece) {
				all[len(all)-1].JobTitle = piece
			}
			continue
		}
		p := news.Person{Name: name, Kind: news.KindPerson, JobTitle: title}
		if isDesk(name) {
			p.Kind = news.KindDesk
		}
		all = addPerson(all, p)
	}
	return all
}

// byWords stand before the names in a byline.
var byWords = []string{
	"written by", "reported by", "reporting by", "posted by", "published by", "story by", "text by", "words by", "report by", "review by", "analysis by", "opinion by", "by:", "by", "author:", "authors:", "author", "from our correspondent",
	"ein kommentar von", "kommentar von", "eine analyse von", "analyse von", "ein gastbeitrag von", "gastbeitrag von", "ein interview von", "interview von", "interview:", "interview:", "eine kolumne von", "ein bericht von", "ein essay von", "protokoll:", "von:", "von", "text:", "autor:", "autorin:", "geschrieben von", "verfasst von", "aus",
	"propos recueillis par", "par:", "par", "écrit par", "publié par", "por:", "por", "escrito por", "texto:", "di:", "di", "scritto da", "a cura di", "door:", "door", "geschreven door", "av:", "av", "af:", "af", "tekst:", "text av", "autorin/autor", "autor/in:", "autor", "автор:", "yazan:", "oleh:", "oleh", "penulis:", "文・", "記者", "撰文", "本报记者", "بقلم:", "كتب:", "كتبت:", "беседовала", "беседовал",
}

// cutBy takes the words that introduce names off a line.
func cutBy(line string) (string, bool) {
	said := false
	for range 2 {
		cut := false
		for _, w := range byWords {
			rest, ok := cutPrefixFold(line, w)
			if !ok || rest == "" || w == "aus" {
				continue
			}
			if rest[0] != ' ' && rest[0] != ':' && !strings.HasSuffix(w, ":") {
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

// nameJoints stand between two names.
var nameJoints = []string{" and ", " und ", " et ", " y ", " & ", " og ", " och ", " en ", " e ", " with ", " mit ", " avec ", " con ", " i ", " и ", " ve ", " dan ", " sowie ", " , ", "; ", " | ", " / ", " • ", " · ", "、", "，", " – ", " — ", " - ", "\t"}

func splitNames(line string) []string {
	if fields := strings.Fields(line); len(fields) > 1 && !slices.ContainsFunc(fields, func(w string) bool { return !isHanName(w) }) {
		return fields
	}
	for _, j := range nameJoints {
		line = strings.ReplaceAll(line, j, ",")
	}
	var all []string
	for piece := range strings.FieldsFuncSeq(line, func(r rune) bool { return r == ',' || r == ';' || r == '|' || r == '\n' || r == '•' || r == '/' }) {
		if piece = strings.TrimSpace(piece); piece != "" {
			all = append(all, piece)
		}
	}
	return all
}

// isHanName says whether a word can be a whole name in Chinese or Japanese.
func isHanName(w string) bool {
	n := runes(w)
	return n > 1 && n < 5 && !strings.ContainsFunc(w, func(r rune) bool { return !unicode.Is(unicode.Han, r) })
}

// cutTitle parts a name from the job in brackets behind it.
func cutTitle(piece string) (name, title string) {
	if i := strings.IndexAny(piece, "(["); i > 0 {
		return strings.TrimSpace(piece[:i]), strings.Trim(piece[i:], "()[] ")
	}
	return piece, ""
}

func trimName(name string) string {
	name = strings.Trim(name, " \t.,;:*|·•-–—\"“”„'")
	if rest, ok := cutBy(name); ok {
		name = rest
	}
	if i := strings.IndexByte(name, '@'); i >= 0 {
		return ""
	}
	return name
}

// isPerson says whether a piece of a byline is somebody's name.
func (s *story) isPerson(name string, told bool) bool {
	if strings.ContainsAny(name, "0123456789<>{}=@") || runes(name) < 2 || runes(name) > 60 {
		return false
	}
	if s.isSiteName(name) || s.isOutlet(name) || s.isBranch(name) {
		return false
	}
	if _, ok := agency.Find(name); ok {
		return false
	}
	if mentions, rest := agency.List(name); len(mentions) > 0 && len(rest) == 0 {
		return false
	}
	switch fold(name) {
	case "admin", "editor", "null", "undefined", "none", "unknown", "facebook", "twitter", "email", "instagram", "linkedin", "share", "follow", "updated", "published", "guest", "administrator", "anonymous", "na",
		"author", "autor", "redaktor", "webmaster", "by", "von", "staff", "writer", "news", "nachrichten", "noticias", "notícias", "notizie", "actualités", "nieuws", "haber", "haberler", "berita", "новости", "unsererredaktion", "unsererredaktionen", "unserekorrespondenten":
		return false
	}
	fields := strings.Fields(name)
	if told {
		return len(fields) <= 7
	}
	if len(fields) > 5 || len(fields) < 2 && !isDesk(name) {
		return false
	}
	capital := 0
	for _, w := range fields {
		if isCapital(w) {
			capital++
		} else if !isParticle(w) {
			return false
		}
	}
	return capital >= 2 && !isJob(name)
}

// isBranch says whether a name is the outlet's with a place or a service behind
// it: "Example North".
func (s *story) isBranch(name string) bool {
	first, rest, ok := strings.Cut(name, " ")
	return ok && len(first) > 2 && first == strings.ToUpper(first) && first != strings.ToLower(first) && rest == strings.ToUpper(rest) && s.isSiteName(first)
}

func isCapital(w string) bool {
	for _, r := range strings.TrimLeft(w, "'’\"“„(") {
		return strings.ToLower(string(r)) != string(r) || !isCased(r)
	}
	return false
}

// isCased says whether a letter has an upper and a lower case.
func isCased(r rune) bool {
	return strings.ToUpper(string(r)) != string(r) || strings.ToLower(string(r)) != string(r)
}

func isParticle(w string) bool {
	switch strings.ToLower(w) {
	case "de", "da", "do", "dos", "das", "del", "della", "di", "la", "le", "van", "von", "der", "den", "ten", "ter", "zu", "zum", "bin", "ibn", "al", "el", "af", "av", "du", "des", "y", "e", "vom", "auf", "ben", "abu", "st", "d'", "'t":
		return true
	}
	return false
}

// deskWords make a name that of a desk.
var deskWords = []string{"redaktion", "newsroom", "staff", "desk", "editorial", "redacción", "redacao", "redação", "redazione", "rédaction", "redactie", "redaksi", "redaktionen", "editors", "team", "bureau", "web desk", "news service", "redakcja", "redakce", "редакция"}

func isDesk(name string) bool {
	low := strings.ToLower(name)
	for _, w := range deskWords {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// jobWords make a piece of a byline somebody's job, not a name.
var jobWords = []string{"correspondent", "reporter", "editor", "writer", "korrespondent", "redakteur", "journalist", "columnist", "analyst", "producer", "director", "professor", "chief", "contributor", "presenter", "photographer", "chefredakteur", "leiter", "autor", "political", "minutes", "min read", "updated", "published", "read"}

func isJob(text string) bool {
	low := strings.ToLower(text)
	for _, w := range jobWords {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// isOutlet says whether a name ends as outlets' names do.
func (s *story) isOutlet(name string) bool {
	low := strings.ToLower(name)
	for _, end := range [...]string{".com", ".de", ".org", ".net", ".co.uk", ".at", ".ch", ".fr", ".it", ".es"} {
		if strings.HasSuffix(low, end) {
			return true
		}
	}
	return false
}
