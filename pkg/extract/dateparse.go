package extract

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/news"
)

// dateOrder says how 3/5/2022 is to be read.
type dateOrder bool

const (
	dayFirst   dateOrder = false
	monthFirst dateOrder = true
)

// token is a number, a word or one other character.
type token struct {
	kind       byte // 'n', 'w' or the character, 0 for one beyond ASCII
	n          int
	width      int // digits
	word       string
	start, end int
}

func tokenize(s string) []token {
	var all []token
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		start := i
		switch {
		case r >= '0' && r <= '9':
			n := 0
			for i < len(s) && s[i] >= '0' && s[i] <= '9' {
				if n < 1<<40 {
					n = n*10 + int(s[i]-'0')
				}
				i++
			}
			all = append(all, token{kind: 'n', n: n, width: i - start, start: start, end: i})
		case unicode.IsSpace(r):
			i += size
		case unicode.Is(unicode.Han, r) || unicode.Is(unicode.Hangul, r):
			i += size
			all = append(all, token{kind: 'w', word: s[start:i], start: start, end: i})
		case unicode.IsLetter(r) || unicode.IsMark(r):
			for i < len(s) {
				r, size := utf8.DecodeRuneInString(s[i:])
				if !unicode.IsLetter(r) && !unicode.IsMark(r) {
					break
				}
				i += size
			}
			all = append(all, token{kind: 'w', word: strings.ToLower(s[start:i]), start: start, end: i})
		default:
			i += size
			kind := byte(0)
			if r < utf8.RuneSelf {
				kind = byte(r)
			} else if r == '–' || r == '‑' || r == '−' {
				kind = '-'
			}
			all = append(all, token{kind: kind, start: start, end: i})
		}
	}
	return all
}

// parseDate reads the first date in a text, machine-made or printed.
func parseDate(s string, order dateOrder) (moment, bool) {
	if len(s) > 200 {
		s = strings.ToValidUTF8(s[:200], "")
	}
	m, _, ok := findDate(s, order)
	if ok {
		return m, true
	}
	return fromEpoch(strings.TrimSpace(s))
}

// findDate finds the first date in a text and the byte where it begins.
func findDate(s string, order dateOrder) (m moment, at int, ok bool) {
	ts := tokenize(s)
	for i := range ts {
		m, next, ok := dateAt(ts, i, order)
		if !ok || !m.real() {
			continue
		}
		m.precision = news.ToDay
		if m.clock > 0 {
			clockAt(ts, m.clock, &m)
		} else {
			next = clockAfter(ts, next, &m)
		}
		if m.precision == news.ToDay {
			clockBefore(ts, i, &m)
		}
		if !m.real() {
			m.hour, m.minute, m.sec, m.zoned, m.precision = 0, 0, 0, false, news.ToDay
		}
		if m.precision != news.ToDay && m.hour+m.minute+m.sec == 0 && !m.zoned {
			m.precision = news.ToDay // nobody publishes at midnight sharp, in no zone
		}
		m.raw = strings.TrimSpace(s[ts[i].start:ts[next-1].end])
		return m, ts[i].start, true
	}
	return moment{}, 0, false
}

