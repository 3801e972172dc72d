package store

import (
	"context"
	"fmt"

	"github.com/copydesk/copydesk/pkg/news"
)

// CapturesAfter gives the captures after a row number, in order, at most limit.
// None means that there are no more. A capture whose file is written anew keeps
// its number.
func (s *Store) CapturesAfter(ctx context.Context, number int64, limit int) ([]news.CaptureRow, error) {
	rows, err := s.readers.QueryContext(ctx, `SELECT `+captureColumns+`, row FROM captures WHERE row > ? ORDER BY row LIMIT ?`, number, limit)
	if err != nil {
		return nil, fmt.Errorf("captures after row %d: %w", number, err)
	}
	defer rows.Close()
	var all []news.CaptureRow
	for rows.Next() {
		var c news.CaptureRow
		if c.Capture, err = scanCapture(rows, &c.Number); err != nil {
			return nil, fmt.Errorf("captures after row %d: %w", number, err)
		}
		all = append(all, c)
	}
	return all, rows.Err()
}

// LastCaptureRow is the highest row number that was ever given to a capture, 0
// where there was none: that of one that is gone counts too.
func (s *Store) LastCaptureRow(ctx context.Context) (int64, error) {
	var number int64
	err := s.readers.QueryRowContext(ctx, `SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'captures'`).Scan(&number)
	if err != nil {
		return 0, fmt.Errorf("last capture: %w", err)
	}
	return number, nil
}
