package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// A story is withdrawn while the last that is known of its page is that it is
// gone: a visit that found it so is younger than every capture. Visits and
// captures come in any order; each has it looked at anew. Or it is withdrawn
// because its last capture is no article; then it is at the time of that capture,
// until another article comes of this one or of a later.

// layout3 adds when a story was withdrawn.
const layout3 = `
ALTER TABLE stories ADD COLUMN withdrawn_at INTEGER NOT NULL DEFAULT 0; -- 0 for one whose page is there
ALTER TABLE stories ADD COLUMN withdrawn_by TEXT NOT NULL DEFAULT ''; -- the visit that found it gone
CREATE INDEX stories_withdrawn ON stories (story_id) WHERE withdrawn_at > 0;
`

// layout8 adds why a story was withdrawn.
const layout8 = `
ALTER TABLE stories ADD COLUMN withdrawn_why TEXT NOT NULL DEFAULT ''; -- why its page is no article; '' for one that is gone
`

// gone says whether an event tells that a page is not there any more.
func gone(e news.Event) bool {
	return e.Stage == news.StageFetch && e.Outcome == news.Skipped && e.Reason == news.NotFound
}

// withdrawAt looks at the story of a page that was found gone. It returns what
// is to be told, nil where it is nothing, or was told of an earlier visit.
func withdrawAt(ctx context.Context, tx *sql.Tx, e news.Event) (*news.Withdrawn, error) {
	storyID, err := leadsTo(ctx, tx, e.URL)
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	last, err := latest(ctx, tx, storyID)
	if err != nil {
		return nil, err
	}
	if !isPageOf(last, e.URL) {
		return nil, nil // a short link may end before its story does
	}
	w, err := withdrawal(ctx, tx, last, e.URL)
	if w == nil || err != nil || w.VisitID != e.VisitID {
		return nil, err
	}
	return w, nil
}

// withdrawnStill looks at the story of an article that came in.
func withdrawnStill(ctx context.Context, tx *sql.Tx, storyID string, a *news.Article) (*news.Withdrawn, error) {
	address, err := weburl.Normalize(a.RequestedURL)
	if err != nil {
		return nil, nil // a saved page
	}
	var concerned bool // which few stories are
	if err := tx.QueryRowContext(ctx, `SELECT withdrawn_at > 0 OR EXISTS (SELECT 1 FROM visits
		WHERE url = ? AND (stage, outcome, reason) = ('fetch', 'skipped', 'notFound') AND at > ?)
		FROM stories WHERE story_id = ?`, address, micros(a.Raw.FetchedAt), storyID).Scan(&concerned); err != nil || !concerned {
		return nil, err
	}
	last, err := latest(ctx, tx, storyID)
	if err != nil {
		return nil, err
	}
	return withdrawal(ctx, tx, last, address)
}

// isPageOf says whether a story is fetched from an address.
func isPageOf(a *news.Article, address string) bool {
	normal, err := weburl.Normalize(address)
	if err != nil {
		return false
	}
	for _, own := range append(ownAddresses(a), pageAddresses(a)...) {
		if own == normal {
			return true
		}
	}
	return false
}

// pageAddresses are where the page of a record was asked for and found.
func pageAddresses(a *news.Article) []string {
	short := *a
	short.ShortURL = ""
	return leadingAddresses(&short)
}

