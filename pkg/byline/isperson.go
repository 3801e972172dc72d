package byline

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/prose"
)

// LooksLikeName says whether words are written as those of a name are.
func LooksLikeName(fields []string) bool {
	for _, w := range fields {
		if !prose.IsCapital(w) && !IsParticle(w) || strings.ContainsAny(w, "0123456789@&:_") {
			return false
		}
	}
	return len(fields) > 0
}

// isPerson says whether a piece of a byline is somebody's name.
func (r Reader) isPerson(name string, told bool) bool {
	if strings.ContainsAny(name, "0123456789<>{}=@%$|[]:()") || utf8.RuneCountInString(name) < 2 || utf8.RuneCountInString(name) > 60 {
		return false
	}
	if r.Outlet.Is(name) || EndsInDomain(name) && !IsDesk(name) || isButton(name) || r.Outlet.isBranch(name) {
		return false
	}
	if _, ok := r.Agencies.Find(name); ok {
		return false
	}
	if mentions, rest := r.Agencies.List(name); len(mentions) > 0 && len(rest) == 0 {
		return false
	}
	switch prose.Fold(name) {
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
	if len(fields) > 5 || len(fields) < 2 && !IsDesk(name) || r.Outlet.opens(name) && !IsDesk(name) {
		return false
	}
	capital := 0
	for _, w := range fields {
		if prose.IsCapital(w) {
			capital++
		} else if !IsParticle(w) {
			return false
		}
	}
	return capital >= 2 && !IsJob(name)
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

// IsParticle says whether a word is one of the small ones inside names: "van", "de
// la".
func IsParticle(w string) bool {
	switch strings.ToLower(w) {
	case "de", "da", "do", "dos", "das", "del", "della", "di", "la", "le", "van", "von", "der", "den", "ten", "ter", "zu", "zum", "bin", "ibn", "al", "el", "af", "av", "du", "des", "y", "e", "vom", "auf", "ben", "abu", "st", "d'", "'t":
		return true
	}
	return false
}

// EndsInDomain says whether a name ends as the domains of many outlets do.
func EndsInDomain(name string) bool {
	low := strings.ToLower(name)
	for _, end := range [...]string{".com", ".de", ".org", ".net", ".co.uk", ".at", ".ch", ".fr", ".it", ".es"} {
		if strings.HasSuffix(low, end) {
			return true
		}
	}
	return false
}
