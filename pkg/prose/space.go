package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Squash makes every run of white space one space and drops what is invisible.
func Squash(s string) string {
	if isSquashed(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsSpace(r):
			space = true
		case Invisible(s[i:]) > 0 || r == utf8.RuneError && n == 1 || unicode.IsControl(r):
		default:
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}

// isSquashed says whether Squash leaves a text as it is.
func isSquashed(s string) bool {
	space := true // at the beginning too
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == ' ':
			if space {
				return false
			}
			space = true
			i++
			continue
		case c < ' ' || c == 0x7f:
			return false
		case c < utf8.RuneSelf:
			i++
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && n == 1 || unicode.IsSpace(r) || unicode.IsControl(r) || Invisible(s[i:]) > 0 {
				return false
			}
			i += n
		}
		space = false
	}
	return !space || s == ""
}

// Invisible is the length of the character at the head of s if it shows
// nothing: zero-width characters, soft hyphens, byte order marks.
func Invisible(s string) int {
	if s == "" || s[0] != 0xc2 && s[0] != 0xe2 && s[0] != 0xef {
		return 0
	}
	for _, c := range [...]string{"\u00ad", "\u200b", "\u200e", "\u200f", "\u2060", "\ufeff"} {
		if strings.HasPrefix(s, c) {
			return len(c)
		}
	}
	return 0
}

// WideSpace is the length of the character at the head of s if it is a space
// beyond ASCII: no-break, thin, ideographic.
func WideSpace(s string) int {
	if s == "" || s[0] != 0xc2 && s[0] != 0xe2 && s[0] != 0xe3 {
		return 0
	}
	for _, c := range [...]string{"\u00a0", "\u3000", "\u202f", "\u2009", "\u2003", "\u2002", "\u2007"} {
		if strings.HasPrefix(s, c) {
			return len(c)
		}
	}
	return 0
}
