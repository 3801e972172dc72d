package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/copydesk/copydesk/pkg/sqlite"
)

// Doomed is a file of the archive that captures are to be taken out of.
type Doomed struct {
	File string
	// Reasons are why, by the capture.
	Reasons map[string]string
	// Left is the number of captures that stay in it.
	Left int
}

// NextDoomed gives a file that captures are to be taken out of, behind another in
// the order of their names; nil where there is none.
func (s *Store) NextDoomed(ctx context.Context, after string) (*Doomed, error) {
	d := &Doomed{Reasons: map[string]string{}}
	err := s.read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT file, capture_id, reason FROM doomed
			WHERE file = (SELECT min(file) FROM doomed WHERE file > ?)`, after)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id, reason string
			if err := rows.Scan(&d.File, &id, &reason); err != nil {
				return err
			}
			d.Reasons[id] = reason
		}
		if err := rows.Err(); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, `SELECT count(*) FROM captures WHERE file = ?`, d.File).Scan(&d.Left)
	})
	if err != nil {
		return nil, fmt.Errorf("files to take captures out of: %w", err)
	}
	if d.File == "" {
		return nil, nil
	}
	return d, nil
}

// CountDoomed counts the files that captures are to be taken out of.
func (s *Store) CountDoomed(ctx context.Context) (files int, err error) {
	if err := s.readers.QueryRowContext(ctx, `SELECT count(DISTINCT file) FROM doomed`).Scan(&files); err != nil {
		return 0, fmt.Errorf("files to take captures out of: %w", err)
	}
	return files, nil
}

// Undoom forgets what was to be taken out of a file.
func (s *Store) Undoom(ctx context.Context, file string) error {
	if _, err := s.writer.ExecContext(ctx, `DELETE FROM doomed WHERE file = ?`, file); err != nil {
		return fmt.Errorf("captures to take out of %s: %w", file, err)
	}
	return nil
}

// DropSegment notes in one commit that a file is to be removed whole, of which
// every capture was to go.
func (s *Store) DropSegment(ctx context.Context, name string) error {
	err := sqlite.InTx(ctx, s.writer, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM doomed WHERE file = ?`, name); err != nil {
			return err
		}
		return putSegments(ctx, tx, []Segment{{Name: name, State: SegmentReplaced}})
	})
	if err != nil {
		return fmt.Errorf("drop %s: %w", name, err)
	}
	return nil
}

// Keep says how long captures are kept.
type Keep struct {
	// Age is for how long, for ever if it is 0.
	Age time.Duration
	// Sites are ages of single sites; 0 is for ever here too.
	Sites map[string]time.Duration
}

// None says that all is kept for ever.
func (k Keep) None() bool {
	for _, age := range k.Sites {
		if age > 0 {
			return false
		}
	}
	return k.Age <= 0
}

// Expired is what is older than it is to be kept.
type Expired struct {
	Captures int64 `json:"captures"`
	Files    int64 `json:"files"`
	// Held counts what is older, and stays because younger captures have its body.
	Held int64 `json:"held,omitempty"`
}

// ReasonExpired is why captures go that are older than they are to be kept.
const ReasonExpired = "older than it is to be kept"

// Expire takes, in one commit, captures that are older than they are to be kept out
// of the rows, and remembers what has to go from files. One whose body a younger
// capture has stays until that goes too, and one that is imported until it is
// handed on. With dry set it only counts.
func (s *Store) Expire(ctx context.Context, keep Keep, now time.Time, dry bool) (x Expired, err error) {
	err = sqlite.InTx(ctx, s.writer, func(tx *sql.Tx) error {
		if err := limits(ctx, tx, keep, now); err != nil {
			return err
		}
		const old = `NOT EXISTS (SELECT 1 FROM runs WHERE name = %[1]s.run AND %[1]s.run != '' AND %[1]s.row > fed)
			AND %[1]s.fetched_at < (SELECT max(until) FROM keeps) AND %[1]s.fetched_at < coalesce((SELECT until FROM keeps WHERE site = %[1]s.site), (SELECT until FROM keeps WHERE site = ''))`
		const held = `EXISTS (SELECT 1 FROM captures r WHERE r.refers_to = c.capture_id AND r.refers_to != '' AND NOT (` + old + `))`
		olds := fmt.Sprintf(old, "c")
		holds := fmt.Sprintf(held, "r")
		if err := tx.QueryRowContext(ctx, `SELECT count(*), count(DISTINCT file) FROM captures c WHERE `+olds+` AND NOT `+holds).Scan(&x.Captures, &x.Files); err != nil {
			return err
		}
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM captures c WHERE `+olds+` AND `+holds).Scan(&x.Held); err != nil {
			return err
		}
		if !dry {
			if _, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO doomed SELECT capture_id, file, ? FROM captures c WHERE `+olds+` AND NOT `+holds, ReasonExpired); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `DELETE FROM captures WHERE capture_id IN (SELECT capture_id FROM doomed)`); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `DROP TABLE keeps`)
		return err
	})
	if err != nil {
		return Expired{}, fmt.Errorf("expire captures: %w", err)
	}
	return x, nil
}

// limits makes a table of until when what is old was fetched, by site.
func limits(ctx context.Context, tx *sql.Tx, keep Keep, now time.Time) error {
	if _, err := tx.ExecContext(ctx, `CREATE TEMP TABLE keeps (site TEXT PRIMARY KEY, until INTEGER NOT NULL)`); err != nil {
		return err
	}
	put := func(site string, age time.Duration) error {
		until := int64(-1 << 62) // nothing is as old
		if age > 0 {
			until = micros(now.Add(-age))
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO keeps VALUES (?, ?)`, site, until)
		return err
	}
	if err := put("", keep.Age); err != nil {
		return err
	}
	for site, age := range keep.Sites {
		if err := put(site, age); err != nil {
			return err
		}
	}
	return nil
}
