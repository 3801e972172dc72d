package search

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

// one record of each kind that a filter tells apart.
var filterable = []*news.Article{
	{StoryID: "who", Headline: "Ferry", Type: news.OpinionNewsArticle,
		Publisher:  &news.Publisher{Domain: "harbour.example"},
		InLanguage: news.Language{Declared: "de-CH"},
		Author:     []news.Person{{Name: "Ada Müller-Example", Initials: "am"}, {Name: "Bo Sample"}},
		InfoSources: []news.InfoSource{
			{Name: "XYZ", FullName: "Xylophone Yearly Zero", Role: news.RoleAgency},
			{Name: "The Partner", Role: news.RolePartner}}},
	{StoryID: "wire", Headline: "Bridge", Kicker: []string{"Harbour"}, Deck: "No ferry today", Type: news.NewsArticle,
		Publisher:   &news.Publisher{Domain: "bridge.example"},
		InLanguage:  news.Language{Detected: "en"},
		InfoSources: []news.InfoSource{{Name: "ZYX", Role: news.RoleAgency}}},
	dated("day", "2026-03-14", news.ToDay),
	dated("late", "2026-03-14T23:59:59-11:00", news.ToSecond),
	dated("year", "2025-12-31T23:30:00+01:00", news.ToSecond),
	{StoryID: "undated", Headline: "Ferry"},
	{StoryID: "modified", Headline: "Ferry", DateModified: &news.Date{Value: "2024-02-29"}},
	{StoryID: "empty"},
}

// What the index finds, and nothing else, holds of the record alone: for every
// query of one clause, and for many of several, made of what the records say.
func TestHoldsWhatTheIndexFinds(t *testing.T) {
	articles := append(slices.Clone(languages), filterable...)
	x := indexOf(t, articles...)
	clauses := []string{
		"site:harbour.example", "site:www.Bridge.example", "site:other.example", "lang:de", "lang:de-AT", "lang:und", "lang:fr",
		"type:newsarticle", "type:OpinionNewsArticle", "author:müller", `author:"ada muller"`, `author:"example bo"`, "author:am",
		"agency:xyz", `agency:"Yearly Zero"`, "agency:partner", "after:2026", "after:2026-03-14", "before:2026-03-14", "before:2026", "after:2024-02-29",
		"FERRY", "ferr*", "naive", "don't", "harbour", `"no ferry"`, `"ferry no"`, "第3回", "東*", "東京*", "京都", "フェ*", "туман*", "ضباب", "북*",
	}
	for _, a := range articles {
		text := strings.Fields(a.Headline + " " + a.ArticleBody)
		for i, word := range text {
			clauses = append(clauses, word)
			if runes := []rune(word); len(runes) > 3 {
				clauses = append(clauses, string(runes[:3])+"*", string(runes[1:]))
			}
			if i > 0 {
				clauses = append(clauses, `"`+text[i-1]+" "+word+`"`, `"`+word+" "+text[i-1]+`"`)
			}
		}
	}
	random := rand.New(rand.NewPCG(3, 1))
	queries := slices.Clone(clauses)
	for range 800 {
		var some []string
		for range 1 + random.IntN(3) {
			c := clauses[random.IntN(len(clauses))]
			if random.IntN(3) == 0 {
				c = "-" + c
			}
			some = append(some, c)
		}
		queries = append(queries, strings.Join(some, " "))
	}
	compared, found := 0, 0
	for _, text := range queries {
		q, err := Parse(text)
		if err != nil {
			continue // such as three letters that end in a quote
		}
		compared++
		want := find(t, x, text, Options{})
		slices.Sort(want)
		got := []string{}
		for _, a := range articles {
			if q.Holds(a) {
				got = append(got, a.StoryID)
			}
		}
		slices.Sort(got)
		found += len(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: what the index finds and what holds (-want +got):\n%s", text, diff)
		}
	}
	if compared < len(queries)*9/10 || found == 0 {
		t.Errorf("only %d of %d queries could be compared, with %d hits", compared, len(queries), found)
	}
	var all Query
	if !all.Holds(&news.Article{}) {
		t.Error("a record does not match the query of nothing")
	}
}
