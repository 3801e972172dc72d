package when

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/prose"
)

// Order says how 3/5/2022 is to be read.
type Order bool

const (
	DayFirst   Order = false // 3 May
	MonthFirst Order = true  // March 5
)

// Parse reads the first date in a text, machine-made or printed.
func Parse(s string, order Order) (Moment, bool) {
	if len(s) > 200 {
		s = strings.ToValidUTF8(s[:200], "")
	}
	m, _, ok := Find(s, order)
	if ok {
		return m, true
	}
	s = strings.TrimSpace(s)
	if inner, ok := strings.CutPrefix(s, "/Date("); ok { // as .NET writes it
		s = strings.TrimRight(inner, ")/")
	}
	s, _, _ = strings.Cut(s, ".")
	return fromEpoch(s)
}

// Find finds the first date in a text and the byte where it begins.
func Find(s string, order Order) (m Moment, at int, ok bool) {
	if !hasDigit(s) {
		return Moment{}, 0, false
	}
	var few [40]token // as a line has
	ts := tokenize(s, few[:0])
	for i := range ts {
		m, next, ok := dateAt(ts, i, order)
		if !ok || !m.real() {
			continue
		}
		switch {
		case m.Precision != "": // a number that tells the time too
		case m.clock > 0:
			m.Precision = news.ToDay
			clockAt(ts, m.clock, &m)
		default:
			m.Precision = news.ToDay
			next = clockAfter(ts, next, &m)
		}
		if m.Precision == news.ToDay {
			clockBefore(ts, i, &m)
		}
		if !m.real() {
			m.Hour, m.Minute, m.Second, m.Zoned, m.Precision = 0, 0, 0, false, news.ToDay
		}
		if m.Precision != news.ToDay && m.Hour+m.Minute+m.Second == 0 && !m.Zoned {
			m.Precision = news.ToDay // nobody publishes at midnight sharp, in no zone
		}
		m.Raw = strings.TrimSpace(s[ts[i].start:ts[next-1].end])
		return m, ts[i].start, true
	}
	return Moment{}, 0, false
}

// dateAt reads the date that begins at token i.
func dateAt(ts []token, i int, order Order) (m Moment, next int, ok bool) {
	if i > 0 && ts[i].kind == 'n' && ts[i-1].end == ts[i].start && (ts[i-1].kind == 'w' && !prose.IsCJK(prose.FirstRune(ts[i-1].word))) {
		return m, 0, false // part of a longer name
	}
	if ts[i].kind == 'n' {
		if m, next, ok = numericDate(ts, i, order); ok {
			return m, next, true
		}
	}
	return namedDate(ts, i)
}

// numericDate reads a date without a month's name.
func numericDate(ts []token, i int, order Order) (m Moment, next int, ok bool) {
	t := func(k int) token { return tokenAt(ts, i+k) }
	num := func(k, least, most int) bool { return t(k).kind == 'n' && t(k).width >= least && t(k).width <= most }
	switch {
	// 2022-05-03, 2022/5/3, 2022.05.03, 1401/02/13
	case num(0, 4, 4) && isDateSep(t(1).kind) && num(2, 1, 2) && t(3).kind == t(1).kind && num(4, 1, 2):
		return calendarDate(t(0).n, t(2).n, t(4).n, i+5)
	// 2022年5月3日, 2022년 5월 3일, 2022 оны 5 сарын 3
	case num(0, 4, 4) && (t(1).word == "年" || t(1).word == "년" || t(1).word == "оны") && num(2, 1, 2) && num(4, 1, 2):
		return Moment{Year: t(0).n, Month: t(2).n, Day: t(4).n}, min(i+6, len(ts)), true
	// 令和4年5月3日, 民國111年5月3日
	case i >= 2 && num(0, 1, 3) && t(1).word == "年" && num(2, 1, 2) && num(4, 1, 2):
		if before, ok := eras[ts[i-2].word+ts[i-1].word]; ok {
			return Moment{Year: before + t(0).n, Month: t(2).n, Day: t(4).n}, min(i+6, len(ts)), true
		}
	// 20220503
	case num(0, 8, 8) && t(0).n > 19900101 && t(0).n < 21000101:
		return Moment{Year: t(0).n / 10000, Month: t(0).n / 100 % 100, Day: t(0).n % 100}, i + 1, true
	// 202205031015, 20220503101500
	case (num(0, 12, 12) || num(0, 14, 14)) && len(ts) == 1:
		n, second := t(0).n, 0
		precision := news.ToMinute
		if t(0).width == 14 {
			n, second, precision = n/100, n%100, news.ToSecond
		}
		day := n / 10000
		m = Moment{Year: day / 10000, Month: day / 100 % 100, Day: day % 100, Hour: n / 100 % 100, Minute: n % 100, Second: second, Precision: precision}
		return m, i + 1, m.real()
	// 3.5.2022, 3/5/2022, 3.5.22
	case num(0, 1, 2) && isDateSep(t(1).kind) && num(2, 1, 2) && t(3).kind == t(1).kind && (num(4, 4, 4) || num(4, 2, 2)):
		a, b, year := t(0).n, t(2).n, t(4).n
		if year < 100 {
			if t(1).kind == '-' {
				return m, 0, false
			}
			year += 2000
		}
		if a > 12 || b <= 12 && (order == DayFirst || t(1).kind == '.') {
			return calendarDate(year, b, a, i+5)
		}
		return calendarDate(year, a, b, i+5)
	}
	return m, 0, false
}

