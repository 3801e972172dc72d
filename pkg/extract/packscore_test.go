package extract_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/news"
)

// packFloors hold what each language of testdata/packs must reach: F1 of the
// agencies credited for the stories, and the share of the stories whose
// dateline and sign-off are right, those that have none included. They may
// only rise.
var packFloors = map[string]struct{ agencies, dateline, signoff float64 }{
	"ar": {agencies: 1.00, dateline: 1.00, signoff: 1.00},
	"da": {agencies: 1.00, dateline: 1.00, signoff: 1.00},
	"de": {agencies: 1.00, dateline: 1.00, signoff: 1.00},
	"en": {agencies: 1.00, dateline: 1.00, signoff: 1.00},
	"es": {agencies: 1.00, dateline: 1.00, signoff: 1.00},
	"fr": {agencies: 1.00, dateline: 1.00, signoff: 1.00},
	"it": {agencies: 1.00, dateline: 1.00, signoff: 1.00},
	"ja": {agencies: 1.00, dateline: 1.00, signoff: 1.00},
	"ko": {agencies: 1.00, dateline: 1.00, signoff: 1.00},
	"nl": {agencies: 1.00, dateline: 1.00, signoff: 1.00},
	"no": {agencies: 1.00, dateline: 1.00, signoff: 1.00},
	"pl": {agencies: 1.00, dateline: 1.00, signoff: 1.00},
	"pt": {agencies: 1.00, dateline: 1.00, signoff: 1.00},
	"ru": {agencies: 1.00, dateline: 1.00, signoff: 1.00},
	"sv": {agencies: 1.00, dateline: 1.00, signoff: 1.00},
	"tr": {agencies: 1.00, dateline: 1.00, signoff: 1.00},
	"zh": {agencies: 1.00, dateline: 1.00, signoff: 1.00},
}

// TestPackScores scores the records of testdata/packs against their gold. Run
// it with -v for the table.
func TestPackScores(t *testing.T) {
	t.Logf("%-4s %8s %8s %8s", "", "agencies", "dateline", "sign-off")
	for _, dir := range folders(t, "packs") {
		lang := filepath.Base(dir)
		var agencies tally
		var dateline, signoff, stories float64
		for _, file := range files(t, dir, ".html") {
			gold := readGold(t, strings.TrimSuffix(file, ".html")+".gold.json")
			article := extractFile(t, file, gold.URL)
			got := sourcesOf(article)
			if gold.Signoff != "" && strings.HasSuffix(plainly(article.ArticleBody), plainly(gold.Signoff)) {
				t.Errorf("%s: the sign-off is left in the text", file)
			}
			stories++
			if !agencies.add(gold.Agencies, got.Agencies) {
				t.Logf("%s: agencies %q, want %q", file, got.Agencies, gold.Agencies)
			}
			if plainly(gold.Dateline) == plainly(got.Dateline) {
				dateline++
			} else {
				t.Logf("%s: dateline %q, want %q", file, got.Dateline, gold.Dateline)
			}
			if plainly(gold.Signoff) == plainly(got.Signoff) {
				signoff++
			} else {
				t.Logf("%s: sign-off %q, want %q", file, got.Signoff, gold.Signoff)
			}
		}
		t.Logf("%-4s %8.3f %8.3f %8.3f", lang, agencies.f1(), dateline/stories, signoff/stories)
		floor := packFloors[lang]
		for _, m := range []struct {
			name       string
			got, floor float64
		}{
			{"agencies", agencies.f1(), floor.agencies},
			{"dateline", dateline / stories, floor.dateline},
			{"sign-off", signoff / stories, floor.signoff},
		} {
			if m.got < m.floor {
				t.Errorf("%s: %s %.3f, want at least %.3f", lang, m.name, m.got, m.floor)
			}
		}
	}
}

// TestNoFalseSignoff says that the ends of stories that only look like desk
// lines are none.
func TestNoFalseSignoff(t *testing.T) {
	for _, dir := range folders(t, "nosignoff") {
		for _, file := range files(t, dir, ".html") {
			a := extractFile(t, file, parsePage(t, file).Find(`link[rel="canonical"]`).AttrOr("href", ""))
			if a.Signoff != nil {
				t.Errorf("%s: false sign-off %q", file, a.Signoff.Raw)
			}
			for _, src := range a.InfoSources {
				if src.Scope == news.ScopeStory {
					t.Errorf("%s: false source %q", file, src.Literal)
				}
			}
		}
	}
}

func extractFile(t *testing.T, file, url string) *news.Article {
	t.Helper()
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	a, err := extract.Extract(extract.Input{Body: body, URL: url, ContentType: "text/html"})
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return a
}

// bracketEnd is a bracket that closes a sign-off: its agencies.
var bracketEnd = regexp.MustCompile(`\s*\([^()]*\)\s*$`)

// sourcesOf says of a record what a gold says of its story.
func sourcesOf(a *news.Article) (got packGold) {
	for _, src := range a.InfoSources {
		if src.Role == news.RoleAgency && src.Scope == news.ScopeStory {
			got.Agencies = append(got.Agencies, src.Name)
		}
	}
	if a.Dateline != nil {
		got.Dateline = a.Dateline.Place
	}
	if a.Signoff != nil {
		got.Signoff = bracketEnd.ReplaceAllString(a.Signoff.Raw, "")
	}
	return got
}

// A tally counts what was found of what there is.
type tally struct{ right, wrong, missed int }

// add counts one story's names, as sets, and says whether they are equal.
func (c *tally) add(want, got []string) bool {
	left := make(map[string]bool)
	for _, name := range got {
		left[plainly(name)] = true
	}
	all := len(left)
	right := 0
	names := make([]string, 0, len(want))
	for _, name := range want {
		if name = plainly(name); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, name := range names {
		if left[name] {
			right++
		}
	}
	c.right += right
	c.wrong += all - right
	c.missed += len(names) - right
	return right == all && right == len(names)
}

// f1 is 1 where there is nothing to find and nothing was found.
func (c tally) f1() float64 {
	if c.wrong+c.missed == 0 {
		return 1
	}
	return 2 * float64(c.right) / float64(2*c.right+c.wrong+c.missed)
}

// plainly is a text in one form of its characters, in lower case, without the
// punctuation around it.
func plainly(s string) string {
	s = strings.ToLower(fold(norm.NFKC.String(s)))
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) || r == '`' || r == '´' })
}
