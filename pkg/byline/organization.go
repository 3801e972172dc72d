package byline

import (
	"strings"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/prose"
)

// organizationWords make a name that of an organisation, as a word of their own.
var organizationWords = prose.SetOf(`
	news newsroom media medien medios média médias press presse prensa imprensa stampa prasa newspaper newspapers journal post times telegraph herald tribune gazette chronicle observer daily weekly magazine
	zeitung nachrichten tagblatt tageblatt rundschau anzeiger verlag rundfunk fernsehen noticias notícias noticia diario diário periódico jornal journal giornale quotidiano gazeta zprávy noviny deník haber haberler
	новости газета агентство министерство полиция правительство пресс-служба університет міністерство поліція
	agency agencies agencia agência agence agenzia agentur agencja ajansı photo photos foto fotos fotoservice images pictures picture photography studio studios productions films entertainment
	tv radio television televisión televisão televisione fm broadcasting service services group company corporation corp corp. co.
	office department dept ministry ministerium ministerio ministère ministero ministério ministerstwo bakanlığı belediyesi government regierung gobierno gouvernement governo parliament parlament congress senate council
	police polizei policía polícia polizia politie policja poliția feuerwehr army navy guard military coastguard municipality gemeinde stadt comune mairie ayuntamiento prefeitura
	university universität universidad universidade université università universitas college institute institut instituto istituto museum museo musée museu muzeum library bibliothek foundation stiftung fundación fondation fundação
	club federation association verein verband committee commission hospital theater theatre théâtre teatro galerie gallery galleria hotel holding holdings international command programme games sports records werbung tourismus tourism 캠프 center centre zentrum airport airlines railway ferries zoo fc nasa esa nato`)

// legalForms end the names of companies, written so. Within a name, or written
// otherwise, they are parts of people's: "Moussa Ag Idris".
var legalForms = prose.SetOf("Inc inc Inc. inc. INC Ltd ltd Ltd. ltd. LTD LLC llc PLC plc GmbH gmbh GMBH AG SE")

// longOrganizationWords do so in names of three words or more; in shorter ones
// they are somebody's name.
var longOrganizationWords = prose.SetOf("court church bank party school force")

// organizationEnds end names that are written as one word.
var organizationEnds = []string{
	"zeitung", "nachrichten", "polizei", "feuerwehr", "ministerium", "verlag", "verband", "verein", "agentur", "presse", "press", "news", "media", "images", "pictures",
	"新聞", "新闻", "日報", "日报", "晚報", "晚报", "電視", "电视", "视频", "社", "网", "網", "省", "庁", "大学", "뉴스", "일보", "신문", "방송", "청", "캠프",
}

// organizationJoints are the small words inside such names.
var organizationJoints = prose.SetOf("of for and the für und et")

// longestOrganization is how many words such a name has at most.
const longestOrganization = 6

// IsOrganizationWord says whether a word stands in names of organisations, as one
// of their own or between these.
func IsOrganizationWord(w string) bool {
	return organizationJoints[w] || organizationWords[w] || legalForms[w]
}

// IsOrganization says whether a name in a credit is that of an outlet, an
// office, a company: by a word of it, by its ending, by capitals alone.
func IsOrganization(name string) bool {
	if strings.HasPrefix(name, "The ") || IsDomain(name) {
		return true
	}
	fields := strings.Fields(name)
	if len(fields) == 0 || len(fields) > longestOrganization {
		return false
	}
	named := false
	for i, w := range fields {
		says := organizationWords[strings.ToLower(w)] || i == len(fields)-1 && legalForms[w]
		if !prose.IsCapital(w) && !isCamel(w) && (i == 0 || !says && !IsParticle(w) && !organizationJoints[w]) {
			return false
		}
		named = named || says || len(fields) > 2 && longOrganizationWords[strings.ToLower(w)]
	}
	if len(fields) == 1 && isAcronym(name) || named && len(fields) > 1 {
		return true
	}
	low := strings.ToLower(fields[len(fields)-1])
	for _, end := range organizationEnds {
		if strings.HasSuffix(low, end) && utf8.RuneCountInString(low) > utf8.RuneCountInString(end)+1 {
			return true
		}
	}
	return false
}

// isAcronym says whether a word is three to six capitals.
func isAcronym(w string) bool {
	for _, r := range w {
		if r < 'A' || r > 'Z' {
			return false
		}
	}
	return len(w) >= 3 && len(w) <= 6
}

// IsDomain says whether a word is a web address: "harbour-post.example".
func IsDomain(w string) bool {
	at := strings.LastIndexByte(w, '.')
	return at > 1 && len(w)-at > 2 && !strings.ContainsAny(w, " @") && strings.ToLower(w[at:]) == w[at:]
}

// isCamel says whether a small letter opens a word and a capital follows, as in
// names of companies and towns: "eHarbour".
func isCamel(w string) bool {
	return len(w) > 2 && 'a' <= w[0] && w[0] <= 'z' && 'A' <= w[1] && w[1] <= 'Z'
}
