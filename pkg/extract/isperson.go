package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/agency"
)

// isPerson says whether a piece of a byline is somebody's name.
func (r bylineReader) isPerson(name string, told bool) bool {
	if strings.ContainsAny(name, "0123456789<>{}=@%$|[]:()") || utf8.RuneCountInString(name) < 2 || utf8.RuneCountInString(name) > 60 {
		return false
	}
	if r.outlet.is(name) || endsInDomain(name) && !isDesk(name) || isButton(name) || r.outlet.isBranch(name) {
		return false
	}
	if _, ok := agency.Find(name); ok {
		return false
	}
	if mentions, rest := agency.List(name); len(mentions) > 0 && len(rest) == 0 {
		return false
	}
	switch fold(name) {
	case "admin", "wordpress", "root", "superuser", "sysadmin", "siteadmin", "webadmin", "administrador", "default", "test", "user", "editor", "null", "undefined", "none", "unknown", "facebook", "twitter", "email", "instagram", "linkedin", "share", "follow", "updated", "published", "guest", "administrator", "anonymous", "na",
		"author", "autor", "redaktor", "webmaster", "by", "von", "staff", "writer", "news", "nachrichten", "noticias", "notícias", "notizie", "actualités", "nieuws", "haber", "haberler", "berita", "новости", "unsererredaktion", "unsererredaktionen", "unserekorrespondenten",
		"agencies", "agenturen", "agencias", "agences", "agenzie", "correspondent", "ourcorrespondent", "specialcorrespondent", "anónimo", "anonimo", "anonym", "anonyme":
		return false
	}
	fields := strings.Fields(name)
	if len(fields) > 2 && strings.EqualFold(fields[1], "by") || len(fields) > 0 && slices.Contains([]string{"By", "Von", "Par", "Por"}, fields[len(fields)-1]) {
		return false // "Developed by …"
	}
	if told {
		return len(fields) <= 7
	}
	if len(fields) > 5 || len(fields) < 2 && !isDesk(name) || r.outlet.opens(name) && !isDesk(name) {
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

// buttonWords are on buttons and links beside names, not in names.
var buttonWords = []string{"follow", "watch", "share", "subscribe", "view", "profile", "posts", "articles", "contact", "email", "all", "alle", "artikel", "beiträge", "kontakt", "folgen", "suivre", "voir", "seguir", "ver", "segui", "más", "mehr", "more", "plus", "posten", "abonnieren"}

// isButton says whether a piece of a byline is the words of a button.
func isButton(name string) bool {
	for w := range strings.FieldsSeq(name) {
		if slices.Contains(buttonWords, strings.ToLower(w)) {
			return true
		}
	}
	return false
}

// withoutButton cuts a button's word off that runs on from a name: "QuillFollow".
func withoutButton(name string) string {
	for _, w := range [...]string{"Follow", "Folgen", "Suivre", "Seguir", "Kontakt", "Contact", "Email"} {
		if rest, ok := strings.CutSuffix(name, w); ok && len(rest) > 4 && !strings.HasSuffix(rest, " ") {
			return rest
		}
	}
	return name
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

// endsInDomain says whether a name ends as the domains of many outlets do.
func endsInDomain(name string) bool {
	low := strings.ToLower(name)
	for _, end := range [...]string{".com", ".de", ".org", ".net", ".co.uk", ".at", ".ch", ".fr", ".it", ".es"} {
		if strings.HasSuffix(low, end) {
			return true
		}
	}
	return false
}
