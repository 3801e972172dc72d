package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// word is one term of a text. The same rules make the terms of the index, of
// the query and of the snippet.
//
// A word is a run of letters and digits, in lower case and without accents. In
// scripts that put no spaces between words each character is a term and so is
// each pair of neighbours, at the position of the first: any part of a run can
// be found, as a phrase of pairs.
type word struct {
	term       string
	start, end int // bytes of the text
	position   int // counts from 1
	pair       bool
}

// maxTerm cuts terms, in bytes: nobody searches for the rest of a data: URL.
const maxTerm = 96

// unbroken are the scripts without spaces, and Korean, whose words end in
// particles.
var unbroken = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul,
	unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
}

// longVowel prolongs kana; Unicode counts it to no script.
const longVowel = 'ー'

func isUnbroken(r rune) bool {
	return r >= 0x0E00 && (r == longVowel || unicode.In(r, unbroken...))
}

// words gives the terms of a text in order.
func words(text string) []word {
	s := splitter{text: text, found: make([]word, 0, len(text)/6)}
	s.terms.Grow(len(text))
	s.split(s.plainWord)
	return s.found
}

// splitter goes through a text character by character.
type splitter struct {
	text     string
	found    []word
	position int
	// terms holds the terms of all words, which are parts of it: one piece of
	// memory for a text instead of a thousand.
	terms strings.Builder

	// The word under way: its term so far, and its place in the text.
	term       []byte
	start, end int
	// The last character of a run of an unbroken script.
	last      string
	lastStart int
}

// split goes through the text; at any place it first has word take a word that
// begins there, and say how long that is.
func (s *splitter) split(word func(at int) int) {
	for i := 0; i < len(s.text); {
		if n := word(i); n > 0 {
			i += n
			continue
		}
		if c := s.text[i]; c < utf8.RuneSelf {
			// A combining mark may follow; it makes no difference to a term.
			s.ascii(c, i)
			i++
			continue
		}
		n := max(1, norm.NFKC.NextBoundaryInString(s.text[i:], true))
		s.character(s.text[i:i+n], i, i+n)
		i += n
	}
	s.endWord()
}

// plainWord takes a word that begins at a place and is of ASCII letters and digits
// alone, as most are. It returns its length, 0 where there is none.
func (s *splitter) plainWord(at int) (n int) {
	if len(s.term) > 0 {
		return 0 // it goes on here
	}
	rest, capitals := s.text[at:], false
	for n < len(rest) && plainForm[rest[n]] != 0 {
		capitals = capitals || plainForm[rest[n]] != rest[n]
		n++
	}
	if n == 0 || n > maxTerm || n < len(rest) && rest[n] >= utf8.RuneSelf {
		return 0
	}
	term := rest[:n]
	if capitals {
		begin := s.terms.Len()
		for i := range n {
			s.terms.WriteByte(plainForm[rest[i]])
		}
		term = s.terms.String()[begin:]
	}
	s.last = ""
	s.position++
	s.found = append(s.found, word{term, at, at + n, s.position, false})
	return n
}

// plainForm is how ASCII letters and digits stand in terms; 0 for all else.
var plainForm = func() (table [256]byte) {
	for c := byte('0'); c <= 'z'; c++ {
		switch {
		case 'A' <= c && c <= 'Z':
			table[c] = c | 0x20
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			table[c] = c
		}
	}
	return table
}()

func (s *splitter) ascii(c byte, at int) {
	switch {
	case 'A' <= c && c <= 'Z':
		s.letter(c|0x20, at)
	case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		s.letter(c, at)
	default:
		s.endWord()
		s.last = ""
	}
}

func (s *splitter) letter(c byte, at int) {
	s.last = ""
	if len(s.term) == 0 {
		s.start = at
	}
	s.term, s.end = append(s.term, c), at+1
}

func (s *splitter) character(c string, start, end int) {
	r, _ := utf8.DecodeRuneInString(c)
	switch {
	case isJoiner(r), r == '\u200B' && s.last != "":
	case isUnbroken(r) && (unicode.IsLetter(r) || unicode.IsMark(r)):
		s.endWord()
		s.unbroken(strings.ToLower(norm.NFKC.String(c)), start, end)
	case unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) && len(s.term) > 0:
		s.last = ""
		if len(s.term) == 0 {
			s.start = start
		}
		s.term, s.end = appendFolded(s.term, c), end
	case unicode.IsMark(r):
	default:
		s.endWord()
		s.last = ""
	}
}

// isJoiner says whether r stands inside words without being part of them.
func isJoiner(r rune) bool {
	return r == '\u00AD' || r == '\u200C' || r == '\u200D' || r == '\u2060' || r == '\uFEFF'
}

func (s *splitter) unbroken(c string, start, end int) {
	if s.last != "" {
		s.found = append(s.found, word{s.last + c, s.lastStart, end, s.position, true})
	}
	s.position++
	s.found = append(s.found, word{c, start, end, s.position, false})
	s.last, s.lastStart = c, start
}

func (s *splitter) endWord() {
	if len(s.term) == 0 {
		return
	}
	at := s.terms.Len()
	s.terms.Write(s.term)
	term := withoutArticle(s.terms.String()[at:])
	if len(term) > maxTerm {
		term = strings.ToValidUTF8(term[:maxTerm], "")
	}
	s.position++
	s.found = append(s.found, word{term, s.start, s.end, s.position, false})
	s.term = s.term[:0]
}
