package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// file is the story that a belongs to. An address keeps the story that it was
// first seen with, so a story stays one when its page begins to state another
// canonical address. The article's addresses are remembered for it.
func file(ctx context.Context, tx *sql.Tx, a *news.Article) (string, error) {
	own := ownAddresses(a)
	storyID, err := homeOf(ctx, tx, a, own)
	if err != nil {
		return "", err
	}
	if a.StoryID != storyID {
		own = append(own, a.StoryID)
	}
	for _, alias := range own {
		if _, err := tx.ExecContext(ctx, `
			INSERT INTO aliases (alias, story_id, own) VALUES (?, ?, TRUE)
			ON CONFLICT DO UPDATE SET story_id = excluded.story_id, own = TRUE WHERE NOT own`,
			alias, storyID); err != nil {
			return "", err
		}
	}
	for _, alias := range leadingAddresses(a) {
		if _, err := tx.ExecContext(ctx, `
			INSERT INTO aliases (alias, story_id, own) VALUES (?, ?, FALSE)
			ON CONFLICT DO UPDATE SET story_id = excluded.story_id WHERE NOT own`,
			alias, storyID); err != nil {
			return "", err
		}
	}
	return storyID, nil
}

// homeOf is the story that an article belongs to that has these addresses of its
// own.
func homeOf(ctx context.Context, tx *sql.Tx, a *news.Article, own []string) (string, error) {
	for _, address := range own {
		var known string
		err := tx.QueryRowContext(ctx, `SELECT story_id FROM aliases WHERE alias = ? AND own`, address).Scan(&known)
		if err == nil {
			return known, nil
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return "", err
		}
	}
	return a.StoryID, nil
}

// ownAddresses are the addresses that can be no other story's: that of the
// page, then that of its story key. A page that does not look like a story's
// own, such as "/live", may show another one tomorrow; it counts only where
// the page states no better.
func ownAddresses(a *news.Article) []string {
	key := weburl.StoryKey(a.CanonicalURL, a.URL)
	final, err := weburl.Normalize(a.URL)
	switch {
	case key == "":
		return nil
	case err != nil || final == key || !weburl.IsStory(final):
		return []string{key}
	}
	return []string{final, key}
}

// leadingAddresses are addresses that lead to the story today.
func leadingAddresses(a *news.Article) []string {
	var normal []string
	for _, address := range []string{a.RequestedURL, a.URL, a.ShortURL} {
		if n, err := weburl.Normalize(address); err == nil {
			normal = append(normal, n)
		}
	}
	return normal
}