// calendarDate is a date of numbers in the calendar that its year tells.
func calendarDate(year, month, day, next int) (Moment, int, bool) {
	if isPersianYear(year) {
		m, ok := fromPersian(year, month, day)
		return m, next, ok
	}
	if year > 2500 {
		year -= thaiAhead
	}
	return Moment{Year: year, Month: month, Day: day}, next, true
}

// namedDate reads a date with its month's name.
func namedDate(ts []token, i int) (m Moment, next int, ok bool) {
	t := func(k int) token { return tokenAt(ts, i+k) }
	num := func(k, least, most int) bool { return t(k).kind == 'n' && t(k).width >= least && t(k).width <= most }
	// Month 3, 2022 and Month 3rd 2022
	if month, k := monthAt(ts, i); k > 0 {
		if t(k).kind == '.' {
			k++
		}
		if num(k, 1, 2) {
			day := t(k).n
			k++
			if ordinal(t(k)) {
				k++
			}
			for t(k).kind == ',' || t(k).kind == '.' {
				k++
			}
			if num(k, 4, 4) {
				return month.on(t(k), day, i+k+1)
			}
			// Tue May 03 10:15:30 2022, as C prints it.
			if num(k, 2, 2) && t(k+1).kind == ':' && t(k+3).kind == ':' && num(k+5, 4, 4) {
				m, next, ok = month.on(t(k+5), day, i+k+6)
				m.clock = i + k
				return m, next, ok
			}
		}
		return m, 0, false
	}
	// 3 Month 2022, 3. Mai 2022, 3 de mayo de 2022, 03-May-2022
	if num(0, 1, 2) {
		k := 1
		for k < 4 && (t(k).kind == '.' || t(k).kind == '-' || t(k).kind == '/' || t(k).kind == ',' && k == 1 || ordinal(t(k)) || isDayJoint(t(k).word)) {
			k++
		}
		if month, width := monthAt(ts, i+k); width > 0 {
			if month.name == "listopada" && t(1).kind == '.' {
				month.n = 10 // Croatian; Polish writes no stop behind the day
			}
			k += width
			for n := 0; n < 4 && (t(k).kind == '.' || t(k).kind == ',' || t(k).kind == '،' || t(k).kind == '-' || t(k).kind == '/' || isYearJoint(t(k).word)); n++ {
				k++
			}
			if num(k, 2, 2) && t(k-1).kind == '-' && month.name != "" && !month.thai {
				return Moment{Year: 2000 + t(k).n, Month: month.n, Day: t(0).n}, i + k + 1, true
			}
			return month.on(t(k), t(0).n, i+k+1)
		}
	}
	// 2022. május 3., 2022 m. gegužės 3 d., 2022. gada 3. maijā
	if num(0, 4, 4) {
		k := 1
		for k < 4 && (t(k).kind == '.' || t(k).kind == '-' || t(k).kind == ',' || isYearJoint(t(k).word)) {
			k++
		}
		if month, width := monthAt(ts, i+k); width > 0 {
			k += width
			if t(k).kind == '.' || t(k).kind == '-' {
				k++
			}
			if num(k, 1, 2) {
				return month.on(t(0), t(k).n, i+k+1)
			}
		} else if num(k, 1, 2) && k > 1 && isYearJoint(t(k-1).word) {
			day := t(k).n
			if k++; t(k).kind == '.' {
				k++
			}
			if month, width := monthAt(ts, i+k); width > 0 {
				return month.on(t(0), day, i+k+width)
			}
		}
	}
	return m, 0, false
}

