package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/sqlite"
)

// layout5 adds runs, and how far each was handed on.
const layout5 = `
CREATE TABLE runs (
	name     TEXT PRIMARY KEY,
	kind     TEXT NOT NULL,
	publish  INTEGER NOT NULL,
	begun_at INTEGER NOT NULL,
	fed      INTEGER NOT NULL -- the row of the last capture that was handed on
) WITHOUT ROWID;
CREATE INDEX captures_by_run ON captures (run, row) WHERE run != '';
`

// RunState is how far a run is.
type RunState struct {
	news.Run
	// Captures are those of the run: of an import those that the archive has. Fed
	// are those of them that were handed on for extraction, Ended those of a
	// replay that have a result.
	Captures int64 `json:"captures"`
	Fed      int64 `json:"fed"`
	Ended    int64 `json:"ended,omitempty"`
	// Question is what a replay was asked for, MadeBy the extractor that makes its
	// records, Beside the one that the desk had when it began.
	Question *ReplayQuestion `json:"question,omitempty"`
	MadeBy   *Maker          `json:"madeBy,omitempty"`
	Beside   *Maker          `json:"beside,omitempty"`
	// Outside says that MadeBy is a program beside the desk, which the command runs
	// that began the replay.
	Outside bool `json:"outside,omitempty"`
	// Sending says of an import that not all was sent yet.
	Sending bool `json:"sending,omitempty"`
	// CancelledAt is when a replay was cancelled, zero for others.
	CancelledAt time.Time `json:"cancelledAt,omitzero"`
	// Others counts the records of a replay that another extractor made than the
	// one that began it, or other rules.
	Others int64 `json:"others,omitempty"`
	// Outcomes counts by outcome the captures that are at their end.
	Outcomes map[news.Outcome]int64 `json:"outcomes,omitempty"`
	// Deaths are why captures could not be done: the most frequent first, and not
	// all where they are many.
	Deaths []Death `json:"deaths,omitempty"`
}

// Death is why some captures of a run could not be done.
type Death struct {
	Reason   news.Reason `json:"reason"`
	Detail   string      `json:"detail,omitempty"`
	Captures int64       `json:"captures"`
}

// ErrOtherRun is returned for a run that was begun otherwise.
var ErrOtherRun = errors.New("a run of that name was begun otherwise")

// otherwise is an [ErrOtherRun] that says how.
func otherwise(how string) error {
	return fmt.Errorf("%w, %s: ask for the same, or give this one another name by --run", ErrOtherRun, how)
}

func begunAs(kind news.RunKind) error { return otherwise("as a run of the kind " + string(kind)) }

// layout11 adds whether an import is still sent.
const layout11 = `ALTER TABLE runs ADD COLUMN sending INTEGER NOT NULL DEFAULT FALSE;`

// Sending says whether a run is an import of which not all was sent yet.
func (s *Store) Sending(ctx context.Context, name string) (sending bool, err error) {
	err = s.readers.QueryRowContext(ctx, `SELECT coalesce(max(sending), FALSE) FROM runs WHERE name = ?`, name).Scan(&sending)
	if err != nil {
		return false, fmt.Errorf("run %s: %w", name, err)
	}
	return sending, nil
}

