package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/frontier"
	"github.com/copydesk/copydesk/pkg/newsroom"
	"github.com/copydesk/copydesk/pkg/store"
)

// demoPollEvery is far more often than anybody should ask a real newsroom.
const demoPollEvery = 300 * time.Millisecond

// poll has the outlets' feeds polled while the newsroom prints its next
// editions, and shows what came of it.
func (d *demo) poll(ctx context.Context) ([]store.Visit, error) {
	d.title("Feeds, polled while the newsroom prints its next editions")
	var request api.SourcesAddRequest
	for _, s := range d.room.Sources() {
		if isFeed(s) {
			request.Sources = append(request.Sources, frontier.SourceRequest{URL: s.URL, Every: demoPollEvery})
		}
	}
	if _, err := ask[api.SourcesAddReply](ctx, d.desk.Conn, api.SourcesAdd, request); err != nil {
		return nil, err
	}
	if err := d.readOnce(ctx); err != nil {
		return nil, err
	}
	var all []store.Visit
	for d.room.Advance() {
		added := d.room.Added()
		d.say(d.out.Dim(fmt.Sprintf("  edition %d", d.room.Edition())))
		if err := d.watch(ctx, added, byURL); err != nil {
			return nil, err
		}
		visits, err := d.journeys(ctx, added)
		if err != nil {
			return nil, err
		}
		if _, err := d.check(ctx, visits); err != nil {
			return nil, err
		}
		all = append(all, visits...)
	}
	d.say(fmt.Sprintf("\nThe %d feeds were asked again and again: what had not changed was answered with 304,\nand of the rest only what was new was fetched.", len(request.Sources)))
	return all, nil
}

func isFeed(s newsroom.Source) bool {
	switch s.Format {
	case "rss", "rdf", "atom", "feed":
		return true
	}
	return false
}

// readOnce waits until every source was read for the first time, so that what
// comes later is new.
func (d *demo) readOnce(ctx context.Context) error {
	return d.until(ctx, func() (bool, error) {
		sources, err := allSources(ctx, d.desk.Conn, false)
		for _, s := range sources {
			if s.SuccessAt.IsZero() {
				return false, err
			}
		}
		return true, err
	})
}

// refetch asks again for what the newsroom edited or took away, and for one page
// that it left as it was.
func (d *demo) refetch(ctx context.Context) ([]store.Visit, error) {
	d.title("Pages asked for again: edited, taken away, left as they were")
	urls := append(d.room.Changed(), d.room.URLs()[0])
	reply, err := ask[api.RefetchReply](ctx, d.desk.Conn, api.Refetch, api.RefetchRequest{URLs: urls})
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, answer := range reply.Answers {
		ids = append(ids, answer.VisitID)
	}
	if err := d.watch(ctx, ids, byVisit); err != nil {
		return nil, err
	}
	var visits []store.Visit
	for _, answer := range reply.Answers {
		v, err := d.journey(ctx, answer.URL, answer.VisitID)
		if err != nil {
			return nil, err
		}
		visits = append(visits, v)
	}
	_, err = d.check(ctx, visits)
	return visits, err
}
