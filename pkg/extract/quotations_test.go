package extract_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// quotationFloors are what the stories of each language reach at least: F1 of the
// quotations, share of them with the right speaker, F1 of the attributions.
var quotationFloors = map[string][3]float64{
	"ar": {0.99, 0.95, 0.84},
	"da": {0.98, 0.95, 0.86},
	"de": {0.99, 0.93, 0.83},
	"en": {0.99, 0.91, 0.88},
	"es": {0.96, 0.88, 0.78},
	"fr": {0.96, 0.92, 0.88},
	"it": {0.98, 0.88, 0.72},
	"ja": {0.99, 0.97, 0.93},
	"ko": {0.99, 0.98, 0.90},
	"nl": {0.98, 0.95, 0.88},
	"no": {0.99, 0.95, 0.87},
	"pl": {0.99, 0.95, 0.87},
	"pt": {0.98, 0.84, 0.82},
	"ru": {0.98, 0.95, 0.91},
	"sv": {0.98, 0.85, 0.81},
	"tr": {0.98, 0.97, 0.93},
	"zh": {0.99, 0.97, 0.91},
}

// TestQuotationsOfPacks reads the stories that were written for every language
// before its rules, and holds what is found to the floors.
func TestQuotationsOfPacks(t *testing.T) {
	for language, floor := range quotationFloors {
		t.Run(language, func(t *testing.T) {
			golds := files(t, filepath.Join("testdata", "packs", language), ".gold.json")
			var quotes, sources tally
			speakers := 0
			for _, file := range golds {
				gold := readGold(t, file)
				article := extractFile(t, strings.TrimSuffix(file, ".gold.json")+".html", gold.URL)
				quotes.missed += len(gold.Quotes)
				for _, q := range article.Quotations {
					i := slices.IndexFunc(gold.Quotes, func(g struct{ Text, Speaker string }) bool { return plainly(g.Text) == plainly(q.Text) })
					if i < 0 {
						quotes.wrong++
						t.Logf("%s: no quotation: %q", file, q.Text)
						continue
					}
					quotes.right, quotes.missed = quotes.right+1, quotes.missed-1
					if sameName(gold.Quotes[i].Speaker, q.Speaker) {
						speakers++
					} else {
						t.Logf("%s: speaker %q, want %q, of %q", file, q.Speaker, gold.Quotes[i].Speaker, q.Text)
					}
					gold.Quotes = append(gold.Quotes[:i:i], gold.Quotes[i+1:]...)
				}
				for _, q := range gold.Quotes {
					t.Logf("%s: missed: %q", file, q.Text)
				}
				sources.missed += len(gold.Attributions)
				for _, a := range article.Attributions {
					i := slices.IndexFunc(gold.Attributions, func(g struct{ Name, Kind, Role string }) bool { return sameName(g.Name, a.Name) })
					if i < 0 {
						sources.wrong++
						t.Logf("%s: no source: %q", file, a.Name)
						continue
					}
					sources.right, sources.missed = sources.right+1, sources.missed-1
					gold.Attributions = append(gold.Attributions[:i:i], gold.Attributions[i+1:]...)
				}
				for _, a := range gold.Attributions {
					t.Logf("%s: missed source: %q", file, a.Name)
				}
			}
			got := [3]float64{quotes.f1(), float64(speakers) / float64(max(1, quotes.right)), sources.f1()}
			t.Logf("%s: %d stories, quotations F1 %.3f, speakers %.3f, attributions F1 %.3f", language, len(golds), got[0], got[1], got[2])
			for i, name := range [...]string{"quotations F1", "speakers", "attributions F1"} {
				if got[i] < floor[i] {
					t.Errorf("%s: got %.3f, want %.2f at least", name, got[i], floor[i])
				}
			}
		})
	}
}

// sameName says whether two names are one's: their last words are equal, and
// all words of one are in the other. An article before them does not count.
func sameName(a, b string) bool {
	x, y := nameWords(a), nameWords(b)
	if len(x) == 0 || len(y) == 0 {
		return len(x) == len(y)
	}
	if len(x) > len(y) {
		x, y = y, x
	}
	if x[len(x)-1] != y[len(y)-1] {
		return false
	}
	for _, w := range x {
		if !slices.Contains(y, w) {
			return false
		}
	}
	return true
}

func nameWords(s string) []string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) > 1 {
		switch words[0] {
		case "the", "der", "die", "das", "la", "le", "el", "los", "las", "il", "den", "det":
			words = words[1:]
		}
	}
	return words
}