// BeginRun begins a run, or goes on with it; sending says of an import that there is
// more to be sent. The error of one that was begun with another kind or purpose is
// [ErrOtherRun].
func (s *Store) BeginRun(ctx context.Context, run news.Run, sending bool) error {
	err := sqlite.InTx(ctx, s.writer, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO runs (name, kind, publish, begun_at, fed) VALUES (?, ?, ?, ?, 0) ON CONFLICT DO NOTHING`,
			run.Name, run.Kind, run.Publish, micros(run.BegunAt)); err != nil {
			return err
		}
		known, err := scanRun(tx.QueryRowContext(ctx, `SELECT `+runColumns+` FROM runs WHERE name = ?`, run.Name))
		if err != nil {
			return err
		}
		switch {
		case known.Kind != run.Kind:
			return begunAs(known.Kind)
		case known.Publish != run.Publish:
			return otherwise("with the other choice of --publish")
		}
		return setSending(ctx, tx, run.Name, sending)
	})
	if err != nil {
		return fmt.Errorf("run %s: %w", run.Name, err)
	}
	return nil
}

func setSending(ctx context.Context, tx *sql.Tx, name string, sending bool) error {
	_, err := tx.ExecContext(ctx, `UPDATE runs SET sending = ? WHERE name = ?`, sending, name)
	return err
}

const runColumns = `name, kind, publish, begun_at, rule_set`

// scanRun reads the runColumns, and into more what follows them.
func scanRun(row scanner, more ...any) (r news.Run, err error) {
	var at int64
	err = row.Scan(append([]any{&r.Name, &r.Kind, &r.Publish, &at, &r.Rules}, more...)...)
	r.BegunAt = fromMicros(at)
	return r, err
}

// Runs gives all runs in the order of their begin, and how far they are.
func (s *Store) Runs(ctx context.Context) ([]RunState, error) {
	return s.runStates(ctx, `ORDER BY begun_at, name`)
}

// LastRuns gives the n runs that were begun last, in the order of their begin.
func (s *Store) LastRuns(ctx context.Context, n int) ([]RunState, error) {
	return s.runStates(ctx, `WHERE name IN (SELECT name FROM runs ORDER BY begun_at DESC, name DESC LIMIT ?) ORDER BY begun_at, name`, n)
}

// Run gives one run, or [ErrNotFound].
func (s *Store) Run(ctx context.Context, name string) (RunState, error) {
	all, err := s.runStates(ctx, `WHERE name = ?`, name)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("run %q: %w", name, ErrNotFound)
	}
	if err != nil {
		return RunState{}, err
	}
	return all[0], nil
}

// runStates gives the runs that are chosen by the end of a statement.
func (s *Store) runStates(ctx context.Context, which string, args ...any) ([]RunState, error) {
	var all []RunState
	err := s.read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT `+runColumns+`,
			iif(kind = 'replay', captures, (SELECT count(*) FROM captures WHERE run = name AND run != '')),
			iif(kind = 'replay', fed, (SELECT count(*) FROM captures WHERE run = name AND run != '' AND row <= fed)),
			iif(kind = 'replay', ended, 0), question, made_by, beside, outside, sending, cancelled_at,
			(SELECT count(*) FROM replayed WHERE run = name AND outcome = 'done' AND other = TRUE)
			FROM runs `+which, args...)
		if err != nil {
			return err
		}
		all, err = allOf(rows, scanRunState)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("runs: %w", err)
	}
	return all, nil
}

