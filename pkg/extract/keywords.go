package extract

import (
	"strings"
	"unicode"

	"github.com/copydesk/copydesk/pkg/news"
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
// in meta elements, in the list of topics that the page prints.
func (s *story) keywords() {
	if s.ld != nil && s.setKeywords(s.ld.texts("keywords"), candidate{method: news.FromJSONLD, path: "keywords", confidence: 0.7}) {
		return
	}
	for _, name := range keywordMetas {
		var values []string
		for _, m := range s.metas {
			if m.name == name {
				values = append(values, m.content)
			}
		}
		if s.setKeywords(values, candidate{method: news.FromMeta, path: name, confidence: 0.7}) {
			return
		}
	}
	if s.setKeywords(s.props("keywords"), candidate{method: news.FromMicrodata, path: "keywords", confidence: 0.65}) {
		return
	}
	if s.ld != nil && s.setKeywords(s.ld.texts("about"), candidate{method: news.FromJSONLD, path: "about", confidence: 0.6}) {
		return
	}
	s.setKeywords(s.printedKeywords(), candidate{method: news.FromSelector, path: "a[rel=tag]", confidence: 0.6})
}

// printedKeywords are the links that call themselves tags, else those in the
// first list that is named so.
func (s *story) printedKeywords() []string {
	var tags []string
	for _, a := range s.anchors {
		if hasToken(strings.ToLower(attr(s.els[a.el].node, "rel")), "tag") {
			tags = append(tags, s.textOf(a.el))
		}
	}
	if len(tags) > 0 {
		return tags
	}
	list := int32(-1)
	for _, a := range s.anchors {
		e := &s.els[a.el]
		if list < 0 && (e.own|e.around)&hintTag != 0 && e.around&(hintRelated|hintComments) == 0 && s.head >= 0 && a.el > s.head {
			list = a.el
			for up := e.parent; up >= 0 && s.els[up].text < 300; up = s.els[up].parent {
				list = up
			}
		}
		if list >= 0 && s.within(a.el, list) && e.text < 40 {
			tags = append(tags, s.textOf(a.el))
		}
	}
	return tags
}

// setKeywords writes the values, cut at the signs between topics and rid of
// what systems add to them; it says whether any were left.
func (s *story) setKeywords(values []string, c candidate) bool {
	var all []string
	for _, v := range values {
		if strings.ContainsFunc(v, isIdeograph) && !strings.ContainsAny(v, ",;|、") {
			v = strings.ReplaceAll(v, " ", ",") // no spaces inside words
		}
		for piece := range strings.FieldsFuncSeq(v, func(r rune) bool { return r == ',' || r == ';' || r == '|' || r == '、' || r == '،' }) {
			if piece = cleanKeyword(piece); piece != "" && len(all) < mostKeywords && !s.isSiteName(piece) && !containsFold(all, piece) {
				all = append(all, piece)
			}
		}
	}
	if len(all) == 0 || s.spellsAddress(all) {
		return false
	}
	s.rec.Keywords = all
	c.value = strings.Join(all, ", ")
	s.credit("keywords", c)
	return true
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
	v = strings.Trim(squash(unescape(v)), " .#\"'[]")
	if i := strings.LastIndex(v, ": "); i > 0 {
		v = v[i+2:]
	}
	if i := strings.LastIndexByte(v, '/'); i > 0 && !strings.Contains(v, " / ") && strings.ToLower(v[:i]) == v[:i] {
		v = v[i+1:]
	}
	if runes(v) > longestKeyword || strings.Trim(v, "0123456789-_.") == "" || strings.Trim(v, "0123456789abcdef-") == "" && len(v) > 20 || isAddress(v) && strings.ToLower(v) == v || strings.Contains(v, "_") || strings.Count(v, ":") > 1 {
		return ""
	}
	return v
}

func containsFold(list []string, v string) bool {
	f := fold(v)
	for _, x := range list {
		if fold(x) == f {
			return true
		}
	}
	return false
}
