package storycredit

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/byline"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
)

var (
	// cyrillicHead is "ГОРОД, 5 марта. /ТАСС/. " or "ГОРОД, 5 мар — РИА Новости. ":
	// place, date, agency; cyrillicDay has the date first.
	cyrillicHead = regexp.MustCompile(`^(\p{Cyrillic}[\p{Cyrillic} -]{2,30})[,.] \d{1,2} \p{Cyrillic}+\.?(?: [—–-])? /?([\p{L}][\p{L} .-]{2,30}?)/?(?:\.| [—–-])\s*`)
	cyrillicDay  = regexp.MustCompile(`^\d{1,2} \p{Cyrillic}+\.?, (\p{Cyrillic}[\p{Cyrillic} -]{2,30}) [/(]([\p{L}][\p{L} .-]{2,30})[/)][.,]?\s*(?:[—–-]\s*)?`)
	// chineseHead is "新华社北京1月5日电（记者…）" or "本报北京1月5日电": agency or
	// outlet, place, date, and the reporters where they are named.
	chineseHead = regexp.MustCompile(`^(本报|本社|本网|[\p{Han}]{2,4}[社网網])([\p{Han}]{2,8}?)?\d{1,2}月\d{1,2}日[\p{Han}]{0,4}?[电電讯](?:\s*[（(](?:本报)?记者[\s:：]*([\p{Han}、\s]{2,40})[）)])?`)
	// chineseBracket is the same in brackets: "（甲社記者某某高雄19日電）",
	// "（万象综合讯）", "〔記者某某／台北報導〕".
	chineseBracket  = regexp.MustCompile(`^[（(〔【\[](?:([\p{Han}]{2,4}社)(?:[记記]者)?)?([\p{Han}]{2,8}?)(?:\d{1,2}月)?(?:\d{1,2}日)?(?:综合|綜合|专|專|外)?[电電讯訊][）)〕】\]]`)
	chineseReporter = regexp.MustCompile(`^[（(〔【\[][记記]者[\p{Han}、 ]{2,20}[／/]([\p{Han}]{2,4})[报報][导導道][）)〕】\]]`)
	// japaneseHead is a bracket at the head: "【北京共同】", "［東京　３日　通信社］ - ".
	japaneseHead = regexp.MustCompile(`^[【［〔\[]([^】］〕\]]{2,24})[】］〕\]]`)
	// koreanHead is place and agency, or outlet and reporter: "(서울=연합뉴스)".
	koreanHead = regexp.MustCompile(`^[(\[]\s*([^=()\[\]]{1,24}?)\s*=\s*([^()\[\]]{1,24}?)\s*[)\]]`)
	// arabicHead is "مدينة 5 مارس (وكالة) - ": place, date, agency; arabicDash has
	// a dash behind the place.
	arabicHead = regexp.MustCompile(`^([\p{Arabic}\p{M}]+(?: [\p{Arabic}\p{M}]+){0,2}?)[،,]?(?: في)?(?:\s*[-–]?\s*[\d٠-٩][\d٠-٩ /–-]*(?:\s*[\p{Arabic}\p{M}]+){0,3}?)?\s*[(/]\s*([\p{Arabic}\p{M}. ]{2,30}?)\s*[)/]\s*(?:[-–—:]+\s*)?`)
	arabicDash = regexp.MustCompile(`^([\p{Arabic}\p{M}]+(?: [\p{Arabic}\p{M}]+)?)\s*[—–-]+\s+`)
	// arabicWire has the agency between dashes: "مدينة - وكالة: ".
	arabicWire = regexp.MustCompile(`^([\p{Arabic}\p{M}]+(?: [\p{Arabic}\p{M}]+)?)\s*[-–—،]\s*\(?([\p{Arabic}\p{M}. ]{2,30}?)\)?\s*[-–—:]+\s+`)
	// arabicLine is a place with its outlet, on a line of its own: "عمان: «…»".
	arabicLine = regexp.MustCompile(`^([\p{Arabic}\p{M}]+(?: [\p{Arabic}\p{M}]+)?)\s*:\s*[«"“][^«»"“”]{2,40}[»"”]$`)
	// arabicDay ends with the agency: "مدينة 8 سبتمبر 2026 م وكالة".
	arabicDay = regexp.MustCompile(`^([\p{Arabic}\p{M}]+(?: [\p{Arabic}\p{M}]+)?) [\d٠-٩]{1,2} .*\s([\p{Arabic}\p{M}]+)$`)
)

