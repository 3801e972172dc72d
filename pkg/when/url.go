package when

import (
	"net/url"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
)

// InURL reads a date from an address: /2022/05/03/, /2022-05-03, 20220503.
func InURL(address string) (Moment, bool) {
	u, err := url.Parse(address)
	if err != nil {
		return Moment{}, false
	}
	p := u.Path
	for i := 0; i+8 <= len(p); i++ {
		if p[i] < '1' || p[i] > '2' || i > 0 && isDigit(p[i-1]) {
			continue
		}
		if m, ok := urlDateAt(p[i:]); ok {
			m.Precision = news.ToDay
			return m, m.real()
		}
	}
	return Moment{}, false
}

func urlDateAt(p string) (Moment, bool) {
	year, ok := digits(p, 4)
	if !ok || year < 1995 || year > 2100 {
		return Moment{}, false
	}
	p = p[4:]
	if month, ok := digits(p, 2); ok {
		day, ok := digits(p[2:], 2)
		m := Moment{Year: year, Month: month, Day: day}
		return m, ok && (len(p) == 4 || !isDigit(p[4])) && m.real()
	}
	if len(p) < 4 {
		return Moment{}, false
	}
	sep := p[0]
	if sep != '/' && sep != '-' && sep != '_' && sep != '.' {
		return Moment{}, false
	}
	month, rest := number(p[1:])
	if month == 0 {
		for name, n := range shortMonths {
			if strings.HasPrefix(strings.ToLower(p[1:]), name) {
				month, rest = n, p[1+3:]
			}
		}
	}
	if month == 0 || len(rest) < 2 || rest[0] != sep {
		return Moment{}, false
	}
	day, rest := number(rest[1:])
	m := Moment{Year: year, Month: month, Day: day}
	return m, m.real() && (rest == "" || !isDigit(rest[0]))
}

var shortMonths = map[string]int{"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12}

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
