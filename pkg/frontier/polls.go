package frontier

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/sqlite"
)

// Poll is a source whose turn has come.
type Poll struct {
	URL string
	// Depth is how many lists led to it.
	Depth int
	// Known is what it was told by when it was last read.
	Known news.Validators
	// First says that it was never read.
	First bool

	id       int64
	host     string
	every    time.Duration
	asked    time.Duration
	rhythm   time.Duration
	newAt    time.Time
	addedAt  time.Time
	failures int
}

// DuePolls gives up to limit sources to be polled now, at most one a host, those
// that have waited longest first. Each has its host's turn until [Frontier.Polled],
// and comes again after a while if nothing is heard of it.
func (f *Frontier) DuePolls(ctx context.Context, limit int, now time.Time) ([]Poll, error) {
	var polls []Poll
	err := sqlite.InTx(ctx, f.db, func(tx *sql.Tx) error {
		var err error
		if polls, err = duePolls(ctx, tx, limit, now); err != nil {
			return err
		}
		for _, p := range polls {
			if _, err := tx.ExecContext(ctx, `INSERT INTO hosts (host, next_at) VALUES (?, 0) ON CONFLICT DO NOTHING`, p.host); err != nil {
				return err
			}
			if err := f.takeTurn(ctx, tx, p.host, now, true); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `UPDATE sources SET next_at = ? WHERE id = ?`, now.Add(patience).UnixNano(), p.id); err != nil {
				return err
			}
		}
		return nil
	})
	return polls, err
}

func duePolls(ctx context.Context, tx *sql.Tx, limit int, now time.Time) ([]Poll, error) {
	rows, err := tx.QueryContext(ctx, `
		SELECT s.id, s.url, s.host, s.depth, s.etag, s.last_modified, s.digest, s.success_at,
			s.every, s.asked, s.rhythm, s.new_at, s.added_at, s.failures
		FROM sources s LEFT JOIN hosts h ON h.host = s.host
		WHERE s.state = 'active' AND s.next_at <= ?1 AND coalesce(h.next_at, 0) <= ?1
			AND NOT (coalesce(h.polled, 0) AND coalesce(h.waiting, 0) > 0 AND h.next_at > ?2)
		ORDER BY s.next_at`, now.UnixNano(), now.Add(-courtesy).UnixNano())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var polls []Poll
	taken := map[string]bool{}
	for len(polls) < limit && rows.Next() {
		var p Poll
		var success, fresh, added int64
		if err := rows.Scan(&p.id, &p.URL, &p.host, &p.Depth, &p.Known.ETag, &p.Known.LastModified, &p.Known.Digest, &success,
			&p.every, &p.asked, &p.rhythm, &fresh, &added, &p.failures); err != nil {
			return nil, err
		}
		if taken[p.host] {
			continue
		}
		taken[p.host] = true
		p.First, p.newAt, p.addedAt = success == 0, moment(fresh), moment(added)
		polls = append(polls, p)
	}
	return polls, rows.Err()
}

// NextPoll is when the next source is to be polled, if its host is free then; ok
// is false if there is none.
func (f *Frontier) NextPoll(ctx context.Context) (at time.Time, ok bool, err error) {
	var next sql.NullInt64
	err = f.db.QueryRowContext(ctx, `SELECT min(next_at) FROM sources WHERE state = 'active'`).Scan(&next)
	return time.Unix(0, next.Int64), next.Valid, err
}

// Result is what came of a poll: a reading, a source that is as it was, or a
// fault.
type Result struct {
	// Reading is what was found, nil if nothing was read.
	Reading *Reading
	// Fault is why the source could not be read; nil if it could, or is as it
	// was. A host that is busy is no failure of the source.
	Fault *news.Fault
	// Error is the fault for people; its own text where this is empty.
	Error string
}

// Reading is what a source says.
type Reading struct {
	Kind, Title string
	// Known is for the next poll; zero to have all of it read again.
	Known news.Validators
	// Asked is the least interval that the publisher wants.
	Asked time.Duration
	// New is how many pages it named that nobody had.
	New int
	// Newest is the date of its latest item, Rhythm the time between two, by the
	// dates that it states; zero where they are not known. They count for the
	// first reading.
	Newest time.Time
	Rhythm time.Duration
	// Sources are those that a list names. They replace those that it named
	// before, unless there is none.
	Sources []Child
}

// Child is a source that a list names.
type Child struct {
	URL, Title string
	// Updated is when it changed last, zero if that is not stated.
	Updated time.Time
}

