package frontier

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/copydesk/copydesk/pkg/sqlite"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// sourcesStep adds the sources to the layout of the file.
const sourcesStep = `
ALTER TABLE hosts ADD COLUMN polled INTEGER NOT NULL DEFAULT 0; -- its last turn was a poll

CREATE TABLE sources (
	id            INTEGER PRIMARY KEY,
	url           TEXT NOT NULL UNIQUE,   -- normalised
	host          TEXT NOT NULL,
	parent        INTEGER REFERENCES sources (id) ON DELETE CASCADE, -- the list that names it, NULL for none
	root          INTEGER,                -- the first of its parents, NULL for none
	depth         INTEGER NOT NULL,       -- how many parents it has
	kind          TEXT NOT NULL,          -- found when it was read, '' before
	title         TEXT NOT NULL,
	state         TEXT NOT NULL,          -- active, paused
	every         INTEGER NOT NULL,       -- nanoseconds between polls if an operator said so, else 0
	interval      INTEGER NOT NULL,       -- between the last poll and the next
	asked         INTEGER NOT NULL DEFAULT 0, -- the least interval that the publisher wants
	next_at       INTEGER NOT NULL,
	etag          TEXT NOT NULL DEFAULT '',
	last_modified TEXT NOT NULL DEFAULT '',
	digest        TEXT NOT NULL DEFAULT '',
	added_at      INTEGER NOT NULL,
	success_at    INTEGER NOT NULL DEFAULT 0, -- 0 for never, as below
	new_at        INTEGER NOT NULL DEFAULT 0, -- of the last new item
	rhythm        INTEGER NOT NULL DEFAULT 0, -- nanoseconds between new items, 0 for not known
	error_at      INTEGER NOT NULL DEFAULT 0,
	error         TEXT NOT NULL DEFAULT '', -- '' if the last poll succeeded
	failures      INTEGER NOT NULL DEFAULT 0, -- in a row
	items         INTEGER NOT NULL DEFAULT 0  -- pages that it was the first to name
);
CREATE INDEX sources_due ON sources (next_at) WHERE state = 'active';
CREATE INDEX sources_of_host ON sources (host, next_at) WHERE state = 'active';
CREATE INDEX sources_below ON sources (parent) WHERE parent IS NOT NULL;
CREATE INDEX sources_of_root ON sources (root) WHERE root IS NOT NULL;
`

// SourceState says whether a source is polled.
type SourceState string

// The states.
const (
	Active SourceState = "active"
	Paused SourceState = "paused" // by an operator
)

// Source is a document that lists pages, or other sources, and is polled again
// and again.
type Source struct {
	URL string `json:"url"`
	// Parent is the list that names it, empty for one that somebody added.
	Parent string `json:"parent,omitempty"`
	// Kind is what it was when it was last read, as pkg/feed names it; empty
	// before.
	Kind  string      `json:"kind,omitempty"`
	Title string      `json:"title,omitempty"`
	State SourceState `json:"state"`
	// Every is the interval that an operator asked for, 0 for one of its own.
	Every time.Duration `json:"everyNs,omitempty"`
	// Interval is the time between the last poll and the next.
	Interval time.Duration `json:"intervalNs"`
	AddedAt  time.Time     `json:"addedAt"`
	NextAt   time.Time     `json:"nextAt"`
	// SuccessAt is the last poll that succeeded, changed or not.
	SuccessAt time.Time `json:"successAt,omitzero"`
	// NewAt is when the last new item came.
	NewAt time.Time `json:"newAt,omitzero"`
	// Rhythm is the usual time between new items, 0 if not known.
	Rhythm time.Duration `json:"rhythmNs,omitempty"`
	// Error is why the last poll failed, empty if it succeeded.
	Error    string    `json:"error,omitempty"`
	ErrorAt  time.Time `json:"errorAt,omitzero"`
	Failures int       `json:"failures,omitempty"` // in a row
	// Items is how many pages it was the first to name.
	Items int64 `json:"items"`
	// Silent says why nothing is heard of the source, empty if all is well.
	Silent string `json:"silent,omitempty"`
}

// SourceRequest asks for a source to be polled.
type SourceRequest struct {
	URL   string `json:"url"`
	Title string `json:"title,omitempty"`
	// Every is the time between two polls, 0 to let the source's own rhythm
	// decide.
	Every time.Duration `json:"everyNs,omitempty"`
}

// SourceAnswer says what became of a [SourceRequest].
type SourceAnswer struct {
	URL string `json:"url"`
	// Known says that there was such a source already; it has the interval now
	// that was asked for.
	Known bool `json:"known,omitempty"`
	// Error says why the source was refused.
	Error string `json:"error,omitempty"`
}

// AddSources takes sources, to be polled at once; when it returns they are on
// disk.
func (f *Frontier) AddSources(ctx context.Context, requests []SourceRequest, pace Pace, now time.Time) ([]SourceAnswer, error) {
	answers := make([]SourceAnswer, len(requests))
	err := sqlite.InTx(ctx, f.db, func(tx *sql.Tx) error {
		for i, r := range requests {
			var err error
			if answers[i], err = addSource(ctx, tx, r, pace, now); err != nil {
				return err
			}
		}
		return nil
	})
	return answers, err
}

