package frontier

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
)

const (
	// leastPause is what the pauses of a host that fails grow from, where the
	// delay between its pages is shorter.
	leastPause = time.Second
	// longestPause of a host that fails. It costs such a host's rows, which end
	// when their attempts do, a few an hour.
	longestPause = time.Hour
)

// pause is the time between what became of one job of a host and its next turn.
// It doubles with each failure in a row.
func (f *Frontier) pause(failures int) time.Duration {
	if failures == 0 {
		return f.hostDelay
	}
	pause := max(f.hostDelay, leastPause)
	for range failures {
		if pause >= longestPause {
			return pause // a longer delay was asked for, or this was reached
		}
		pause = min(2*pause, longestPause)
	}
	return pause
}

// ofHost are the reasons that say that a host is down or wants to be left
// alone; whatever else it is asked for now would fare no better.
var ofHost = map[news.Reason]bool{
	news.ServerError: true, news.TooManyRequests: true, news.Connect: true,
	news.Timeout: true, news.NoHost: true, news.Robots: true,
}

// verdict says what an event tells of the host: that it answers, that it fails,
// or neither.
func verdict(e news.Event) (answers, fails bool) {
	switch e.Outcome {
	case news.Done, news.Unchanged, news.Skipped:
		return true, false
	case news.Retrying, news.Dead:
		return false, ofHost[e.Reason]
	}
	return false, false
}

// patience is how long a host has no other turn while nothing is heard of the
// job that was sent last.
const patience = 2 * time.Minute

// courtesy is how long pages and polls leave a free host to one another, by
// turns.
const courtesy = 5 * time.Second

// takeTurn keeps the turn of a host for what was given out of it, until it is
// booked anew. Without a delay a host that answers has its turn at any time.
func (f *Frontier) takeTurn(ctx context.Context, tx *sql.Tx, host string, now time.Time, poll bool) error {
	_, err := tx.ExecContext(ctx, `UPDATE hosts SET polled = ?, next_at = iif(? OR failures > 0, max(next_at, ?), next_at)
		WHERE host = ?`, poll, f.hostDelay > 0, now.Add(patience).UnixNano(), host)
	return err
}

// bookTurn says when the host of a visit may be asked again, after what became
// of it. A host that answers and has no delay between its pages has its turn at
// any time.
func (f *Frontier) bookTurn(ctx context.Context, tx *sql.Tx, e news.Event) error {
	var host string
	err := tx.QueryRowContext(ctx, `SELECT host FROM urls WHERE visit_id = ?`, e.VisitID).Scan(&host)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // nobody's visit
	}
	if err != nil {
		return err
	}
	return f.bookHost(ctx, tx, host, e)
}

// bookHost does it for a host.
func (f *Frontier) bookHost(ctx context.Context, tx *sql.Tx, host string, e news.Event) error {
	var failures int
	var failedAt int64
	err := tx.QueryRowContext(ctx, `SELECT failures, failed_at FROM hosts WHERE host = ?`, host).Scan(&failures, &failedAt)
	if err != nil {
		return err
	}
	before, at := failures, e.At.UnixNano()
	if at > failedAt { // else it comes twice or late, and the host has failed since
		switch answers, fails := verdict(e); {
		case answers:
			failures = 0
		case fails:
			failures, failedAt = failures+1, at
		}
	}
	if f.hostDelay == 0 && before == 0 && failures == 0 {
		return nil
	}
	_, err = tx.ExecContext(ctx, `UPDATE hosts SET failures = ?, failed_at = ?, next_at = ? WHERE host = ?`,
		failures, failedAt, e.At.Add(f.pause(failures)).UnixNano(), host)
	return err
}
