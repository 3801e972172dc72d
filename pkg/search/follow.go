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
	// LastRow is the highest number, 0 where there is no row.
	LastRow(ctx context.Context) (int64, error)
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
