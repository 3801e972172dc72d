package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/term"
)

// watch shows what becomes of pages until each has its final outcome. They are
// named by whatever key makes of an event.
func (d *demo) watch(ctx context.Context, names []string, key func(news.Event) string) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	enough := errors.New("every page has its outcome")
	open := make(map[string]bool, len(names))
	for _, name := range names {
		open[name] = true
	}
	err := d.desk.Conn.WatchEvents(ctx, func(e news.Event) {
		if !open[key(e)] || e.Stage.Beside() || !e.Final() && e.Outcome != news.Retrying {
			return
		}
		d.event(ctx, e)
		if e.Final() {
			delete(open, key(e))
		}
		if len(open) == 0 {
			stop(enough)
		}
	})
	if errors.Is(context.Cause(ctx), enough) {
		return nil
	}
	return cmp.Or(err, context.Cause(ctx))
}

func byURL(e news.Event) string   { return e.URL }
func byVisit(e news.Event) string { return e.VisitID }

// event prints a page in one line: what was kept by its headline, what was not
// by its path.
func (d *demo) event(ctx context.Context, e news.Event) {
	if d.JSON {
		return
	}
	language, what := "··", outcomeText(d.out, e.Outcome, e.Reason)+" "+d.out.Dim(pathOf(e.URL))
	if e.Outcome == news.Done {
		what = pathOf(e.URL)
		if stored, err := askRecord(ctx, d.desk.Conn, api.ShowRequest{Key: e.StoryID}); err == nil {
			language, what = stored.Article.InLanguage.Primary(), stored.Article.Headline
			if stored.Versions > 1 {
				what = d.out.Good(fmt.Sprintf("version %d ", stored.Versions)) + what
			}
		}
	}
	const siteColumn = 26
	site := d.out.Cut(e.Site, siteColumn)
	pad := strings.Repeat(" ", max(0, siteColumn-len(term.Plain(site))))
	fmt.Fprintf(d.out, "  %s  %s%s %s\n", d.out.Dim(language), d.out.Accent(site), pad, d.out.Cut(what, max(20, d.out.Width-siteColumn-8)))
}

// pathOf is an address without its host, readable.
func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	if u.RawQuery != "" {
		return u.Path + "?" + u.RawQuery
	}
	return u.Path
}

// searchable waits until search has taken in every row.
func (d *demo) searchable(ctx context.Context) error {
	return d.until(ctx, func() (bool, error) {
		s, err := ask[api.StatusReply](ctx, d.desk.Conn, api.Status("indexer"), struct{}{})
		return err == nil && s.Index.SearchedRow == s.Index.LastRow && s.Index.Open == 0, err
	})
}

// archived waits until the archive has what every visit brought, and says how
// much that is; nil where there is no archive.
func (d *demo) archived(ctx context.Context, visits []store.Visit) (*api.ArchiveStatus, error) {
	brought := int64(0)
	for _, v := range visits {
		if slices.ContainsFunc(v.Lines, func(e news.Event) bool {
			return e.Stage == news.StageFetch && (e.Outcome == news.Done || e.Outcome == news.Unchanged)
		}) {
			brought++
		}
	}
	var kept *api.ArchiveStatus
	err := d.until(ctx, func() (bool, error) {
		s, err := ask[api.StatusReply](ctx, d.desk.Conn, api.Status("indexer"), struct{}{})
		kept = s.Archive
		return kept == nil || kept.Captures >= brought, err
	})
	return kept, err
}

// until waits for something to come true.
func (d *demo) until(ctx context.Context, is func() (bool, error)) error {
	for {
		if ok, err := is(); ok || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// journeys are the visits to the pages, in their order.
func (d *demo) journeys(ctx context.Context, urls []string) ([]store.Visit, error) {
	visits := make([]store.Visit, len(urls))
	for i, url := range urls {
		var err error
		if visits[i], err = d.journey(ctx, url, ""); err != nil {
			return nil, err
		}
	}
	return visits, nil
}

// journey is a visit to a page, or any if id is empty, once the indexer knows
// how it ended: it is told by the same events as whoever watches, but later.
func (d *demo) journey(ctx context.Context, url, id string) (visit store.Visit, err error) {
	err = d.until(ctx, func() (bool, error) {
		reply, err := ask[api.JourneyReply](ctx, d.desk.Conn, api.Journey, api.JourneyRequest{URL: url})
		for _, v := range reply.Visits {
			if v.URL == url && v.Final() && (id == "" || v.VisitID == id) {
				visit = v
				return true, nil
			}
		}
		return false, err
	})
	return visit, err
}

// check holds what became of the pages to what the newsroom expects, and counts
// the records.
func (d *demo) check(ctx context.Context, visits []store.Visit) (records int, err error) {
	var wrong []string
	stories := map[string]bool{}
	for _, v := range visits {
		page, ok := d.room.Page(v.URL)
		if !ok {
			continue
		}
		if page.Reason != v.Reason {
			wrong = append(wrong, fmt.Sprintf("%s: %s(%s), want %s(%s)", v.URL, v.Outcome, v.Reason, page.Outcome, page.Reason))
		}
		want, ok := d.room.Expectation(v.URL)
		if !ok || stories[page.Story] {
			continue
		}
		stories[page.Story] = true
		stored, err := askRecord(ctx, d.desk.Conn, api.ShowRequest{Key: page.Story})
		if err != nil {
			return 0, err
		}
		for _, line := range want.Differences(&stored.Article) {
			wrong = append(wrong, page.Story+": "+line)
		}
	}
	if len(wrong) > 0 {
		slices.Sort(wrong)
		return 0, fmt.Errorf("not what the newsroom expects:\n  %s", strings.Join(wrong, "\n  "))
	}
	return len(stories), nil
}
