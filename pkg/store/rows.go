package store

import (
	"context"
	"fmt"

	"github.com/copydesk/copydesk/pkg/news"
)

// maxRowsBytes ends a read of rows early, in bytes of their JSON, so that a run
// of long live blogs does not fill the memory.
const maxRowsBytes = 32 << 20

// RowsAfter gives the revisions after a row number, in order: at most limit,
// and fewer where they are large. None means that there are no more.
func (s *Store) RowsAfter(ctx context.Context, number int64, limit int) ([]news.Row, error) {
	rows, err := s.readers.QueryContext(ctx, `
		SELECT r.row, r.story_id, r.record, s.latest = r.row
		FROM revisions r JOIN stories s ON s.story_id = r.story_id
		WHERE r.row > ? ORDER BY r.row LIMIT ?`, number, limit)
	if err != nil {
		return nil, fmt.Errorf("rows after %d: %w", number, err)
	}
	defer rows.Close()
	var found []news.Row
	for size := 0; size < maxRowsBytes && rows.Next(); {
		var row news.Row
		var storyID string
		var record []byte
		if err := rows.Scan(&row.Number, &storyID, &record, &row.Latest); err != nil {
			return nil, fmt.Errorf("rows after %d: %w", number, err)
		}
		var n int
		if row.Article, n, err = decode(record); err != nil {
			return nil, fmt.Errorf("row %d: %w", row.Number, err)
		}
		row.Article.StoryID = storyID
		found = append(found, row)
		size += n
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("rows after %d: %w", number, err)
	}
	return found, nil
}

// LastRow is the highest row number, 0 where there is no row.
func (s *Store) LastRow(ctx context.Context) (int64, error) {
	var number int64
	err := s.readers.QueryRowContext(ctx, `SELECT coalesce(max(row), 0) FROM revisions`).Scan(&number)
	if err != nil {
		return 0, fmt.Errorf("last row: %w", err)
	}
	return number, nil
}
