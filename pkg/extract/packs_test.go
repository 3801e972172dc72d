package extract_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/PuerkitoBio/goquery"
)

// A packGold is what the editor who wrote a story of testdata/packs says
// about its sources. A quotation is what stands between two marks, of four
// words or more, without those inside it: one that is split by "he said" is
// two, and so is one that opens again in the next paragraph; where "he said"
// stands inside the marks, as Russian has it, it stays there. Speech after a
// dash has no closing mark: it ends where the writer speaks. A speaker is the
// name of an attribution, or empty where the story leaves it open.
type packGold struct {
	ID, Lang, URL string

	Agencies     []string
	Dateline     string
	Signoff      string
	Attributions []struct{ Name, Kind, Role string }
	Quotes       []struct{ Text, Speaker string }
}

// TestPackStories says that the stories of testdata/packs are whole: every
// gold has its page and says nothing that the page does not print.
func TestPackStories(t *testing.T) {
	for _, dir := range folders(t, "packs") {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			stories, quotes, forms := 0, 0, 0
			for _, file := range files(t, dir, ".html") {
				gold := readGold(t, strings.TrimSuffix(file, ".html")+".gold.json")
				text := articleText(t, file)
				checkGold(t, filepath.Base(file), gold, text)
				checkLanguage(t, file, parsePage(t, file))
				if id := strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(file), "testdata/"), ".html"); gold.ID != id || gold.Lang != filepath.Base(dir) {
					t.Errorf("%s: id %q, language %q", file, gold.ID, gold.Lang)
				}
				stories++
				quotes += len(gold.Quotes)
				if gold.Dateline != "" || gold.Signoff != "" || len(gold.Agencies) > 0 {
					forms++
				}
			}
			if golds := len(files(t, dir, ".gold.json")); golds != stories {
				t.Errorf("%d golds for %d pages", golds, stories)
			}
			if stories < 6 || quotes < 18 || forms < 4 {
				t.Errorf("%d stories, %d quotations, %d with a sign-off, dateline or agency; want 6, 18, 4", stories, quotes, forms)
			}
		})
	}
}

// TestNoSignoffStories says that the stories of testdata/nosignoff are
// articles: a headline and at least three paragraphs.
func TestNoSignoffStories(t *testing.T) {
	for _, dir := range folders(t, "nosignoff") {
		for _, file := range files(t, dir, ".html") {
			doc := parsePage(t, file)
			checkLanguage(t, file, doc)
			if doc.Find("h1").Length() != 1 || doc.Find("article p").Length() < 3 {
				t.Errorf("%s: no headline, or fewer than three paragraphs", file)
			}
		}
	}
}

// checkLanguage says that a page declares the language of its folder.
func checkLanguage(t *testing.T, file string, doc *goquery.Document) {
	t.Helper()
	lang, _, _ := strings.Cut(doc.Find("html").AttrOr("lang", ""), "-")
	if lang == "nb" {
		lang = "no"
	}
	if lang != filepath.Base(filepath.Dir(file)) {
		t.Errorf("%s: the page is of language %q", file, lang)
	}
}

func checkGold(t *testing.T, name string, gold packGold, text string) {
	t.Helper()
	printed := func(what, s string) {
		if !strings.Contains(text, fold(s)) {
			t.Errorf("%s: %s not on the page: %q", name, what, s)
		}
	}
	printed("dateline", gold.Dateline)
	printed("sign-off", gold.Signoff)
	var sources []string
	for _, a := range gold.Attributions {
		printed("source", a.Name)
		printed("role", a.Role)
		if !slices.Contains([]string{"person", "organization", "document"}, a.Kind) {
			t.Errorf("%s: kind %q of %s", name, a.Kind, a.Name)
		}
		sources = append(sources, a.Name)
	}
	for _, q := range gold.Quotes {
		printed("quotation", q.Text)
		if n := tokens(q.Text); n < 4 {
			t.Errorf("%s: %d words are no quotation: %q", name, n, q.Text)
		}
		if q.Speaker != "" && !slices.Contains(sources, q.Speaker) {
			t.Errorf("%s: speaker %q is not among the sources", name, q.Speaker)
		}
	}
}

// tokens counts words, and each character of a script that is written without
// spaces.
func tokens(s string) int {
	n, inside := 0, false
	for _, r := range s {
		dense := unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
		word := unicode.IsLetter(r) || unicode.IsNumber(r)
		if dense || word && !inside {
			n++
		}
		if joins := strings.ContainsRune("'’-", r) || unicode.IsMark(r); !joins || dense {
			inside = word && !dense
		}
	}
	return n
}

func articleText(t *testing.T, file string) string {
	t.Helper()
	var b strings.Builder
	parsePage(t, file).Find("h1, p, li, blockquote, figcaption, .deck, .byline").Each(func(_ int, s *goquery.Selection) {
		b.WriteString(s.Text())
		b.WriteByte('\n')
	})
	return fold(b.String())
}

// fold makes every run of white space, no-break spaces included, one space.
func fold(s string) string { return strings.Join(strings.Fields(s), " ") }

func parsePage(t *testing.T, file string) *goquery.Document {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	doc, err := goquery.NewDocumentFromReader(f)
	if err != nil {
		t.Fatal(err)
	}
	if link := doc.Find(`link[rel="canonical"]`).AttrOr("href", ""); !strings.Contains(link, ".example/") {
		t.Errorf("%s: canonical address %q is not invented", file, link)
	}
	return doc
}

func readGold(t *testing.T, file string) (gold packGold) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	strict := json.NewDecoder(bytes.NewReader(b))
	strict.DisallowUnknownFields()
	if err := strict.Decode(&gold); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return gold
}

// folders are the folders of the languages in a folder of testdata.
func folders(t *testing.T, name string) []string {
	t.Helper()
	dirs, err := filepath.Glob(filepath.Join("testdata", name, "*"))
	if err != nil || len(dirs) == 0 {
		t.Fatalf("no languages in testdata/%s (%v)", name, err)
	}
	return dirs
}

func files(t *testing.T, dir, suffix string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "*"+suffix))
	if err != nil {
		t.Fatal(err)
	}
	return found
}
