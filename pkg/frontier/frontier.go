package frontier

import (
	"context"
	"database/sql"
	"time"

	"github.com/copydesk/copydesk/pkg/sqlite"
)

// steps is the layout of the file; see [sqlite.Open].
var steps = []string{`
CREATE TABLE hosts (
	host    TEXT PRIMARY KEY,
	next_at INTEGER NOT NULL,           -- unix nanoseconds: not before
	waiting INTEGER NOT NULL DEFAULT 0  -- its rows in state 'waiting'
) WITHOUT ROWID;
CREATE INDEX hosts_due ON hosts (next_at) WHERE waiting > 0;

CREATE TABLE urls (
	id         INTEGER PRIMARY KEY,
	url        TEXT NOT NULL UNIQUE,    -- normalised
	host       TEXT NOT NULL,
	site       TEXT NOT NULL,
	priority   INTEGER NOT NULL,
	hints      TEXT NOT NULL,           -- JSON of news.Hints
	visit_id   TEXT NOT NULL UNIQUE,
	added_at   INTEGER NOT NULL,        -- unix nanoseconds, as all times here
	state      TEXT NOT NULL,           -- waiting, sent, settled
	sent_at    INTEGER NOT NULL DEFAULT 0,
	outcome    TEXT NOT NULL DEFAULT '',
	reason     TEXT NOT NULL DEFAULT '',
	settled_at INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX urls_waiting ON urls (host, priority, id) WHERE state = 'waiting';
CREATE INDEX urls_sent ON urls (sent_at) WHERE state = 'sent';

CREATE TABLE totals (
	state TEXT PRIMARY KEY,
	n     INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO totals VALUES ('waiting', 0), ('sent', 0), ('settled', 0);
CREATE TRIGGER count_added AFTER INSERT ON urls BEGIN
	UPDATE totals SET n = n + 1 WHERE state = NEW.state;
	UPDATE hosts SET waiting = waiting + 1 WHERE host = NEW.host AND NEW.state = 'waiting';
END;
CREATE TRIGGER count_moved AFTER UPDATE OF state ON urls WHEN OLD.state <> NEW.state BEGIN
	UPDATE totals SET n = n - 1 WHERE state = OLD.state;
	UPDATE totals SET n = n + 1 WHERE state = NEW.state;
	UPDATE hosts SET waiting = waiting + (NEW.state = 'waiting') - (OLD.state = 'waiting')
	 WHERE host = NEW.host;
END;
`, `
ALTER TABLE hosts ADD COLUMN failures  INTEGER NOT NULL DEFAULT 0; -- since its last answer
ALTER TABLE hosts ADD COLUMN failed_at INTEGER NOT NULL DEFAULT 0; -- the last of them
`, sourcesStep, refetchStep, captureStep}

// resendAfter is how long a job may be silent before it is offered again: longer
// than any wait, of which the longest is the day that a host may ask for, so that
// only jobs that the broker lost come back.
const resendAfter = 48 * time.Hour

// Frontier is the table of what to fetch. Its methods may be called from
// several goroutines.
type Frontier struct {
	db        *sql.DB
	hostDelay time.Duration
}

// Open opens or makes the frontier's file. hostDelay is the least time between
// the end of one job of a host and the next; 0 for no pacing of hosts that
// answer.
func Open(ctx context.Context, path string, hostDelay time.Duration) (*Frontier, error) {
	db, err := sqlite.Open(ctx, path, steps)
	if err != nil {
		return nil, err
	}
	// One connection: every method is a short transaction, and SQLite takes
	// one writer at a time.
	db.SetMaxOpenConns(1)
	return &Frontier{db: db, hostDelay: hostDelay}, nil
}

// Close closes the file.
func (f *Frontier) Close() error { return f.db.Close() }

// Counts says how many URLs are in which state.
type Counts struct {
	// Waiting is not yet in the fetch queue.
	Waiting int64 `json:"waiting"`
	// Sent is in the queue, or being fetched, or waiting for a retry.
	Sent int64 `json:"sent"`
	// Settled was fetched or given up.
	Settled int64 `json:"settled"`
	// Hosts have URLs waiting.
	Hosts int64 `json:"hosts"`
}

// Counts counts the rows, at the cost of reading a handful.
func (f *Frontier) Counts(ctx context.Context) (Counts, error) {
	var c Counts
	err := f.db.QueryRowContext(ctx, `SELECT
		(SELECT n FROM totals WHERE state = 'waiting'),
		(SELECT n FROM totals WHERE state = 'sent'),
		(SELECT n FROM totals WHERE state = 'settled'),
		(SELECT count(*) FROM hosts WHERE waiting > 0)`).Scan(&c.Waiting, &c.Sent, &c.Settled, &c.Hosts)
	return c, err
}
