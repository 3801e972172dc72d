package service

import (
	"errors"
	"strings"
	"time"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/search"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// exportFilter says which rows an export is to have.
type exportFilter struct {
	query       search.Query // every record where there is none
	ofSite      search.Query
	site        string
	since, till time.Time
}

var errQueryOfCaptures = errors.New("captures have no words to search: choose them by site and time")

func exportFilterOf(q api.ExportRequest) (exportFilter, error) {
	f := exportFilter{since: q.Since, till: q.Until}
	var err error
	if strings.TrimSpace(q.Query) != "" {
		if q.Captures {
			return f, errQueryOfCaptures
		}
		if f.query, err = search.Parse(q.Query); err != nil {
			return f, err
		}
	}
	if q.Site != "" {
		f.site = weburl.Site("https://" + q.Site)
		if f.ofSite, err = search.Parse(`site:"` + q.Site + `"`); err != nil {
			return f, err
		}
	}
	return f, nil
}

func (f *exportFilter) article(a *news.Article) bool {
	return f.at(a.Raw.FetchedAt) && f.ofSite.Holds(a) && f.query.Holds(a)
}

func (f *exportFilter) capture(c *news.Capture) bool {
	return f.at(c.FetchedAt) && (f.site == "" || c.Site == f.site)
}

func (f *exportFilter) at(t time.Time) bool {
	return !t.Before(f.since) && (f.till.IsZero() || t.Before(f.till))
}
