package prose

import (
	"strings"
	"unicode"
)

// IsUncased says whether a word is in a script without capitals.
func IsUncased(w string) bool { return !strings.ContainsFunc(w, IsCased) }

// IsCapital says whether a word begins with a capital, or in a script without
// capitals.
func IsCapital(w string) bool {
	for _, r := range strings.TrimLeft(w, "'’\"“„(") {
		return strings.ToLower(string(r)) != string(r) || !IsCased(r)
	}
	return false
}

// IsCased says whether a letter has an upper and a lower case.
func IsCased(r rune) bool {
	return strings.ToUpper(string(r)) != string(r) || strings.ToLower(string(r)) != string(r)
}

// IsUpperWord says whether a text of two bytes or more is in capitals throughout.
func IsUpperWord(w string) bool { return w == strings.ToUpper(w) && len(w) > 1 }

// IsCJK says whether a character is one of Chinese, Japanese or Korean.
func IsCJK(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana)
}

// IsLatin says whether most letters of a text are Latin.
func IsLatin(text string) bool {
	n, latin := 0, 0
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		if n++; unicode.Is(unicode.Latin, r) {
			latin++
		}
	}
	return latin*2 > n
}

// IsDense says whether a text is written without spaces between its words, or
// with as few letters as such: mostly in Chinese, Japanese or Korean.
func IsDense(text string) bool {
	n, dense := 0, 0
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		if n++; unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana, unicode.Thai) {
			dense++
		}
	}
	return dense*2 > n
}
