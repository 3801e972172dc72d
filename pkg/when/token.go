package when

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a number, a word or one other character.
type token struct {
	kind       rune // 'n', 'w' or the character
	n          int
	width      int // digits
	word       string
	start, end int
}

// tokenAt is the token at i, the zero token beyond the ends.
func tokenAt(ts []token, i int) token {
	if i >= 0 && i < len(ts) {
		return ts[i]
	}
	return token{}
}

// tokenize cuts a text into tokens, which it appends to all.
func tokenize(s string, all []token) []token {
	for i := 0; i < len(s); {
		if s[i] == ' ' {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		start := i
		if _, ok := digitOf(r); ok {
			n, width := 0, 0
			for i < len(s) {
				r, size := utf8.DecodeRuneInString(s[i:])
				d, ok := digitOf(r)
				if !ok {
					break
				}
				if n < 1<<50 {
					n = n*10 + d
				}
				i += size
				width++
			}
			all = append(all, token{kind: 'n', n: n, width: width, start: start, end: i})
			continue
		}
		switch {
		case r < utf8.RuneSelf && !isLetter(byte(r)):
			i++
			if !unicode.IsSpace(r) {
				all = append(all, token{kind: r, start: start, end: i})
			}
		case unicode.IsSpace(r) || unicode.Is(unicode.Cf, r): // formats, and shows nothing
			i += size
		case r >= utf8.RuneSelf && (unicode.Is(unicode.Han, r) || unicode.Is(unicode.Hangul, r)):
			i += size
			all = append(all, token{kind: 'w', word: s[start:i], start: start, end: i})
		case unicode.IsLetter(r) || unicode.IsMark(r):
			for i < len(s) {
				if isLetter(s[i]) {
					i++
					continue
				}
				r, size := utf8.DecodeRuneInString(s[i:])
				if !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\u200c' && r != '\u200d' {
					break
				}
				i += size
			}
			all = append(all, token{kind: 'w', word: strings.ToLower(s[start:i]), start: start, end: i})
		default:
			i += size
			if r == '–' || r == '‑' || r == '−' {
				r = '-'
			}
			all = append(all, token{kind: r, start: start, end: i})
		}
	}
	return all
}

// digitOf is the value of a decimal digit of any script.
func digitOf(r rune) (int, bool) {
	if r < utf8.RuneSelf {
		return int(r - '0'), '0' <= r && r <= '9'
	}
	if !unicode.Is(unicode.Nd, r) {
		return 0, false
	}
	// The digits of a script follow each other; its zero is the tenth back.
	for zero := r; ; zero-- {
		if !unicode.Is(unicode.Nd, zero-1) || r-zero == 9 {
			return int(r - zero), true
		}
	}
}

// hasDigit says whether a text has a digit of any script.
func hasDigit(s string) bool {
	for i := 0; i < len(s); i++ {
		if isDigit(s[i]) {
			return true
		}
		if s[i] >= utf8.RuneSelf {
			return strings.ContainsFunc(s[i:], func(r rune) bool { _, ok := digitOf(r); return ok })
		}
	}
	return false
}

// isLetter says whether a byte is a letter of ASCII.
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
