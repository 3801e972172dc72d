package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/sqlite"
)

// layout4 adds what is in the archive. It is made of the archive's files, and
// can be made of them again.
const layout4 = `
CREATE TABLE captures (
	row           INTEGER PRIMARY KEY AUTOINCREMENT,
	capture_id    TEXT NOT NULL UNIQUE,
	visit_id      TEXT NOT NULL,
	url           TEXT NOT NULL,
	requested_url TEXT NOT NULL,
	site          TEXT NOT NULL,
	fetched_at    INTEGER NOT NULL,
	fetched_ns    INTEGER NOT NULL, -- nanoseconds beyond that: 0 to 999
	digest        TEXT NOT NULL,
	length        INTEGER NOT NULL,
	status        INTEGER NOT NULL,
	content_type  TEXT NOT NULL,
	origin        TEXT NOT NULL,
	run           TEXT NOT NULL,
	kind          TEXT NOT NULL,
	record_id     TEXT NOT NULL,
	refers_to     TEXT NOT NULL, -- the capture that has the body, of a revisit
	file          TEXT NOT NULL,
	offset        INTEGER NOT NULL,
	size          INTEGER NOT NULL
);
CREATE INDEX captures_by_url ON captures (url, fetched_at);
CREATE INDEX captures_by_site ON captures (site, fetched_at);
CREATE INDEX captures_by_time ON captures (fetched_at);
CREATE INDEX captures_by_file ON captures (file, offset);
CREATE INDEX captures_by_body ON captures (digest) WHERE refers_to = '';

CREATE TABLE segments (
	name   TEXT PRIMARY KEY,
	size   INTEGER NOT NULL, -- bytes
	state  TEXT NOT NULL,    -- open, closed, uploaded
	digest TEXT NOT NULL     -- of a closed one
) WITHOUT ROWID;

INSERT INTO totals VALUES ('captures', 0), ('revisits', 0);
CREATE TRIGGER capture_counted AFTER INSERT ON captures BEGIN
	UPDATE totals SET n = n + 1 WHERE name = 'captures' OR name = 'revisits' AND new.kind = 'revisit';
END;
CREATE TRIGGER capture_discounted AFTER DELETE ON captures BEGIN
	UPDATE totals SET n = n - 1 WHERE name = 'captures' OR name = 'revisits' AND old.kind = 'revisit';
END;
`

const captureColumns = `capture_id, visit_id, url, requested_url, site, fetched_at, fetched_ns, digest, length,
	status, content_type, origin, run, kind, record_id, refers_to, file, offset, size`

// PutCaptures notes in one commit where captures are in the archive. One that is
// known stays as it is.
func (s *Store) PutCaptures(ctx context.Context, captures []news.Capture) error {
	return sqlite.InTx(ctx, s.writer, func(tx *sql.Tx) error { return putCaptures(ctx, tx, captures) })
}

func putCaptures(ctx context.Context, tx *sql.Tx, captures []news.Capture) error {
	for _, c := range captures {
		at := c.FetchedAt.UTC()
		if _, err := tx.ExecContext(ctx, `INSERT INTO captures (`+captureColumns+`)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			c.CaptureID, c.VisitID, c.URL, c.RequestedURL, c.Site, micros(at), at.Nanosecond()%1000, c.Digest, c.Length,
			c.Status, c.ContentType, c.Origin, c.Run, c.Kind, c.RecordID, c.RefersTo, c.File, c.Offset, c.Size); err != nil {
			return fmt.Errorf("store capture %s: %w", c.CaptureID, err)
		}
	}
	return nil
}

// scanCapture reads the captureColumns, and into more what follows them.
func scanCapture(row scanner, more ...any) (c news.Capture, err error) {
	var at, ns int64
	err = row.Scan(append([]any{&c.CaptureID, &c.VisitID, &c.URL, &c.RequestedURL, &c.Site, &at, &ns, &c.Digest, &c.Length,
		&c.Status, &c.ContentType, &c.Origin, &c.Run, &c.Kind, &c.RecordID, &c.RefersTo, &c.File, &c.Offset, &c.Size}, more...)...)
	c.FetchedAt = fromMicros(at).Add(time.Duration(ns))
	return c, err
}

// FindCapture gives a capture, or [ErrNotFound].
func (s *Store) FindCapture(ctx context.Context, captureID string) (news.Capture, error) {
	c, err := findCapture(ctx, s.readers, captureID)
	if err != nil {
		return news.Capture{}, fmt.Errorf("capture %q: %w", captureID, err)
	}
	return c, nil
}

// FindBody gives the first capture that was kept of those that have a body of
// that digest themselves, or [ErrNotFound].
func (s *Store) FindBody(ctx context.Context, digest string) (news.Capture, error) {
	c, err := findBody(ctx, s.readers, digest)
	if err != nil {
		return news.Capture{}, fmt.Errorf("capture with the body %q: %w", digest, err)
	}
	return c, nil
}

// asker is what a row is asked of: the file, or one state of it.
type asker interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func findCapture(ctx context.Context, from asker, captureID string) (news.Capture, error) {
	return oneCapture(from.QueryRowContext(ctx, `SELECT `+captureColumns+` FROM captures WHERE capture_id = ?`, captureID))
}

// Capture gives one capture, or [ErrNotFound].
func (s *Store) Capture(ctx context.Context, captureID string) (news.Capture, error) {
	return findCapture(ctx, s.readers, captureID)
}

func findBody(ctx context.Context, from asker, digest string) (news.Capture, error) {
	return oneCapture(from.QueryRowContext(ctx, `SELECT `+captureColumns+` FROM captures
		WHERE digest = ? AND refers_to = '' ORDER BY row LIMIT 1`, digest))
}

func oneCapture(row *sql.Row) (news.Capture, error) {
	c, err := scanCapture(row)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	return c, err
}

// CaptureCounts is how much is in the archive.
type CaptureCounts struct {
	// Captures are all, Revisits those of them whose body is in another.
	Captures int64 `json:"captures"`
	Revisits int64 `json:"revisits"`
}

// CountCaptures counts, at the same cost for ten and for ten million.
func (s *Store) CountCaptures(ctx context.Context) (c CaptureCounts, err error) {
	err = s.readers.QueryRowContext(ctx, `
		SELECT (SELECT n FROM totals WHERE name = 'captures'), (SELECT n FROM totals WHERE name = 'revisits')`,
	).Scan(&c.Captures, &c.Revisits)
	if err != nil {
		err = fmt.Errorf("count captures: %w", err)
	}
	return c, err
}