// allOf scans all rows and closes them.
func allOf[T any](rows *sql.Rows, scan func(scanner) (T, error)) ([]T, error) {
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

func scanRunState(row scanner) (r RunState, err error) {
	var at, cancelledAt int64
	var question, madeBy, beside []byte
	if err := row.Scan(&r.Name, &r.Kind, &r.Publish, &at, &r.Rules, &r.Captures, &r.Fed, &r.Ended,
		&question, &madeBy, &beside, &r.Outside, &r.Sending, &cancelledAt, &r.Others); err != nil {
		return r, err
	}
	r.BegunAt = fromMicros(at)
	if cancelledAt > 0 {
		r.CancelledAt = fromMicros(cancelledAt)
	}
	if r.Kind != news.RunReplay {
		return r, nil
	}
	var errMade, errBeside error
	r.MadeBy, errMade = readMaker(madeBy)
	r.Beside, errBeside = readMaker(beside)
	return r, errors.Join(json.Unmarshal(question, &r.Question), errMade, errBeside)
}

// replayWindow is how many captures of a replay are handed on before their
// results are there: what is on its way cannot be called back, and imports come
// in between.
const replayWindow = 500

// UnfedRuns gives the runs that have captures to hand on, in the order of their
// begin.
func (s *Store) UnfedRuns(ctx context.Context) ([]news.Run, error) {
	var all []news.Run
	err := s.read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT `+runColumns+` FROM runs
			WHERE iif(kind = 'replay', NOT outside AND cancelled_at = 0 AND fed < min(captures, ended + ?),
				EXISTS (SELECT 1 FROM captures WHERE run = name AND run != '' AND row > fed)) ORDER BY begun_at, name`, replayWindow)
		if err != nil {
			return err
		}
		all, err = allOf(rows, func(row scanner) (news.Run, error) { return scanRun(row) })
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("runs: %w", err)
	}
	return all, nil
}

// RunOutcomes counts by outcome the visits of a run that are at their end.
func (s *Store) RunOutcomes(ctx context.Context, run string) (map[news.Outcome]int64, error) {
	counts := map[news.Outcome]int64{}
	err := s.read(ctx, func(tx *sql.Tx) error {
		if err := countReplayed(ctx, tx, run, counts); err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, `SELECT v.stage, v.outcome, count(*) FROM captures c JOIN visits v ON v.visit_id = c.visit_id
			WHERE c.run = ? AND c.run != '' GROUP BY 1, 2`, run)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var e news.Event
			var n int64
			if err := rows.Scan(&e.Stage, &e.Outcome, &n); err != nil {
				return err
			}
			if e.Final() {
				counts[e.Outcome] += n
			}
		}
		return rows.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", run, err)
	}
	return counts, nil
}

// mostDeaths is how many reasons are given why captures of a run are dead.
const mostDeaths = 5

// RunDeaths says why captures of a run could not be done.
func (s *Store) RunDeaths(ctx context.Context, run string) ([]Death, error) {
	rows, err := s.readers.QueryContext(ctx, `SELECT reason, detail, count(*) FROM (
			SELECT reason, detail FROM replayed WHERE run = ?1 AND outcome = 'dead'
			UNION ALL SELECT v.reason, v.detail FROM captures c JOIN visits v ON v.visit_id = c.visit_id
				WHERE c.run = ?1 AND c.run != '' AND v.outcome = 'dead' AND v.stage != 'archive')
		GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT ?2`, run, mostDeaths)
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", run, err)
	}
	all, err := allOf(rows, func(row scanner) (d Death, err error) {
		err = row.Scan(&d.Reason, &d.Detail, &d.Captures)
		return d, err
	})
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", run, err)
	}
	return all, nil
}

// countReplayed counts the results of a replay; an import has none.
func countReplayed(ctx context.Context, tx *sql.Tx, run string, counts map[news.Outcome]int64) error {
	rows, err := tx.QueryContext(ctx, `SELECT outcome, count(*) FROM replayed WHERE run = ? AND outcome != '' GROUP BY 1`, run)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var outcome news.Outcome
		var n int64
		if err := rows.Scan(&outcome, &n); err != nil {
			return err
		}
		counts[outcome] = n
	}
	return rows.Err()
}

// Unfed gives up to limit captures of a run that were not handed on yet, in the
// order in which they were archived, and the number to give to [Store.Feed] when
// they are. Of a capture of a replay that the archive has no more it gives only
// the CaptureID.
func (s *Store) Unfed(ctx context.Context, run news.Run, limit int) (captures []news.Capture, last int64, err error) {
	if run.Kind == news.RunReplay {
		return s.unfedReplay(ctx, run.Name, limit)
	}
	return s.imported(ctx, `row > max(?2, (SELECT fed FROM runs WHERE name = ?1))`, run.Name, 0, limit)
}

// imported gives up to limit captures c of an import that a condition holds for, in
// the order of their rows, and the row of the last. In the condition ?1 is the run
// and ?2 is after.
func (s *Store) imported(ctx context.Context, which, run string, after int64, limit int) (captures []news.Capture, last int64, err error) {
	rows, err := s.readers.QueryContext(ctx, `SELECT row, `+captureColumns+` FROM captures c
		WHERE run = ?1 AND run != '' AND `+which+` ORDER BY row LIMIT ?3`, run, after, limit)
	if err == nil {
		captures, err = allOf(rows, func(row scanner) (news.Capture, error) { return scanCapture(numbered{row, &last}) })
	}
	if err != nil {
		return nil, 0, fmt.Errorf("run %s: %w", run, err)
	}
	return captures, last, nil
}

// numbered scans a row's number beside the rest.
type numbered struct {
	scanner
	number *int64
}

func (n numbered) Scan(to ...any) error { return n.scanner.Scan(append([]any{n.number}, to...)...) }

// Feed notes that the captures of a run were handed on up to a number.
func (s *Store) Feed(ctx context.Context, run string, last int64) error {
	if _, err := s.writer.ExecContext(ctx, `UPDATE runs SET fed = max(fed, ?) WHERE name = ?`, last, run); err != nil {
		return fmt.Errorf("run %s: %w", run, err)
	}
	return nil
}

// CaptureOfVisit gives the capture that a visit brought, or [ErrNotFound].
func (s *Store) CaptureOfVisit(ctx context.Context, visitID string) (news.Capture, error) {
	c, err := oneCapture(s.readers.QueryRowContext(ctx, `SELECT `+captureColumns+` FROM captures
		WHERE capture_id >= ? AND capture_id < ? ORDER BY capture_id LIMIT 1`, visitID+"-", visitID+"."))
	if err != nil {
		return news.Capture{}, fmt.Errorf("capture of visit %q: %w", visitID, err)
	}
	return c, nil
}
