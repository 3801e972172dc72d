package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"
)

// attr is the value of an attribute, without white space around it.
func attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return strings.TrimSpace(n.Attr[i].Val)
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return true
		}
	}
	return false
}

// unescape resolves the character references that some pages leave in values
// that are plain text already.
func unescape(s string) string {
	if strings.IndexByte(s, '&') < 0 {
		return s
	}
	return html.UnescapeString(s)
}

// squash makes every run of white space one space and drops what is invisible.
func squash(s string) string {
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
		case invisible(s[i:]) > 0 || r == utf8.RuneError && n == 1 || unicode.IsControl(r):
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

// isSquashed says whether squash leaves a text as it is.
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
			if r == utf8.RuneError && n == 1 || unicode.IsSpace(r) || unicode.IsControl(r) || invisible(s[i:]) > 0 {
				return false
			}
			i += n
		}
		space = false
	}
	return !space || s == ""
}

// invisible is the length of the character at the head of s if it shows
// nothing: zero-width characters, soft hyphens, byte order marks.
func invisible(s string) int {
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

// wideSpace is the length of the character at the head of s if it is a space
// beyond ASCII: no-break, thin, ideographic.
func wideSpace(s string) int {
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

// plainLetters writes accented Latin letters without their marks.
func plainLetters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s))
}

// isComma says whether s begins with a comma of another script.
func isComma(s string) bool {
	for _, c := range [...]string{"、", "，", "،", "。"} {
		if strings.HasPrefix(s, c) {
			return true
		}
	}
	return false
}

// rawText is all text inside a node as it stands.
func rawText(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.TextNode {
				b.WriteString(c.Data)
			}
			walk(c)
		}
	}
	walk(n)
	return b.String()
}

// unseen says whether the text inside an element is not shown to readers.
func unseen(n *html.Node) bool { return mutes(n) || isHidden(n) }

// inlineText is the shown text inside a node, with spaces at line breaks and
// block boundaries.
func inlineText(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				b.WriteString(c.Data)
			case c.Type != html.ElementNode || unseen(c):
			default:
				edge := c.DataAtom == atom.Br || isBlock(c)
				if edge {
					b.WriteByte(' ')
				}
				walk(c)
				if edge {
					b.WriteByte(' ')
				}
			}
		}
	}
	walk(n)
	return squash(b.String())
}

// fold reduces a text to its letters and digits in lower case, so that two
// prints of the same words compare equal.
func fold(s string) string {
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

// foldByte folds a character of ASCII; 0 is none.
func foldByte(c byte) byte { return foldedASCII[c] }

// folds says whether a character beyond ASCII is kept in folding.
func folds(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// same says whether two texts have the same words: whether they fold alike.
func same(a, b string) bool {
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

// wordBag is a text as its folded words, for comparing it with others.
type wordBag struct {
	folded string
	count  map[string]int
	size   int
}

func bagOf(text string) wordBag {
	words := foldedWords(text)
	b := wordBag{folded: fold(text), count: make(map[string]int, len(words)), size: len(words)}
	for _, w := range words {
		b.count[w]++
	}
	return b
}

func foldedWords(text string) []string {
	words := strings.Fields(text)
	for i, w := range words {
		words[i] = fold(w)
	}
	return words
}

// likeness is the share of words that a text has in common with the bag (Dice),
// 0 to 1.
func (b *wordBag) likeness(words []string) float64 {
	if b.size == 0 || len(words) == 0 {
		return 0
	}
	common := 0
	for i, w := range words {
		left := b.count[w]
		if left == 0 {
			continue
		}
		for _, before := range words[:i] {
			if before == w {
				left--
			}
		}
		if left > 0 {
			common++
		}
	}
	return 2 * float64(common) / float64(b.size+len(words))
}

// firstRune is the first character of s.
func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// lastRune is the last character of s.
func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// firstJoined is the first character of the scripts without spaces.
const firstJoined = 0x0e00

// words counts words; characters of scripts without spaces count one each.
func words(s string) int {
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

// ends says whether a text closes like a sentence.
func ends(s string) bool {
	s = strings.TrimRight(s, " )]}\"'”’»«›‹“„*")
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…。！？:;।؟۔", r)
}

// cutPrefixFold removes a prefix, compared without case.
func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// isCJK says whether a character is one of Chinese, Japanese or Korean.
func isCJK(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana)
}