// dateAt reads the date that begins at token i.
func dateAt(ts []token, i int, order dateOrder) (m moment, next int, ok bool) {
	t := func(k int) token {
		if i+k < len(ts) {
			return ts[i+k]
		}
		return token{}
	}
	num := func(k, least, most int) bool { return t(k).kind == 'n' && t(k).width >= least && t(k).width <= most }
	if i > 0 && ts[i].kind == 'n' && ts[i-1].end == ts[i].start && (ts[i-1].kind == 'w' && !isCJK(ts[i-1].word)) {
		return m, 0, false // part of a longer name
	}
	switch {
	// 2022-05-03, 2022/5/3, 2022.05.03
	case num(0, 4, 4) && isDateSep(t(1).kind) && num(2, 1, 2) && t(3).kind == t(1).kind && num(4, 1, 2):
		return moment{year: t(0).n, month: t(2).n, day: t(4).n}, i + 5, true
	// 2022年5月3日, 2022년 5월 3일
	case num(0, 4, 4) && (t(1).word == "年" || t(1).word == "년") && num(2, 1, 2) && num(4, 1, 2):
		return moment{year: t(0).n, month: t(2).n, day: t(4).n}, min(i+6, len(ts)), true
	// 20220503
	case num(0, 8, 8) && t(0).n > 19900101 && t(0).n < 21000101:
		return moment{year: t(0).n / 10000, month: t(0).n / 100 % 100, day: t(0).n % 100}, i + 1, true
	// 3.5.2022, 3/5/2022, 3.5.22
	case num(0, 1, 2) && isDateSep(t(1).kind) && num(2, 1, 2) && t(3).kind == t(1).kind && (num(4, 4, 4) || num(4, 2, 2)):
		a, b, year := t(0).n, t(2).n, t(4).n
		if year < 100 {
			if t(1).kind == '-' {
				return m, 0, false
			}
			year += 2000
		}
		if a > 12 || b <= 12 && (order == dayFirst || t(1).kind == '.') {
			return moment{year: year, month: b, day: a}, i + 5, true
		}
		return moment{year: year, month: a, day: b}, i + 5, true
	}
	// Month 3, 2022 and Month 3rd 2022
	if month, ok := monthOf(t(0)); ok {
		k := 1
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
				return moment{year: t(k).n, month: month, day: day}, i + k + 1, true
			}
			// Tue May 03 10:15:30 2022, as C prints it.
			if num(k, 2, 2) && t(k+1).kind == ':' && t(k+3).kind == ':' && num(k+5, 4, 4) {
				return moment{year: t(k + 5).n, month: month, day: day, clock: i + k}, i + k + 6, true
			}
		}
	}
	// 3 Month 2022, 3. Mai 2022, 3 de mayo de 2022, 03-May-2022
	if num(0, 1, 2) {
		k := 1
		for k < 4 && (t(k).kind == '.' || t(k).kind == '-' || t(k).kind == '/' || ordinal(t(k)) || t(k).word == "de" || t(k).word == "of") {
			k++
		}
		if month, ok := monthOf(t(k)); ok {
			k++
			for n := 0; n < 3 && (t(k).kind == '.' || t(k).kind == ',' || t(k).kind == '-' || t(k).kind == '/' || t(k).word == "de" || t(k).word == "del" || t(k).word == "of"); n++ {
				k++
			}
			if num(k, 4, 4) {
				return moment{year: t(k).n, month: month, day: t(0).n}, i + k + 1, true
			}
			if num(k, 2, 2) && t(k-1).kind == '-' {
				return moment{year: 2000 + t(k).n, month: month, day: t(0).n}, i + k + 1, true
			}
		}
	}
	// 2022. május 3.
	if num(0, 4, 4) {
		k := 1
		for t(k).kind == '.' || t(k).kind == '-' || t(k).kind == ',' {
			k++
		}
		if month, ok := monthOf(t(k)); ok {
			if t(k+1).kind == '.' || t(k+1).kind == '-' {
				k++
			}
			if num(k+1, 1, 2) {
				return moment{year: t(0).n, month: month, day: t(k + 1).n}, i + k + 2, true
			}
		}
	}
	return m, 0, false
}

// clockAfter reads a time of day that follows a date, with its zone.
func clockAfter(ts []token, i int, m *moment) (next int) {
	end := i
	// A few words may stand between: "at", "um", "|", "klo", a weekday.
	for skipped := 0; i < len(ts) && skipped < 4; skipped++ {
		if n := clockAt(ts, i, m); n > i {
			return n
		}
		if ts[i].kind == 'n' || ts[i].kind == ')' || ts[i].kind == 'w' && len(ts[i].word) > 12 {
			break
		}
		i++
	}
	return end
}

// clockBefore reads a time of day that stands just before a date: "10:33 am,
// May 3, 2022", "Tue May 03 10:15:00 2022".
func clockBefore(ts []token, i int, m *moment) {
	for back := 3; back <= 9 && i-back >= 0; back++ {
		if n := clockAt(ts, i-back, m); n > i-back {
			return
		}
	}
}

