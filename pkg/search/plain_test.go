package search

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// Words of ASCII alone, which are taken at once, are those that are made letter by
// letter.
func TestPlainWordsAreWords(t *testing.T) {
	letters := rapid.SampledFrom([]rune("abYZ09 -.'_\n\u0301\u00adéßア的ไ"))
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(letters, 0, 40, -1).Draw(t, "text")
		s := splitter{text: text}
		s.split(func(int) int { return 0 })
		if diff := cmp.Diff(s.found, words(text), cmp.AllowUnexported(word{})); diff != "" && len(s.found)+len(words(text)) > 0 {
			t.Fatalf("%q (-letter by letter +got):\n%s", text, diff)
		}
	})
}
