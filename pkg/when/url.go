package when

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/news"
)

// InURL reads a date from the path of an address: /2022/05/03/, /2022-05-03,
// 20220503, /2022/0503/, -17-11-2022.
func InURL(address string) (Moment, bool) {
	u, err := url.Parse(address)
	if err != nil {
		return Moment{}, false
	}
	p := u.Path
	for i := 0; i+8 <= len(p); i++ {
		if !isDigit(p[i]) || i > 0 && isDigit(p[i-1]) {
			continue
		}
		for _, read := range [...]func(string) (Moment, bool){yearFirst, yearLast} {
			if m, ok := read(p[i:]); ok && m.real() {
				m.Precision = news.ToDay
				return m, true
			}
		}
	}
	return Moment{}, false
}

// yearFirst reads a date that begins with its year.
func yearFirst(p string) (Moment, bool) {
	year, ok := digits(p, 4)
	if !ok || (year < 1995 || year > 2100) && !isPersianYear(year) {
		return Moment{}, false
	}
	month, day := 0, 0
	switch p = p[4:]; {
	case p != "" && isDigit(p[0]): // 20220503, 202205/03
		if month, ok = digits(p, 2); !ok {
			return Moment{}, false
		}
		if p = p[2:]; p != "" && isURLSep(p[0]) {
			p = p[1:]
		}
		if day, ok = digits(p, 2); !ok {
			return Moment{}, false
		}
		p = p[2:]
	case len(p) > 4 && isURLSep(p[0]):
		sep := p[0]
		if month, p = number(p[1:]); month == 0 {
			month, p = monthIn(p)
		}
		switch {
		case p == "" || month == 0:
			return Moment{}, false
		case p[0] == sep || isURLSep(p[0]) && sep != '/': // 2022/5/3, 2022-05/03
			day, p = number(p[1:])
		case isDigit(p[0]): // 2022/0503
			if day, ok = digits(p, 2); !ok {
				return Moment{}, false
			}
			p = p[2:]
		}
	default:
		return Moment{}, false
	}
	if p != "" && isDigit(p[0]) {
		return Moment{}, false
	}
	if isPersianYear(year) {
		return fromPersian(year, month, day)
	}
	return Moment{Year: year, Month: month, Day: day}, true
}

// yearLast reads a date that ends in its year, where the day cannot be a month.
func yearLast(p string) (Moment, bool) {
	day, rest := number(p)
	if day < 13 || len(rest) < 7 || !isURLSep(rest[0]) {
		return Moment{}, false
	}
	sep := rest[0]
	month, rest := number(rest[1:])
	if month == 0 || len(rest) < 5 || rest[0] != sep {
		return Moment{}, false
	}
	year, ok := digits(rest[1:], 4)
	return Moment{Year: year, Month: month, Day: day}, ok && year >= 1995 && (len(rest) == 5 || !isDigit(rest[5]))
}

func isURLSep(c byte) bool { return c == '/' || c == '-' || c == '_' || c == '.' }

// monthIn reads the name of a month in plain Latin letters.
func monthIn(p string) (month int, rest string) {
	end := 0
	for end < len(p) && !isURLSep(p[end]) {
		end++
	}
	name := strings.ToLower(p[:end])
	if len(name) < 3 || name[0] >= utf8.RuneSelf {
		return 0, p
	}
	return monthNames[name], p[end:]
}

// digits reads exactly n digits.
func digits(s string, n int) (int, bool) {
	if len(s) < n {
		return 0, false
	}
	v := 0
	for i := range n {
		if !isDigit(s[i]) {
			return 0, false
		}
		v = v*10 + int(s[i]-'0')
	}
	return v, true
}

// number reads one or two digits.
func number(s string) (n int, rest string) {
	i := 0
	for i < len(s) && i < 2 && isDigit(s[i]) {
		n = n*10 + int(s[i]-'0')
		i++
	}
	return n, s[i:]
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
