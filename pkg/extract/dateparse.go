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
