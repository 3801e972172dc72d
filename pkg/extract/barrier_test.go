package extract_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/news"
)

// TestBarrier says that a story ends where its page bars the way to the rest,
// and that the record says so.
func TestBarrier(t *testing.T) {
	teaser := paragraphs(first, then)
	long := strings.Repeat(paragraphs(first, then, last), 8)
	tests := []struct {
		name, inner string
		last        string
		barred      bool
	}{
		{"line", teaser + `<p>Subscribe to read the rest of this story.</p>`, then, true},
		{"heading and offers", teaser + `<h3>Jetzt weiterlesen</h3><p>Vier Wochen für einen Leuchtturm, danach monatlich kündbar.</p>`, then, true},
		{"without Latin letters", teaser + `<p>この記事は会員限定です。</p><dl><dt>登録すると</dt><dd>灯台の記事が読み放題</dd></dl>`, then, true},
		{"behind the story's element", teaser + `</div><div class="promo"><p>Vous avez lu la moitié : cet article est réservé aux abonnés.</p>`, then, true},
		{"advertising below a long story", long + `<p>Already a subscriber? Tell your neighbours about it.</p>`, last, false},
		{"words of the story", teaser + `<p>Those who came to the pier had to bring a lamp of their own.</p>`, "Those who came to the pier had to bring a lamp of their own.", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			a, err := extract.Extract(extract.Input{Body: []byte(lampPage(tt.inner)), URL: "https://courier.example/local/lamps-77", ContentType: "text/html", FetchedAt: fetched})
			if err != nil {
				t.Fatal(err)
			}
			lines := strings.Split(a.ArticleBody, "\n")
			if tt.barred {
				if diff := cmp.Diff(tt.last, lines[len(lines)-1]); diff != "" {
					t.Errorf("last line (-want +got):\n%s", diff)
				}
			}
			barred := a.AccessEvidence == news.AccessByTruncation && a.IsAccessibleForFree != nil && !*a.IsAccessibleForFree
			if barred != tt.barred {
				t.Errorf("barred: got %v by %q, want %v", barred, a.AccessEvidence, tt.barred)
			}
		})
	}
}
