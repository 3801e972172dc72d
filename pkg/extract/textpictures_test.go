package extract_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/newsroom"
)

// TestTextPictures says which lines of a text are pictures' captions, credits and
// alternative texts. Each case stands between the first and the second
// paragraph of a story, or ends it.
func TestTextPictures(t *testing.T) {
	type images = []newsroom.ExpectedImage
	for _, tt := range []struct {
		name, lines string
		ends        bool // the lines stand at the end of the story
		want        images
	}{
		{name: "credit behind the caption", lines: "The master with a borrowed lamp. Photo: Jane Doe/AP", want: images{{Caption: "The master with a borrowed lamp.", Credit: "Jane Doe/AP"}}},
		{name: "credit on the line below", lines: "The master of the ferry with a lamp that he had borrowed\nPhoto: Jane Doe", want: images{{Caption: "The master of the ferry with a lamp that he had borrowed", Credit: "Jane Doe"}}},
		{name: "credit on the line above", lines: "Listen\nPhoto: Jane Doe\nThe master of the ferry with a lamp that he had borrowed", want: images{{Caption: "The master of the ferry with a lamp that he had borrowed", Credit: "Jane Doe"}}},
		{name: "holder and photographer", lines: "The master with a lamp that he had borrowed.\nSeelicht/Jane Doe", want: images{{Caption: "The master with a lamp that he had borrowed.", Credit: "Seelicht/Jane Doe"}}},
		{name: "said twice", lines: "The master with a borrowed lamp. Photo: Jane Doe\nThe master with a borrowed lamp. Photo: Jane Doe", want: images{{Caption: "The master with a borrowed lamp.", Credit: "Jane Doe"}}},
		{name: "counted in a gallery", lines: "1 of 2 The master with a borrowed lamp — Photo: Jane Doe\nThe master with a borrowed lamp — Photo: Jane Doe", want: images{{Caption: "The master with a borrowed lamp", Credit: "Jane Doe"}}},
		{name: "alternative text above", lines: "A man in wet boots holds a lamp\nThe master with a borrowed lamp. Photo: Jane Doe", want: images{{Alt: "A man in wet boots holds a lamp", Caption: "The master with a borrowed lamp.", Credit: "Jane Doe"}}},
		{name: "button above", lines: "Share on Facebook\nThe master with a borrowed lamp. Photo: Jane Doe", want: images{{Caption: "The master with a borrowed lamp.", Credit: "Jane Doe"}}},
		{name: "nobody is credited", lines: "The ferry waited for its master at the quay while the kiosk sold coffee to a hundred cold passengers", want: images{{Caption: "The ferry waited for its master at the quay while the kiosk sold coffee to a hundred cold passengers"}}},
		{name: "headline of another story", lines: "Read on the quay: how the kiosk at the harbour came to sell more coffee than any other in the country"},
		{name: "sources at the end", lines: "The ferry sails again on Wednesday morning.\n(AP)", ends: true},
		{name: "rights at the end", lines: "The ferry sails again on Wednesday morning.\n© AP", ends: true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			first, rest, _ := strings.Cut(strings.TrimSpace(textStory), "\n")
			text := "Harbour ferry leaves late after master vanishes\n3 May 2022\n" + first + "\n"
			if tt.ends {
				text += rest + "\n" + tt.lines + "\n"
			} else {
				text += tt.lines + "\n" + rest + "\n"
			}
			a, err := extract.Extract(extract.Input{Body: []byte(text), ContentType: "text/plain", FetchedAt: fetched})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, newsroom.Told(a).Images); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
