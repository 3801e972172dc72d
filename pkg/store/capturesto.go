package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// CapturesTo gives the captures that an address names, in the order of their
// time: those that it answered, those that it was asked for and led to, and, of a
// story's own address, all of the story.
func (s *Store) CapturesTo(ctx context.Context, address string) ([]news.Capture, error) {
	var all []news.Capture
	err := s.read(ctx, func(tx *sql.Tx) (err error) {
		all, err = capturesTo(ctx, tx, address)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("captures of %q: %w", address, err)
	}
	return all, nil
}

func capturesTo(ctx context.Context, tx *sql.Tx, address string) ([]news.Capture, error) {
	addresses := []string{address}
	if normal, err := weburl.Normalize(address); err == nil && normal != address {
		addresses = append(addresses, normal)
	}
	found := map[string]news.Capture{}
	gather := func(query string, args ...any) error {
		rows, err := tx.QueryContext(ctx, `SELECT `+captureColumns+` FROM captures WHERE `+query, args...)
		if err != nil {
			return err
		}
		captures, err := readCaptures(rows)
		for _, c := range captures {
			found[c.CaptureID] = c
		}
		return err
	}
	visits := map[string]bool{}
	for _, a := range addresses {
		if err := gather(`url = ?`, a); err != nil {
			return nil, err
		}
		storyID, err := ownStory(ctx, tx, a)
		if err != nil {
			return nil, err
		}
		if err := gatherVisits(ctx, tx, visits, a, storyID); err != nil {
			return nil, err
		}
	}
	for visit := range visits {
		// The identity of a capture begins with that of its visit.
		if err := gather(`capture_id >= ?1 || '-' AND capture_id < ?1 || '.'`, visit); err != nil {
			return nil, err
		}
	}
	return slices.SortedFunc(maps.Values(found), func(a, b news.Capture) int {
		return cmp.Or(a.FetchedAt.Compare(b.FetchedAt), cmp.Compare(a.CaptureID, b.CaptureID))
	}), nil
}

// ownStory is the story that has an address as its own, empty where none has.
func ownStory(ctx context.Context, tx *sql.Tx, address string) (storyID string, err error) {
	err = tx.QueryRowContext(ctx, `SELECT story_id FROM aliases WHERE alias = ? AND own`, address).Scan(&storyID)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return storyID, err
}

func gatherVisits(ctx context.Context, tx *sql.Tx, visits map[string]bool, address, storyID string) error {
	rows, err := tx.QueryContext(ctx, `SELECT visit_id FROM visits WHERE url = ?
		UNION SELECT visit_id FROM sightings WHERE story_id = ?`, address, storyID)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var visit string
		if err := rows.Scan(&visit); err != nil {
			return err
		}
		visits[visit] = true
	}
	return rows.Err()
}
