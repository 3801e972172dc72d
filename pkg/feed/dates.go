package feed

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/news"
)

// maxRawDate is how much is kept of a date as it was written.
const maxRawDate = 100

// parseDate reads a date as feeds write it, no more exact than it is stated:
// RFC 3339 and its profile by the W3C (https://www.w3.org/TR/NOTE-datetime),
// RFC 822 and 5322 with their common faults, what Date.toString of Java and
// JavaScript gives, names of months in several languages, and seconds since
// 1970. A zone that is ambiguous or unknown is none; 3/4/2026 is no date.
func parseDate(raw string) (news.Date, bool) {
	s := cutText(raw, maxRawDate)
	m := stated{}
	ok := m.epoch(s) || m.iso(s) || m.printed(s)
	if !ok || !m.real() {
		return news.Date{}, false
	}
	d := news.Date{Value: m.value(), Raw: s, Precision: m.precision()}
	if m.zoned && d.Precision != news.ToDay {
		d.Timezone = news.ZoneExplicit
	}
	return d, true
}

// stated is a date as far as it is stated.
type stated struct {
	year, month, day     int
	hour, minute, second int
	clock, seconds       bool
	zoned                bool
	offset               int // minutes east of Greenwich
}

func (m *stated) precision() news.Precision {
	switch {
	case !m.clock:
		return news.ToDay
	case !m.seconds:
		return news.ToMinute
	}
	return news.ToSecond
}

// value writes the date as [news.Date] wants it.
func (m *stated) value() string {
	v := fmt.Sprintf("%04d-%02d-%02d", m.year, m.month, m.day)
	if !m.clock {
		return v
	}
	v += fmt.Sprintf("T%02d:%02d:%02d", m.hour, m.minute, min(m.second, 59))
	switch {
	case !m.zoned:
		return v
	case m.offset == 0:
		return v + "Z"
	case m.offset < 0:
		return v + fmt.Sprintf("-%02d:%02d", -m.offset/60, -m.offset%60)
	}
	return v + fmt.Sprintf("+%02d:%02d", m.offset/60, m.offset%60)
}

// real says whether the calendar has the day and the clock the time, and
// whether anything on the web can be of that year.
func (m *stated) real() bool {
	return 1990 <= m.year && m.year <= 2100 && 1 <= m.month && m.month <= 12 && 1 <= m.day &&
		time.Date(m.year, time.Month(m.month), m.day, 0, 0, 0, 0, time.UTC).Day() == m.day &&
		m.hour < 24 && m.minute < 60 && m.second <= 60 && -12*60 <= m.offset && m.offset <= 14*60
}

// epoch reads seconds or milliseconds since 1970.
func (m *stated) epoch(s string) bool {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || len(s) != 10 && len(s) != 13 || n < 0 {
		return false
	}
	if len(s) == 13 {
		n /= 1000
	}
	t := time.Unix(n, 0).UTC()
	m.year, m.month, m.day = t.Year(), int(t.Month()), t.Day()
	m.hour, m.minute, m.second = t.Clock()
	m.clock, m.seconds, m.zoned = true, true, true
	return true
}

// iso reads a date that begins with its year: 2026-03-04, 2026/3/4, 20260304.
func (m *stated) iso(s string) bool {
	p := scanner{s: s}
	year, width := p.number()
	switch {
	case width == 8:
		m.year, m.month, m.day = year/10000, year/100%100, year%100
	case width == 4 && strings.ContainsRune("-/.", p.peek()):
		m.year = year
		p.skip()
		m.month, _ = p.number()
		if !strings.ContainsRune("-/.", p.peek()) {
			return false
		}
		p.skip()
		m.day, _ = p.number()
	default:
		return false
	}
	for !p.end() && !isDigit(p.peek()) {
		p.skip() // "T", " ", " at "
	}
	if !p.end() {
		if !p.clock(m) {
			return false
		}
		p.zone(m)
	}
	return true
}

// printed reads a date that begins with a weekday, a day or a month.
func (m *stated) printed(s string) bool {
	p := scanner{s: s}
	for !p.end() && p.peek() != '(' { // a comment names the zone once more
		switch r := p.peek(); {
		case isDigit(r):
			if !p.numeral(m) {
				return false
			}
		case unicode.IsLetter(r):
			word := p.word()
			if month := monthOf(word); month > 0 {
				m.month = month
			} else if m.clock {
				m.word(word)
			}
		case (r == '+' || r == '-') && m.clock:
			p.zone(m)
		default:
			p.skip()
		}
	}
	return m.year > 0
}

// numeral reads a number for what it must be: part of a clock, of a date in
// figures, a day or a year.
func (p *scanner) numeral(m *stated) bool {
	start := *p
	n, width := p.number()
	switch r := p.peek(); {
	case r == ':' && !m.clock:
		*p = start
		return p.clock(m)
	case width == 4 && m.year == 0 && m.month == 0 && (r == '-' || r == '/'):
		p.i = len(p.s)
		return m.iso(p.s[start.i:])
	case (r == '.' || r == '/' || r == '-') && m.day == 0 && isDigit(p.after()):
		p.skip()
		second, _ := p.number()
		if p.peek() != r {
			return false
		}
		p.skip()
		m.day, m.month = n, second
		m.year, width = p.number()
		if r != '.' && second > 12 {
			m.day, m.month = second, n
		} else if r != '.' && n <= 12 && n != second {
			return false // either may be the day
		}
		return width == 4
	case width == 4 && m.year == 0:
		m.year = n
	case width <= 2 && m.day == 0:
		m.day = n
	case width == 2 && m.year == 0:
		m.year = 2000 + n
		if n >= 90 {
			m.year = 1900 + n
		}
	}
	return true
}