// fromEpoch reads seconds or milliseconds since 1970.
func fromEpoch(s string) (Moment, bool) {
	n := 0
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return Moment{}, false
		}
		n = n*10 + int(c-'0')
	}
	switch len(s) {
	case 13:
		n /= 1000
	case 10:
	default:
		return Moment{}, false
	}
	t := time.Unix(int64(n), 0).UTC()
	m := Moment{Year: t.Year(), Month: int(t.Month()), Day: t.Day(), Hour: t.Hour(), Minute: t.Minute(), Second: t.Second(),
		Precision: news.ToSecond, Zoned: true, Raw: s}
	return m, m.real()
}

// namedMonth is a month's name in a text and the calendar that it is of.
type namedMonth struct {
	name          string
	n             int
	persian, thai bool
}

// on is a day of the month in the year that a token states.
func (month namedMonth) on(t token, day, next int) (Moment, int, bool) {
	if month.persian {
		if t.kind != 'n' || !isPersianYear(t.n) {
			return Moment{}, 0, false
		}
		m, ok := fromPersian(t.n, month.n, day)
		return m, next, ok
	}
	year, ok := yearIn(t, month.thai)
	return Moment{Year: year, Month: month.n, Day: day}, next, ok
}

// monthAt reads the name of a month at token i and says how many tokens it has:
// one word, two ("كانون الثاني"), letters with stops ("พ.ค."), a word and a number
// ("tháng 5"), two names of one month ("نيسان / أبريل").
func monthAt(ts []token, i int) (month namedMonth, width int) {
	first := tokenAt(ts, i)
	if first.kind != 'w' {
		return month, 0
	}
	key := monthKey(first.word)
	second := tokenAt(ts, i+1)
	width = 1
	switch {
	case second.kind == 'w' && monthHeads[key] && monthNames[key+"_"+monthKey(second.word)] > 0:
		key, width = key+"_"+monthKey(second.word), 2
	case second.kind == 'n' && (key == "tháng" || key == "thg"):
		key, width = key+"_"+strconv.Itoa(second.n), 2
	case second.kind == '.' && len(key) <= 9 && isThai(key) && tokenAt(ts, i+2).kind == 'w':
		key, width = key+tokenAt(ts, i+2).word, 3
	}
	month = namedMonth{name: key, n: monthNames[key], thai: isThai(key)}
	if month.n == 0 {
		if month.n = persianMonthNames[key]; month.n == 0 {
			return month, 0
		}
		month.persian = true
	}
	if tokenAt(ts, i+width).kind == '/' {
		if again, more := monthAt(ts, i+width+1); more > 0 && again.n == month.n {
			width += 1 + more
		}
	}
	return month, width
}

func isThai(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.Is(unicode.Thai, r)
}

func ordinal(t token) bool {
	switch t.word {
	case "st", "nd", "rd", "th", "er", "º", "ª":
		return true
	}
	return false
}

// isDayJoint says whether a word may stand between a day and its month.
func isDayJoint(word string) bool {
	switch word {
	case "de", "of", "d", "da", "ta", "ngày":
		return true
	}
	return false
}

// isYearJoint says whether a word may stand between a year and its month.
func isYearJoint(word string) bool {
	switch word {
	case "de", "del", "of", "m", "gada", "ko", "eko", "năm", "жылғы", "жылы", "พ", "ศ", "ค", "سنة", "عام", "سال":
		return true
	}
	return false
}

func isDateSep(c rune) bool { return c == '-' || c == '/' || c == '.' }
