package diff

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

// story is the record of a page.
func story(n int, change func(*news.Article)) []byte {
	url := fmt.Sprintf("https://harbour.example/2026/boat-%d", n)
	a := &news.Article{
		Schema: news.ArticleSchema, StoryID: news.StoryID(url), URL: url, Headline: fmt.Sprintf("Boat %d is late", n),
		ArticleBody: fmt.Sprintf("Boat %d was seen off the north mole. Nobody was surprised by it.", n),
		Author:      []news.Person{{Name: "Ada Finch", Kind: news.KindPerson}},
		Raw:         news.Raw{CaptureID: fmt.Sprintf("%032x-1", n), FetchedAt: time.Date(2026, 3, 1, 12, n%60, 0, 0, time.UTC)},
	}
	if change != nil {
		change(a)
	}
	if err := a.Seal(); err != nil {
		panic(err)
	}
	record, err := json.Marshal(a)
	if err != nil {
		panic(err)
	}
	return record
}

func pair(before, after []byte) Pair {
	return Pair{CaptureID: "c", URL: "https://harbour.example/2026/boat-1", Site: "harbour.example", Before: Side{Record: before}, After: Side{Record: after}}
}

func TestCompare(t *testing.T) {
	plain := story(1, nil)
	for _, tt := range []struct {
		name          string
		before, after []byte
		want          string // kind and fields, most suspicious first; empty for none
	}{
		{"nothing", nil, nil, ""},
		{"the same", plain, plain, ""},
		{"made otherwise", plain, story(1, func(a *news.Article) {
			a.Extraction.Version = "2"
			a.Provenance = map[string]news.Provenance{"headline": {Method: news.FromMeta}}
			a.RequestedURL = "https://harbour.example/b1"
		}), ""},
		{"gained", nil, plain, "gained"},
		{"lost", plain, nil, "lost"},
		{"headline", plain, story(1, func(a *news.Article) { a.Headline = "Boat 1 is very late" }), "changed headline"},
		{"author gone, text longer", plain, story(1, func(a *news.Article) { a.Author, a.ArticleBody = nil, a.ArticleBody+" It was Friday." }), "changed author articleBody"},
		{"a part of a field", plain, story(1, func(a *news.Article) { a.Author[0].Kind = news.KindOrganization }), "changed author"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := Compare(pair(tt.before, tt.after))
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if c != nil {
				got = string(c.Kind)
				for _, f := range c.Fields {
					got += " " + f.Name
				}
				if c.Suspicion <= 0 || c.Suspicion > 1 || c.Reason == "" {
					t.Errorf("suspicion %v, %q", c.Suspicion, c.Reason)
				}
			}
			if got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
	if _, err := Compare(pair([]byte("{"), plain)); err == nil || !strings.Contains(err.Error(), "capture c") {
		t.Errorf("a record that is none: %v", err)
	}
}

// What looks worst comes first.
func TestSuspicion(t *testing.T) {
	long := strings.Repeat("The tide was low on the quay that day. ", 40)
	with := func(change func(*news.Article)) []byte {
		return story(1, func(a *news.Article) {
			a.ArticleBody = long
			change(a)
			a.WordCount = len(strings.Fields(a.ArticleBody))
		})
	}
	before := with(func(*news.Article) {})
	r := Report{}
	for _, after := range [][]byte{
		with(func(a *news.Article) { a.Keywords = []string{"tide"} }),
		with(func(a *news.Article) { a.ArticleBody = long + "It was Friday." }),
		with(func(a *news.Article) { a.ArticleBody = long[:len(long)/4] }),
		with(func(a *news.Article) { a.Author = nil }),
		with(func(a *news.Article) { a.Headline = "Subscribe now" }),
		nil,
	} {
		p := pair(before, after)
		p.CaptureID = fmt.Sprint(len(r.Changes))
		if err := r.Add(p); err != nil {
			t.Fatal(err)
		}
	}
	r.Sort()
	var got []string
	for _, c := range r.Changes {
		got = append(got, c.Reason)
	}
	want := []string{
		"the article is lost", "author is gone", "headline is another", "articleBody lost 75 % of its words", "keywords is new", "articleBody has 1 % more words",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The report names what was changed, neither more nor less, in whatever order the
// pairs come.
func TestReportIsExact(t *testing.T) {
	const pages = 300
	r := rand.New(rand.NewPCG(7, 7))
	changes := []struct {
		field  string
		change func(*news.Article)
	}{
		{"headline", func(a *news.Article) { a.Headline += " again" }},
		{"deck", func(a *news.Article) { a.Deck = "It was expected at noon." }},
		{"author", func(a *news.Article) { a.Author = append(a.Author, news.Person{Name: "Otto Lark"}) }},
	}
	var pairs []Pair
	want := map[string]string{}
	fields := map[string]int{}
	for n := range pages {
		p := pair(story(n, nil), story(n, nil))
		p.CaptureID = fmt.Sprint(n)
		if n%3 == 0 {
			what := changes[r.IntN(len(changes))]
			p.After.Record = story(n, what.change)
			want[p.CaptureID] = what.field
			fields[what.field]++
		}
		pairs = append(pairs, p)
	}
	var first []byte
	for range 3 {
		r.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
		report := Report{Run: "again", Against: "index"}
		for _, p := range pairs {
			if err := report.Add(p); err != nil {
				t.Fatal(err)
			}
		}
		report.Sort()
		got := map[string]string{}
		for _, c := range report.Changes {
			got[c.CaptureID] = c.Fields[0].Name
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("changes (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(counted(fields), report.Fields); diff != "" || report.Captures != pages || report.Changed != len(want) || report.Same != pages-len(want) {
			t.Errorf("%d captures, %d changed, %d the same; fields (-want +got):\n%s", report.Captures, report.Changed, report.Same, diff)
		}
		text, err := json.Marshal(report)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = text
		} else if diff := cmp.Diff(string(first), string(text)); diff != "" {
			t.Errorf("another order, another report:\n%s", diff)
		}
	}
}
