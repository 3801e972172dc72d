package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/sqlite"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// layout7 adds what is taken out for good. Rows go at once, in one commit; doomed
// says what is still in the archive's files, purges what search may still know,
// and takedowns what must not come again out of streams.
const layout7 = `
CREATE TABLE takedowns (
	address TEXT PRIMARY KEY,
	at      INTEGER NOT NULL, -- what was fetched until then does not come again
	reason  TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE doomed (
	capture_id TEXT PRIMARY KEY,
	file       TEXT NOT NULL,
	reason     TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX doomed_by_file ON doomed (file);

CREATE TABLE purges (
	number   INTEGER PRIMARY KEY AUTOINCREMENT,
	story_id TEXT NOT NULL
);

CREATE INDEX captures_by_original ON captures (refers_to) WHERE refers_to != '';

CREATE TRIGGER story_discounted AFTER DELETE ON stories BEGIN
	UPDATE totals SET n = n - 1 WHERE name = 'stories';
END;
CREATE TRIGGER revision_discounted AFTER DELETE ON revisions BEGIN
	UPDATE totals SET n = n - 1 WHERE name = 'revisions';
END;
`

// Takedown is what goes with an address.
type Takedown struct {
	// Captures are those that the address names, Elsewhere those of other pages
	// that have the very body of one of them: what has to go is that body.
	Captures  []news.Capture `json:"captures"`
	Elsewhere []news.Capture `json:"elsewhere,omitempty"`
	// StoryID is the story of which the address is an own one, and Revisions how
	// many that has.
	StoryID   string `json:"storyId,omitempty"`
	Revisions int    `json:"revisions,omitempty"`
	// Addresses are the address and those that are the story's own.
	Addresses []string `json:"addresses"`
}

// Empty says that nothing goes.
func (t Takedown) Empty() bool { return len(t.Captures) == 0 && t.StoryID == "" }

// WouldTakeDown says what [Store.TakeDown] would take.
func (s *Store) WouldTakeDown(ctx context.Context, address string) (t Takedown, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		t, err = planTakedown(ctx, tx, address)
		return err
	})
	if err != nil {
		return Takedown{}, fmt.Errorf("take down %q: %w", address, err)
	}
	return t, nil
}

// TakeDown takes, in one commit, the captures of an address and the story of which
// it is an own one out of the rows, and remembers what has to go from files and
// search. What is in the streams of what was fetched until then does not come
// again. What an address only leads to, such as a story that a front page shows,
// stays.
func (s *Store) TakeDown(ctx context.Context, address, reason string, at time.Time) (t Takedown, err error) {
	if err := s.forgetForGood(ctx); err != nil {
		return Takedown{}, fmt.Errorf("take down %q: %w", address, err)
	}
	err = sqlite.InTx(ctx, s.writer, func(tx *sql.Tx) error {
		if t, err = planTakedown(ctx, tx, address); err != nil || t.Empty() {
			return err
		}
		for _, c := range slices.Concat(t.Captures, t.Elsewhere) {
			if err := doom(ctx, tx, c, reason); err != nil {
				return err
			}
		}
		for _, a := range t.Addresses {
			if _, err := tx.ExecContext(ctx, `INSERT INTO takedowns VALUES (?, ?, ?)
				ON CONFLICT DO UPDATE SET at = max(at, excluded.at), reason = excluded.reason`, a, micros(at), reason); err != nil {
				return err
			}
		}
		return purge(ctx, tx, t.StoryID, at)
	})
	if err == nil {
		err = s.checkpoint(ctx)
	}
	if err != nil {
		return Takedown{}, fmt.Errorf("take down %q: %w", address, err)
	}
	return t, nil
}

// forgetForGood has what is deleted from now on overwritten in the file.
func (s *Store) forgetForGood(ctx context.Context) error {
	_, err := s.writer.ExecContext(ctx, `PRAGMA secure_delete = ON`)
	return err
}

// checkpoint empties the log, in which deleted rows may still stand.
func (s *Store) checkpoint(ctx context.Context) error {
	_, err := s.writer.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
	return err
}

