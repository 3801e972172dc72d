package extract_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/extract"
)

// TestTextBody says which lines below a story's first paragraphs are its own.
func TestTextBody(t *testing.T) {
	const head = "Harbour ferry leaves late after master vanishes\n3 May 2022\n"
	story := strings.TrimSpace(textStory)
	for _, tt := range []struct {
		name, lines string
		want        []string // what follows the story's paragraphs
	}{
		{"what somebody says behind a dash", "– I would do it again, the master said.", []string{"– I would do it again, the master said."}},
		{"subhead", "A free crossing for everyone\nThe company has printed nine hundred vouchers, which can be had at the kiosk from Monday on.",
			[]string{"A free crossing for everyone", "The company has printed nine hundred vouchers, which can be had at the kiosk from Monday on."}},
		{"link in capitals", "MAYOR FINDS KEYS OF THE CLOCK TOWER IN HIS PIANO\nThe company has printed nine hundred vouchers, which can be had at the kiosk from Monday on.",
			[]string{"The company has printed nine hundred vouchers, which can be had at the kiosk from Monday on."}},
		{"cards of other stories", "Mayor finds keys of the clock tower in his piano\nA tuner heard a rattle under the lowest strings and pulled out eleven keys on a ring.\nBarn owl comes down on the stumps at the pavilion end\nThe umpires took advice and held that the bird was a fielder, which the visitors disputed.\nBath house by the sea heats its water with wood again\nThe price of oil had nearly closed it until a sawmill offered what it cannot sell.", nil},
		{"a form to subscribe", "By entering your email you agree to our terms and to hearing from the kiosk about its coffee.", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := extract.Extract(extract.Input{Body: []byte(head + story + "\n" + tt.lines + "\n"), ContentType: "text/plain", FetchedAt: fetched})
			if err != nil {
				t.Fatal(err)
			}
			want := append(strings.Split(story, "\n"), tt.want...)
			if diff := cmp.Diff(want, strings.Split(a.ArticleBody, "\n")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestTextFullLines says that lines which were broken because they were full are
// read as the paragraphs that they were.
func TestTextFullLines(t *testing.T) {
	var wrapped strings.Builder
	paragraphs := strings.Split(strings.TrimSpace(textStory), "\n")
	for _, paragraph := range paragraphs {
		width := 0
		for word := range strings.FieldsSeq(paragraph) {
			if width+utf8.RuneCountInString(word) > 60 {
				wrapped.WriteByte('\n')
				width = 0
			} else if width > 0 {
				wrapped.WriteByte(' ')
			}
			wrapped.WriteString(word)
			width += utf8.RuneCountInString(word) + 1
		}
		wrapped.WriteString("\n\n")
	}
	a, err := extract.Extract(extract.Input{Body: []byte("Harbour ferry leaves late after master vanishes\n\n3 May 2022\n\n" + wrapped.String()), ContentType: "text/plain", FetchedAt: fetched})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(paragraphs, strings.Split(a.ArticleBody, "\n")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
