package prose

import (
	"regexp"
	"strings"
)

// MatchEnding matches a text that ends in one of the ends; nil is no match. The
// look at the end is much quicker than the expression.
func MatchEnding(r *regexp.Regexp, text string, ends ...string) []string {
	for _, end := range ends {
		if strings.HasSuffix(text, end) {
			return r.FindStringSubmatch(text)
		}
	}
	return nil
}

// Tail is the end of s, of n bytes at most, without half characters.
func Tail(s string, n int) string {
	if len(s) > n {
		return strings.ToValidUTF8(s[len(s)-n:], "")
	}
	return s
}

// SetOf reads the words of a list, with white space between them.
func SetOf(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// CutPrefixFold removes a prefix, compared without case, and says whether s had it.
func CutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}
