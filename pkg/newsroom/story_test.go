package newsroom

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html/charset"
)

// read is the page of an expectation as a tree.
func read(t *testing.T, e Expectation) *goquery.Document {
	t.Helper()
	r, err := charset.NewReader(bytes.NewReader(e.HTML), e.ContentType)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(r)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func expectations(t *testing.T) []Expectation {
	t.Helper()
	all, err := Expectations()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// oneLine is s with every run of spaces as one.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestEveryStoryPrintsWhatIsExpectedOfIt(t *testing.T) {
	for _, e := range expectations(t) {
		t.Run(e.URL, func(t *testing.T) {
			doc := read(t, e)
			doc.Find("script, style, title").Remove()
			text := oneLine(doc.Text())
			printed := []string{e.Headline, e.Deck, e.FirstParagraph, e.LastParagraph, e.Dateline, e.Signoff}
			printed = append(printed, e.Kicker...)
			printed = append(append(printed, e.Subheads...), e.Questions...)
			printed = append(printed, e.Correction...)
			for _, i := range e.Images {
				printed = append(printed, i.Caption, i.Credit)
				if n := doc.Find("img").FilterFunction(func(_ int, s *goquery.Selection) bool {
					return s.AttrOr("alt", "") == i.Alt
				}).Length(); n == 0 {
					t.Errorf("no picture with alt %q", i.Alt)
				}
			}
			for _, s := range printed {
				if !strings.Contains(text, s) {
					t.Errorf("not on the page: %q", s)
				}
			}
			if e.Headline == "" || e.Language == "" || e.FirstParagraph == "" || e.LastParagraph == "" || e.Paragraphs == 0 {
				t.Error("every story has a headline, a language and paragraphs")
			}
		})
	}
}

func TestDatesAreNoMoreExactThanTheirPrecision(t *testing.T) {
	layouts := map[string]string{"day": "2006-01-02", "minute": "2006-01-02T15:04:05", "second": time.RFC3339}
	for _, e := range expectations(t) {
		for _, d := range []ExpectedDate{e.Published, e.Modified} {
			if d == (ExpectedDate{}) {
				continue
			}
			at, err := time.Parse(layouts[d.Precision], d.Value)
			if err != nil {
				t.Errorf("%s: %v", e.Golden, err)
			}
			if y := at.Year(); y != 2025 && y != 2026 {
				t.Errorf("%s: the newsroom is open in 2025 and 2026, not %d", e.Golden, y)
			}
			if d.Precision == "minute" && at.Second() != 0 {
				t.Errorf("%s: %s has seconds", e.Golden, d.Value)
			}
		}
	}
}

// withoutHeading are stories of people who never learnt HTML.
var withoutHeading = []string{"http://courrier-serignane.example/pont-vieux.htm"}

func TestEveryStoryHasOneHeading(t *testing.T) {
	for _, e := range expectations(t) {
		doc := read(t, e)
		want := 1
		if slices.Contains(withoutHeading, e.URL) {
			want = 0
		}
		if got := doc.Find("h1").Length(); got != want {
			t.Errorf("%s: got %d h1, want %d", e.URL, got, want)
		}
		if got := doc.Find("head title").Text(); got == "" {
			t.Errorf("%s: no title", e.URL)
		}
		if got := doc.Find("link[rel=stylesheet]").Length(); got != 1 {
			t.Errorf("%s: got %d style sheets, want 1", e.URL, got)
		}
	}
}

func TestParagraphsAreCounted(t *testing.T) {
	for _, e := range expectations(t) {
		doc := read(t, e)
		doc.Find("aside p, blockquote p, figure p, .embed p, .pic p, .correction p").Remove()
		for _, p := range doc.Find("p").EachIter() {
			if whole := oneLine(p.Find("strong, b, em").Text()); whole != "" && whole == oneLine(p.Text()) {
				p.Remove() // a subhead or the sign-off
			}
		}
		var all []string
		for _, p := range doc.Find("p").EachIter() {
			all = append(all, oneLine(p.Text()))
		}
		first := slices.Index(all, e.FirstParagraph)
		last := slices.IndexFunc(all, func(p string) bool {
			behind, ok := strings.CutPrefix(p, e.LastParagraph) // an agency may close the story there
			return ok && (behind == "" || slices.Contains(e.Agencies, strings.TrimSpace(behind)))
		})
		if got := last - first + 1; first < 0 || got != e.Paragraphs {
			t.Errorf("%s: got %d paragraphs from %d, the first, to %d, the last; want %d", e.Golden, got, first, last, e.Paragraphs)
		}
	}
}

// sentenceEnd ends a sentence in the languages of the newsroom.
var sentenceEnd = regexp.MustCompile(`[.!?]["”»]?\s+|[。！？]`)

// shortSentence is the length in bytes below which two stories may say the
// same: "Not yet," she said.
const shortSentence = 25

func TestNoTwoStoriesShareASentence(t *testing.T) {
	all, err := outlets()
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	for _, o := range all {
		for _, p := range o.Pages {
			if p.golden(editions) == "" || p.Path != p.Canonical {
				continue
			}
			// The page's own file is the story without the layout around it.
			source, err := o.read(p.File)
			if err != nil {
				t.Fatal(err)
			}
			doc, err := goquery.NewDocumentFromReader(bytes.NewReader(source))
			if err != nil {
				t.Fatal(err)
			}
			doc.Find("footer").Remove()
			for _, paragraph := range doc.Find("p").EachIter() {
				for _, s := range sentenceEnd.Split(oneLine(paragraph.Text()), -1) {
					if len(s) < shortSentence {
						continue
					}
					if other, ok := said[s]; ok {
						t.Errorf("%s and %s both say %q", other, p.File, s)
					}
					said[s] = p.File
				}
			}
		}
	}
}
