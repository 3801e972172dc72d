package stage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"github.com/copydesk/copydesk/pkg/news"
)

const (
	// feedBatch is how many captures are handed on before it is noted. After a
	// crash so many are handed on again.
	feedBatch = 100
	// feeders is how many are read and handed on at a time.
	feeders = 4
	// feedBytes is how many bytes of records are read at a time, or one record.
	feedBytes = 64 << 20
	// feedEvery is how often runs are looked for that nobody told of.
	feedEvery = 500 * time.Millisecond
)

// feed hands the captures of runs on for extraction until ctx ends. It waits
// while the extractors are far behind, and keeps nobody from archiving.
func (a *Archiver) feed(ctx context.Context) error {
	still := map[string]*standstill{}
	for {
		err := a.feedAll(ctx)
		if err == nil {
			err = a.feedAgain(ctx, still)
		}
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
	captures, last, err := a.rows.Unfed(ctx, run, feedBatch)
	if err != nil {
		return err
	}
	if run.BringsRules() && len(captures) > 0 {
		if err := a.keepRules(ctx, run); err != nil {
			return err
		}
	}
	if err := a.handOn(ctx, run, captures); err != nil {
		return err
	}
	return a.rows.Feed(ctx, run.Name, last)
}

// handOn hands captures on, several at a time.
func (a *Archiver) handOn(ctx context.Context, run news.Run, captures []news.Capture) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(feeders)
	room := semaphore.NewWeighted(feedBytes)
	for _, c := range captures {
		size := min(max(0, c.Size), feedBytes)
		group.Go(func() error {
			if err := room.Acquire(ctx, size); err != nil {
				return err
			}
			defer room.Release(size)
			return a.feedOne(ctx, run, c)
		})
	}
	return group.Wait()
}

// keepRules puts the site rules of a run where extractors find them. Each batch has
// them there anew if need be: a run may last longer than what is kept for it.
func (a *Archiver) keepRules(ctx context.Context, run news.Run) error {
	text, err := a.rows.RunRules(ctx, run.Name)
	if err != nil {
		return err
	}
	return a.conn.KeepRules(ctx, run, text)
}

func (a *Archiver) feedOne(ctx context.Context, run news.Run, c news.Capture) error {
	if c.File == "" {
		return a.tellLost(ctx, run, c, news.NotArchived, errors.New("the archive has it no more"))
	}
	page, record, err := a.files.Record(ctx, c, a.rows)
	err = a.losses.Judge(ctx, c, err)
	if fault := news.FaultOf(err); fault != nil && fault.Kind == news.Permanent {
		a.log.Error().Err(fault).Str("file", c.File).Str("capture", c.CaptureID).Msg("a capture of the archive cannot be read")
		return a.tellLost(ctx, run, c, fault.Reason, fault)
	}
	if err != nil {
		return err
	}
	return a.conn.PublishReplay(ctx, run, page, record)
}

// tellLost ends the way of a capture that cannot be read any more: its visit, or
// of a replay only what the replay wants of it.
func (a *Archiver) tellLost(ctx context.Context, run news.Run, c news.Capture, reason news.Reason, why error) error {
	e := news.Event{
		Schema: news.EventSchema, Stage: news.StageExtract, Attempt: 1,
		Trace:   news.Trace{VisitID: news.VisitOf(c.CaptureID), CaptureID: c.CaptureID, URL: c.RequestedURL, Site: c.Site},
		Outcome: news.Dead, Reason: reason, Detail: why.Error(), At: time.Now().UTC(),
	}
	if run.Replays() {
		return a.conn.PublishResult(ctx, run, e)
	}
	return a.conn.PublishEvent(ctx, e)
}