// word is a word after the clock: half of the day, or zone.
func (m *stated) word(word string) {
	switch word {
	case "am", "a":
		m.hour %= 12
	case "pm", "p":
		m.hour = m.hour%12 + 12
	default:
		if offset, ok := zones[word]; ok && !m.zoned {
			m.zoned, m.offset = true, offset
		}
	}
}

// zones are the abbreviations that mean one zone, in minutes east: those of
// RFC 822, section 5.1, and others that are not ambiguous.
var zones = map[string]int{
	"z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0,
	"est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
	"cet": 60, "mez": 60, "west": 60, "cest": 120, "mesz": 120, "eet": 120, "sast": 120, "eest": 180, "msk": 180,
	"jst": 540, "kst": 540, "hkt": 480, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
}

// months are names of months by their first three letters, in English, German,
// French, Spanish, Portuguese, Italian, Dutch and Turkish.
var months = map[string]int{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
	"jän": 1, "ene": 1, "gen": 1, "oca": 1, "fév": 2, "fev": 2, "şub": 2, "mär": 3, "mrz": 3, "maa": 3, "mrt": 3,
	"avr": 4, "abr": 4, "nis": 4, "mai": 5, "mag": 5, "mei": 5, "giu": 6, "haz": 6, "lug": 7, "tem": 7,
	"aoû": 8, "aou": 8, "ago": 8, "ağu": 8, "set": 9, "eyl": 9, "okt": 10, "out": 10, "ott": 10, "eki": 10, "kas": 11,
	"dez": 12, "déc": 12, "dic": 12, "ara": 12,
}

func monthOf(word string) int {
	switch {
	case strings.HasPrefix(word, "juin"):
		return 6
	case strings.HasPrefix(word, "juil"):
		return 7
	case len(word) < 3:
		return 0
	}
	size := 0
	for range 3 {
		_, n := utf8.DecodeRuneInString(word[size:])
		size += n
	}
	return months[word[:size]]
}

// scanner walks through a date.
type scanner struct {
	s string
	i int
}

func (p *scanner) end() bool { return p.i >= len(p.s) }

// peek is the next character, 0 at the end.
func (p *scanner) peek() rune {
	if p.end() {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(p.s[p.i:])
	return r
}

// after is the character after the next one.
func (p *scanner) after() rune {
	next := *p
	next.skip()
	return next.peek()
}

func (p *scanner) skip() {
	_, size := utf8.DecodeRuneInString(p.s[p.i:])
	p.i += size
}

// number reads digits; width is how many there are.
func (p *scanner) number() (n, width int) {
	for ; !p.end() && isDigit(rune(p.s[p.i])); p.i++ {
		if n < 1e9 {
			n = n*10 + int(p.s[p.i]-'0')
		}
		width++
	}
	return n, width
}

// word reads letters, and gives them in lower case.
func (p *scanner) word() string {
	start := p.i
	for unicode.IsLetter(p.peek()) {
		p.skip()
	}
	return strings.ToLower(p.s[start:p.i])
}

// clock reads 10:30, 10:30:05 and 10:30:05.123.
func (p *scanner) clock(m *stated) bool {
	m.hour, _ = p.number()
	if p.peek() != ':' {
		return false
	}
	p.skip()
	var width int
	if m.minute, width = p.number(); width == 0 {
		return false
	}
	m.clock = true
	if p.peek() == ':' && isDigit(p.after()) {
		p.skip()
		m.second, _ = p.number()
		m.seconds = true
		if r := p.peek(); (r == '.' || r == ',') && isDigit(p.after()) {
			p.skip()
			p.number()
		}
	}
	return true
}

// zone reads what stands after a clock: "Z", "+01:00", " +0100", "-5", " PM GMT".
func (p *scanner) zone(m *stated) {
	for !p.end() {
		switch r := p.peek(); {
		case unicode.IsLetter(r):
			m.word(p.word())
		case (r == '+' || r == '-') && isDigit(p.after()):
			p.skip()
			p.offset(m, r)
			return
		case r == ' ' || r == '+' || r == '-' || r == ':': // "--0700" and ":-0700" happen
			p.skip()
		default:
			return
		}
	}
}

// offset reads the figures of an offset: 01:00, 0100, 100 or 1.
func (p *scanner) offset(m *stated, sign rune) {
	n, width := p.number()
	minutes := n * 60
	if width > 2 {
		minutes = n/100*60 + n%100
	} else if p.peek() == ':' && isDigit(p.after()) {
		p.skip()
		more, _ := p.number()
		minutes += more
	}
	if sign == '-' {
		minutes = -minutes
	}
	m.zoned, m.offset = true, minutes
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }
