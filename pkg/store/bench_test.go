package store

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
)

// BenchmarkPutArticles stores stories of 600 words in batches of 100.
func BenchmarkPutArticles(b *testing.B) {
	const batch = 100
	s := open(b)
	random := rand.New(rand.NewPCG(1, 2))
	story := 0
	for b.Loop() {
		b.StopTimer()
		var arrivals []Arrival
		for range batch {
			story++
			a := capture(b, fmt.Sprintf("/2026/story-%d", story), story, "Headline of the day")
			var body strings.Builder
			for range 600 {
				fmt.Fprintf(&body, "word%d ", random.IntN(20000))
			}
			a.ArticleBody = body.String()
			a.Body = []news.Block{{Kind: news.Paragraph, Text: a.ArticleBody}}
			seal(b, a)
			arrivals = append(arrivals, Arrival{Article: a, Sequence: uint64(story)})
		}
		b.StartTimer()
		if _, err := s.PutArticles(b.Context(), arrivals); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(story)/b.Elapsed().Seconds(), "articles/s")
}

// BenchmarkPutEvents folds the three events of 100 visits at a time.
func BenchmarkPutEvents(b *testing.B) {
	s := open(b)
	visit := 0
	for b.Loop() {
		var events []news.Event
		for range 100 {
			visit++
			for _, stage := range news.Stages {
				e := event(stage, 1, news.Done, "", visit)
				e.VisitID = news.VisitID(e.URL, e.At)
				events = append(events, e)
			}
		}
		if _, err := s.PutEvents(b.Context(), events); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(3*visit)/b.Elapsed().Seconds(), "events/s")
}

// BenchmarkRecordsAfter reads all that is known of 2000 stories of 600 words, as
// an export does, and RowsAfter their records alone. It reports the time of the
// second as a share of the first.
func BenchmarkRecordsAfter(b *testing.B) {
	const stories = 2000
	s := open(b)
	random := rand.New(rand.NewPCG(1, 2))
	for n := range stories {
		a := capture(b, fmt.Sprintf("/2026/story-%d", n), n, "Headline of the day")
		var body strings.Builder
		for range 600 {
			fmt.Fprintf(&body, "word%d ", random.IntN(20000))
		}
		a.ArticleBody = body.String()
		a.Body = []news.Block{{Kind: news.Paragraph, Text: a.ArticleBody}}
		seal(b, a)
		arrive(b, s, a)
	}
	var rows, records time.Duration
	for b.Loop() {
		begun := time.Now()
		for after := int64(0); after < stories; {
			found, err := s.RowsAfter(b.Context(), after, 50)
			if err != nil {
				b.Fatal(err)
			}
			after = found[len(found)-1].Number
		}
		rows += time.Since(begun)
		begun = time.Now()
		for after := int64(0); after < stories; {
			found, err := s.RecordsAfter(b.Context(), after, 50, false)
			if err != nil {
				b.Fatal(err)
			}
			after = found[len(found)-1].Number
		}
		records += time.Since(begun)
	}
	b.ReportMetric(rows.Seconds()/records.Seconds(), "rows/records")
}
