package search

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/copydesk/copydesk/pkg/news"
)

func dated(id, value string, precision news.Precision) *news.Article {
	return &news.Article{StoryID: id, Headline: "Ferry", DatePublished: &news.Date{Value: value, Precision: precision}}
}

func TestFilters(t *testing.T) {
	x := indexOf(t,
		&news.Article{StoryID: "who", Headline: "Ferry", Type: news.OpinionNewsArticle,
			Publisher:  &news.Publisher{Domain: "harbour.example"},
			InLanguage: news.Language{Declared: "de-CH"},
			Author:     []news.Person{{Name: "Ada Müller-Example", Kind: news.KindPerson}, {Name: "Bo Sample"}},
			InfoSources: []news.InfoSource{
				{Name: "XYZ", FullName: "Xylophone Yearly Zero", Role: news.RoleAgency},
				{Name: "The Partner", Role: news.RolePartner}},
		},
		dated("day", "2026-03-14", news.ToDay),
		dated("late", "2026-03-14T23:59:59-11:00", news.ToSecond), // the 15th in UTC
		dated("minute", "2026-03-15T00:00", news.ToMinute),
		dated("year", "2025-12-31T23:30:00+01:00", news.ToSecond),
		&news.Article{StoryID: "undated", Headline: "Ferry"},
		&news.Article{StoryID: "modified", Headline: "Ferry", DateModified: &news.Date{Value: "2024-02-29"}},
	)
	tests := []struct {
		query string
		want  []string
	}{
		{"site:harbour.example", []string{"who"}},
		{"site:WWW.Harbour.example", []string{"who"}},
		{"site:arbour.example", nil},
		{"lang:de", []string{"who"}},
		{"lang:de-AT", []string{"who"}},
		{"lang:fr", nil},
		{"type:opinionnewsarticle", []string{"who"}},
		{"type:NewsArticle", nil},
		{"author:müller", []string{"who"}},
		{`author:"ada muller"`, []string{"who"}},
		{`author:"example bo"`, nil}, // two people
		{"agency:xyz", []string{"who"}},
		{`agency:"Yearly Zero"`, []string{"who"}},
		{"agency:partner", nil},
		{"author:ada ferry -bridge", []string{"who"}},
		{"author:ada bridge", nil},
		{"after:2026-03-14", []string{"day", "late", "minute"}},
		{"after:2026-03-15", []string{"minute"}},
		{"before:2026-03-14", []string{"modified", "year"}},
		{"before:2026-03-15 after:2026-03-14", []string{"day", "late"}},
		{"after:2026-03 before:2026-04", []string{"day", "late", "minute"}},
		{"after:2025 before:2026", []string{"year"}},
		{"after:2024-02-29 before:2024-03", []string{"modified"}},
		{"ferry -after:2000", []string{"undated", "who"}},
	}
	for _, test := range tests {
		got := find(t, x, test.query, Options{})
		if diff := cmp.Diff(test.want, got, cmpopts.EquateEmpty(), cmpopts.SortSlices(func(a, b string) bool { return a < b })); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.query, diff)
		}
	}
	want := []string{"late", "minute", "day", "year", "modified", "undated", "who"}
	if diff := cmp.Diff(want, find(t, x, "ferry", Options{Sort: ByDate})); diff != "" {
		t.Errorf("by date (-want +got):\n%s", diff)
	}
}

func TestRanking(t *testing.T) {
	const filler = "It was quiet in the village and nobody had seen the boat since noon."
	x := indexOf(t,
		&news.Article{StoryID: "body", Headline: "Quiet day", Deck: "All is well", ArticleBody: filler + " Ferry."},
		&news.Article{StoryID: "deck", Headline: "Quiet day", Deck: "Ferry is well", ArticleBody: filler},
		&news.Article{StoryID: "headline", Headline: "Ferry day", Deck: "All is well", ArticleBody: filler},
		&news.Article{StoryID: "older", Headline: "Bridge", DatePublished: &news.Date{Value: "2026-01-01"}},
		&news.Article{StoryID: "newer", Headline: "Bridge", DatePublished: &news.Date{Value: "2026-01-02"}},
	)
	for query, want := range map[string][]string{
		"ferry":              {"headline", "deck", "body"},
		"ferry -lang:fr":     {"headline", "deck", "body"},
		"ferry lang:und":     {"headline", "deck", "body"},
		"bridge":             {"newer", "older"},
		"bridge after:2026":  {"newer", "older"},
		"village ferry boat": {"headline", "deck", "body"},
	} {
		if diff := cmp.Diff(want, find(t, x, query, Options{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
}

func TestPages(t *testing.T) {
	x := indexOf(t, dated("a", "2026-01-03", news.ToDay), dated("b", "2026-01-02", news.ToDay), dated("c", "2026-01-01", news.ToDay))
	if diff := cmp.Diff([]string{"b"}, find(t, x, "ferry", Options{Limit: 1, Offset: 1})); diff != "" {
		t.Errorf("second page (-want +got):\n%s", diff)
	}
	q, err := Parse("ferry")
	if err != nil {
		t.Fatal(err)
	}
	if found, err := x.Search(t.Context(), q, Options{}); err != nil || found.Total != 3 || len(found.Hits) != 0 {
		t.Errorf("without a limit: %+v, %v, want a total of 3", found, err)
	}
	for _, bad := range []Options{{Limit: -1}, {Limit: maxLimit + 1}, {Offset: -1}, {Offset: maxOffset + 1}, {Sort: "beauty"}} {
		if _, err := x.Search(t.Context(), q, bad); err == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
}