// withdrawal notes whether the story of its last record is withdrawn, by what is
// known of the record's page and of one more address. It returns what is to be
// told of a story that is.
func withdrawal(ctx context.Context, tx *sql.Tx, last *news.Article, address string) (*news.Withdrawn, error) {
	var seen, at int64
	var by, newest string
	var why news.Reason
	if err := tx.QueryRowContext(ctx, `
		SELECT (SELECT max(fetched_at) FROM sightings WHERE story_id = s.story_id), withdrawn_at, withdrawn_by, withdrawn_why,
			(`+newestOf(`s.story_id`)+`)
		FROM stories s WHERE story_id = ?`, last.StoryID).Scan(&seen, &at, &by, &why, &newest); err != nil {
		return nil, fmt.Errorf("story %s: %w", last.StoryID, err)
	}
	if why != "" { // what ends that is an article: see found
		w := withdrawnOf(last)
		w.ID, w.ArticleID, w.VisitID, w.Reason, w.At = news.LostID(last.StoryID, newest), newest, by, why, fromMicros(at)
		return w, nil
	}
	wasAt, wasBy := at, by
	if at <= seen { // it came back, or was always there
		at, by = 0, ""
	}
	for _, url := range append(pageAddresses(last), address) {
		var goneAt int64
		var visit string
		err := tx.QueryRowContext(ctx, `SELECT at, visit_id FROM visits
			WHERE url = ? AND (stage, outcome, reason) = ('fetch', 'skipped', 'notFound') AND at > ?
			ORDER BY at, visit_id LIMIT 1`, url, seen).Scan(&goneAt, &visit)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, err
		}
		if err == nil && (at == 0 || goneAt < at || goneAt == at && visit < by) {
			at, by = goneAt, visit
		}
	}
	if at != wasAt || by != wasBy {
		if _, err := tx.ExecContext(ctx, `UPDATE stories SET withdrawn_at = ?, withdrawn_by = ? WHERE story_id = ?`, at, by, last.StoryID); err != nil {
			return nil, err
		}
	}
	if at == 0 {
		return nil, nil
	}
	w := withdrawnOf(last)
	w.ID, w.VisitID, w.At = news.WithdrawnID(last.StoryID, by), by, fromMicros(at)
	return w, nil
}

// withdrawnOf is the withdrawal of a story of its last record, without who found
// out and when.
func withdrawnOf(last *news.Article) *news.Withdrawn {
	return &news.Withdrawn{
		Schema: news.WithdrawnSchema, StoryID: last.StoryID, ArticleID: last.ID,
		URL: last.URL, Site: last.Trace().Site, Language: last.InLanguage.Primary(), Headline: last.Headline,
	}
}

// found ends the withdrawal of a story whose page was no article, when one came of
// that capture or of a later.
func found(ctx context.Context, tx *sql.Tx, storyID string, fetchedAt int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE stories SET withdrawn_at = 0, withdrawn_by = '', withdrawn_why = ''
		WHERE story_id = ? AND withdrawn_why != '' AND withdrawn_at <= ?`, storyID, fetchedAt)
	return err
}

// latest is the record that a story is at now.
func latest(ctx context.Context, tx *sql.Tx, storyID string) (*news.Article, error) {
	var record []byte
	if err := tx.QueryRowContext(ctx, `SELECT r.record FROM stories s JOIN revisions r ON r.row = s.latest
		WHERE s.story_id = ?`, storyID).Scan(&record); err != nil {
		return nil, fmt.Errorf("latest of story %s: %w", storyID, err)
	}
	article, _, err := decode(record)
	if err != nil {
		return nil, fmt.Errorf("latest of story %s: %w", storyID, err)
	}
	article.StoryID = storyID
	return article, nil
}

// readWithdrawn tells of a record since when its story is withdrawn.
func readWithdrawn(ctx context.Context, tx *sql.Tx, s *news.Stored) error {
	var at int64
	err := tx.QueryRowContext(ctx, `SELECT withdrawn_at FROM stories WHERE story_id = ?`, s.StoryID).Scan(&at)
	if at > 0 {
		s.WithdrawnAt = fromMicros(at)
	}
	return err
}

// Withdrawn gives the stories whose pages are gone, by their IDs.
func (s *Store) Withdrawn(ctx context.Context) ([]string, error) {
	rows, err := s.readers.QueryContext(ctx, `SELECT story_id FROM stories WHERE withdrawn_at > 0`)
	if err != nil {
		return nil, fmt.Errorf("withdrawn stories: %w", err)
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("withdrawn stories: %w", err)
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}
