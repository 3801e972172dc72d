package store

import (
	"context"
	"database/sql"
	"errors"
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
	// GoneAlready is of a story that is withdrawn.
	GoneAlready Objection = "the story is withdrawn already"
)

// Promotion says what speaks against promoting an article; else the identity that
// it is promoted under. That is its own, unless the index had it of this capture
// before: then it is a revision behind the one that the index has now.
func (s *Store) Promotion(ctx context.Context, a *news.Article) (id string, why Objection, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		storyID, err := homeOf(ctx, tx, a, ownAddresses(a))
		if err != nil {
			return err
		}
		var newer, known bool
		var last string
		if err := tx.QueryRowContext(ctx, `SELECT
			EXISTS (SELECT 1 FROM sightings WHERE story_id = ? AND fetched_at > ?),
			EXISTS (SELECT 1 FROM sightings WHERE id = ?),
			coalesce((`+lastOfVisit(`?`)+`), '')`, storyID, micros(a.Raw.FetchedAt), a.ID, a.Trace().VisitID).Scan(&newer, &known, &last); err != nil {
			return err
		}
		if newer {
			why = NewerCapture
		}
		id = a.ID
		if known {
			id = news.AgainID(a.ID, last)
		}
		return nil
	})
	if err != nil {
		return "", "", fmt.Errorf("article %s: %w", a.ID, err)
	}
	return id, why, nil
}

// lastOfVisit is a statement for the last article that came of a visit.
func lastOfVisit(visit string) string {
	return `SELECT id FROM sightings WHERE visit_id = ` + visit + ` ORDER BY stream_seq DESC, id DESC LIMIT 1`
}

// Loss is the withdrawal of the story of a capture that is no article, for a
// reason; or what speaks against it.
func (s *Store) Loss(ctx context.Context, captureID string, reason news.Reason) (w *news.Withdrawn, why Objection, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		w, why, err = loss(ctx, tx, captureID, reason)
		return err
	})
	if err != nil {
		return nil, "", fmt.Errorf("capture %s: %w", captureID, err)
	}
	return w, why, nil
}

func loss(ctx context.Context, tx *sql.Tx, captureID string, reason news.Reason) (*news.Withdrawn, Objection, error) {
	visitID := news.VisitOf(captureID)
	var id, storyID, newest string
	var at int64
	var gone bool
	err := tx.QueryRowContext(ctx, `SELECT s.id, s.story_id, s.fetched_at, t.withdrawn_at > 0, (`+newestOf(`s.story_id`)+`)
		FROM sightings s JOIN stories t ON t.story_id = s.story_id
		WHERE s.id = (`+lastOfVisit(`?`)+`)`, visitID).Scan(&id, &storyID, &at, &gone, &newest)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound // taken down since it was compared
	}
	if err != nil {
		return nil, "", err
	}
	last, err := latest(ctx, tx, storyID)
	if err != nil {
		return nil, "", err
	}
	w := withdrawnOf(last)
	w.ID, w.ArticleID, w.VisitID, w.Reason, w.At = news.LostID(storyID, id), id, visitID, reason, fromMicros(at)
	switch {
	case gone:
		return w, GoneAlready, nil
	case newest != id:
		return w, NewerCapture, nil
	}
	return w, "", nil
}

// newestOf is a statement for the article that a story is at.
func newestOf(story string) string {
	return `SELECT id FROM sightings WHERE story_id = ` + story + ` ORDER BY fetched_at DESC, stream_seq DESC, id DESC LIMIT 1`
}

// Withdraw notes a [Store.Loss] that was told, unless another article of the story
// came since.
func (s *Store) Withdraw(ctx context.Context, w *news.Withdrawn) error {
	if _, err := s.writer.ExecContext(ctx, `UPDATE stories SET withdrawn_at = ?, withdrawn_by = ?, withdrawn_why = ?
		WHERE story_id = ? AND withdrawn_at = 0 AND (`+newestOf(`stories.story_id`)+`) = ?`,
		micros(w.At), w.VisitID, w.Reason, w.StoryID, w.ArticleID); err != nil {
		return fmt.Errorf("withdraw story %s: %w", w.StoryID, err)
	}
	return nil
}
