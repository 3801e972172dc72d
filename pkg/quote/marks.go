package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/copydesk/copydesk/pkg/prose"
)

// span is a passage between quotation marks in one block: the marks stand at
// open and close, what is quoted is text[from:to].
type span struct {
	block       int
	open, close int // close is the end of the closing mark
	from, to    int
	// unclosed says that the block ends before the passage does.
	unclosed bool
	// carried says that the passage goes on from the block before.
	carried bool
}

// closers gives the marks that close what a mark opens.
func closers(open rune) string {
	switch open {
	case '“':
		return "”\""
	case '„', '‟':
		return "“”\"„"
	case '”':
		return "”“"
	case '"', '＂':
		return "\"＂”"
	case '«':
		return "»"
	case '»':
		return "«»"
	case '「':
		return "」"
	case '『':
		return "』"
	case '‘':
		return "’"
	case '‚':
		return "‘’"
	case '\'':
		return "'"
	case '‹':
		return "›"
	case '›':
		return "‹"
	case '〝':
		return "〟"
	}
	return ""
}

// allMarks are the characters that may open a quotation.
const allMarks = "“„‟”\"＂«»「『‘‚'‹›〝"

// findSpans gives the passages in quotation marks, outermost only, in order.
func findSpans(text string, block int, into []span) []span {
	var barred string // marks that were opened in vain in this block
	for i := 0; i < len(text); {
		n := strings.IndexAny(text[i:], allMarks)
		if n < 0 {
			break
		}
		i += n
		r, size := utf8.DecodeRuneInString(text[i:])
		if strings.ContainsRune(barred, r) || !opens(text, i, r, size) {
			i += size
			continue
		}
		to, end := closing(text, i+size, r)
		if to < 0 {
			barred += string(r)
			if !isSingle(r) || r == '‘' {
				into = append(into, span{block: block, open: i, close: len(text), from: i + size, to: len(text), unclosed: true})
			}
			i += size
			continue
		}
		into = append(into, span{block: block, open: i, close: end, from: i + size, to: to})
		i = end
	}
	return into
}

func isSingle(r rune) bool { return strings.ContainsRune("‘‚'‹›", r) }

// opens says whether the mark at i begins a passage.
func opens(text string, i int, r rune, size int) bool {
	next, _ := utf8.DecodeRuneInString(text[i+size:])
	if i+size == len(text) || unicode.IsSpace(next) && r != '«' && r != '»' && !opensSpaced(text[i+size:], r) {
		return false
	}
	switch r {
	case '「', '『', '〝', '„', '‚', '“', '«', '‟':
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	if i > 0 && !isEdge(before) {
		return false
	}
	if r == '»' && unicode.IsSpace(next) {
		return false
	}
	return !isSingle(r) || unicode.IsLetter(next) || unicode.IsDigit(next)
}

// opensSpaced says whether a mark with a space behind it opens Arabic: " نعم ".
func opensSpaced(behind string, r rune) bool {
	return (r == '"' || r == '“') && unicode.Is(unicode.Arabic, prose.FirstRune(strings.TrimLeft(behind, " \u00a0"))) && strings.Contains(behind, " "+string(r))
}

// isEdge says whether a passage may begin behind the character.
func isEdge(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("([{<—–-/…:,，：、。·", r)
}

// closing finds where a passage ends that began before i: the end of its text
// and that of its mark, both -1 if the block does not close it.
func closing(text string, i int, open rune) (to, end int) {
	marks := closers(open)
	depth, late := 0, -1
	for i < len(text) {
		n := strings.IndexAny(text[i:], marks+string(open))
		if n < 0 {
			break
		}
		i += n
		r, size := utf8.DecodeRuneInString(text[i:])
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		next, _ := utf8.DecodeRuneInString(text[i+size:])
		spaced := unicode.IsSpace(before)
		switch {
		case !strings.ContainsRune(marks, r):
			// The opening mark again: inside, or a slip for the closing one.
			if !spaced && (i+size == len(text) || !unicode.IsLetter(next)) && !isWide(open) {
				return i, i + size
			}
			depth++
		case r == '”' && open == '“' && spaced && unicode.IsLetter(next), r == '„' && spaced:
			depth++
		case isSingle(open) && (unicode.IsLetter(next) || unicode.IsDigit(next) || spaced):
			// An apostrophe.
		case (open == '‘' || open == '\'') && before == 's' && unicode.IsSpace(next):
			// The mark of a genitive, unless nothing else closes the passage.
			if late < 0 {
				late = i
			}
		case r == '"' && open != '"' && spaced:
		case r == '"' && unicode.IsDigit(before) && unicode.IsSpace(next) && late < 0 && strings.IndexByte(text[i+1:], '"') >= 0 && open == '"' && isInches(text[:i]):
		case depth > 0:
			depth--
		default:
			return i, i + size
		}
		i += size
	}
	if late >= 0 {
		return late, late + utf8.RuneLen(open)
	}
	return -1, -1
}

func isWide(r rune) bool { return r == '「' || r == '『' }

// isInches says whether a text ends in a measure: 6'2, 15.6.
func isInches(text string) bool {
	word := tail(text, 10)
	word = word[strings.LastIndexByte(word, ' ')+1:]
	return strings.ContainsAny(word, "'’.") && len(word) < 8
}

// leastWords is how long a quotation is at least; what is shorter is a word in
// quotation marks.
const leastWords = 4

// leastWide is leastWords in characters of scripts without spaces.
const leastWide = 8

// isLong says whether a passage is long enough to be a quotation. One that ends
// with a sign of its own is speech sooner: “算了不修了！”
func isLong(s string) bool {
	words, wide, in := 0, 0, false
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			wide++
			in = false
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if !in {
				words++
			}
			in = true
		case r == '\'' || r == '’' || r == '-' || r == '.' || unicode.IsMark(r):
		default:
			in = false
		}
		if words >= leastWords || wide >= leastWide {
			return true
		}
	}
	return wide >= leastWords && strings.ContainsRune("，。！？", prose.LastRune(s))
}
