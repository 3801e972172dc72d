package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
)

// CaptureQuery chooses captures. What is zero chooses nothing.
type CaptureQuery struct {
	URL, Site, File string
	// From and Until bound the time of the fetch: From is in it, Until is not.
	From, Until time.Time
	// After is the last capture that was seen; the next ones are wanted.
	After *news.Capture
	// Limit is the most that is wanted; all if it is negative.
	Limit int
}

// Captures gives captures in the order of their time, those of a file in the
// order in which they lie in it.
func (s *Store) Captures(ctx context.Context, q CaptureQuery) ([]news.Capture, error) {
	where, args := q.where()
	order := "fetched_at, capture_id"
	if q.File != "" {
		order = "offset, capture_id"
	}
	rows, err := s.readers.QueryContext(ctx, `SELECT `+captureColumns+` FROM captures WHERE `+where+` ORDER BY `+order+` LIMIT ?`, append(args, q.Limit)...)
	if err != nil {
		return nil, fmt.Errorf("captures: %w", err)
	}
	all, err := readCaptures(rows)
	if err != nil {
		return nil, fmt.Errorf("captures: %w", err)
	}
	return all, nil
}

func readCaptures(rows *sql.Rows) ([]news.Capture, error) {
	return allOf(rows, func(row scanner) (news.Capture, error) { return scanCapture(row) })
}

// CapturesIn gives the captures of one file, in the order in which they lie in
// it.
func (s *Store) CapturesIn(ctx context.Context, file string) ([]news.Capture, error) {
	return s.Captures(ctx, CaptureQuery{File: file, Limit: -1})
}

func (q CaptureQuery) where() (where string, args []any) {
	where = "TRUE"
	and := func(is bool, text string, values ...any) {
		if is {
			where += " AND " + text
			args = append(args, values...)
		}
	}
	and(q.URL != "", "url = ?", q.URL)
	and(q.Site != "", "site = ?", q.Site)
	and(q.File != "", "file = ?", q.File)
	and(!q.From.IsZero(), "fetched_at >= ?", micros(q.From))
	and(!q.Until.IsZero(), "fetched_at < ?", micros(q.Until))
	if q.After != nil {
		and(q.File != "", "(offset, capture_id) > (?, ?)", q.After.Offset, q.After.CaptureID)
		and(q.File == "", "(fetched_at, capture_id) > (?, ?)", micros(q.After.FetchedAt), q.After.CaptureID)
	}
	return where, args
}
