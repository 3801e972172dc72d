package extract

import (
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/when"
)

// declaredLanguage reads what the page calls its language, and what follows
// for the reading of its dates.
func (s *story) declaredLanguage() {
	var all []candidate
	if s.ld != nil {
		all = append(all, candidate{s.ld.Text("inLanguage"), news.FromJSONLD, "inLanguage", 0.9})
	}
	all = append(all, candidate{s.lang, news.FromSelector, "html[lang]", 0.85})
	for _, name := range [...]string{"og:locale", "content-language", "dc.language", "language", "inlanguage"} {
		v, _ := s.lookup(name)
		all = append(all, candidate{v, news.FromMeta, name, 0.8})
	}
	all = append(all, candidate{s.in.Hints.Language, news.FromFeed, s.in.Hints.Source, 0.6})
	for _, c := range all {
		if tag := languageTag(c.value); tag != "" {
			c.value = tag
			s.rec.InLanguage.Declared = tag
			s.credit("inLanguage", c)
			break
		}
	}
	s.order = orderOf(s.rec.InLanguage.Declared, s.base)
}

// languageTag gives a BCP 47 tag in its usual case, empty for what is none.
func languageTag(v string) string {
	v, _, _ = strings.Cut(strings.TrimSpace(v), ",")
	parts := strings.FieldsFunc(v, func(r rune) bool { return r == '-' || r == '_' })
	if len(parts) == 0 || len(parts) > 4 {
		return ""
	}
	primary := strings.ToLower(parts[0])
	if l, ok := languageNames[primary]; ok {
		primary = l
	}
	if n := len(primary); n < 2 || n > 3 || strings.Trim(primary, "abcdefghijklmnopqrstuvwxyz") != "" {
		return ""
	}
	parts[0] = primary
	for i, p := range parts[1:] {
		switch len(p) {
		case 2:
			parts[i+1] = strings.ToUpper(p)
		case 4:
			parts[i+1] = strings.ToUpper(p[:1]) + strings.ToLower(p[1:])
		default:
			if strings.Trim(strings.ToLower(p), "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
				return ""
			}
		}
	}
	return strings.Join(parts, "-")
}

var languageNames = map[string]string{
	"english": "en", "german": "de", "deutsch": "de", "french": "fr", "français": "fr", "spanish": "es", "español": "es", "italian": "it",
	"portuguese": "pt", "dutch": "nl", "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "spa": "es",
}

// orderOf says whether the month comes first in 3/5/2022: in American English.
func orderOf(tag, address string) when.Order {
	if tag == "" || !strings.HasPrefix(tag, "en") {
		return when.DayFirst
	}
	switch region(tag) {
	case "US", "PH":
		return when.MonthFirst
	case "":
		for _, end := range [...]string{".uk/", ".au/", ".nz/", ".ie/", ".in/", ".za/", ".ng/", ".ke/", ".eu/", ".de/", ".sg/", ".hk/", ".pk/"} {
			if strings.Contains(address+"/", end) {
				return when.DayFirst
			}
		}
		return when.MonthFirst
	}
	return when.DayFirst
}
