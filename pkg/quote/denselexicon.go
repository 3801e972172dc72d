package quote

import (
	"iter"
	"unicode/utf8"
)

// start is what is known of the words that begin with a character.
type start struct {
	class   class  // of any of them
	lengths uint16 // bit n is set if one has n characters
}

// longestAt is the longest word of a class with which a text of a dense language
// begins, "" for none.
func (l *lexicon) longestAt(text string, c class) string {
	r, end := utf8.DecodeRuneInString(text)
	first := l.starts[r]
	if first.class&c == 0 {
		return ""
	}
	longest := 0
	for n := 1; n <= longestEnd; n++ {
		if first.lengths>>n&1 != 0 && l.words[text[:end]]&c != 0 {
			longest = end
		}
		if end == len(text) || first.lengths>>(n+1) == 0 {
			break
		}
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
	}
	return text[:longest]
}

// longestBefore is the longest word of a class with which a text ends.
func (l *lexicon) longestBefore(text string, c class) string {
	longest, i := len(text), len(text)
	for n := 0; n < longestEnd && i > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(text[:i])
		i -= size
		if l.words[text[i:]]&c != 0 {
			longest = i
		}
	}
	return text[longest:]
}

// wordsIn are where the words of a class stand in a text, and where they end, the
// longest first; they do not overlap.
func (l *lexicon) wordsIn(text string, c class) iter.Seq2[int, int] {
	return func(yield func(at, behind int) bool) {
		for i := 0; i < len(text); {
			w := l.longestAt(text[i:], c)
			if w != "" && !yield(i, i+len(w)) {
				return
			}
			_, size := utf8.DecodeRuneInString(text[i:])
			i += max(len(w), size)
		}
	}
}

// contains says whether a word of a class stands in a text.
func (l *lexicon) contains(text string, c class) bool {
	for range l.wordsIn(text, c) {
		return true
	}
	return false
}
