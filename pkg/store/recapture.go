package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/sqlite"
)

// ReplaceCaptures has other captures in the place of those of a file, in one
// commit: after it was written anew under another name, or read again. A capture
// that was there keeps its row. It says how many are not as they were.
func (s *Store) ReplaceCaptures(ctx context.Context, file string, captures []news.Capture) (changed int, err error) {
	err = sqlite.InTx(ctx, s.writer, func(tx *sql.Tx) error {
		changed, err = replaceCaptures(ctx, tx, file, captures)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("captures of %s: %w", file, err)
	}
	return changed, nil
}

// ReplaceSegment notes in one commit that a segment was written anew, with these
// captures: those that were to be taken out of it are. The old one is
// [SegmentReplaced] until it is forgotten.
func (s *Store) ReplaceSegment(ctx context.Context, old string, anew Segment, captures []news.Capture) error {
	err := sqlite.InTx(ctx, s.writer, func(tx *sql.Tx) error {
		if _, err := replaceCaptures(ctx, tx, old, captures); err != nil {
			return err
		}
		stay := map[string]bool{}
		for _, c := range captures {
			stay[c.CaptureID] = true
		}
		out, err := doomedIn(ctx, tx, old)
		if err != nil {
			return err
		}
		for id := range out {
			statement := `DELETE FROM doomed WHERE capture_id = ?1`
			if stay[id] {
				statement = `UPDATE doomed SET file = ?2 WHERE capture_id = ?1`
			}
			if _, err := tx.ExecContext(ctx, statement, id, anew.Name); err != nil {
				return err
			}
		}
		return putSegments(ctx, tx, []Segment{{Name: old, State: SegmentReplaced}, anew})
	})
	if err != nil {
		return fmt.Errorf("%s in the place of %s: %w", anew.Name, old, err)
	}
	return nil
}

// doomedIn are the captures that are to be taken out of a file.
func doomedIn(ctx context.Context, tx *sql.Tx, file string) (map[string]bool, error) {
	rows, err := tx.QueryContext(ctx, `SELECT capture_id FROM doomed WHERE file = ?`, file)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	ids := map[string]bool{}
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids[id] = true
	}
	return ids, rows.Err()
}

// replaceCaptures leaves out what is to be taken out of the file.
func replaceCaptures(ctx context.Context, tx *sql.Tx, file string, captures []news.Capture) (changed int, err error) {
	out, err := doomedIn(ctx, tx, file)
	if err != nil {
		return 0, err
	}
	stay := map[string]bool{}
	for _, c := range captures {
		stay[c.CaptureID] = true
	}
	gone, err := capturesOf(ctx, tx, file, func(id string) bool { return !stay[id] })
	if err != nil {
		return 0, err
	}
	for _, row := range gone {
		if _, err := tx.ExecContext(ctx, `DELETE FROM captures WHERE row = ?`, row); err != nil {
			return 0, err
		}
	}
	for _, c := range captures {
		if out[c.CaptureID] {
			continue
		}
		differs, err := recapture(ctx, tx, c)
		if err != nil {
			return 0, err
		}
		if differs {
			changed++
		}
	}
	return changed + len(gone), nil
}

// capturesOf are the rows of those captures of a file that are wanted.
func capturesOf(ctx context.Context, tx *sql.Tx, file string, want func(captureID string) bool) (wanted []int64, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT row, capture_id FROM captures WHERE file = ?`, file)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var row int64
		var id string
		if err := rows.Scan(&row, &id); err != nil {
			return nil, err
		}
		if want(id) {
			wanted = append(wanted, row)
		}
	}
	return wanted, rows.Err()
}

// recapture puts a capture in the place of the one of its identity, and says
// whether that was another.
func recapture(ctx context.Context, tx *sql.Tx, c news.Capture) (differs bool, err error) {
	known, err := findCapture(ctx, tx, c.CaptureID)
	switch {
	case errors.Is(err, ErrNotFound):
		return true, putCaptures(ctx, tx, []news.Capture{c})
	case err != nil:
		return false, err
	}
	c.FetchedAt = c.FetchedAt.UTC()
	if known == c {
		return false, nil
	}
	// Not updated in place: the triggers count what comes and what goes.
	var row int64
	if err := tx.QueryRowContext(ctx, `DELETE FROM captures WHERE capture_id = ? RETURNING row`, c.CaptureID).Scan(&row); err != nil {
		return false, err
	}
	if err := putCaptures(ctx, tx, []news.Capture{c}); err != nil {
		return false, err
	}
	_, err = tx.ExecContext(ctx, `UPDATE captures SET row = ? WHERE capture_id = ?`, row, c.CaptureID)
	return true, err
}

// CountOfOtherFiles counts the captures that [Store.ForgetOtherFiles] would forget.
func (s *Store) CountOfOtherFiles(ctx context.Context, files []string) (captures int64, err error) {
	names, err := json.Marshal(append([]string{}, files...)) // which is no null
	if err == nil {
		err = s.readers.QueryRowContext(ctx, `SELECT count(*) FROM captures WHERE file NOT IN (SELECT value FROM json_each(?))`, string(names)).Scan(&captures)
	}
	if err != nil {
		return 0, fmt.Errorf("count captures of files that are missing: %w", err)
	}
	return captures, nil
}

// ForgetOtherFiles forgets, in one commit, the segments that are not among files,
// and their captures. It says how many captures these were.
func (s *Store) ForgetOtherFiles(ctx context.Context, files []string) (captures int64, err error) {
	err = sqlite.InTx(ctx, s.writer, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `CREATE TEMP TABLE there (name TEXT PRIMARY KEY)`); err != nil {
			return err
		}
		for _, name := range files {
			if _, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO there VALUES (?)`, name); err != nil {
				return err
			}
		}
		result, err := tx.ExecContext(ctx, `DELETE FROM captures WHERE file NOT IN (SELECT name FROM there)`)
		if err != nil {
			return err
		}
		if captures, err = result.RowsAffected(); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM segments WHERE name NOT IN (SELECT name FROM there); DROP TABLE there`)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("forget files of the archive: %w", err)
	}
	return captures, nil
}
