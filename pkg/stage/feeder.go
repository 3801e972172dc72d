package stage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/warc"
)

const (
	// feedBatch is how many captures are handed on before it is noted. After a
	// crash so many are handed on again.
	feedBatch = 100
	// feeders is how many are read and handed on at a time.
	feeders = 4
	// feedEvery is how often runs are looked for that nobody told of.
	feedEvery = 2 * time.Second
)

// feed hands the captures of runs on for extraction until ctx ends. It waits
// while the extractors are far behind, and keeps nobody from archiving.
func (a *Archiver) feed(ctx context.Context) error {
	for {
		err := a.feedAll(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			err = fmt.Errorf("captures are not handed on, trying again: %w", err)
			a.log.Error().Err(err).Msg("runs wait")
		}
		a.troubles.note("hand captures on", err)
		if !rest(ctx, a.fed, feedEvery) {
			return nil
		}
	}
}

// feedAll hands on what there is, a batch of each run in turn.
func (a *Archiver) feedAll(ctx context.Context) error {
	for more := true; more; {
		more = false
		runs, err := a.rows.UnfedRuns(ctx)
		if err != nil {
			return err
		}
		for _, run := range runs {
			if err := a.feedSome(ctx, run); err != nil {
				return err
			}
			more = true
		}
	}
	return nil
}

func (a *Archiver) feedSome(ctx context.Context, run news.Run) error {
	captures, last, err := a.rows.Unfed(ctx, run.Name, feedBatch)
	if err != nil {
		return err
	}
	group, handing := errgroup.WithContext(ctx)
	group.SetLimit(feeders)
	for _, c := range captures {
		group.Go(func() error { return a.feedOne(handing, run, c) })
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return a.rows.Feed(ctx, run.Name, last)
}

func (a *Archiver) feedOne(ctx context.Context, run news.Run, c news.Capture) error {
	page, err := a.files.Get(ctx, c, a.rows)
	if damage, ok := errors.AsType[*warc.Damage](err); ok {
		return a.tellDamage(ctx, c, damage)
	}
	if err != nil {
		return err
	}
	return a.conn.PublishReplay(ctx, run, page)
}

// tellDamage ends the visit of a capture that cannot be read any more.
func (a *Archiver) tellDamage(ctx context.Context, c news.Capture, damage error) error {
	a.log.Error().Err(damage).Str("file", c.File).Str("capture", c.CaptureID).Msg("a capture of the archive cannot be read")
	return a.conn.PublishEvent(ctx, news.Event{
		Schema: news.EventSchema, Stage: news.StageExtract, Attempt: 1,
		Trace:   news.Trace{VisitID: c.VisitID, CaptureID: c.CaptureID, URL: c.RequestedURL, Site: c.Site},
		Outcome: news.Dead, Reason: news.Malformed, Detail: fmt.Sprintf("the archive's %s: %v", c.File, damage), At: time.Now().UTC(),
	})
}
