package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/copydesk/copydesk/pkg/news"
)

// layout9 adds what a replay's records are made with.
const layout9 = `
ALTER TABLE runs ADD COLUMN beside TEXT NOT NULL DEFAULT ''; -- the desk's extractor at the begin of a replay, JSON of a Maker
ALTER TABLE runs ADD COLUMN outside INTEGER NOT NULL DEFAULT FALSE; -- made by a program beside the desk, not by its extractors
ALTER TABLE runs ADD COLUMN rule_set TEXT NOT NULL DEFAULT ''; -- the digest of the rules that it brings, or 'off'
ALTER TABLE runs ADD COLUMN rules BLOB; -- their text
`

// Maker is an extractor with its rules, as it makes records.
type Maker struct {
	news.Extraction
	// Build names the very program by its bytes: two builds may have one version.
	// Records do not tell it.
	Build string `json:"build,omitempty"`
}

// made says whether a record was made by m. Which rule of the file held is the
// page's.
func (m Maker) made(x news.Extraction) bool {
	return x.Extractor == m.Extractor && x.Version == m.Version && x.Rules == m.Rules
}

// Same says whether o is the same build, with the same rules.
func (m Maker) Same(o Maker) bool { return m.Build == o.Build && m.made(o.Extraction) }

// RunRules gives the text of the site rules that a run brings. The error of a run
// that is none, or brings none, is [ErrNotFound].
func (s *Store) RunRules(ctx context.Context, name string) (text []byte, err error) {
	err = s.readers.QueryRowContext(ctx, `SELECT rules FROM runs WHERE name = ? AND rules IS NOT NULL`, name).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("site rules of run %s: %w", name, err)
	}
	return text, nil
}

// readMaker reads a column of a run; it is nil where a run of before has none.
func readMaker(column []byte) (*Maker, error) {
	if len(column) == 0 {
		return nil, nil
	}
	m := new(Maker)
	return m, json.Unmarshal(column, m)
}

// Unmade gives up to limit captures of a replay without a result, by their numbers
// over after.
func (s *Store) Unmade(ctx context.Context, run string, after int64, limit int) (ids []string, last int64, err error) {
	last = after
	err = s.read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT number, capture_id FROM replayed
			WHERE run = ? AND number > ? AND outcome = '' ORDER BY number LIMIT ?`, run, after, limit)
		if err != nil {
			return err
		}
		ids, err = allOf(rows, func(row scanner) (id string, err error) { return id, row.Scan(&last, &id) })
		return err
	})
	if err != nil {
		return nil, 0, fmt.Errorf("run %s: %w", run, err)
	}
	return ids, last, nil
}
