package cli

import (
	"context"
	"time"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/stream"
)

const (
	// indexedWithin is how long what a command brought may take into the index, or
	// from there into search, before the command leaves it alone.
	indexedWithin = 30 * time.Second
	// indexedEvery is how often is asked whether it is there.
	indexedEvery = 100 * time.Millisecond
)

// awaitFindable waits until search has what the index has now. Where it is that far
// behind that it takes long, "copydesk status" says so.
func awaitFindable(ctx context.Context, conn *stream.Conn) error {
	var last int64 // of the rows that there were at first
	for end := time.Now().Add(indexedWithin); ; {
		now, err := ask[api.StatusReply](ctx, conn, api.Status("indexer"), struct{}{})
		if err != nil || now.Index == nil {
			return err
		}
		if last == 0 {
			last = now.Index.LastRow
		}
		if now.Index.SearchedRow >= last || time.Now().After(end) {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(indexedEvery):
		}
	}
}
