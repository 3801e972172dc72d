package extract_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/news"
)

// TestInterview says which paragraphs in bold are the questions of an interview.
func TestInterview(t *testing.T) {
	bold := func(text string) string { return "<p><strong>" + text + "</strong></p>" }
	const p, q, h = news.Paragraph, news.QuestionBlock, news.Subhead
	tests := []struct {
		name, inner string
		want        []news.BlockKind
	}{
		{"questions and a remark", paragraphs(first) + bold("Did you believe in it?") + paragraphs(then) + bold("Nobody else did.") + paragraphs(then) +
			bold("“Will they burn all night?”") + paragraphs(last) + bold("And after the war, when the mail boat came back and the harbour had neither oil nor a keeper, who was it that lit the lamps of the pier then?") + paragraphs(last),
			[]news.BlockKind{p, q, p, q, p, q, p, q, p}},
		{"two questions above parts", paragraphs(first) + bold("Who paid for it?") + paragraphs(then) + bold("Will it last?") + paragraphs(last), []news.BlockKind{p, h, p, h, p}},
		{"parts without a question", paragraphs(first) + bold("The storm") + paragraphs(then) + bold("The cables") + paragraphs(then) + bold("The lamps") + paragraphs(last),
			[]news.BlockKind{p, h, p, h, p, h, p}},
		{"headings that ask", paragraphs(first) + "<h2>Who paid?</h2>" + paragraphs(then) + "<h2>Who climbs?</h2>" + paragraphs(then) + "<h2>Who counts?</h2>" + paragraphs(last),
			[]news.BlockKind{p, h, p, h, p, h, p}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			a, err := extract.Extract(extract.Input{Body: []byte(lampPage(tt.inner)), URL: "https://courier.example/local/lamps-77", ContentType: "text/html", FetchedAt: fetched})
			if err != nil {
				t.Fatal(err)
			}
			var got []news.BlockKind
			for _, b := range a.Body {
				got = append(got, b.Kind)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("kinds (-want +got):\n%s", diff)
			}
		})
	}
}
