package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// accented are the scripts whose marks readers leave out when they type. In
// others, such as Devanagari, a mark is a vowel.
var accented = []*unicode.RangeTable{
	unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Arabic, unicode.Hebrew,
}

// respelled are letters that no decomposition takes apart: as those write
// them who do not have them on their keyboard, or as variants of one letter.
var respelled = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ł': "l", 'ı': "i", 'ŋ': "n",
	'ς': "σ",
	'ى': "ي", 'ی': "ي", 'ک': "ك", 'ة': "ه", 'ٱ': "ا", 'ـ': "",
}

// appendFolded appends a character as it stands in terms: lower case, one
// width, without accents.
func appendFolded(term []byte, c string) []byte {
	r, _ := utf8.DecodeRuneInString(c)
	if !unicode.In(r, accented...) {
		if unicode.IsMark(r) && unicode.Is(unicode.Inherited, r) {
			return term // an accent that has lost its letter
		}
		return append(term, strings.ToLower(norm.NFKC.String(c))...)
	}
	for _, r := range strings.ToLower(norm.NFKD.String(c)) {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		if s, ok := respelled[r]; ok {
			term = append(term, s...)
		} else {
			term = utf8.AppendRune(term, r)
		}
	}
	return term
}

// articles are the forms of the Arabic article, written as one with its word
// and with the conjunction or preposition before it; the longer first.
var articles = []string{"وال", "بال", "كال", "فال", "ال", "لل"}

// withoutArticle cuts an Arabic article from a folded word that has at least
// three letters beside it.
func withoutArticle(term string) string {
	if term == "" || term[0] < 0xD8 { // no Arabic letter begins so in UTF-8
		return term
	}
	for _, article := range articles {
		if rest, ok := strings.CutPrefix(term, article); ok && utf8.RuneCountInString(rest) >= 3 {
			return rest
		}
	}
	return term
}
