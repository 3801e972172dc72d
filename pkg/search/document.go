package search

import (
	"strings"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
)

// document is what the index knows of a story.
type document struct {
	Headline []string
	Deck     []string
	Body     string
	Site     string
	Lang     string
	Type     string
	Author   []string
	Agency   []string
	// Day is the day that the page states, as YYYYMMDD in the page's own zone:
	// what a reader there would call the day. Time is the moment in seconds
	// since 1970, for sorting. Both are absent where the page states no date.
	Day  *float64
	Time *float64
}

func documentOf(a *news.Article) document {
	d := document{
		Headline: append(append([]string{a.Headline}, a.Kicker...), a.AlternativeHeadlines...),
		Deck:     []string{a.Deck, a.Description},
		Body:     a.ArticleBody,
		Site:     a.Trace().Site,
		Lang:     a.InLanguage.Primary(),
		Type:     strings.ToLower(string(a.Type)),
	}
	for _, p := range append(a.Author[:len(a.Author):len(a.Author)], a.Contributors...) {
		d.Author = append(d.Author, p.Name, p.Initials)
	}
	for _, s := range a.InfoSources {
		if s.Role == news.RoleAgency {
			d.Agency = append(d.Agency, s.Name, s.FullName, s.Literal)
		}
	}
	date := a.DatePublished
	if date == nil {
		date = a.DateModified
	}
	if date != nil {
		d.Day, d.Time = dayAndTime(date.Value)
	}
	return d
}

// forms are the forms of a [news.Date]'s value, the most exact first.
var forms = []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04", time.DateOnly}

func dayAndTime(value string) (day, moment *float64) {
	for _, form := range forms {
		if t, err := time.Parse(form, value); err == nil {
			return new(dayNumber(t)), new(float64(t.Unix()))
		}
	}
	return nil, nil
}

func dayNumber(t time.Time) float64 {
	return float64(t.Year()*10000 + int(t.Month())*100 + t.Day())
}
