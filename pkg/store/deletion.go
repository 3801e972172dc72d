package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Deletion is that of a page on demand: when, and why. Nothing is known of what went.
type Deletion struct {
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
}

// Deletion gives the last [Store.TakeDown] of an address, or of a story that visits
// to it brought; nil where there was none.
func (s *Store) Deletion(ctx context.Context, address string) (*Deletion, error) {
	var d Deletion
	var at int64
	err := s.readers.QueryRowContext(ctx, `SELECT at, reason FROM takedowns
		WHERE address = ?1 OR at IN (
			SELECT p.at FROM visits v JOIN journey j ON j.visit_id = v.visit_id JOIN purges p ON p.story_id = j.story_id
			WHERE v.url = ?1)
		ORDER BY at DESC LIMIT 1`, normalOr(address)).Scan(&at, &d.Reason)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("deletion of %q: %w", address, err)
	}
	d.At = fromMicros(at)
	return &d, nil
}
