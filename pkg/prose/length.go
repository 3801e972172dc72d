package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// FirstRune is the first character of s.
func FirstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// LastRune is the last character of s.
func LastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// firstJoined is the first character of the scripts without spaces.
const firstJoined = 0x0e00

// CountWords counts words; characters of scripts without spaces count one each.
func CountWords(s string) int {
	n, in := 0, false
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf:
			if foldedASCII[r] == 0 {
				in = in && (r == '\'' || r == '-')
				continue
			}
			if !in {
				n++
			}
			in = true
		case r >= firstJoined && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
			n++
			in = false
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if !in {
				n++
			}
			in = true
		case r == '’' || unicode.IsMark(r):
		default:
			in = false
		}
	}
	return n
}

// EndsSentence says whether a text closes like a sentence.
func EndsSentence(s string) bool {
	s = strings.TrimRight(s, " )]}\"'”’»«›‹“„*")
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…。！？:;।؟۔", r)
}
