package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
	"github.com/copydesk/copydesk/pkg/structured"
)

const (
	// mostKeywords and longestKeyword (in characters) bound what is a list of
	// topics, not a text.
	mostKeywords   = 60
	longestKeyword = 80
)

// keywordMetas are the names under which pages state their topics.
var keywordMetas = []string{"news_keywords", "keywords", "article:tag", "og:article:tag", "parsely-tags", "sailthru.tags", "cxenseparse:taglist", "dc.subject", "dcterms.subject"}

// keywords gathers the topics that the outlet states: in the structured data,
// in meta elements, in the list of topics that the page prints. A list that says
// little of the story is believed only where there is no other: some systems
// send the outlet's own on every page.
func (s *story) keywords() {
	text := prose.Fold(s.rec.Headline + s.rec.Deck + s.rec.ArticleBody)
	var first candidate
	var spare []string
	for _, c := range s.keywordSources() {
		all := s.cutKeywords(c.values)
		if len(all) == 0 {
			continue
		}
		if isToldIn(text, all) {
			s.setKeywords(all, c.candidate)
			return
		}
		if spare == nil {
			first, spare = c.candidate, all
		}
	}
	if spare != nil {
		s.setKeywords(spare, first)
	}
}

// keywordSource is a list of topics as the page has it.
type keywordSource struct {
	candidate
	values []string
}

// keywordSources are the lists of topics, the most trusted first.
func (s *story) keywordSources() []keywordSource {
	var all []keywordSource
	add := func(values []string, method news.Method, path string, confidence float64) {
		if len(values) > 0 {
			all = append(all, keywordSource{candidate{method: method, path: path, confidence: confidence}, values})
		}
	}
	if s.ld != nil {
		add(s.ld.Texts("keywords"), news.FromJSONLD, "keywords", 0.7)
	}
	for _, name := range keywordMetas {
		var values []string
		for _, m := range s.metas {
			if m.name == name {
				values = append(values, m.content)
			}
		}
		add(values, news.FromMeta, name, 0.7)
	}
	add(s.props("keywords"), news.FromMicrodata, "keywords", 0.65)
	if s.ld != nil {
		add(s.ld.Texts("about"), news.FromJSONLD, "about", 0.6)
	}
	add(s.printedKeywords(), news.FromSelector, "a[rel=tag]", 0.6)
	return all
}

// isToldIn says whether a third of the topics at least are in the folded text.
func isToldIn(text string, topics []string) bool {
	told := 0
	for _, v := range topics {
		if strings.Contains(text, prose.Fold(v)) {
			told++
		}
	}
	return told*3 >= len(topics)
}

// cutKeywords cuts a list at the signs between topics and rids them of what
// systems add to them.
func (s *story) cutKeywords(values []string) []string {
	var all []string
	for _, v := range values {
		if strings.ContainsFunc(v, isIdeograph) && !strings.ContainsAny(v, ",;|、") {
			v = strings.ReplaceAll(v, " ", ",") // no spaces inside words
		}
		for piece := range strings.FieldsFuncSeq(v, func(r rune) bool { return r == ',' || r == ';' || r == '|' || r == '、' || r == '،' }) {
			if piece = cleanKeyword(piece); piece != "" && len(all) < mostKeywords && !s.outlet.Is(piece) && !containsFold(all, piece) {
				all = append(all, piece)
			}
		}
	}
	if s.spellsAddress(all) {
		return nil
	}
	return all
}

func (s *story) setKeywords(all []string, c candidate) {
	s.rec.Keywords = all
	c.value = strings.Join(all, ", ")
	s.credit("keywords", c)
}

// spellsAddress says whether a list is but the words of the page's address, three
// or more, as systems make it up.
func (s *story) spellsAddress(list []string) bool {
	for _, v := range list {
		if strings.Contains(v, " ") || !strings.Contains(s.base, "-"+strings.ToLower(v)) && !strings.Contains(s.base, strings.ToLower(v)+"-") {
			return false
		}
	}
	return len(list) > 2
}

func isIdeograph(r rune) bool { return unicode.Is(unicode.Han, r) }

// cleanKeyword gives a topic without its class ("Category: Economy",
// "topic/economy"); numbers, addresses and machines' identifiers ("editors_pick")
// are no topics.
func cleanKeyword(v string) string {
	v = strings.Trim(prose.Squash(structured.Unescape(v)), " .#\"'[]")
	if i := strings.LastIndex(v, ": "); i > 0 {
		v = v[i+2:]
	}
	if i := strings.LastIndexByte(v, '/'); i > 0 && !strings.Contains(v, " / ") && strings.ToLower(v[:i]) == v[:i] {
		v = v[i+1:]
	}
	if utf8.RuneCountInString(v) > longestKeyword || strings.Trim(v, "0123456789-_.") == "" || strings.Trim(v, "0123456789abcdef-") == "" && len(v) > 20 || isAddress(v) && strings.ToLower(v) == v || strings.Contains(v, "_") || strings.Count(v, ":") > 1 {
		return ""
	}
	return v
}

func containsFold(list []string, v string) bool {
	f := prose.Fold(v)
	for _, x := range list {
		if prose.Fold(x) == f {
			return true
		}
	}
	return false
}
