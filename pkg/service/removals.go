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
	default:
		err = api.BadQuestion(fmt.Errorf("removed %q: must be %s, %s or %s", q.Removed, news.RemovedTakedown, news.RemovedWithdrawn, news.RemovedCaptures))
	}
	reply.Removed = q.Removed
	return reply, err
}

func stories(next func(context.Context, int64, int) ([]store.Removal, error)) func(context.Context, int64) ([]candidate, error) {
	return func(ctx context.Context, after int64) ([]candidate, error) {
		found, err := next(ctx, after, removalBatch)
		return candidates(found, func(r *store.Removal) candidate { return candidate{r.Number, true, r.Removal} }), err
	}
}
