package store

import (
	"errors"
	"testing"

	"github.com/copydesk/copydesk/pkg/news"
)

func TestAliases(t *testing.T) {
	const site = "https://www.harbour.example"
	with := func(a *news.Article, change func(*news.Article)) *news.Article {
		change(a)
		seal(t, a)
		return a
	}
	canonical := func(url string) func(*news.Article) {
		return func(a *news.Article) { a.CanonicalURL = site + url }
	}
	plain := capture(t, "/2026/ferry-is-late", 1, "A")
	tests := []struct {
		name string
		in   []*news.Article
		same bool // all of them are one story
	}{
		{"a page begins to state a canonical address",
			[]*news.Article{plain, with(capture(t, "/2026/ferry-is-late", 2, "B"), canonical("/n/4711"))}, true},
		{"and another page states the same one",
			[]*news.Article{plain,
				with(capture(t, "/2026/ferry-is-late", 2, "B"), canonical("/n/4711")),
				with(capture(t, "/amp/ferry-is-late", 3, "C"), canonical("/n/4711"))}, true},
		{"a page of many stories in turn",
			[]*news.Article{
				with(capture(t, "/live", 1, "A"), canonical("/n/4711")),
				with(capture(t, "/live", 2, "B"), canonical("/n/4712"))}, false},
		{"a home page as canonical address",
			[]*news.Article{
				with(capture(t, "/2026/ferry-is-late", 1, "A"), canonical("/")),
				with(capture(t, "/2026/bridge-is-open", 2, "B"), canonical("/"))}, false},
		{"a short link that leads elsewhere later",
			[]*news.Article{
				with(capture(t, "/2026/ferry-is-late", 1, "A"), func(a *news.Article) { a.RequestedURL = site + "/n/1" }),
				with(capture(t, "/2026/bridge-is-open", 2, "B"), func(a *news.Article) { a.RequestedURL = site + "/n/1" })}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := open(t)
			results := arrive(t, s, test.in...)
			last := len(results) - 1
			if got := results[0].StoryID == results[last].StoryID; got != test.same {
				t.Errorf("one story: %v, want %v", got, test.same)
			}
			// Every way of naming the last capture leads to its story.
			a := test.in[last]
			for _, key := range []string{a.URL, a.RequestedURL, a.CanonicalURL, a.StoryID, a.StoryID[:12], a.ID, a.ID[:12]} {
				if key == "" || key == site+"/" {
					continue
				}
				found, err := s.Story(t.Context(), key, 0)
				if err != nil {
					t.Errorf("%s: %v", key, err)
					continue
				}
				if found.StoryID != results[last].StoryID || found.Headline != a.Headline {
					t.Errorf("%s: story %s, %q, want %s, %q", key, found.StoryID, found.Headline, results[last].StoryID, a.Headline)
				}
			}
		})
	}
}

func TestStoryByItsRevision(t *testing.T) {
	s := open(t)
	a, b := capture(t, "/2026/ferry-is-late", 1, "A"), capture(t, "/2026/ferry-is-late", 2, "B")
	arrive(t, s, a, b)
	tests := []struct {
		key      string
		version  int
		headline string
		err      error
	}{
		{a.StoryID, 0, "B", nil},
		{a.StoryID, 1, "A", nil},
		{a.StoryID, 3, "", ErrNotFound},
		{a.StoryID, -1, "", ErrNotFound},
		{a.ID, 0, "A", nil},
		{a.ID, 2, "B", nil},
		{"", 0, "", ErrAmbiguous},
		{"ffffffffffffffffffffffffffffffffffff", 0, "", ErrNotFound},
		{"no such thing", 0, "", ErrNotFound},
		{"https://www.harbour.example/other", 0, "", ErrNotFound},
		{"ftp://www.harbour.example/2026/ferry-is-late", 0, "", ErrNotFound},
	}
	for _, test := range tests {
		got, err := s.Story(t.Context(), test.key, test.version)
		if !errors.Is(err, test.err) {
			t.Errorf("%q, version %d: error %v, want %v", test.key, test.version, err, test.err)
		}
		if err == nil && got.Headline != test.headline {
			t.Errorf("%q, version %d: %q, want %q", test.key, test.version, got.Headline, test.headline)
		}
	}
	latest, err := s.Story(t.Context(), a.StoryID, 0)
	if err != nil {
		t.Fatal(err)
	}
	if !latest.FirstSeen.Equal(a.Raw.FetchedAt) || !latest.LastSeen.Equal(b.Raw.FetchedAt) {
		t.Errorf("seen from %v to %v, want %v to %v", latest.FirstSeen, latest.LastSeen, a.Raw.FetchedAt, b.Raw.FetchedAt)
	}
}
