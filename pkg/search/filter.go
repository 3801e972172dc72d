package search

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// filters has for each filter's name what says what is wrong with a value, ""
// for nothing.
var filters = map[string]func(value string) (problem string){
	"site":   checkSite,
	"lang":   checkLang,
	"type":   checkType,
	"author": checkName,
	"agency": checkName,
	"after":  checkDate,
	"before": checkDate,
}

func filterNames() string {
	return strings.Join(slices.Sorted(maps.Keys(filters)), ":, ") + ":"
}

// query is what a filter asks of the index.
func (c clause) filterQuery() query.Query {
	switch c.filter {
	case "site":
		return exactly("site", weburl.Site("https://"+c.text))
	case "lang":
		return exactly("lang", news.Language{Declared: c.text}.Primary())
	case "type":
		return exactly("type", strings.ToLower(c.text))
	case "after":
		from, _ := firstDay(c.text)
		return days(new(dayNumber(from)), nil)
	case "before":
		to, _ := firstDay(c.text)
		return days(nil, new(dayNumber(to)))
	}
	return inField(c.filter, c.terms(), 0)
}

func exactly(field, value string) query.Query {
	q := bleve.NewTermQuery(value)
	q.SetField(field)
	q.SetBoost(0) // a filter ranks nothing
	return q
}

// days finds stories of a day in [from, to).
func days(from, to *float64) query.Query {
	q := bleve.NewNumericRangeQuery(from, to)
	q.SetField("day")
	q.SetBoost(0)
	return q
}

func checkSite(value string) string {
	if weburl.Site("https://"+value) == news.NoSite {
		return "wants a domain such as site:news.example"
	}
	return ""
}

func checkLang(value string) string {
	if value != "und" && (news.Language{Declared: value}).Primary() == "und" {
		return "wants a language tag such as lang:de"
	}
	return ""
}

func checkType(value string) string {
	if value == "" {
		return "wants a type such as type:NewsArticle"
	}
	return ""
}

func checkName(value string) string {
	if len(sideBySide(value)) == 0 {
		return `wants a name such as author:"Ada Example" or agency:AFP`
	}
	return ""
}

func checkDate(value string) string {
	if _, ok := firstDay(value); !ok {
		return "wants a date as YYYY, YYYY-MM or YYYY-MM-DD, such as after:2026-03-14"
	}
	return ""
}

// firstDay is the first day of a year, a month or a day.
func firstDay(value string) (time.Time, bool) {
	for _, form := range []string{"2006", "2006-01", time.DateOnly} {
		if t, err := time.Parse(form, value); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
