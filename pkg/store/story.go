package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// Errors of [Store.Story].
var (
	// ErrNotFound is returned for a story or a version that there is not.
	ErrNotFound = errors.New("not found")
	// ErrAmbiguous is returned for the beginning of several stories' IDs.
	ErrAmbiguous = errors.New("names several stories: give more of its digits")
)

// Story is the record of a story by its ID, the ID of one of its revisions, the
// beginning of either, or a URL that leads to it. Version is the number of the
// version wanted; 0 is the one that a revision's ID names, else the latest.
func (s *Store) Story(ctx context.Context, key string, version int) (*news.Stored, error) {
	var stored *news.Stored
	err := s.read(ctx, func(tx *sql.Tx) error {
		storyID, articleID, err := resolve(ctx, tx, key)
		if err != nil {
			return err
		}
		past, err := historyOf(ctx, tx, storyID)
		if err != nil {
			return err
		}
		at := len(past) - 1
		switch {
		case version != 0:
			at = past.first(version)
		case articleID != "":
			at = past.find(articleID)
		}
		if at < 0 {
			return fmt.Errorf("version %d of %d: %w", version, past.version(len(past)-1), ErrNotFound)
		}
		article, err := s.article(ctx, tx, storyID, past[at].row)
		if err != nil {
			return err
		}
		stored = past.stored(article, past.version(at))
		return readWithdrawn(ctx, tx, stored)
	})
	if err != nil {
		return nil, fmt.Errorf("story %q: %w", key, err)
	}
	return stored, nil
}

func (s *Store) article(ctx context.Context, tx *sql.Tx, storyID string, row int64) (*news.Article, error) {
	var record []byte
	if err := tx.QueryRowContext(ctx, `SELECT record FROM revisions WHERE row = ?`, row).Scan(&record); err != nil {
		return nil, fmt.Errorf("row %d: %w", row, err)
	}
	article, _, err := decode(record)
	if err != nil {
		return nil, fmt.Errorf("row %d: %w", row, err)
	}
	article.StoryID = storyID
	return article, nil
}

// resolve finds the story that key names, and the article where it names one.
func resolve(ctx context.Context, tx *sql.Tx, key string) (storyID, articleID string, err error) {
	if strings.Contains(key, "://") {
		storyID, err = leadsTo(ctx, tx, key)
		return storyID, "", err
	}
	// Identities are lower-case hex digits: 'g' is behind all that begin so.
	from := strings.ToLower(key)
	rows, err := tx.QueryContext(ctx, `
		SELECT story_id, '' FROM stories WHERE story_id >= ?1 AND story_id < ?1 || 'g'
		UNION SELECT story_id, '' FROM aliases WHERE alias >= ?1 AND alias < ?1 || 'g'
		UNION SELECT story_id, id FROM sightings WHERE id >= ?1 AND id < ?1 || 'g'
		ORDER BY 1, 2 LIMIT 2`, from)
	if err != nil {
		return "", "", err
	}
	defer rows.Close()
	for rows.Next() {
		before := storyID
		if err := rows.Scan(&storyID, &articleID); err != nil {
			return "", "", err
		}
		if before != "" {
			return "", "", ErrAmbiguous
		}
	}
	if storyID == "" {
		return "", "", errors.Join(rows.Err(), ErrNotFound)
	}
	return storyID, articleID, rows.Err()
}

// leadsTo is the story that an address leads to.
func leadsTo(ctx context.Context, tx *sql.Tx, address string) (storyID string, err error) {
	normal, err := weburl.Normalize(address)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrNotFound, err)
	}
	err = tx.QueryRowContext(ctx, `SELECT story_id FROM aliases WHERE alias = ?`, normal).Scan(&storyID)
	if errors.Is(err, sql.ErrNoRows) {
		return "", ErrNotFound
	}
	return storyID, err
}
