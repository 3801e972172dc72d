package search

import (
	"context"
	"fmt"

	"github.com/copydesk/copydesk/pkg/news"
)

// Source is the rows that the index is derived from. A row is given once it
// can no longer vanish, and never changes its number.
type Source interface {
	// RowsAfter gives rows in the order of their numbers, at most limit; none
	// means that there are no more.
	RowsAfter(ctx context.Context, number int64, limit int) ([]news.Row, error)
	// LastRow is the highest number that there ever was, 0 where there was no
	// row. Rows may be missing below it, for stories that were taken out.
	LastRow(ctx context.Context) (int64, error)
	// Purged gives stories that were taken out of the rows, and are not there
	// again, behind a number that counts these; and the number that it came to,
	// that number itself where there are no more.
	Purged(ctx context.Context, after int64, limit int) (storyIDs []string, last int64, err error)
}

// CatchUp takes in all rows that source has now. An index that is ahead of
// source was made from other rows and is rebuilt.
func (x *Index) CatchUp(ctx context.Context, source Source) error {
	applied, err := x.Applied()
	if err != nil {
		return fmt.Errorf("search index: %w", err)
	}
	last, err := source.LastRow(ctx)
	if err != nil {
		return fmt.Errorf("search index: %w", err)
	}
	if applied > last {
		return x.Rebuild(ctx, source, nil)
	}
	x.feeding.Lock()
	defer x.feeding.Unlock()
	if err := x.current.catchUp(ctx, source, last, func(int64) {}); err != nil {
		return fmt.Errorf("search index: %w", err)
	}
	return nil
}
