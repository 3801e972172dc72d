package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/copydesk/copydesk/pkg/news"
)

// maxRowsBytes ends a read of rows early, in bytes of their JSON, so that a run
// of long live blogs does not fill the memory.
const maxRowsBytes = 32 << 20

// RowsAfter gives the revisions after a row number, in order: at most limit,
// and fewer where they are large. None means that there are no more.
func (s *Store) RowsAfter(ctx context.Context, number int64, limit int) ([]news.Row, error) {
	held := s.lately.after(number)
	first, behind := int64(0), int64(0)
	if len(held) > 0 {
		first, behind = held[0].number, held[len(held)-1].number+1
	}
	rows, err := s.readers.QueryContext(ctx, `
		SELECT r.row, r.story_id, CASE WHEN r.row >= ? AND r.row < ? THEN NULL ELSE r.record END, s.latest = r.row
		FROM revisions r JOIN stories s ON s.story_id = r.story_id
		WHERE r.row > ? ORDER BY r.row LIMIT ?`, first, behind, number, limit)
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
		if row.Number >= first && row.Number < behind {
			had := held[row.Number-first]
			row.Article, n = new(*had.article), had.size
		} else if row.Article, n, err = decode(record); err != nil {
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

// RecordsAfter gives the revisions after a row number with all that is known of
// them, in order; only those that stories are at now unless all is set. At most
// limit, and fewer where they are large. None means that there are no more.
func (s *Store) RecordsAfter(ctx context.Context, number int64, limit int, all bool) ([]news.StoredRow, error) {
	var found []news.StoredRow
	err := s.read(ctx, func(tx *sql.Tx) error {
		wanted, err := wantedRows(ctx, tx, number, limit, all)
		if err != nil {
			return err
		}
		// Understood once: one is asked for each record.
		histories, err := tx.PrepareContext(ctx, historyQuery)
		if err != nil {
			return err
		}
		defer histories.Close()
		for size := 0; size < maxRowsBytes && len(found) < len(wanted); {
			want := wanted[len(found)]
			article, n, err := decode(want.record)
			if err != nil {
				return fmt.Errorf("row %d: %w", want.number, err)
			}
			article.StoryID = want.storyID
			sightings, err := histories.QueryContext(ctx, want.storyID)
			past, err := readHistory(sightings, err, want.storyID)
			if err != nil {
				return err
			}
			version := past.version(past.find(article.ID))
			row := news.StoredRow{Number: want.number, Latest: want.latest, Stored: *past.stored(article, version)}
			if want.withdrawnAt > 0 {
				row.WithdrawnAt = fromMicros(want.withdrawnAt)
			}
			found = append(found, row)
			size += n
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("records after %d: %w", number, err)
	}
	return found, nil
}

// wantedRow is a revision as it lies in the file.
type wantedRow struct {
	number      int64
	storyID     string
	record      []byte
	latest      bool
	withdrawnAt int64 // microseconds since 1970, 0 for a story that is not
}

func wantedRows(ctx context.Context, tx *sql.Tx, number int64, limit int, all bool) ([]wantedRow, error) {
	rows, err := tx.QueryContext(ctx, `
		SELECT r.row, r.story_id, r.record, s.latest = r.row, s.withdrawn_at
		FROM revisions r JOIN stories s ON s.story_id = r.story_id
		WHERE r.row > ? AND (? OR s.latest = r.row) ORDER BY r.row LIMIT ?`, number, all, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var wanted []wantedRow
	for rows.Next() {
		var w wantedRow
		if err := rows.Scan(&w.number, &w.storyID, &w.record, &w.latest, &w.withdrawnAt); err != nil {
			return nil, err
		}
		wanted = append(wanted, w)
	}
	return wanted, rows.Err()
}

// LastRow is the highest row number that there ever was, 0 where there was none:
// that of a story that was taken down counts too.
func (s *Store) LastRow(ctx context.Context) (int64, error) {
	var number int64
	err := s.readers.QueryRowContext(ctx, `SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'revisions'`).Scan(&number)
	if err != nil {
		return 0, fmt.Errorf("last row: %w", err)
	}
	return number, nil
}
