package extract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

// TestMedia holds which videos and recordings of a page are the story's, and what
// is read of them.
func TestMedia(t *testing.T) {
	prose := strings.Repeat("<p>"+strings.Repeat("The captain said that the crew was glad to sail. ", 5)+"</p>", 3)
	tests := []struct {
		name, head, above, inside, below string
		want                             []news.Media
		captions                         string // of pictures
	}{
		{name: "a video with its caption",
			inside: `<figure><video poster="/boat.jpg"><source src="/boat.mp4"></video><figcaption>A boat sails. <span class="credit">Video: Idris Halvorsen/AFP</span></figcaption></figure>`,
			want: []news.Media{{Kind: news.Video, URL: "https://harbour.example/boat.mp4", Poster: "https://harbour.example/boat.jpg", Caption: "A boat sails.",
				CreditText: "Idris Halvorsen/AFP", CreditLabel: "Video", Creator: []string{"Idris Halvorsen"}, SourceOrganization: []string{"AFP"}, Block: 4}},
			captions: "A boat sails."},
		{name: "a player by its names", inside: `<figure data-video-id="77"><div id="video-77"></div><figcaption>A boat sails</figcaption></figure>`,
			want: []news.Media{{Kind: news.Video, Caption: "A boat sails", Block: -1}}},
		{name: "a frame that loads late", inside: `<iframe data-src="https://video.example/embed/77" title="A boat sails"></iframe>`,
			want: []news.Media{{Kind: news.Video, EmbedURL: "https://video.example/embed/77", Title: "A boat sails", Block: 3}}},
		{name: "a frame that plays nothing", inside: `<iframe src="https://maps.example/harbour"></iframe>`},
		{name: "a recording in its player", inside: `<div class="audio-player"><span>Listen</span><audio src="/boat.mp3"></audio></div>`,
			want: []news.Media{{Kind: news.Audio, URL: "https://harbour.example/boat.mp3", Block: 3}}},
		{name: "the picture of a player", inside: `<div class="picture"><img src="/boat.jpg"><div class="audioplayer"></div><div class="info"><b>AUDIO:</b> The ferry sails again (1 min)</div></div>`,
			want: []news.Media{{Kind: news.Audio, Poster: "https://harbour.example/boat.jpg", Caption: "The ferry sails again (1 min)", Block: -1}}},
		{name: "amp", inside: `<amp-youtube data-videoid="x1y2"></amp-youtube><amp-video src="/boat.mp4" width="16" height="9"></amp-video>`,
			want: []news.Media{{Kind: news.Video, EmbedURL: "https://www.youtube.com/embed/x1y2", Block: 3}, {Kind: news.Video, URL: "https://harbour.example/boat.mp4", Block: 4}}},
		{name: "the structured data", head: `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry sails again","video":{"@type":"VideoObject","name":"A boat sails","contentUrl":"https://video.example/77.mp4","thumbnailUrl":"https://video.example/77.jpg","duration":"PT1M5S","creditText":"AFP"}}</script>`,
			want: []news.Media{{Kind: news.Video, URL: "https://video.example/77.mp4", Poster: "https://video.example/77.jpg", Title: "A boat sails", Duration: "PT1M5S", CreditText: "AFP", SourceOrganization: []string{"AFP"}, Block: -1}}},
		{name: "the player that the structured data tells of", head: `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry sails again","video":{"@type":"VideoObject","name":"A boat","embedUrl":"https://video.example/embed/77","duration":"PT1M5S"}}</script>`,
			inside: `<iframe src="https://video.example/embed/77?autoplay=1"></iframe>`,
			want:   []news.Media{{Kind: news.Video, EmbedURL: "https://video.example/embed/77?autoplay=1", Title: "A boat", Duration: "PT1M5S", Block: 3}}},
		{name: "metadata", head: `<meta property="og:video" content="https://video.example/embed/77"><meta property="og:video:type" content="text/html">`,
			want: []news.Media{{Kind: news.Video, EmbedURL: "https://video.example/embed/77", Block: -1}}},
		{name: "another story's", below: `<div class="related"><video src="/storm.mp4"></video></div>`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			page := `<html lang="en"><head>` + tt.head + `</head><body><article><h1>Ferry sails again</h1>` + tt.above + `<div class="text">` + prose + tt.inside + prose + `</div></article>` + tt.below + `</body></html>`
			a, err := Extract(Input{Body: []byte(page), URL: "https://harbour.example/ferry", ContentType: "text/html"})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, a.Media); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			for i, m := range a.Media {
				if m.Block >= 0 && a.Body[m.Block].Kind != news.Embed {
					t.Errorf("medium %d: its block is %v", i, a.Body[m.Block])
				}
			}
			captions := ""
			for _, img := range a.Images {
				captions += img.Caption
			}
			if captions != tt.captions {
				t.Errorf("captions of pictures: got %q, want %q", captions, tt.captions)
			}
		})
	}
}
