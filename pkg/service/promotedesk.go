package service

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/diff"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
)

// Limits of one answer to a promotion: of the captures that are looked at, and of
// the articles that differ.
const (
	promoteRows    = 2000
	promoteChanges = 200
)

// errUnfinished is returned for a replay that is on its way.
var errUnfinished = errors.New("is not complete: wait for it, or cancel it")

// runsPromote publishes the next articles of a replay that differ.
func (d *indexDesk) runsPromote(ctx context.Context, q api.PromoteRequest) (api.PromoteReply, error) {
	if err := checkFields(q.Fields); err != nil {
		return api.PromoteReply{}, api.BadQuestion(err)
	}
	if err := d.isReplay(ctx, q.Run); err != nil {
		return api.PromoteReply{}, err
	}
	run, err := d.run(ctx, q.Run)
	if err != nil {
		return api.PromoteReply{}, err
	}
	if run.Ended < run.Captures && run.CancelledAt.IsZero() {
		return api.PromoteReply{}, api.BadQuestion(fmt.Errorf("run %s %w", q.Run, errUnfinished))
	}
	reply := api.PromoteReply{Number: q.After, Unended: run.Captures - run.Ended}
	if !q.DryRun {
		end, err := d.takeTurn(ctx)
		if errors.Is(err, errNotYet) {
			reply.More, reply.Waits = true, true
			return reply, nil
		}
		if err != nil {
			return reply, err
		}
		defer end()
	}
	for changes, seen := 0, 0; ; {
		some, err := d.rows.Compare(ctx, q.Run, "", reply.Number, compareBatch)
		if err != nil || len(some) == 0 {
			return reply, err
		}
		for _, c := range some {
			if changes >= promoteChanges || seen >= promoteRows {
				reply.More = true
				return reply, nil
			}
			if !undone(c.After) && c.Before.ContentHash != c.After.ContentHash {
				changes++
				if err := d.promote(ctx, run.Run, q, c, &reply); err != nil {
					return reply, err
				}
			}
			reply.Number, seen = c.Number, seen+1
		}
	}
}

// checkFields refuses names that no change can have, which would promote nothing.
func checkFields(names []string) error {
	known := slices.DeleteFunc(news.ArticleFields(), func(name string) bool { return !diff.Compares(name) })
	for _, name := range names {
		if !slices.Contains(known, name) {
			return fmt.Errorf("%q is no field that is compared: they are %s", name, strings.Join(known, ", "))
		}
	}
	return nil
}

// promote publishes what a replay made of one capture, if it is wanted and nothing
// speaks against it.
func (d *indexDesk) promote(ctx context.Context, run news.Run, q api.PromoteRequest, c store.Comparison, reply *api.PromoteReply) error {
	change, err := diff.Compare(diff.Pair{CaptureID: c.CaptureID, Site: c.Site, Before: diff.Side{Record: c.Before.Record}, After: diff.Side{Record: c.After.Record}})
	if err != nil || change == nil || !wanted(q, change) {
		return err
	}
	if change.Kind == diff.Lost {
		return d.withdraw(ctx, q, c, reply)
	}
	article := new(news.Article)
	if err := json.Unmarshal(c.After.Record, article); err != nil {
		return fmt.Errorf("capture %s: %w", c.CaptureID, err)
	}
	id, why, err := d.rows.Promotion(ctx, article)
	if err != nil {
		return err
	}
	if why != "" {
		reply.Skipped = append(reply.Skipped, api.SkippedArticle{StoryID: article.StoryID, URL: article.URL, Headline: article.Headline, Why: why})
		return nil
	}
	reply.Promoted++
	if q.DryRun {
		return nil
	}
	article.ID = id
	return d.conn.PublishPromoted(ctx, run, article)
}

// withdraw tells that a capture is no article any more, if that is wanted and
// nothing speaks against it. It is told before it is noted: what a crash leaves
// untold still differs.
func (d *indexDesk) withdraw(ctx context.Context, q api.PromoteRequest, c store.Comparison, reply *api.PromoteReply) error {
	if !q.Lost {
		reply.Lost++
		return nil
	}
	w, why, err := d.rows.Loss(ctx, c.CaptureID, c.After.Reason)
	if err != nil {
		return err
	}
	if why != "" {
		reply.Skipped = append(reply.Skipped, api.SkippedArticle{StoryID: w.StoryID, URL: w.URL, Headline: w.Headline, Why: why})
		return nil
	}
	reply.Withdrawn = append(reply.Withdrawn, api.LostArticle{StoryID: w.StoryID, URL: w.URL, Headline: w.Headline, Reason: w.Reason})
	if q.DryRun {
		return nil
	}
	if err := d.conn.PublishWithdrawn(ctx, w); err != nil {
		return err
	}
	return d.rows.Withdraw(ctx, w)
}

func wanted(q api.PromoteRequest, c *diff.Change) bool {
	return (len(q.Sites) == 0 || slices.Contains(q.Sites, c.Site)) && (len(q.Fields) == 0 || slices.ContainsFunc(q.Fields, c.Has))
}
