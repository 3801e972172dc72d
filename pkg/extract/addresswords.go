package extract

import (
	"net/url"
	"strings"
	"unicode"

	"github.com/copydesk/copydesk/pkg/prose"
)

// slugWords are the words that the last part of an address spells out.
func slugWords(address string) map[string]bool {
	slug := map[string]bool{}
	u, err := url.Parse(address)
	if err != nil {
		return slug
	}
	for part := range strings.SplitSeq(u.Path, "/") {
		found := addressWords(part)
		for w := range found {
			if w == "html" || strings.ContainsAny(w, "0123456789") {
				delete(found, w)
			}
		}
		if len(found) >= len(slug) && len(found) > 1 {
			slug = found
		}
	}
	return slug
}

// addressWords holds the words of a line as addresses write them, in small letters
// without marks, umlauts told apart no more; pairs of letters where words are
// not parted by spaces.
func addressWords(line string) map[string]bool {
	set := map[string]bool{}
	dense := prose.IsDense(line)
	line = umlauts.Replace(strings.ToLower(prose.PlainLetters(line)))
	for word := range strings.FieldsFuncSeq(line, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if !dense {
			set[word] = true
			continue
		}
		for before, letters := rune(0), []rune(word); len(letters) > 0; before, letters = letters[0], letters[1:] {
			if before != 0 {
				set[string([]rune{before, letters[0]})] = true
			}
		}
	}
	return set
}

var umlauts = strings.NewReplacer("ae", "a", "oe", "o", "ue", "u", "ß", "ss")

// likeWords is how far a line and an address say the same (Dice), 0 to 1.
func likeWords(words, slug map[string]bool) float64 {
	if len(slug) == 0 {
		return 0
	}
	hits := 0
	for w := range words {
		if slug[w] {
			hits++
		}
	}
	return 2 * float64(hits) / float64(len(words)+len(slug))
}
