package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// FoldAll folds every text of a list, in place; see [Fold].
func FoldAll(list ...string) []string {
	for i, s := range list {
		list[i] = Fold(s)
	}
	return list
}

// FoldedSet holds texts as they fold; see [Fold].
func FoldedSet(texts ...string) map[string]bool {
	m := map[string]bool{}
	for _, t := range texts {
		m[Fold(t)] = true
	}
	return m
}

// PlainLetters writes accented Latin letters without their marks.
func PlainLetters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s))
}

// Fold reduces a text to its letters and digits in lower case, so that two
// prints of the same words compare equal.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if f := foldedASCII[c]; f != 0 {
				b.WriteByte(f)
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if folds(r) {
			b.WriteRune(unicode.ToLower(r))
		}
		i += n
	}
	return b.String()
}

// foldedASCII folds each character of ASCII; 0 is none.
var foldedASCII = func() (table [utf8.RuneSelf]byte) {
	for c := byte('0'); c <= '9'; c++ {
		table[c] = c
	}
	for c := byte('a'); c <= 'z'; c++ {
		table[c], table[c&^0x20] = c, c
	}
	return table
}()

// FoldByte folds a character of ASCII, under 0x80; 0 is one that [Fold] drops.
func FoldByte(c byte) byte { return foldedASCII[c] }

// folds says whether a character beyond ASCII is kept in folding.
func folds(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// Same says whether two texts have the same words: whether they fold alike.
func Same(a, b string) bool {
	for {
		x, na := nextFolded(a)
		y, nb := nextFolded(b)
		if x != y {
			return false
		}
		if x < 0 {
			return true
		}
		a, b = a[na:], b[nb:]
	}
}

// nextFolded is the first character of a text that folding keeps, folded, and the
// bytes up to its end; -1 where there is none.
func nextFolded(s string) (r rune, n int) {
	for n < len(s) {
		if c := s[n]; c < utf8.RuneSelf {
			n++
			if f := foldedASCII[c]; f != 0 {
				return rune(f), n
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(s[n:])
		n += size
		if folds(r) {
			return unicode.ToLower(r), n
		}
	}
	return -1, n
}

// FoldedWords folds each word of a text; a word of signs alone is empty then.
func FoldedWords(text string) []string {
	words := strings.Fields(text)
	for i, w := range words {
		words[i] = Fold(w)
	}
	return words
}