// readOtherScript reads the heads of stories in scripts without capitals, and the
// Russian ones.
func (r Reader) readOtherScript(text string) (Dateline, bool) {
	first := prose.FirstRune(strings.TrimLeft(text, "([（〔【［0123456789 "))
	switch {
	case isHangul(first):
		return plainly(r.koreanDateline(text))
	case prose.IsCJK(first) || strings.HasPrefix(text, "【") || strings.HasPrefix(text, "［"):
		if d, ok := r.chineseDateline(text); ok {
			return d, true
		}
		return plainly(r.japaneseDateline(text))
	case 'А' <= first && first <= 'я' || first == 'Ё' || first == 'І' || first == 'Є' || first == 'Ї':
		return plainly(r.cyrillicDateline(text))
	case '\u0600' <= first && first <= '\u06ff':
		return plainly(r.arabicDateline(text))
	}
	if strings.HasPrefix(text, "[") || strings.HasPrefix(text, "(") {
		return plainly(r.koreanDateline(text)) // "[AFP=연합뉴스]"
	}
	return Dateline{}, false
}

// plainly is a dateline that names no reporters.
func plainly(d news.Dateline, ok bool) (Dateline, bool) { return Dateline{Dateline: d}, ok }

func isHangul(r rune) bool { return '가' <= r && r <= '힣' }

func (r Reader) cyrillicDateline(text string) (news.Dateline, bool) {
	for _, head := range [...]*regexp.Regexp{cyrillicHead, cyrillicDay} {
		m := head.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		if a, ok := r.Agencies.FindCredited(m[2]); ok {
			return news.Dateline{Raw: strings.TrimSpace(m[0]), Place: m[1], Agency: a.Name}, true
		}
	}
	return news.Dateline{}, false
}

func (r Reader) chineseDateline(text string) (Dateline, bool) {
	if m := chineseReporter.FindStringSubmatch(text); m != nil {
		return plainly(news.Dateline{Raw: m[0], Place: m[1]}, true)
	}
	if m := chineseBracket.FindStringSubmatch(text); m != nil {
		return plainly(r.bracketedChinese(m), true)
	}
	m := chineseHead.FindStringSubmatch(text)
	if m == nil {
		return Dateline{}, false
	}
	d := Dateline{Dateline: news.Dateline{Raw: m[0], Place: m[2]}}
	if a, ok := r.Agencies.Find(m[1]); ok {
		d.Agency = a.Name
	}
	if m[3] == "" {
		return d, true
	}
	for _, name := range byline.SplitNames(m[3]) {
		if n := utf8.RuneCountInString(name); 1 < n && n < 5 { // all Han, as the pattern has it
			d.Reporters = append(d.Reporters, name)
		}
	}
	return d, true
}

// bracketedChinese reads a match of chineseBracket. The reporter's name stands
// before the place, of three characters if there are so many.
func (r Reader) bracketedChinese(m []string) news.Dateline {
	d := news.Dateline{Raw: m[0], Place: m[2]}
	if a, ok := r.Agencies.Find(m[1]); ok {
		d.Agency = a.Name
	}
	if strings.Contains(m[0], "者") && utf8.RuneCountInString(m[2]) > 3 {
		name := []rune(m[2])
		d.Place = string(name[min(3, len(name)-2):])
	}
	return d
}

