package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/copydesk/copydesk/pkg/coding"
	"github.com/copydesk/copydesk/pkg/news"
)

// Comparison is one capture of a replay: what was made of it before, and what the
// replay made of it.
type Comparison struct {
	// Number is the capture's in the replay, from 1.
	Number    int64     `json:"number"`
	CaptureID string    `json:"captureId"`
	URL       string    `json:"url,omitempty"`
	Site      string    `json:"site,omitempty"`
	FetchedAt time.Time `json:"fetchedAt,omitzero"`
	Before    Made      `json:"before"`
	After     Made      `json:"after"`
}

// Made is what was made of a capture. Its Outcome is empty where nothing is known.
type Made struct {
	Outcome     news.Outcome `json:"outcome,omitempty"`
	Reason      news.Reason  `json:"reason,omitempty"`
	Detail      string       `json:"detail,omitempty"`
	ContentHash string       `json:"contentHash,omitempty"`
	// Record is the JSON of the article as it was made; nil where there is none.
	Record json.RawMessage `json:"record,omitempty"`
}

// Compare gives captures of a replay after a number, in order, with what another
// replay made of them; with what the index has of them if against is empty. At
// most limit, and fewer where they are large. None means that there are no more.
func (s *Store) Compare(ctx context.Context, run, against string, after int64, limit int) ([]Comparison, error) {
	before, join, args := indexedColumns, indexedJoin, []any(nil)
	if against != "" {
		before = `coalesce(b.outcome, ''), coalesce(b.reason, ''), coalesce(b.detail, ''), coalesce(b.content_hash, ''), b.record`
		join, args = `replayed b ON b.run = ? AND b.capture_id = p.capture_id`, []any{against}
	}
	var all []Comparison
	err := s.read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT p.number, p.capture_id, coalesce(c.url, ''), coalesce(c.site, ''), coalesce(c.fetched_at, 0),
			`+before+`, p.outcome, p.reason, p.detail, p.content_hash, p.record
			FROM replayed p LEFT JOIN captures c ON c.capture_id = p.capture_id LEFT JOIN `+join+`
			WHERE p.run = ? AND p.number > ? ORDER BY p.number LIMIT ?`, append(args, run, after, limit)...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for size := 0; size < maxRowsBytes && rows.Next(); {
			c, err := scanComparison(rows)
			if err != nil {
				return err
			}
			size += len(c.Before.Record) + len(c.After.Record)
			all = append(all, c)
		}
		return rows.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", run, err)
	}
	return all, nil
}

// What the index has of a capture p: the last article that came of it; none, and
// why, where the story was withdrawn because it is none.
const indexedColumns = `iif(b.row IS NOT NULL, 'done', iif(w.story_id IS NOT NULL, 'skipped', '')), coalesce(w.withdrawn_why, ''), '', coalesce(b.content_hash, ''), b.record`

var indexedJoin = `sightings s ON s.id = (` + lastOfVisit(`substr(p.capture_id, 1, 32)`) + `)
	LEFT JOIN stories w ON w.story_id = s.story_id AND w.withdrawn_by = s.visit_id AND w.withdrawn_why != ''
	LEFT JOIN revisions b ON b.row = s.row AND w.story_id IS NULL`

// Indexed is what the index has of a capture.
func (s *Store) Indexed(ctx context.Context, captureID string) (m Made, err error) {
	err = s.readers.QueryRowContext(ctx, `SELECT `+indexedColumns+` FROM (SELECT ? AS capture_id) p LEFT JOIN `+indexedJoin, captureID).Scan(m.fields()...)
	if err == nil {
		err = m.unpack()
	}
	if err != nil {
		return Made{}, fmt.Errorf("capture %s: %w", captureID, err)
	}
	return m, nil
}

// fields are where a row's columns go.
func (m *Made) fields() []any {
	return []any{&m.Outcome, &m.Reason, &m.Detail, &m.ContentHash, (*[]byte)(&m.Record)}
}

// unpack makes JSON of the record as it lies in the file.
func (m *Made) unpack() (err error) {
	if m.Record == nil {
		return nil
	}
	if m.Record, err = coding.Decode(m.Record, "zstd", maxRecord); err != nil {
		return fmt.Errorf("unpack record: %w", err)
	}
	return nil
}

func scanComparison(row scanner) (c Comparison, err error) {
	var at int64
	columns := append([]any{&c.Number, &c.CaptureID, &c.URL, &c.Site, &at}, c.Before.fields()...)
	if err := row.Scan(append(columns, c.After.fields()...)...); err != nil {
		return c, err
	}
	if at != 0 {
		c.FetchedAt = fromMicros(at)
	}
	for _, m := range []*Made{&c.Before, &c.After} {
		if err := m.unpack(); err != nil {
			return c, fmt.Errorf("capture %s: %w", c.CaptureID, err)
		}
	}
	return c, nil
}
