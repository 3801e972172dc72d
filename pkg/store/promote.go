package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/copydesk/copydesk/pkg/news"
)

// Objection is why an article that a replay made is not promoted; empty where
// nothing speaks against it.
type Objection string

// The objections.
const (
	// NewerCapture is of a story that the index has a later capture of.
	NewerCapture Objection = "the story has a later capture"
	// HadBefore is of an article that the index had of this capture, before another
	// was promoted.
	HadBefore Objection = "the index had it before another was promoted"
)

// Object says what speaks against promoting an article.
func (s *Store) Object(ctx context.Context, a *news.Article) (why Objection, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		storyID, err := homeOf(ctx, tx, a, ownAddresses(a))
		if err != nil {
			return err
		}
		var newer, known bool
		if err := tx.QueryRowContext(ctx, `SELECT
			EXISTS (SELECT 1 FROM sightings WHERE story_id = ? AND fetched_at > ?),
			EXISTS (SELECT 1 FROM sightings WHERE id = ?)`, storyID, micros(a.Raw.FetchedAt), a.ID).Scan(&newer, &known); err != nil {
			return err
		}
		switch {
		case newer:
			why = NewerCapture
		case known:
			why = HadBefore
		}
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("article %s: %w", a.ID, err)
	}
	return why, nil
}
