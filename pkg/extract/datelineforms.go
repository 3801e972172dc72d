package extract

import (
	"regexp"
	"strings"

	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/news"
)

var (
	// cyrillicHead is "ГОРОД, 5 марта. /ТАСС/. " or "ГОРОД, 5 мар — РИА Новости. ":
	// place, date, agency.
	cyrillicHead = regexp.MustCompile(`^(\p{Cyrillic}[\p{Cyrillic} -]{2,30})[,.] \d{1,2} \p{Cyrillic}+\.?(?: [—–-])? /?([\p{L}][\p{L} -]{2,20})/?(?:\.| [—–-])\s*`)
	// chineseHead is "新华社北京1月5日电（记者…）" or "本报北京1月5日电": agency or
	// outlet, place, date, and the reporters where they are named.
	chineseHead = regexp.MustCompile(`^(本报|本社|本网|[\p{Han}]{2,4}社)([\p{Han}]{2,8}?)\d{1,2}月\d{1,2}日[电電讯](?:\s*[（(](?:本报)?记者[\s:：]*([\p{Han}、\s]{2,40})[）)])?`)
)

func cyrillicDateline(text string) (news.Dateline, bool) {
	m := cyrillicHead.FindStringSubmatch(text)
	if m == nil {
		return news.Dateline{}, false
	}
	a, ok := agency.Find(m[2])
	if !ok {
		return news.Dateline{}, false
	}
	return news.Dateline{Raw: strings.TrimSpace(m[0]), Place: m[1], Agency: a.Name}, true
}

// chineseDateline also takes the reporters in it for the authors of a story
// that names none elsewhere.
func (s *story) chineseDateline(text string) (news.Dateline, bool) {
	m := chineseHead.FindStringSubmatch(text)
	if m == nil {
		return news.Dateline{}, false
	}
	d := news.Dateline{Raw: m[0], Place: m[2]}
	if a, ok := agency.Find(m[1]); ok {
		d.Agency = a.Name
	}
	if len(s.rec.Author) == 0 && m[3] != "" {
		for _, name := range splitNames(m[3]) {
			if n := runes(name); 1 < n && n < 5 { // all Han, as the pattern has it
				s.rec.Author = addPerson(s.rec.Author, news.Person{Name: name, Kind: news.KindPerson})
			}
		}
		if len(s.rec.Author) > 0 {
			s.credit("author", candidate{namesOf(s.rec.Author), news.FromText, "dateline", 0.7})
		}
	}
	return d, true
}