func addSource(ctx context.Context, tx *sql.Tx, r SourceRequest, pace Pace, now time.Time) (SourceAnswer, error) {
	url, err := weburl.Normalize(r.URL)
	if err != nil {
		return SourceAnswer{URL: r.URL, Error: err.Error()}, nil
	}
	if r.Every != 0 && (r.Every < leastEvery || r.Every > mostEvery) {
		return SourceAnswer{URL: url, Error: fmt.Sprintf("every %v: it is from %v to %v", r.Every, leastEvery, mostEvery)}, nil
	}
	var id, every int64
	err = tx.QueryRowContext(ctx, `SELECT id, every FROM sources WHERE url = ?`, url).Scan(&id, &every)
	if err == nil {
		if r.Every != 0 && int64(r.Every) != every {
			_, err = tx.ExecContext(ctx, `UPDATE sources SET every = ?, next_at = ? WHERE id = ?`, r.Every, now.UnixNano(), id)
		}
		return SourceAnswer{URL: url, Known: true}, err
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return SourceAnswer{}, err
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO sources (url, host, depth, kind, title, state, every, interval, next_at, added_at)
		VALUES (?, ?, 0, '', ?, 'active', ?, ?, ?, ?)`,
		url, weburl.Host(url), r.Title, r.Every, pace.first(r.Every), now.UnixNano(), now.UnixNano())
	return SourceAnswer{URL: url}, err
}

// family is a source and all that it led to.
const family = `WITH RECURSIVE family (id) AS (
	SELECT id FROM sources WHERE url = ? UNION SELECT s.id FROM sources s JOIN family f ON s.parent = f.id) `

// RemoveSource forgets a source and all that it led to, not the pages that they
// listed. It returns [ErrNoSource] if there is none.
func (f *Frontier) RemoveSource(ctx context.Context, address string) error {
	return f.eachOf(ctx, address, func(tx *sql.Tx, url string) (sql.Result, error) {
		return tx.ExecContext(ctx, `DELETE FROM sources WHERE url = ?`, url)
	})
}

// PauseSource has a source and all that it led to not be polled any more.
func (f *Frontier) PauseSource(ctx context.Context, address string) error {
	return f.eachOf(ctx, address, func(tx *sql.Tx, url string) (sql.Result, error) {
		return tx.ExecContext(ctx, family+`UPDATE sources SET state = 'paused' WHERE id IN (SELECT id FROM family)`, url)
	})
}

// ResumeSource has them polled again, at once.
func (f *Frontier) ResumeSource(ctx context.Context, address string, now time.Time) error {
	return f.eachOf(ctx, address, func(tx *sql.Tx, url string) (sql.Result, error) {
		return tx.ExecContext(ctx, family+`UPDATE sources SET state = 'active', next_at = ? WHERE id IN (SELECT id FROM family)`,
			url, now.UnixNano())
	})
}

// ErrNoSource is returned for an address that is no source.
var ErrNoSource = errors.New("no such source")

func (f *Frontier) eachOf(ctx context.Context, address string, change func(*sql.Tx, string) (sql.Result, error)) error {
	url, err := weburl.Normalize(address)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNoSource, err)
	}
	return sqlite.InTx(ctx, f.db, func(tx *sql.Tx) error {
		result, err := change(tx, url)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n > 0 {
			return err
		}
		return fmt.Errorf("%w: %s", ErrNoSource, url)
	})
}

const sourceColumns = `s.url, coalesce(p.url, ''), s.kind, s.title, s.state, s.every, s.interval,
	s.added_at, s.next_at, s.success_at, s.new_at, s.rhythm, s.error, s.error_at, s.failures, s.items`

// Sources gives up to limit sources whose address is behind after, in order.
func (f *Frontier) Sources(ctx context.Context, after string, limit int, now time.Time) ([]Source, error) {
	return f.sources(ctx, now, `WHERE s.url > ? ORDER BY s.url LIMIT ?`, after, limit)
}

// Source gives one source, or [ErrNoSource].
func (f *Frontier) Source(ctx context.Context, address string, now time.Time) (Source, error) {
	url, err := weburl.Normalize(address)
	if err != nil {
		return Source{}, fmt.Errorf("%w: %w", ErrNoSource, err)
	}
	found, err := f.sources(ctx, now, `WHERE s.url = ?`, url)
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("%w: %s", ErrNoSource, url)
	}
	if err != nil {
		return Source{}, err
	}
	return found[0], nil
}

func (f *Frontier) sources(ctx context.Context, now time.Time, where string, args ...any) ([]Source, error) {
	rows, err := f.db.QueryContext(ctx, `SELECT `+sourceColumns+` FROM sources s LEFT JOIN sources p ON p.id = s.parent `+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []Source
	for rows.Next() {
		var s Source
		var added, next, success, fresh, failed int64
		if err := rows.Scan(&s.URL, &s.Parent, &s.Kind, &s.Title, &s.State, &s.Every, &s.Interval,
			&added, &next, &success, &fresh, &s.Rhythm, &s.Error, &failed, &s.Failures, &s.Items); err != nil {
			return nil, err
		}
		s.AddedAt, s.NextAt, s.SuccessAt, s.NewAt, s.ErrorAt = moment(added), moment(next), moment(success), moment(fresh), moment(failed)
		s.Silent = s.silence(now)
		found = append(found, s)
	}
	return found, rows.Err()
}

// moment is a time as the rows keep it; 0 is none.
func moment(nanoseconds int64) time.Time {
	if nanoseconds == 0 {
		return time.Time{}
	}
	return time.Unix(0, nanoseconds).UTC()
}

// nanos is what moment reads.
func nanos(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}