func planTakedown(ctx context.Context, tx *sql.Tx, address string) (t Takedown, err error) {
	if t.Captures, err = capturesTo(ctx, tx, address); err != nil {
		return t, err
	}
	ids := map[string]bool{}
	for _, c := range t.Captures {
		ids[c.CaptureID] = true
	}
	for _, c := range t.Captures {
		rows, err := tx.QueryContext(ctx, `SELECT `+captureColumns+` FROM captures WHERE refers_to = ? AND refers_to != '' ORDER BY row`, c.CaptureID)
		if err != nil {
			return t, err
		}
		revisits, err := readCaptures(rows)
		if err != nil {
			return t, err
		}
		for _, r := range revisits {
			if !ids[r.CaptureID] {
				t.Elsewhere = append(t.Elsewhere, r)
			}
		}
	}
	address = normalOr(address)
	t.Addresses = []string{address}
	if t.StoryID, err = ownStory(ctx, tx, address); err != nil || t.StoryID == "" {
		return t, err
	}
	own, err := ownOf(ctx, tx, t.StoryID)
	if err != nil {
		return t, err
	}
	t.Addresses = append(t.Addresses, slices.DeleteFunc(own, func(a string) bool { return a == address })...)
	err = tx.QueryRowContext(ctx, `SELECT count(*) FROM revisions WHERE story_id = ?`, t.StoryID).Scan(&t.Revisions)
	return t, err
}

// normalOr is an address in its normal form; what is no web address is as it is.
func normalOr(address string) string {
	if normal, err := weburl.Normalize(address); err == nil {
		return normal
	}
	return address
}

// ownOf are the addresses that are a story's own.
func ownOf(ctx context.Context, tx *sql.Tx, storyID string) (own []string, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT alias FROM aliases WHERE story_id = ? AND own AND alias LIKE '%://%' ORDER BY alias`, storyID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var address string
		if err := rows.Scan(&address); err != nil {
			return nil, err
		}
		own = append(own, address)
	}
	return own, rows.Err()
}

func doom(ctx context.Context, tx *sql.Tx, c news.Capture, reason string) error {
	if _, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO doomed VALUES (?, ?, ?)`, c.CaptureID, c.File, reason); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM captures WHERE capture_id = ?`, c.CaptureID); err != nil {
		return err
	}
	return unreplay(ctx, tx, c.CaptureID)
}

// unreplay takes out what replays made of a capture. One that is still on its way
// has its end with that.
func unreplay(ctx context.Context, tx *sql.Tx, captureID string) error {
	if _, err := tx.ExecContext(ctx, `UPDATE runs SET ended = ended + 1
		WHERE EXISTS (SELECT 1 FROM replayed p WHERE p.run = name AND p.capture_id = ? AND p.outcome = '')`, captureID); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE replayed SET outcome = ?, reason = ?, detail = '', other = FALSE, content_hash = '', record = NULL
		WHERE run IN (SELECT name FROM runs) AND capture_id = ?`, news.Skipped, news.TakenDown, captureID)
	return err
}

// purge takes a story out of the rows, and has search forget it.
func purge(ctx context.Context, tx *sql.Tx, storyID string, at time.Time) error {
	if storyID == "" {
		return nil
	}
	for _, statement := range []string{
		`DELETE FROM sightings WHERE story_id = ?`,
		`DELETE FROM stories WHERE story_id = ?`,
		`DELETE FROM revisions WHERE story_id = ?`,
		`DELETE FROM aliases WHERE story_id = ?`,
	} {
		if _, err := tx.ExecContext(ctx, statement, storyID); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO purges (story_id, at) VALUES (?, ?)`, storyID, micros(at))
	return err
}

// isTakenDown says whether what an address brought at a time was taken down.
func isTakenDown(ctx context.Context, from asker, at time.Time, addresses ...string) (bool, error) {
	for _, address := range addresses {
		var down int
		err := from.QueryRowContext(ctx, `SELECT 1 FROM takedowns WHERE address = ? AND at >= ?`, normalOr(address), micros(at)).Scan(&down)
		if err == nil {
			return true, nil
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return false, err
		}
	}
	return false, nil
}

// TakenDown says whether a page is what was taken down before: out of a stream, or
// of another archive, it must not come again.
func (s *Store) TakenDown(ctx context.Context, p *news.Page) (bool, error) {
	down, err := isTakenDown(ctx, s.readers, p.FetchedAt, p.URL, p.RequestedURL)
	if err != nil {
		return false, fmt.Errorf("takedown of %q: %w", p.URL, err)
	}
	return down, nil
}

// Purged gives the stories that were taken out of the rows and are not there
// again, after the number of a purge, and the number of the last that was looked
// at; see [search.Source].
func (s *Store) Purged(ctx context.Context, after int64, limit int) (storyIDs []string, last int64, err error) {
	last = after
	err = s.read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT number, story_id, EXISTS (SELECT 1 FROM stories s WHERE s.story_id = p.story_id)
			FROM purges p WHERE number > ? ORDER BY number LIMIT ?`, after, limit)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id string
			var back bool
			if err := rows.Scan(&last, &id, &back); err != nil {
				return err
			}
			if !back {
				storyIDs = append(storyIDs, id)
			}
		}
		return rows.Err()
	})
	if err != nil {
		return nil, 0, fmt.Errorf("purged stories: %w", err)
	}
	return storyIDs, last, nil
}