func clockAt(ts []token, i int, m *moment) (next int) {
	t := func(k int) token {
		if k < len(ts) {
			return ts[k]
		}
		return token{}
	}
	if t(i).kind != 'n' || t(i).width > 2 || t(i).n > 24 {
		if t(i).kind == 'n' && t(i).width == 6 && i > 0 && ts[i-1].word == "t" { // T101500
			m.hour, m.minute, m.sec, m.precision = t(i).n/10000, t(i).n/100%100, t(i).n%100, news.ToSecond
			return zoneAt(ts, i+1, m)
		}
		return i
	}
	hour, k := t(i).n, i+1
	switch {
	case (t(k).kind == ':' || t(k).kind == '.' || t(k).word == "h" || t(k).word == "時" || t(k).word == "시") &&
		t(k+1).kind == 'n' && t(k+1).width == 2 && t(k+1).n < 60 && t(k).start == t(i).end:
		if t(k).kind == '.' && t(k+2).kind == '.' {
			return i
		}
		m.hour, m.minute, m.precision = hour, t(k+1).n, news.ToMinute
		k += 2
		if t(k).kind == ':' && t(k+1).kind == 'n' && t(k+1).width == 2 {
			m.sec, m.precision = t(k+1).n, news.ToSecond
			k += 2
			if (t(k).kind == '.' || t(k).kind == ',') && t(k+1).kind == 'n' && t(k).end == t(k+1).start {
				k += 2
			}
		}
	case hour <= 12 && meridiem(ts, k) != 0:
		m.hour, m.minute, m.precision = hour, 0, news.ToMinute
	default:
		return i
	}
	switch meridiem(ts, k) {
	case 'p':
		if m.hour < 12 {
			m.hour += 12
		}
		k += meridiemWidth(ts, k)
	case 'a':
		if m.hour == 12 {
			m.hour = 0
		}
		k += meridiemWidth(ts, k)
	}
	if w := t(k).word; w == "uhr" || w == "h" || w == "hrs" || w == "分" || w == "น" {
		k++
	}
	return zoneAt(ts, k, m)
}

// meridiem reads am, pm, a.m., p.m. at token k: 'a', 'p' or 0.
func meridiem(ts []token, k int) byte {
	if k >= len(ts) {
		return 0
	}
	switch ts[k].word {
	case "am":
		return 'a'
	case "pm":
		return 'p'
	case "a", "p":
		if k+2 < len(ts) && ts[k+1].kind == '.' && ts[k+2].word == "m" {
			return ts[k].word[0]
		}
	}
	return 0
}

func meridiemWidth(ts []token, k int) int {
	if len(ts[k].word) == 2 {
		return 1
	}
	if k+3 < len(ts) && ts[k+3].kind == '.' {
		return 4
	}
	return 3
}

// zoneAt reads a zone: Z, GMT, +02:00, GMT+2, (CEST).
func zoneAt(ts []token, k int, m *moment) (next int) {
	at := k
	if at < len(ts) && ts[at].kind == '(' {
		at++
	}
	if at < len(ts) && ts[at].kind == 'w' {
		if minutes, ok := zones[ts[at].word]; ok {
			m.zoned, m.offset = true, minutes*60
			at++
			if n := offsetAt(ts, at, m); n > at {
				at = n
			}
			return at
		}
		return k
	}
	return max(k, offsetAt(ts, k, m))
}

func offsetAt(ts []token, k int, m *moment) (next int) {
	if k+1 >= len(ts) || ts[k].kind != '+' && ts[k].kind != '-' || ts[k+1].kind != 'n' || ts[k].end != ts[k+1].start {
		return k
	}
	hours, minutes, next := ts[k+1].n, 0, k+2
	switch {
	case ts[k+1].width == 4:
		hours, minutes = hours/100, hours%100
	case ts[k+1].width <= 2 && k+3 < len(ts) && ts[k+2].kind == ':' && ts[k+3].width == 2:
		minutes, next = ts[k+3].n, k+4
	case ts[k+1].width > 2:
		return k
	}
	if hours > 14 || minutes > 59 {
		return k
	}
	m.zoned, m.offset = true, hours*3600+minutes*60
	if ts[k].kind == '-' {
		m.offset = -m.offset
	}
	return next
}

// fromEpoch reads seconds or milliseconds since 1970.
func fromEpoch(s string) (moment, bool) {
	n := 0
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return moment{}, false
		}
		n = n*10 + int(c-'0')
	}
	switch len(s) {
	case 13:
		n /= 1000
	case 10:
	default:
		return moment{}, false
	}
	t := time.Unix(int64(n), 0).UTC()
	m := moment{year: t.Year(), month: int(t.Month()), day: t.Day(), hour: t.Hour(), minute: t.Minute(), sec: t.Second(),
		precision: news.ToSecond, zoned: true, raw: s}
	return m, m.real()
}

func monthOf(t token) (int, bool) {
	if t.kind != 'w' {
		return 0, false
	}
	n, ok := monthNames[t.word]
	return n, ok
}

func ordinal(t token) bool {
	switch t.word {
	case "st", "nd", "rd", "th", "er", "º", "ª":
		return true
	}
	return false
}

func isDateSep(c byte) bool { return c == '-' || c == '/' || c == '.' }

func isCJK(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana)
}
