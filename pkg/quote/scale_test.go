package quote_test

import (
	"strings"
	"testing"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/quote"
)

// TestLinear says of texts that are made to be slow that four times the text
// takes no more than about four times as long.
func TestLinear(t *testing.T) {
	shapes := map[string]struct{ language, unit string }{
		"verbs":       {"en", "said Doe called Roe "},
		"names":       {"en", "Jane Doe said Ann Poe told. "},
		"new names":   {"en", "Dr Q# Doe# said so. "},
		"open marks":  {"en", "“one two three four "},
		"quotations":  {"de", "„Das ist so gewesen hier“, sagte er. "},
		"nouns":       {"de", "Hafen Amt Turm sagte Boot "},
		"dashes":      {"sv", "Ja. – Nej "},
		"commas":      {"fr", "le maire, la ville, dit "},
		"brackets":    {"en", "( Doe ) said "},
		"characters":  {"zh", "镇长王#说“今天的天气非常非常好”，"},
		"particles":   {"ja", "市の王#さんは「きょうはとてもいい天気だ」と話した。"},
		"without end": {"ko", "김철수 시장은 말했다고 "},
		"letters":     {"ar", "قال محمد الراشد إن "},
	}
	for name, shape := range shapes {
		t.Run(name, func(t *testing.T) {
			read := func(n int) time.Duration {
				var b strings.Builder
				for i := range n {
					b.WriteString(strings.ReplaceAll(shape.unit, "#", string(rune('a'+i%26))+string(rune('a'+i/26%26))))
				}
				best := time.Duration(1 << 62)
				for range 3 {
					start := time.Now()
					quote.Read([]news.Block{{Kind: news.Paragraph, Text: b.String()}}, shape.language)
					best = min(best, time.Since(start))
				}
				return best
			}
			const n = 1500
			small, large := read(n), read(4*n)
			t.Logf("%v, %v", small, large)
			if large > 10*small && large > 400*time.Millisecond {
				t.Errorf("%v for %d units, %v for %d", small, n, large, 4*n)
			}
		})
	}
}
