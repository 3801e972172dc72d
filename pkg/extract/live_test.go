package extract_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/news"
)

// TestLiveBlog says that the entries of a live blog are updates, in the order in
// which they are printed, and when they are the story's text.
func TestLiveBlog(t *testing.T) {
	const report = first + "\n" + then + "\n" + then + "\n" + last
	const (
		storyData = `<script type="application/ld+json">[{"@type":"NewsArticle","headline":"Lamps burn again on the pier","datePublished":"2024-05-04T20:00:00Z"},{"@type":"LiveBlogPosting"}]</script>`
		liveData  = `<script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"Lamps burn again on the pier"}</script>`
	)
	entries := func(tag, class string) string {
		post := func(time, clock, title, text string) string {
			return `<` + tag + ` class="` + class + `"><time datetime="` + time + `">` + clock + `</time>` + title + `<p>` + text + `</p><p class="by">Iven Marr 4 May 2024 ` + clock + `</p></` + tag + `>`
		}
		return post("2024-05-04T20:45:00Z", "20:45", "<h3>All ten are lit</h3>", "The tenth lamp was lit by the harbour master himself, who had to be helped up the ladder by two of his daughters.") +
			post("2024-05-04T20:31:00Z", "20:31", "", "Nine lamps are burning, and the crowd on the mole has begun to count them aloud, though nobody agrees on the number.") +
			post("2024-05-04T20:02:00Z", "20:02", "<h3>The first lamp</h3>", "The first lamp burns, to the applause of some two hundred people and the alarm of as many gulls, which left at once.")
	}
	at := func(value string) *news.Date {
		return &news.Date{Value: value, Raw: value, Precision: news.ToSecond, Timezone: news.ZoneExplicit}
	}
	updates := []news.Block{
		{Kind: news.Update, DatePublished: at("2024-05-04T20:45:00Z")},
		{Kind: news.Update, DatePublished: at("2024-05-04T20:31:00Z")},
		{Kind: news.Update, DatePublished: at("2024-05-04T20:02:00Z")},
	}
	tests := []struct {
		name, head, inner string
		want              []news.Block
		opens, closes     string // of the text
	}{
		{"report above the entries", storyData, paragraphs(first, then, then, last) + `<div>` + entries("div", "post") + `</div>`, updates, report, last},
		{"one line above them", storyData, paragraphs(first) + `<div>` + entries("div", "post") + `</div>`, updates, first + "\nAll ten are lit\nThe tenth", "left at once."},
		{"entries that the page counts to its text", storyData, paragraphs(first, then, then, last) + `<div itemprop="articleBody">` + entries("div", "post") + `</div>`, updates, report + "\nAll ten are lit\nThe tenth", "left at once."},
		{"story that is a live blog", liveData, paragraphs(first, then, then, last) + `<div>` + entries("div", "post") + `</div>`, updates, report + "\nAll ten are lit\nThe tenth", "left at once."},
		{"live by its names", "", paragraphs(first) + `<section class="liveblog">` + entries("article", "post") + `</section>`, updates, first + "\nAll ten are lit\nThe tenth", "left at once."},
		{"chronicle of a story that is not live", "", paragraphs(first, then) + `<div class="chronicle">` + entries("div", "post") + `</div>` + paragraphs(last), nil, first + "\n" + then, last},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			page := strings.Replace(lampPage(tt.inner), "</head>", tt.head+"</head>", 1)
			a, err := extract.Extract(extract.Input{Body: []byte(page), URL: "https://courier.example/local/lamps-77", ContentType: "text/html", FetchedAt: fetched})
			if err != nil {
				t.Fatal(err)
			}
			var got []news.Block
			for _, b := range a.Body {
				if b.Kind == news.Update {
					got = append(got, b)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("updates (-want +got):\n%s", diff)
			}
			if !strings.HasPrefix(a.ArticleBody, tt.opens) || !strings.HasSuffix(a.ArticleBody, tt.closes) {
				t.Errorf("text: got %q, want it from %q to %q", a.ArticleBody, tt.opens, tt.closes)
			}
			if live := a.Type == news.LiveBlogPosting; live != (tt.want != nil) {
				t.Errorf("type: got %s", a.Type)
			}
		})
	}
}