// japaneseDateline reads place and agency, or place and reporter.
func (r Reader) japaneseDateline(text string) (news.Dateline, bool) {
	m := japaneseHead.FindStringSubmatch(text)
	if m == nil {
		return news.Dateline{}, false
	}
	d := news.Dateline{Raw: m[0]}
	inner := strings.ReplaceAll(m[1], "　", " ")
	if place, who, ok := strings.Cut(strings.ReplaceAll(inner, "=", "＝"), "＝"); ok {
		if a, is := r.Agencies.Find(who); is {
			d.Place, d.Agency = place, a.Name
			return d, true
		}
		d.Place = place
		return d, prose.IsCJK(prose.FirstRune(place)) && utf8.RuneCountInString(place) < 10 && byline.IsHanName(who)
	}
	if fields := strings.Fields(inner); len(fields) > 1 {
		a, ok := r.Agencies.Find(fields[len(fields)-1])
		d.Agency = a.Name
		if !strings.ContainsFunc(fields[0], unicode.IsDigit) && prose.IsCJK(prose.FirstRune(fields[0])) {
			d.Place = fields[0]
		}
		return d, ok
	}
	for i := range inner {
		if i == 0 {
			continue
		}
		if a, ok := r.Agencies.Find(inner[i:]); ok && prose.IsCJK(prose.FirstRune(inner)) {
			d.Place, d.Agency = inner[:i], a.Name
			return d, true
		}
	}
	return news.Dateline{}, false
}

// koreanDateline reads place and agency, or outlet, place and reporter: only an
// agency, or a known place, shows that a word is a place and no outlet.
func (r Reader) koreanDateline(text string) (news.Dateline, bool) {
	m := koreanHead.FindStringSubmatch(text)
	if m == nil {
		return news.Dateline{}, false
	}
	d := news.Dateline{Raw: m[0]}
	for _, side := range m[1:] {
		found, _ := r.Agencies.List(strings.ReplaceAll(side, " ", "/"))
		if len(found) > 0 && d.Agency == "" {
			d.Agency = found[0].Name
		}
	}
	var places []string
	for w := range strings.FieldsSeq(m[1]) {
		if _, ok := r.Agencies.Find(w); !ok {
			places = append(places, w)
		}
	}
	if len(places) == 0 {
		return d, d.Agency != ""
	}
	d.Place = places[len(places)-1]
	return d, d.Agency != "" || IsCity(strings.ReplaceAll(d.Place, "·", "/"))
}

func (r Reader) arabicDateline(text string) (news.Dateline, bool) {
	if m := arabicHead.FindStringSubmatch(text); m != nil {
		if found, _ := r.Agencies.ListCredited(m[2]); len(found) > 0 {
			return news.Dateline{Raw: strings.TrimSpace(m[0]), Place: m[1], Agency: found[0].Name}, true
		}
	}
	if m := arabicWire.FindStringSubmatch(text); m != nil {
		if a, ok := r.Agencies.Find(m[2]); ok {
			return news.Dateline{Raw: strings.TrimSpace(m[0]), Place: m[1], Agency: a.Name}, true
		}
	}
	if m := arabicDash.FindStringSubmatch(text); m != nil && (IsCity(m[1]) || !strings.Contains(m[1], " ") && utf8.RuneCountInString(m[1]) > 3 && !isInserted(text[len(m[0]):])) {
		return news.Dateline{Raw: strings.TrimSpace(m[0]), Place: m[1]}, true
	}
	return news.Dateline{}, false
}

// isInserted says whether a text behind a dash is an insertion, which another dash
// closes.
func isInserted(text string) bool {
	head := text[:min(len(text), datelineReach)]
	return strings.Contains(head, " - ") || strings.Contains(head, " – ")
}

func (r Reader) arabicPlaceLine(text string) (news.Dateline, bool) {
	if m := arabicLine.FindStringSubmatch(text); m != nil {
		return news.Dateline{Raw: text, Place: m[1]}, true
	}
	if m := arabicDay.FindStringSubmatch(text); m != nil {
		if a, ok := r.Agencies.Find(m[2]); ok {
			return news.Dateline{Raw: text, Place: m[1], Agency: a.Name}, true
		}
	}
	return news.Dateline{}, false
}
