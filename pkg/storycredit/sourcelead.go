package storycredit

import (
	"slices"
	"strings"

	"github.com/copydesk/copydesk/pkg/prose"
)

// sourceLabels stand before the name of a source, with a colon or a space behind
// them.
var sourceLabels = strings.Fields(`source sources quelle quellen fonte fontes fonti fuente fuentes källa källor kilde kilder lähde lähteet bron bronnen źródło źródła
	zdroj zdroje forrás sursa sursă surse vir izvor izvori извор источник источники джерело джерела крыніца kaynak πηγή المصدر المصادر منبع מקור sumber nguồn ที่มา स्रोत
	出典 配信 配信元 提供 来源 來源 资料来源 資料來源 稿件来源 文章来源 출처 자료 agency agencies agentur agenturen agence agences agencia agencias agência agências agenzia agenzie text texte texto testo tekst tekstas teksti текст
	author autor autoři auteur autore autorka автор forfatter författare tekijä haber`)

// sourcePhrases stand before the name of a source, with a space behind them.
var sourcePhrases = []string{
	"with files from", "with reporting from", "with reporting by", "with information from", "with material from", "with inputs from", "with input from", "with agency inputs from", "with contributions from", "with contribution from",
	"with additional reports from", "with reports from", "with a report from", "with", "additional reporting by", "additional reporting from", "reporting by", "includes reporting from", "compiled from", "inputs from", "input from", "material from", "information from", "by", "from", "via",
	"mit material von", "mit material der", "mit material des", "mit agenturmaterial", "mit agenturmaterial von", "mit agenturmaterial der", "mit informationen von", "mit informationen der", "mit inhalten von", "mit inhalten der", "unter verwendung von",
	"unter verwendung von material der", "unter verwendung von material von", "unter verwendung von informationen der", "mit", "von",
	"avec des informations de", "avec les informations de", "d’après une dépêche de", "d'après une dépêche de", "avec", "par",
	"con información de", "con informaciones de", "con datos de", "con reportes de", "con reporte de", "con", "por",
	"com informações de", "com informações da", "com informações do", "com informações das", "com", "da redação com", "da redação, com", "da agência", "con informazioni di", "con informazioni da", "di", "a cura di",
	"met bijdragen van", "met een bijdrage van", "met informatie van", "met medewerking van", "met", "door", "van", "met dank aan",
	"med material från", "med uppgifter från", "med information från", "med stoff fra", "med materiale fra", "med bidrag fra", "med bidrag från", "med", "av", "af", "från", "fra",
	"źródło artykułu:", "haber kaynağı:", "verwendete quellen:", "na podstawie", "oprac. na podst.", "opracowano na podstawie", "opracowanie na podstawie", "na podst.", "s využitím", "s použitím",
	"по материалам", "по данным", "по информации", "за матеріалами", "за даними", "за інформацією", "نقلا عن", "نقلاً عن", "综合自", "綜合自", "综合", "綜合", "转自", "轉自", "编译自", "編譯自",
}

// sourceLeads are both by their first words, in lower case, the longer first.
var sourceLeads = func() map[string][]string {
	m := make(map[string][]string)
	for _, lead := range slices.Concat(sourceLabels, sourcePhrases) {
		first, _, _ := strings.Cut(lead, " ")
		first = strings.TrimRight(first, ",")
		m[first] = append(m[first], lead)
	}
	for _, leads := range m {
		slices.SortFunc(leads, func(a, b string) int { return len(b) - len(a) })
	}
	return m
}()

// cutSourceLead takes the words that stand before the names of sources off a
// line.
func cutSourceLead(line string) (names string, ok bool) {
	line = strings.TrimLeft(line, " (（[［【–—-*")
	end := strings.IndexAny(line, " :：/,=")
	if end <= 0 {
		return "", false
	}
	for _, lead := range sourceLeads[strings.ToLower(line[:end])] {
		rest, ok := prose.CutPrefixFold(line, lead)
		if !ok {
			continue
		}
		if names := strings.TrimLeft(rest, " :：/="); names != rest || strings.HasSuffix(lead, ":") {
			names = strings.Trim(names, " .()（）[]［］【】")
			return strings.TrimSuffix(strings.TrimSuffix(names, " inputs"), " input"), names != "" // "with … inputs"
		}
	}
	return "", false
}

// HasSourceLead says whether a line begins with words that stand before the names
// of sources.
func HasSourceLead(line string) bool {
	_, ok := cutSourceLead(line)
	return ok
}
