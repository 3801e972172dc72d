package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/copydesk/copydesk/pkg/datafolder"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/weburl"
)

const (
	// shelfBatch is how many records become rows in one commit.
	shelfBatch = 2000
	// shelfDays is how many days the records were fetched on.
	shelfDays = 300
)

var firstDay = time.Date(2026, 1, 1, 6, 0, 0, 0, time.UTC)

// shelve makes the rows of stories, fetched on days in no order.
func shelve(ctx context.Context, data datafolder.Folder, articles int, seed uint64) (err error) {
	rows, err := store.Open(ctx, data.Rows())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	p := newPress(seed)
	for n := 0; n < articles; {
		var arrivals []store.Arrival
		for n < articles && len(arrivals) < shelfBatch {
			n++
			a := p.article(n)
			if err := a.Seal(); err != nil {
				return err
			}
			arrivals = append(arrivals, store.Arrival{Article: a, Sequence: uint64(n)})
		}
		if _, err := rows.PutArticles(ctx, arrivals); err != nil {
			return err
		}
	}
	return nil
}

// article is a record of some 400 words.
func (p *press) article(n int) *news.Article {
	url := fmt.Sprintf("https://www.harbour.example/2026/story-%d", n)
	at := firstDay.AddDate(0, 0, p.IntN(shelfDays)).Add(time.Duration(n) * time.Millisecond)
	digest := news.Digest([]byte(url))
	a := &news.Article{
		Schema: news.ArticleSchema, StoryID: news.StoryID(weburl.StoryKey("", url)), Type: news.NewsArticle, URL: url, RequestedURL: url,
		Headline: fmt.Sprint("Ferry ", n, " is late"), Publisher: &news.Publisher{Name: "The Harbour", Domain: "harbour.example"},
		DatePublished: &news.Date{Value: at.Format(time.RFC3339), Precision: news.ToSecond}, Keywords: []string{"ferry", "harbour"},
		Author: []news.Person{{Name: "Ada Finch", Kind: news.KindPerson}}, InLanguage: news.Language{Declared: "en"},
		Images: []news.Image{{URL: url + ".jpg", Caption: "A ferry", CreditText: "Lena Brandt/dpa"}},
		Provenance: map[string]news.Provenance{
			"headline":    {Method: news.FromSelector, Path: "h1", Confidence: 0.95, Alternatives: []news.Alternative{{Value: "A ferry", Method: news.FromMeta}}},
			"articleBody": {Method: news.FromHeuristic, Path: "article", Confidence: 0.9},
		},
		Raw: news.Raw{CaptureID: news.CaptureID(news.VisitID(url, at), digest), Digest: digest, Status: 200, FetchedAt: at},
	}
	const paragraphs, words = 8, 50
	var body []string
	for range paragraphs {
		var paragraph strings.Builder
		for range words {
			paragraph.WriteString(pick(p, p.words) + " ")
		}
		body = append(body, paragraph.String())
		a.Body = append(a.Body, news.Block{Kind: news.Paragraph, Text: paragraph.String()})
	}
	a.ArticleBody, a.WordCount = strings.Join(body, "\n"), paragraphs*words
	return a
}

// readRows reads the rows alone, and says how many there are and how long it took.
func readRows(ctx context.Context, data datafolder.Folder) (n int, took time.Duration, err error) {
	rows, err := store.Open(ctx, data.Rows())
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	began := time.Now()
	for after := int64(0); ; {
		found, err := rows.RowsAfter(ctx, after, 50)
		if err != nil || len(found) == 0 {
			return n, time.Since(began), err
		}
		n, after = n+len(found), found[len(found)-1].Number
	}
}
