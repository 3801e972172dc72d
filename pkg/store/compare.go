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
	before, join, args := `iif(b.row IS NULL, '', 'done'), '', '', coalesce(b.content_hash, ''), b.record`,
		`revisions b ON b.row = (SELECT s.row FROM sightings s
			WHERE s.visit_id = substr(p.capture_id, 1, 32) ORDER BY s.stream_seq DESC LIMIT 1)`, []any(nil)
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

func scanComparison(row scanner) (c Comparison, err error) {
	var at int64
	if err := row.Scan(&c.Number, &c.CaptureID, &c.URL, &c.Site, &at,
		&c.Before.Outcome, &c.Before.Reason, &c.Before.Detail, &c.Before.ContentHash, (*[]byte)(&c.Before.Record),
		&c.After.Outcome, &c.After.Reason, &c.After.Detail, &c.After.ContentHash, (*[]byte)(&c.After.Record)); err != nil {
		return c, err
	}
	if at != 0 {
		c.FetchedAt = fromMicros(at)
	}
	for _, m := range []*Made{&c.Before, &c.After} {
		if m.Record == nil {
			continue
		}
		if m.Record, err = coding.Decode(m.Record, "zstd", maxRecord); err != nil {
			return c, fmt.Errorf("capture %s: unpack record: %w", c.CaptureID, err)
		}
	}
	return c, nil
}
