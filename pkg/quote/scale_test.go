package quote_test

import (
	"fmt"
	"maps"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"github.com/copydesk/copydesk/pkg/agency"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/quote"
)

// slow are texts that are made to be slow: the same again and again, # being new
// each time.
var slow = map[string]struct{ language, unit string }{
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
	"cases":       {"pl", "Andrzeja Morskiego# mówił sędzia portu spółki "},
	"inside":      {"da", "Ja. - Nej, siger Doe. Ja "},
	"sayers":      {"tr", "“Bir iki üç dört” diyen derneğin başkanı Ayşe Yelken# "},
	"letters":     {"ar", "قال محمد الراشد إن "},
}

// BenchmarkScale reads each of them, and four times as much of it: the time a unit
// stays about the same.
func BenchmarkScale(b *testing.B) {
	for _, name := range slices.Sorted(maps.Keys(slow)) {
		for _, n := range [...]int{1500, 6000} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				text := slowText(name, n)
				for b.Loop() {
					quote.Read([]news.Block{{Kind: news.Paragraph, Text: text}}, slow[name].language, agency.Table{})
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/unit")
			})
		}
	}
}

// TestScale says that four times such a text takes at most about four times the
// memory.
func TestScale(t *testing.T) {
	const n, times, slack = 1500, 4, 1.5
	for name, shape := range slow {
		t.Run(name, func(t *testing.T) {
			// What pools keep would be counted or not as the collector pleases: it
			// empties them before, and rests meanwhile.
			allocated := func(n int) float64 {
				text := slowText(name, n)
				defer debug.SetGCPercent(debug.SetGCPercent(-1))
				runtime.GC()
				runtime.GC() // a pool lasts through one collection
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				quote.Read([]news.Block{{Kind: news.Paragraph, Text: text}}, shape.language, agency.Table{})
				runtime.ReadMemStats(&after)
				return float64(after.TotalAlloc - before.TotalAlloc)
			}
			allocated(n) // what is made once
			if small, large := allocated(n), allocated(times*n); large > small*times*slack+1<<20 {
				t.Errorf("%.1f MB for %d units, %.1f MB for %d", small/1e6, n, large/1e6, times*n)
			}
		})
	}
}

func slowText(name string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(slow[name].unit, "#", string(rune('a'+i%26))+string(rune('a'+i/26%26))))
	}
	return b.String()
}
