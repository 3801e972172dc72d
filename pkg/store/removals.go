package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/copydesk/copydesk/pkg/news"
)

// layout10 adds when a story was taken down, 0 for those of before.
const layout10 = `ALTER TABLE purges ADD COLUMN at INTEGER NOT NULL DEFAULT 0;`

// Removal is one under the number that it is followed by.
type Removal struct {
	Number int64
	news.Removal
}

// TakenDownAfter gives the stories that were taken down, after the number of a
// takedown, at most limit. None means that there are no more.
func (s *Store) TakenDownAfter(ctx context.Context, number int64, limit int) ([]Removal, error) {
	all, err := s.removals(ctx, news.RemovedTakedown, `
		SELECT max(number) AS last, story_id, max(at), '', '', coalesce((SELECT min(row) FROM sightings s WHERE s.story_id = p.story_id), 0)
		FROM purges p GROUP BY story_id HAVING last > ? ORDER BY last LIMIT ?`, number, limit)
	if err != nil {
		return nil, fmt.Errorf("stories taken down after %d: %w", number, err)
	}
	return all, nil
}

// LastTakedown is the number of the last story that was taken down, 0 where none
// was.
func (s *Store) LastTakedown(ctx context.Context) (number int64, err error) {
	if err := s.readers.QueryRowContext(ctx, `SELECT coalesce(max(number), 0) FROM purges`).Scan(&number); err != nil {
		return 0, fmt.Errorf("last takedown: %w", err)
	}
	return number, nil
}

// WithdrawnAfter gives the stories that are withdrawn, in the order of the rows
// that they are at, after one of those, at most limit. None means that there are
// no more.
func (s *Store) WithdrawnAfter(ctx context.Context, row int64, limit int) ([]Removal, error) {
	all, err := s.removals(ctx, news.RemovedWithdrawn, `
		SELECT s.latest, s.story_id, s.withdrawn_at, r.id, r.url, 0
		FROM stories s JOIN revisions r ON r.row = s.latest
		WHERE s.withdrawn_at > 0 AND s.latest > ? ORDER BY s.latest LIMIT ?`, row, limit)
	if err != nil {
		return nil, fmt.Errorf("withdrawn stories after row %d: %w", row, err)
	}
	return all, nil
}

func (s *Store) removals(ctx context.Context, why news.RemovalKind, query string, args ...any) (all []Removal, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, query, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			r, at := Removal{Removal: news.Removal{Why: why}}, int64(0)
			if err := rows.Scan(&r.Number, &r.StoryID, &at, &r.ArticleID, &r.URL, &r.Before); err != nil {
				return err
			}
			if at > 0 {
				r.At = fromMicros(at)
			}
			all = append(all, r)
		}
		return rows.Err()
	})
	return all, err
}

// CaptureGapsAfter gives the rows of captures that are not there, after a row, at
// most limit ranges. None means that there are no more.
func (s *Store) CaptureGapsAfter(ctx context.Context, row int64, limit int) ([]news.CaptureGap, error) {
	rows, err := s.readers.QueryContext(ctx, `
		SELECT before + 1, row - 1 FROM (
			SELECT row, lag(row, 1, ?1) OVER (ORDER BY row) AS before FROM (
				SELECT row FROM captures WHERE row > ?1
				UNION ALL SELECT seq + 1 FROM sqlite_sequence WHERE name = 'captures' AND seq >= ?1
				ORDER BY row))
		WHERE row > before + 1 LIMIT ?2`, row, limit)
	if err != nil {
		return nil, fmt.Errorf("captures that are gone after row %d: %w", row, err)
	}
	defer rows.Close()
	var all []news.CaptureGap
	for rows.Next() {
		var gap news.CaptureGap
		if err := rows.Scan(&gap.From, &gap.To); err != nil {
			return nil, fmt.Errorf("captures that are gone after row %d: %w", row, err)
		}
		all = append(all, gap)
	}
	return all, rows.Err()
}