// Polled notes what came of a poll, and when the source is polled next. It
// returns how many sources a list named that nobody had.
func (f *Frontier) Polled(ctx context.Context, p Poll, r Result, pace Pace, now time.Time) (added int, err error) {
	err = sqlite.InTx(ctx, f.db, func(tx *sql.Tx) error {
		if err := f.bookHost(ctx, tx, p.host, told(r, now)); err != nil {
			return err
		}
		if err := f.notePoll(ctx, tx, p, r, pace, now); err != nil || r.Reading == nil || len(r.Reading.Sources) == 0 {
			return err
		}
		added, err = putChildren(ctx, tx, p, r.Reading.Sources, pace, now)
		return err
	})
	return added, err
}

// told is a result as the event that tells of a host.
func told(r Result, now time.Time) news.Event {
	switch {
	case r.Fault == nil:
		return news.Event{Outcome: news.Done, At: now}
	case r.Fault.Kind == news.Skip:
		return news.Event{Outcome: news.Skipped, Reason: r.Fault.Reason, At: now}
	}
	return news.Event{Outcome: news.Retrying, Reason: r.Fault.Reason, At: now}
}

// maxError is how much of an error is kept of a source, in bytes.
const maxError = 1000

func (f *Frontier) notePoll(ctx context.Context, tx *sql.Tx, p Poll, r Result, pace Pace, now time.Time) error {
	switch {
	case r.Fault != nil && r.Fault.Reason == news.HostBusy:
		_, err := tx.ExecContext(ctx, `UPDATE sources SET next_at = ? WHERE id = ?`, now.Add(r.Fault.After).UnixNano(), p.id)
		return err
	case r.Fault != nil:
		interval := max(pace.afterFailure(p.every, p.failures), r.Fault.After)
		text := r.Error
		if text == "" {
			text = r.Fault.Error()
		}
		_, err := tx.ExecContext(ctx, `UPDATE sources SET failures = failures + 1, error = ?, error_at = ?, interval = ?, next_at = ? WHERE id = ?`,
			strings.ToValidUTF8(text[:min(len(text), maxError)], ""), now.UnixNano(), interval, now.Add(interval).UnixNano(), p.id)
		return err
	}
	if r.Reading != nil {
		p.asked = r.Reading.Asked
		if err := f.noteReading(ctx, tx, &p, r.Reading, now); err != nil {
			return err
		}
	}
	last := p.newAt
	if last.IsZero() {
		last = p.addedAt
	}
	interval := pace.next(p.every, p.rhythm, now.Sub(last), p.asked)
	_, err := tx.ExecContext(ctx, `UPDATE sources SET success_at = ?, failures = 0, error = '', interval = ?, next_at = ? WHERE id = ?`,
		now.UnixNano(), interval, now.Add(interval).UnixNano(), p.id)
	return err
}

func (f *Frontier) noteReading(ctx context.Context, tx *sql.Tx, p *Poll, r *Reading, now time.Time) error {
	if _, err := tx.ExecContext(ctx, `UPDATE sources SET kind = ?, title = iif(title = '', ?, title), asked = ?,
		etag = ?, last_modified = ?, digest = ?, items = items + ? WHERE id = ?`,
		r.Kind, r.Title, r.Asked, r.Known.ETag, r.Known.LastModified, r.Known.Digest, r.New, p.id); err != nil {
		return err
	}
	switch {
	case p.First && !r.Newest.IsZero():
		p.rhythm, p.newAt = r.Rhythm, earlier(r.Newest, now)
	case r.New > 0 && p.newAt.IsZero():
		p.newAt = now
	case r.New > 0:
		p.rhythm, p.newAt = blend(p.rhythm, now.Sub(p.newAt)), now
	default:
		return nil
	}
	if _, err := tx.ExecContext(ctx, `UPDATE sources SET new_at = ?, rhythm = ? WHERE id = ?`, nanos(p.newAt), p.rhythm, p.id); err != nil {
		return err
	}
	return bubble(ctx, tx, p.id, p.newAt)
}

// bubble tells the lists above a source that something new came by them.
func bubble(ctx context.Context, tx *sql.Tx, id int64, at time.Time) error {
	for {
		var last, rhythm int64
		err := tx.QueryRowContext(ctx, `SELECT id, new_at, rhythm FROM sources WHERE id = (SELECT parent FROM sources WHERE id = ?)`, id).
			Scan(&id, &last, &rhythm)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		gap := time.Duration(at.UnixNano() - last)
		if gap <= 0 {
			return nil
		}
		if last != 0 {
			rhythm = int64(blend(time.Duration(rhythm), gap))
		}
		if _, err := tx.ExecContext(ctx, `UPDATE sources SET new_at = ?, rhythm = ? WHERE id = ?`, nanos(at), rhythm, id); err != nil {
			return err
		}
	}
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
