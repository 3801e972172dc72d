package stage

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/copydesk/copydesk/pkg/feed"
	"github.com/copydesk/copydesk/pkg/frontier"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/weburl"
)

const (
	// freshAge is how old news may be to go before what people ask for.
	freshAge = 48 * time.Hour
	// freshLimit is how many pages of one reading may. A sitemap that was built
	// anew must not hold up the news.
	freshLimit = 500
	// foreignLimit is how many pages or sources of other sites are taken of one
	// reading: a list can name those of anybody.
	foreignLimit = 100
	// maxDepth is how deep lists of lists may nest.
	maxDepth = 3
	// maxChildren is how many sources are taken of one list.
	maxChildren = 1000
	// addBatch is how many pages are added in one commit.
	addBatch = 500
)

// take adds the pages that nobody has, and sums up what was read.
func (p *Poller) take(ctx context.Context, s frontier.Poll, page *news.Page, doc *feed.Document) (*frontier.Reading, error) {
	now := time.Now()
	r := &frontier.Reading{
		Kind: string(doc.Kind), Title: doc.Title, Known: page.Validators(),
		Asked: max(doc.Interval, maxAge(page.Header("Cache-Control"))),
	}
	r.Newest, r.Rhythm = rhythm(doc.Items, now)
	site := weburl.Site(page.URL)
	if len(doc.Sources) > 0 {
		if s.Depth >= maxDepth {
			return nil, &news.Fault{Kind: news.Skip, Reason: news.Malformed, Err: fmt.Errorf("a list of sources, %d lists deep: no deeper is read", maxDepth)}
		}
		r.Sources = p.children(doc, site, now)
		return r, nil
	}
	own, foreign := p.requests(doc, s, site, now)
	added, err := p.add(ctx, own, len(own))
	if err != nil {
		return nil, err
	}
	strangers, err := p.add(ctx, foreign, foreignLimit)
	if err != nil {
		return nil, err
	}
	if r.New = added + strangers; strangers >= foreignLimit {
		r.Known = news.Validators{} // there may be more: it is to be read again
	}
	return r, nil
}

// add adds pages until as many as limit were not known.
func (p *Poller) add(ctx context.Context, requests []frontier.Request, limit int) (added int, err error) {
	for len(requests) > 0 && added < limit {
		some := requests[:min(len(requests), addBatch, limit-added)]
		requests = requests[len(some):]
		answers, err := p.jobs.Add(ctx, some)
		if err != nil {
			return added, err
		}
		for _, a := range answers {
			if !a.Known && a.Error == "" {
				added++
			}
		}
	}
	return added, nil
}

// requests are the pages of a document that are worth asking for, its site's
// own and those of others.
func (p *Poller) requests(doc *feed.Document, s frontier.Poll, site string, now time.Time) (own, foreign []frontier.Request) {
	fresh := 0
	for _, item := range doc.Items {
		at, dated := moment(cmp.Or(item.Published, item.Updated))
		if doc.Kind == feed.Sitemap && dated && p.tooOld(at, now) {
			continue
		}
		request := frontier.Request{URL: item.URL, Priority: news.Fresh, Hints: item.Hints(s.URL)}
		// All of a sitemap is new at first.
		archive := dated && now.Sub(at) > freshAge || !dated && s.First && doc.Kind == feed.Sitemap
		if archive || fresh >= freshLimit {
			request.Priority = news.Backfill
		} else {
			fresh++
		}
		if weburl.Site(item.URL) == site {
			own = append(own, request)
		} else {
			foreign = append(foreign, request)
		}
	}
	return own, foreign
}

func (p *Poller) tooOld(at, now time.Time) bool {
	return p.options.Age > 0 && now.Sub(at) > p.options.Age
}

// children are the sources of a list that are worth reading, those that changed
// last first.
func (p *Poller) children(doc *feed.Document, site string, now time.Time) []frontier.Child {
	var children []frontier.Child
	strangers := 0
	for _, s := range doc.Sources {
		at, dated := moment(s.Updated)
		if dated && p.tooOld(at, now) {
			continue
		}
		// Feeds of anybody are what a list of feeds is for.
		if doc.Kind == feed.SitemapIndex && weburl.Site(s.URL) != site {
			if strangers++; strangers > foreignLimit {
				continue
			}
		}
		children = append(children, frontier.Child{URL: s.URL, Title: s.Title, Updated: at})
	}
	slices.SortStableFunc(children, func(a, b frontier.Child) int { return b.Updated.Compare(a.Updated) })
	return children[:min(len(children), maxChildren)]
}

// moment is the moment of a date; a day is its end, so that nothing of that day
// is taken for older than it is. ok is false where there is none.
func moment(d news.Date) (at time.Time, ok bool) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04"} {
		if at, err := time.Parse(layout, d.Value); err == nil {
			return at, true
		}
	}
	at, err := time.Parse(time.DateOnly, d.Value)
	return at.Add(24*time.Hour - time.Second), err == nil
}

// rhythm is when the last of the items came and the usual time between two, by
// the dates that they state; zero where they state none. Half of them
// tell: a story of long ago that is pinned to the list says nothing.
func rhythm(items []feed.Item, now time.Time) (newest time.Time, gap time.Duration) {
	var dates []time.Time
	for _, item := range items {
		if at, ok := moment(cmp.Or(item.Published, item.Updated)); ok {
			if at.After(now) {
				at = now
			}
			dates = append(dates, at)
		}
	}
	if len(dates) == 0 {
		return time.Time{}, 0
	}
	slices.SortFunc(dates, func(a, b time.Time) int { return b.Compare(a) })
	if half := len(dates) / 2; half > 0 {
		gap = dates[0].Sub(dates[half]) / time.Duration(half)
	}
	return dates[0], gap
}

// longestAge is the longest max-age that says something of a list of news;
// longer ones are set for whole sites.
const longestAge = time.Hour

// maxAge is how long an answer stays as it is, by its Cache-Control (RFC 9111,
// section 5.2.2.1); 0 where it does not say.
func maxAge(cacheControl string) time.Duration {
	for directive := range strings.SplitSeq(cacheControl, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		if !strings.EqualFold(name, "max-age") {
			continue
		}
		seconds, err := strconv.ParseUint(strings.Trim(value, `"`), 10, 32)
		if err != nil {
			return 0
		}
		return min(time.Duration(seconds)*time.Second, longestAge)
	}
	return 0
}
