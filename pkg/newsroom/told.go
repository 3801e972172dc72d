package newsroom

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
)

// Told is what a record says, in the terms of an expectation.
func Told(a *news.Article) Expectation {
	e := Expectation{
		Language: a.InLanguage.Primary(), Section: a.Section, Keywords: a.Keywords,
		Kicker: a.Kicker, Headline: oneSpace(a.Headline), Deck: oneSpace(a.Deck),
		ShortURL: a.ShortURL, Published: dateOf(a.DatePublished), Modified: dateOf(a.DateModified),
		Correction: a.Correction, Free: a.IsAccessibleForFree,
	}
	if a.Type != news.NewsArticle {
		e.Type = string(a.Type)
	}
	if a.Publisher != nil {
		e.Publisher = a.Publisher.Name
	}
	for _, p := range a.Author {
		if p.Kind == news.KindPerson {
			e.Authors = append(e.Authors, p.Name)
		}
	}
	if a.Dateline != nil {
		e.Dateline = a.Dateline.Place
	}
	if a.Signoff != nil {
		e.Signoff = agenciesBehind.ReplaceAllString(a.Signoff.Raw, "")
	}
	for _, s := range a.InfoSources {
		if s.Role == news.RoleAgency && s.Scope == news.ScopeStory {
			e.Agencies = append(e.Agencies, s.Name)
		}
	}
	for _, i := range a.Images {
		e.Images = append(e.Images, ExpectedImage{Alt: oneSpace(i.Alt), Caption: oneSpace(i.Caption), Credit: oneSpace(i.CreditText)})
	}
	e.tellBody(a.Body)
	return e
}

func (e *Expectation) tellBody(body []news.Block) {
	for _, b := range body {
		switch text := oneSpace(b.Text); b.Kind {
		case news.Subhead:
			e.Subheads = append(e.Subheads, text)
		case news.QuestionBlock:
			e.Questions = append(e.Questions, text)
		case news.Paragraph:
			if e.Paragraphs == 0 {
				e.FirstParagraph = text
			}
			e.LastParagraph = text
			e.Paragraphs++
		}
	}
}

// agenciesBehind are the agencies of a sign-off: "tk/ru (AFP, dpa)".
var agenciesBehind = regexp.MustCompile(`\s*[(（][^()（）]*[)）]\s*$`)

func oneSpace(s string) string { return strings.Join(strings.Fields(s), " ") }

func dateOf(d *news.Date) ExpectedDate {
	if d == nil {
		return ExpectedDate{}
	}
	return ExpectedDate{Value: d.Value, Precision: string(d.Precision)}
}

// Differences says where a record tells something else than a careful reader
// finds, a line for each field; none if it tells the same. Agencies are in no
// order, and of the language only the primary subtag counts.
func (e Expectation) Differences(a *news.Article) []string {
	told := Told(a)
	e.Language, _, _ = strings.Cut(e.Language, "-")
	e.Agencies, told.Agencies = slices.Sorted(slices.Values(e.Agencies)), slices.Sorted(slices.Values(told.Agencies))
	want, got := reflect.ValueOf(e), reflect.ValueOf(told)
	var all []string
	for i := range want.NumField() {
		field := want.Type().Field(i)
		w, g := want.Field(i), got.Field(i)
		if field.Tag.Get("json") == "-" || w.Kind() == reflect.Slice && w.Len()+g.Len() == 0 || reflect.DeepEqual(w.Interface(), g.Interface()) {
			continue
		}
		all = append(all, fmt.Sprintf("%s: got %q, want %q", field.Name, fmt.Sprint(reflect.Indirect(g)), fmt.Sprint(reflect.Indirect(w))))
	}
	return all
}
