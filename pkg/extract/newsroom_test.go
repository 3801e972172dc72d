package extract_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/newsroom"
)

// newsroomFetched is when the newsroom's pages were fetched, after its last
// edition.
var newsroomFetched = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)

// extractStory is the record of a story of the newsroom.
func extractStory(t *testing.T, e newsroom.Expectation) *news.Article {
	t.Helper()
	article, err := extract.Extract(extract.Input{
		Body: e.HTML, URL: e.URL, RequestedURL: e.URL, ContentType: e.ContentType, FetchedAt: newsroomFetched,
		Raw: news.Raw{CaptureID: "0123456789abcdef0123456789abcdef-000000000000", Digest: news.Digest(e.HTML), Status: 200, FetchedAt: newsroomFetched},
	})
	if err != nil {
		t.Fatal(err)
	}
	return article
}

// TestNewsroom holds every story of the newsroom to what a careful reader finds
// on its page, and its whole record to the one that was looked at and kept.
func TestNewsroom(t *testing.T) {
	all, err := newsroom.Expectations()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		name := strings.TrimSuffix(strings.TrimPrefix(e.Golden, "outlets/"), ".expected.json")
		t.Run(name, func(t *testing.T) {
			article := extractStory(t, e)
			for _, line := range e.Differences(article) {
				t.Error(line)
			}
			compareGolden(t, filepath.Join("testdata", "newsroom", filepath.FromSlash(name)+".record.json"), article)
		})
	}
}

// TestNewsroomWithoutStory says that every page of the newsroom that is no
// article is called what it is.
func TestNewsroomWithoutStory(t *testing.T) {
	all, err := newsroom.NoStories()
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range all {
		t.Run(page.URL, func(t *testing.T) {
			article, err := extract.Extract(extract.Input{
				Body: page.HTML, URL: page.URL, RequestedURL: page.URL, ContentType: page.ContentType, FetchedAt: newsroomFetched,
			})
			if err == nil {
				t.Fatalf("got a record with %q and %d bytes of text, want %s", article.Headline, len(article.ArticleBody), page.Reason)
			}
			if got := news.FaultOf(err).Reason; got != page.Reason {
				t.Errorf("got %s (%v), want %s", got, err, page.Reason)
			}
		})
	}
}
