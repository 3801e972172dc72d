package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/copydesk/copydesk/pkg/news"
)

// Holdings is what rows know of captures that come.
type Holdings struct {
	// Known are those that are kept, by their identity.
	Known map[string]news.Capture
	// Bodies are the captures that have a body themselves, by its digest.
	Bodies map[string]news.Capture
}

// Holdings says which of captures and of bodies there are, in one state of the
// file.
func (s *Store) Holdings(ctx context.Context, captureIDs, digests []string) (Holdings, error) {
	h := Holdings{Known: map[string]news.Capture{}, Bodies: map[string]news.Capture{}}
	err := s.read(ctx, func(tx *sql.Tx) error {
		return errors.Join(
			gather(h.Known, captureIDs, func(id string) (news.Capture, error) { return findCapture(ctx, tx, id) }),
			gather(h.Bodies, digests, func(digest string) (news.Capture, error) { return findBody(ctx, tx, digest) }))
	})
	if err != nil {
		return Holdings{}, fmt.Errorf("look captures up: %w", err)
	}
	return h, nil
}

func gather(to map[string]news.Capture, keys []string, find func(string) (news.Capture, error)) error {
	for _, key := range slices.Compact(slices.Sorted(slices.Values(keys))) {
		c, err := find(key)
		switch {
		case err == nil:
			to[key] = c
		case !errors.Is(err, ErrNotFound):
			return err
		}
	}
	return nil
}
