package extract_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/siterules"
)

func rulesOf(t testing.TB, text string) *siterules.Set {
	t.Helper()
	set, err := siterules.Parse("sites.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// oddPage hides everything that a reader would know at a glance.
const oddPage = `<html><head><title>Orrin</title></head><body>
<div class="q1">Harbour</div><h1>Orrin Daily</h1><div class="q2">The mill turns again</div>
<div class="q3">It had stood for forty years.</div><span class="q4">Edda Quill</span><span class="q5" data-x="1">4 May 2026</span>
<div class="sidebar"><p>The tide mill of Orrin turned again on Saturday, after forty years in which only swallows had used it.</p>
<p class="q6">Would you like to own a mill, or a part of one? Our partner has some left, and sells them at a fair price to all who ask.</p>
<p>Half the village came to look at it, and the other half came on Sunday, when it stood still, for it was the tide that was late.</p></div>
<div class="teaser"><p>The miller says that he will grind on every Saturday until the autumn, and that the flour will be given to whoever carries it.</p></div>
</body></html>`

const oddRules = `schema: siterules/1
rules:
  - site: orrin.example
    since: 2026-05-01
    headline: [h2, .q2]
    kicker: .q1
    deck: .q3
    author: span.q4
    datePublished: "[data-x]"
    dateModified: time.gone
    body: [.sidebar, .teaser]
    leaveOut: .q6
`

// TestSiteRule says that a rule is believed before everything else, that what it
// names is said to come from it, and that what it names in vain is said too.
func TestSiteRule(t *testing.T) {
	in := extract.Input{
		Body: []byte(oddPage), URL: "https://www.orrin.example/2026/mill", ContentType: "text/html",
		FetchedAt: time.Date(2026, 5, 6, 0, 0, 0, 0, time.UTC), Rules: rulesOf(t, oddRules),
	}
	a, err := extract.Extract(in)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{
		"headline": a.Headline, "kicker": strings.Join(a.Kicker, "|"), "deck": a.Deck, "date": a.DatePublished.Value, "author": a.Author[0].Name,
		"body": a.ArticleBody, "rules": a.Extraction.Rules, "rule": a.Extraction.Rule, "warnings": strings.Join(a.Extraction.Warnings, "\n"),
	}
	lines := strings.Split(oddPage, "\n")
	text := func(i int) string {
		return strings.TrimSuffix(lines[i][strings.Index(lines[i], "<p>")+3:], "</p></div>")
	}
	want := map[string]string{
		"headline": "The mill turns again", "kicker": "Harbour", "deck": "It had stood for forty years.", "date": "2026-05-04", "author": "Edda Quill",
		"body":  strings.Join([]string{strings.TrimSuffix(text(3), "</p>"), text(5), text(6)}, "\n"),
		"rules": in.Rules.Digest(), "rule": "orrin.example@2026-05-01",
		"warnings": "site rule orrin.example@2026-05-01: dateModified: no element matches",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	for field, selector := range map[string]string{
		"headline": ".q2", "kicker": ".q1", "deck": ".q3", "author": "span.q4", "datePublished": "[data-x]", "articleBody": ".sidebar",
	} {
		if p := a.Provenance[field]; p.Method != news.FromSelector || p.Path != selector || p.Confidence < 0.9 {
			t.Errorf("%s came from %+v, want selector %s", field, p, selector)
		}
	}
	x := lawfulExplanation(t, in)
	if x.Rule == nil || len(x.Rule.Selectors) != 10 || x.Rule.Selectors[0].Matches != 0 || x.Rule.Selectors[1].Matches != 1 {
		t.Errorf("the rule is told as %+v", x.Rule)
	}
	if f := fieldOf(x, "deck"); f == nil || len(f.Blocks) != 1 {
		t.Errorf("the deck is told as %+v", f)
	}
	for _, b := range x.Blocks {
		if strings.HasPrefix(b.Text, "Would you like") != (b.Why == extract.Ruled) {
			t.Errorf("%q: %q", b.Text, b.Why)
		}
	}
}

// TestSiteRuleDoesNotHold says that a set changes nothing on pages that none of
// its rules is for, but for its name in the record.
func TestSiteRuleDoesNotHold(t *testing.T) {
	in := extract.Input{Body: []byte(oddPage), ContentType: "text/html"}
	for name, page := range map[string]struct {
		url     string
		fetched time.Time
	}{
		"another site": {"https://quill.example/mill", time.Date(2026, 5, 6, 0, 0, 0, 0, time.UTC)},
		"another time": {"https://orrin.example/mill", time.Date(2026, 4, 30, 23, 0, 0, 0, time.UTC)},
	} {
		t.Run(name, func(t *testing.T) {
			in.URL, in.FetchedAt = page.url, page.fetched
			in.Rules = nil
			want, err := extract.Extract(in)
			if err != nil {
				t.Fatal(err)
			}
			in.Rules = rulesOf(t, oddRules)
			want.Extraction.Rules = in.Rules.Digest()
			got, err := extract.Extract(in)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

// FuzzSiteRule states that a rule on any page gives a record that could be
// written, or a fault with a class, and that it is explained lawfully.
func FuzzSiteRule(f *testing.F) {
	f.Add([]byte(oddPage), "h1", ".sidebar", "p")
	f.Add([]byte("<h1>x<h1><p>y<table><p>z"), "p", "table, p", "h1 + *")
	f.Fuzz(func(t *testing.T, body []byte, one, two, three string) {
		quoted, err := json.Marshal([]string{one, two, three})
		if err != nil {
			t.Fatal(err)
		}
		list := string(quoted)
		text := "schema: siterules/1\nrules:\n  - {site: a.example, since: 2026-01-01"
		for _, field := range siterules.Fields {
			text += ", " + string(field) + ": " + list
		}
		set, err := siterules.Parse("f.yaml", []byte(text+"}\n"))
		if err != nil {
			return
		}
		lawfulExplanation(t, extract.Input{Body: body, ContentType: "text/html", URL: "https://a.example/1", FetchedAt: time.Date(2026, 5, 6, 0, 0, 0, 0, time.UTC), Rules: set})
	})
}
