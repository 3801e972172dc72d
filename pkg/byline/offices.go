package byline

import (
	"slices"
	"strings"

	"github.com/copydesk/copydesk/pkg/prose"
)

// deskWords make a name that of a desk, also at the end of longer words.
var deskWords = []string{"redaktion", "newsroom", "staff", "desk", "editorial", "redacción", "redacao", "redação", "redazione", "rédaction", "redactie", "redaksi", "redaktionen", "editors", "team", "bureau", "redakcja", "redakce", "redaktionsteam", "редакция", "редакція", "webteam", "编辑部", "編集部", "편집부"}

// IsDesk says whether a name is that of a desk of an outlet: "Sportredaktion".
func IsDesk(name string) bool {
	for w := range strings.FieldsFuncSeq(strings.ToLower(name), func(r rune) bool { return r == ' ' || r == '-' }) {
		w = strings.Trim(w, ".,:;()")
		for _, d := range deskWords {
			if w == d || len(d) > 7 && strings.HasSuffix(w, d) || len(d) > 8 && strings.HasPrefix(w, d) {
				return true
			}
		}
	}
	return strings.Contains(strings.ToLower(name), "news service")
}

// jobWords make a piece of a byline somebody's job, not a name, also as the end or
// the beginning of a longer word.
var jobWords = []string{"correspondent", "reporter", "editor", "writer", "korrespondent", "redakteur", "journalist", "columnist", "kolumnist", "analyst", "producer", "director", "professor", "contributor", "presenter", "photographer",
	"mitarbeiter", "leiter", "verslaggever", "redacteur", "envoyé", "correspondant", "journaliste", "rédacteur", "enviado", "enviada", "corresponsal", "redactor", "periodista", "jornalista", "repórter", "inviato", "inviata", "corrispondente", "giornalista",
	"reportér", "redaktor", "dziennikarz", "корреспондент", "журналист", "редактор", "обозреватель", "muhabir", "wartawan"}

// officeWords stand before jobs, or are none but no names either.
var officeWords = []string{"chief", "senior", "staff", "special", "political", "deputy", "managing", "associate", "foreign", "news", "sports", "science", "health", "business", "education", "online", "web", "our", "autor", "autorin", "minutes", "min", "updated", "published", "read"}

func isJobWord(w string) bool {
	w = strings.ToLower(strings.Trim(w, ".,:;()"))
	for _, j := range jobWords {
		if w == j || strings.HasPrefix(w, j) && len(w) < len(j)+4 || len(j) > 5 && strings.Contains(w, j) {
			return true
		}
	}
	return false
}

func isOfficeWord(w string) bool {
	return slices.Contains(officeWords, strings.ToLower(strings.Trim(w, ".,:;()")))
}

// isOffice says whether a name is nothing but an office, or one of an outlet: "Web
// Editor", "HT Correspondent".
func isOffice(name string) bool {
	fields := strings.Fields(name)
	n := len(fields)
	if n < 2 || n > 3 || !isJobWord(fields[n-1]) {
		return false
	}
	for _, w := range fields[:n-1] {
		if !isOfficeWord(w) && !prose.IsUpperWord(w) {
			return false
		}
	}
	return true
}

func hasJobWord(text string) bool {
	return slices.ContainsFunc(strings.Fields(text), isJobWord)
}

// IsJob says whether a word of a text is one of jobs or offices, not of names.
func IsJob(text string) bool {
	for w := range strings.FieldsSeq(text) {
		if isJobWord(w) || isOfficeWord(w) {
			return true
		}
	}
	return false
}

// cutOffice parts a name from the office that is printed before or behind it
// without a comma: "our correspondent Ada Quill", "Ada Quill Chief Reporter".
func cutOffice(name, title string) (string, string) {
	fields := strings.Fields(name)
	last := -1
	for i, w := range fields {
		if isJobWord(w) {
			last = i
		}
	}
	switch {
	case last < 0 || len(fields) < 3:
	case last <= len(fields)-3:
		return strings.Join(fields[last+1:], " "), title
	case last == len(fields)-1:
		at := 2
		for at < last && !isOfficeWord(fields[at]) && at < 3 {
			at++
		}
		if at == 3 && !isOfficeWord(fields[at]) {
			at = 2
		}
		if title == "" {
			title = strings.Join(fields[at:], " ")
		}
		return strings.Join(fields[:at], " "), title
	}
	return name, title
}
