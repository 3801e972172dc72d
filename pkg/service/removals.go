package service

import (
	"context"
	"fmt"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
)

// removalBatch is how many removals are read at a time.
const removalBatch = 1000

// removals gives the next of what has to go from a copy of the records.
func removals(ctx context.Context, rows *store.Store, q api.ExportRequest) (reply api.ExportReply, err error) {
	switch q.Removed {
	case news.RemovedTakedown:
		reply, err = export(ctx, q.After, rows.LastTakedown, stories(rows.TakenDownAfter))
	case news.RemovedWithdrawn:
		reply, err = export(ctx, q.After, rows.LastRow, stories(rows.WithdrawnAfter))
	case news.RemovedCaptures:
		reply, err = export(ctx, q.After, rows.LastCaptureRow, func(ctx context.Context, after int64) ([]candidate, error) {
			found, err := rows.CaptureGapsAfter(ctx, after, removalBatch)
			return candidates(found, func(g *news.CaptureGap) candidate { return candidate{g.To, true, g} }), err
		})
	case news.RemovedLeft:
		reply, err = left(ctx, rows, q)
	default:
		err = api.BadQuestion(fmt.Errorf("removed %q: must be %s, %s, %s or %s", q.Removed, news.RemovedTakedown, news.RemovedWithdrawn, news.RemovedLeft, news.RemovedCaptures))
	}
	reply.Removed = q.Removed
	return reply, err
}

// left gives the next stories whose newest revision a filter leaves out. Whether an
// earlier one was wanted is not looked at: to take away what is not there does no
// harm. What never changed was never wanted.
func left(ctx context.Context, rows *store.Store, q api.ExportRequest) (api.ExportReply, error) {
	filter, err := exportFilterOf(q)
	if err != nil {
		return api.ExportReply{}, api.BadQuestion(err)
	}
	return export(ctx, q.After, rows.LastRow, func(ctx context.Context, after int64) ([]candidate, error) {
		found, err := rows.RecordsAfter(ctx, after, exportBatch, false)
		return candidates(found, func(r *news.StoredRow) candidate {
			gone := news.Removal{StoryID: r.StoryID, Why: news.RemovedLeft, At: r.Raw.FetchedAt, Before: r.Number}
			return candidate{r.Number, r.Versions > 1 && !filter.article(&r.Article), gone}
		}), err
	})
}

func stories(next func(context.Context, int64, int) ([]store.Removal, error)) func(context.Context, int64) ([]candidate, error) {
	return func(ctx context.Context, after int64) ([]candidate, error) {
		found, err := next(ctx, after, removalBatch)
		return candidates(found, func(r *store.Removal) candidate { return candidate{r.Number, true, r.Removal} }), err
	}
}
