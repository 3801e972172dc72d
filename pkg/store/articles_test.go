package store

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/weburl"
)

func open(t testing.TB) *Store {
	t.Helper()
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "index.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

var morning = time.Date(2026, 3, 14, 6, 0, 0, 0, time.UTC)

// capture is an article fetched some minutes after morning from a page of
// harbour.example.
func capture(t testing.TB, path string, minute int, headline string) *news.Article {
	t.Helper()
	url := "https://www.harbour.example" + path
	at := morning.Add(time.Duration(minute) * time.Minute)
	a := &news.Article{
		Schema: news.ArticleSchema, Type: news.NewsArticle,
		URL: url, RequestedURL: url, Headline: headline,
		ArticleBody: headline + ", said the harbour master.",
		Publisher:   &news.Publisher{Name: "The Harbour", Domain: "harbour.example"},
		Raw:         news.Raw{CaptureID: news.CaptureID(news.VisitID(url, at), news.Digest([]byte(headline))), FetchedAt: at},
	}
	seal(t, a)
	return a
}

func seal(t testing.TB, a *news.Article) {
	t.Helper()
	a.StoryID = news.StoryID(weburl.StoryKey(a.CanonicalURL, a.URL))
	if err := a.Seal(); err != nil {
		t.Fatal(err)
	}
}

// arrive stores articles one by one, each as the next of the stream.
func arrive(t testing.TB, s *Store, articles ...*news.Article) []Result {
	t.Helper()
	var results []Result
	for i, a := range articles {
		r, err := s.PutArticles(t.Context(), []Arrival{{Article: a, Sequence: uint64(i + 1)}})
		if err != nil {
			t.Fatal(err)
		}
		results = append(results, r...)
	}
	return results
}

func TestPutArticles(t *testing.T) {
	const path = "/2026/ferry-is-late"
	tests := []struct {
		name     string
		captures []string // minute:headline, as they come in
		outcomes []news.Outcome
		versions []string // headlines, oldest first
	}{
		{"one", []string{"1:A"}, []news.Outcome{news.Done}, []string{"A"}},
		{"a new revision", []string{"1:A", "2:B"}, []news.Outcome{news.Done, news.Done}, []string{"A", "B"}},
		{"the same again", []string{"1:A", "2:A"}, []news.Outcome{news.Done, news.Unchanged}, []string{"A"}},
		{"back to the first", []string{"1:A", "2:B", "3:A"}, []news.Outcome{news.Done, news.Done, news.Done}, []string{"A", "B", "A"}},
		{"a late older page", []string{"2:B", "1:A"}, []news.Outcome{news.Done, news.Done}, []string{"A", "B"}},
		{"late, says the same as the one after", []string{"2:A", "1:A"}, []news.Outcome{news.Done, news.Unchanged}, []string{"A"}},
		{"late, between two that say the same", []string{"1:A", "3:A", "2:B"}, []news.Outcome{news.Done, news.Unchanged, news.Done}, []string{"A", "B", "A"}},
		{"late, says the same as the one before", []string{"1:A", "3:B", "2:A"}, []news.Outcome{news.Done, news.Done, news.Unchanged}, []string{"A", "B"}},
		{"of one moment, in the order of the stream", []string{"1:A", "1:B"}, []news.Outcome{news.Done, news.Done}, []string{"A", "B"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := open(t)
			var captures []*news.Article
			for _, c := range test.captures {
				var minute int
				var headline string
				if _, err := fmt.Sscanf(c, "%d:%s", &minute, &headline); err != nil {
					t.Fatal(err)
				}
				captures = append(captures, capture(t, path, minute, headline))
			}
			first := arrive(t, s, captures...)
			var outcomes []news.Outcome
			for _, r := range first {
				outcomes = append(outcomes, r.Outcome)
			}
			if diff := cmp.Diff(test.outcomes, outcomes); diff != "" {
				t.Errorf("outcomes (-want +got):\n%s", diff)
			}
			var versions []string
			latest, err := s.Story(t.Context(), captures[0].StoryID, 0)
			if err != nil {
				t.Fatal(err)
			}
			for n := 1; n <= latest.Versions; n++ {
				v, err := s.Story(t.Context(), captures[0].StoryID, n)
				if err != nil {
					t.Fatal(err)
				}
				versions = append(versions, v.Headline)
			}
			if diff := cmp.Diff(test.versions, versions); diff != "" {
				t.Errorf("versions (-want +got):\n%s", diff)
			}
			if want := test.versions[len(test.versions)-1]; latest.Headline != want {
				t.Errorf("latest is %q, want %q", latest.Headline, want)
			}
			for i, again := range arrive(t, s, captures...) {
				if again.Outcome != first[i].Outcome || again.Row != first[i].Row || again.StoryID != first[i].StoryID {
					t.Errorf("%s again: %+v, the first time %+v", test.captures[i], again, first[i])
				}
			}
		})
	}
}
