package search

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/copydesk/copydesk/pkg/news"
)

// story is an article of 600 words, of a vocabulary in which, as in languages,
// few words are frequent.
func story(random *rand.Rand, zipf *rand.Zipf, n int) *news.Article {
	text := func(words int) string {
		var b strings.Builder
		for range words {
			fmt.Fprintf(&b, "word%d ", zipf.Uint64())
		}
		return b.String()
	}
	return &news.Article{
		StoryID: news.StoryID(fmt.Sprint(n)), Type: news.NewsArticle,
		Headline: text(9), Deck: text(20), ArticleBody: text(600),
		Publisher:     &news.Publisher{Domain: fmt.Sprintf("outlet%d.example", random.IntN(50))},
		DatePublished: &news.Date{Value: fmt.Sprintf("2026-%02d-%02d", 1+random.IntN(12), 1+random.IntN(28))},
	}
}

func stories(n int) []*news.Article {
	random := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(random, 1.1, 5, 50_000)
	articles := make([]*news.Article, n)
	for i := range articles {
		articles[i] = story(random, zipf, i)
	}
	return articles
}

// BenchmarkApply takes in 2,000 stories in batches of 500.
func BenchmarkApply(b *testing.B) {
	source := rowsOf(stories(2000)...)
	for b.Loop() {
		b.StopTimer()
		x := openIn(b, filepath.Join(b.TempDir(), "bleve"))
		b.StartTimer()
		if err := x.CatchUp(b.Context(), source); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*len(source))/b.Elapsed().Seconds(), "docs/s")
}

func BenchmarkSearch(b *testing.B) {
	x := indexOf(b, stories(5000)...)
	for _, query := range []string{"word40", "word3 word40", `"word1 word2"`, "word400*", "word40 site:outlet7.example after:2026-06"} {
		q, err := Parse(query)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(query, func(b *testing.B) {
			for b.Loop() {
				if _, err := x.Search(b.Context(), q, Options{Limit: 20}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkWords(b *testing.B) {
	for _, a := range languages {
		text := strings.Repeat(a.ArticleBody, 50)
		b.Run(a.StoryID, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				words(text)
			}
		})
	}
}
