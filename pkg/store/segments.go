package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/copydesk/copydesk/pkg/sqlite"
)

// Segment is a file of the archive.
type Segment struct {
	Name string `json:"name"`
	// Size is in bytes.
	Size  int64        `json:"size"`
	State SegmentState `json:"state"`
	// Digest is that of the whole file, "sha256:" and 64 hex digits; empty until
	// it is closed.
	Digest string `json:"digest,omitempty"`
}

// SegmentState says where a segment stands.
type SegmentState string

// The states of a segment.
const (
	SegmentOpen     SegmentState = "open"     // it is being written
	SegmentClosed   SegmentState = "closed"   // it is whole, in the archive's folder
	SegmentUploaded SegmentState = "uploaded" // it lies in the vault alone
	SegmentReplaced SegmentState = "replaced" // it was written anew, and is to be removed
)

// PutSegments notes how segments stand, in one commit. A digest that is known
// stays known.
func (s *Store) PutSegments(ctx context.Context, segments ...Segment) error {
	return sqlite.InTx(ctx, s.writer, func(tx *sql.Tx) error { return putSegments(ctx, tx, segments) })
}

func putSegments(ctx context.Context, tx *sql.Tx, segments []Segment) error {
	for _, g := range segments {
		if _, err := tx.ExecContext(ctx, `INSERT INTO segments (name, size, state, digest) VALUES (?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET size = excluded.size, state = excluded.state, digest = iif(excluded.digest = '', digest, excluded.digest)`,
			g.Name, g.Size, g.State, g.Digest); err != nil {
			return fmt.Errorf("store segment %s: %w", g.Name, err)
		}
	}
	return nil
}

// ForgetSegment forgets a segment that is no more. Its captures are forgotten
// before.
func (s *Store) ForgetSegment(ctx context.Context, name string) error {
	if _, err := s.writer.ExecContext(ctx, `DELETE FROM segments WHERE name = ?`, name); err != nil {
		return fmt.Errorf("forget segment %s: %w", name, err)
	}
	return nil
}

// Segments gives the segments in the order of their names.
func (s *Store) Segments(ctx context.Context) ([]Segment, error) {
	rows, err := s.readers.QueryContext(ctx, `SELECT name, size, state, digest FROM segments ORDER BY name`)
	if err != nil {
		return nil, fmt.Errorf("segments: %w", err)
	}
	defer rows.Close()
	var all []Segment
	for rows.Next() {
		var g Segment
		if err := rows.Scan(&g.Name, &g.Size, &g.State, &g.Digest); err != nil {
			return nil, fmt.Errorf("segments: %w", err)
		}
		all = append(all, g)
	}
	return all, rows.Err()
}
