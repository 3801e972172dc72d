package extract_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/newsroom"
)

// found is a record in the terms of an expectation.
type found struct {
	Publisher, Language           string
	Type, Section                 string
	Keywords                      []string
	Kicker                        []string
	Headline, Deck, ShortURL      string
	Published, Modified           newsroom.ExpectedDate
	Authors                       []string
	Dateline, Signoff             string
	Agencies                      []string
	Images                        []newsroom.ExpectedImage
	Subheads                      []string
	FirstParagraph, LastParagraph string
	Paragraphs                    int
	Correction                    []string
	Free                          *bool
}

var agenciesBehind = regexp.MustCompile(`\s*[(（][^()（）]*[)）]\s*$`)

func foundIn(a *news.Article) found {
	f := found{
		Language: a.InLanguage.Primary(), Kicker: a.Kicker, Headline: oneSpace(a.Headline), Deck: oneSpace(a.Deck),
		ShortURL: a.ShortURL, Published: dateOf(a.DatePublished), Modified: dateOf(a.DateModified),
		Correction: a.Correction, Free: a.IsAccessibleForFree, Section: a.Section, Keywords: a.Keywords,
	}
	if a.Type != news.NewsArticle {
		f.Type = string(a.Type)
	}
	if a.Publisher != nil {
		f.Publisher = a.Publisher.Name
	}
	for _, p := range a.Author {
		if p.Kind == news.KindPerson {
			f.Authors = append(f.Authors, p.Name)
		}
	}
	if a.Dateline != nil {
		f.Dateline = a.Dateline.Place
	}
	if a.Signoff != nil {
		f.Signoff = agenciesBehind.ReplaceAllString(a.Signoff.Raw, "")
	}
	for _, s := range a.InfoSources {
		if s.Role == news.RoleAgency && s.Scope == news.ScopeStory {
			f.Agencies = append(f.Agencies, s.Name)
		}
	}
	for _, i := range a.Images {
		f.Images = append(f.Images, newsroom.ExpectedImage{Alt: oneSpace(i.Alt), Caption: oneSpace(i.Caption), Credit: oneSpace(i.CreditText)})
	}
	var paragraphs []string
	for _, b := range a.Body {
		switch b.Kind {
		case news.Subhead:
			f.Subheads = append(f.Subheads, oneSpace(b.Text))
		case news.Paragraph:
			paragraphs = append(paragraphs, oneSpace(b.Text))
		}
	}
	f.Paragraphs = len(paragraphs)
	if len(paragraphs) > 0 {
		f.FirstParagraph, f.LastParagraph = paragraphs[0], paragraphs[len(paragraphs)-1]
	}
	return f
}

func expected(e newsroom.Expectation) found {
	primary, _, _ := strings.Cut(e.Language, "-")
	return found{
		Publisher: e.Publisher, Language: primary, Kicker: e.Kicker, Headline: e.Headline, Deck: e.Deck, ShortURL: e.ShortURL,
		Published: e.Published, Modified: e.Modified, Authors: e.Authors, Dateline: e.Dateline, Signoff: e.Signoff,
		Agencies: e.Agencies, Images: e.Images, Subheads: e.Subheads, FirstParagraph: e.FirstParagraph,
		LastParagraph: e.LastParagraph, Paragraphs: e.Paragraphs, Correction: e.Correction, Free: e.Free,
		Type: e.Type, Section: e.Section, Keywords: e.Keywords,
	}
}

func oneSpace(s string) string { return strings.Join(strings.Fields(s), " ") }

func dateOf(d *news.Date) newsroom.ExpectedDate {
	if d == nil {
		return newsroom.ExpectedDate{}
	}
	return newsroom.ExpectedDate{Value: d.Value, Precision: string(d.Precision)}
}

// newsroomFetched is when the newsroom's pages were fetched, after its last
// edition.
var newsroomFetched = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)

// TestNewsroom holds every story of the newsroom to what a careful reader finds
// on its page.
func TestNewsroom(t *testing.T) {
	all, err := newsroom.Expectations()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		t.Run(e.Golden, func(t *testing.T) {
			article, err := extract.Extract(extract.Input{
				Body: e.HTML, URL: e.URL, RequestedURL: e.URL, ContentType: e.ContentType,
				FetchedAt: newsroomFetched,
			})
			if err != nil {
				t.Fatal(err)
			}
			want, got := expected(e), foundIn(article)
			slices.Sort(want.Agencies)
			slices.Sort(got.Agencies)
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestNewsroomWithoutStory says that every page of the newsroom that is no
// article is called what it is.
func TestNewsroomWithoutStory(t *testing.T) {
	all, err := newsroom.NoStories()
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range all {
		t.Run(page.URL, func(t *testing.T) {
			article, err := extract.Extract(extract.Input{
				Body: page.HTML, URL: page.URL, RequestedURL: page.URL, ContentType: page.ContentType, FetchedAt: newsroomFetched,
			})
			if err == nil {
				t.Fatalf("got a record with %q and %d bytes of text, want %s", article.Headline, len(article.ArticleBody), page.Reason)
			}
			if got := news.FaultOf(err).Reason; got != page.Reason {
				t.Errorf("got %s (%v), want %s", got, err, page.Reason)
			}
		})
	}
}
