package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/sqlite"
)

// layout6 adds replays: the captures of each, and what came of them.
const layout6 = `
ALTER TABLE runs ADD COLUMN question TEXT NOT NULL DEFAULT ''; -- what a replay was asked for, in JSON
ALTER TABLE runs ADD COLUMN made_by TEXT NOT NULL DEFAULT '';  -- the extractor at its begin, JSON of news.Extraction
ALTER TABLE runs ADD COLUMN captures INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN ended INTEGER NOT NULL DEFAULT 0;  -- captures of a replay that have a result
ALTER TABLE runs ADD COLUMN cancelled_at INTEGER NOT NULL DEFAULT 0; -- 0 for one that was not

CREATE TABLE replayed (
	run          TEXT NOT NULL,
	number       INTEGER NOT NULL, -- from 1
	capture_id   TEXT NOT NULL,
	outcome      TEXT NOT NULL, -- '' while there is none
	reason       TEXT NOT NULL,
	detail       TEXT NOT NULL,
	other        INTEGER NOT NULL, -- made by another extractor, or other rules, than at the begin
	content_hash TEXT NOT NULL,
	record       BLOB, -- JSON in zstd
	UNIQUE (run, number),
	UNIQUE (run, capture_id)
);
CREATE INDEX replayed_by_outcome ON replayed (run, outcome, other);
CREATE INDEX sightings_by_visit ON sightings (visit_id);
`

// ReplayQuestion chooses the captures of a replay. What is zero chooses nothing.
type ReplayQuestion struct {
	Site string `json:"site,omitempty"`
	URL  string `json:"url,omitempty"`
	// From and Until bound the time of the fetch: From is in it, Until is not.
	From  time.Time `json:"from,omitzero"`
	Until time.Time `json:"until,omitzero"`
	// FromAge and UntilAge say the same as ages at the begin of the replay, so that
	// who asks again asks the same.
	FromAge  time.Duration `json:"fromAgeNs,omitempty"`
	UntilAge time.Duration `json:"untilAgeNs,omitempty"`
	// Where is a query that the article holds that the index has of a capture.
	Where string `json:"where,omitempty"`
	// Sample is how many captures are taken of those that are left, chosen by
	// chance, and by the same each time; all if it is 0.
	Sample int `json:"sample,omitempty"`
}

// At is the question with its ages counted back from a moment.
func (q ReplayQuestion) At(begun time.Time) ReplayQuestion {
	if q.FromAge > 0 {
		q.From, q.FromAge = begun.Add(-q.FromAge), 0
	}
	if q.UntilAge > 0 {
		q.Until, q.UntilAge = begun.Add(-q.UntilAge), 0
	}
	return q
}

// Replay is a replay as it begins.
type Replay struct {
	news.Run
	Question ReplayQuestion
	// MadeBy is the extractor that makes its records, with its rules; Beside the
	// desk's own.
	MadeBy, Beside Maker
	// Outside says that MadeBy is a program beside the desk: its captures are not
	// handed on.
	Outside bool
	// Rules is the text of the site rules whose digest the run states.
	Rules []byte
}

// ErrNoCaptures is returned for a replay of nothing.
var ErrNoCaptures = errors.New("the archive has no capture that is asked for")

// BeginReplay begins a replay of the captures that there are now, or goes on with
// it. holds says whether an article is one that the question's Where asks for.
// Besides [ErrNoCaptures] its error is [ErrOtherRun], as that of [Store.BeginRun].
func (s *Store) BeginReplay(ctx context.Context, r Replay, holds func(*news.Article) bool) error {
	known, err := s.knowsReplay(ctx, r)
	if err == nil && known {
		return s.ResumeRun(ctx, r.Name)
	}
	if err == nil {
		err = s.beginReplay(ctx, r, holds)
	}
	if err != nil {
		return fmt.Errorf("run %s: %w", r.Name, err)
	}
	return nil
}

func (s *Store) knowsReplay(ctx context.Context, r Replay) (bool, error) {
	question, err := json.Marshal(r.Question)
	if err != nil {
		return false, err
	}
	var kind news.RunKind
	var asked, ruleSet string
	var rules, madeBy []byte
	var outside bool
	err = s.readers.QueryRowContext(ctx, `SELECT kind, question, rule_set, rules, made_by, outside FROM runs WHERE name = ?`, r.Name).
		Scan(&kind, &asked, &ruleSet, &rules, &madeBy, &outside)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return false, nil
	case err != nil:
		return false, err
	case kind != news.RunReplay:
		return false, begunAs(kind)
	case asked != string(question):
		return false, otherwise("of other captures")
	case ruleSet != r.Run.Rules || !bytes.Equal(rules, r.Rules):
		return false, otherwise("with another choice of --rules")
	case outside != r.Outside:
		return false, otherwise("with the other choice of --extractor")
	}
	if !outside {
		return true, nil // the extractors are what they are
	}
	maker, err := readMaker(madeBy)
	if err == nil && !maker.Same(r.MadeBy) {
		err = otherwise(fmt.Sprintf("with build %s of copydesk %s, and this is %s of %s", maker.Build, maker.Version, r.MadeBy.Build, r.MadeBy.Version))
	}
	return err == nil, err
}

func (s *Store) beginReplay(ctx context.Context, r Replay, holds func(*news.Article) bool) error {
	question, errQuestion := json.Marshal(r.Question)
	madeBy, errMade := json.Marshal(r.MadeBy)
	beside, errBeside := json.Marshal(r.Beside)
	if err := errors.Join(errQuestion, errMade, errBeside); err != nil {
		return err
	}
	ids, err := s.choose(ctx, r.Question.At(r.BegunAt), holds)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		return ErrNoCaptures
	}
	return sqlite.InTx(ctx, s.writer, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO runs (name, kind, publish, begun_at, fed, question, made_by, beside, outside, rule_set, rules, captures)
			VALUES (?, ?, FALSE, ?, 0, ?, ?, ?, ?, ?, ?, ?)`,
			r.Name, news.RunReplay, micros(r.BegunAt), string(question), string(madeBy), string(beside), r.Outside, r.Run.Rules, r.Rules, len(ids)); err != nil {
			return err
		}
		insert, err := tx.PrepareContext(ctx, `INSERT INTO replayed (run, number, capture_id, outcome, reason, detail, other, content_hash) VALUES (?, ?, ?, '', '', '', FALSE, '')`)
		if err != nil {
			return err
		}
		defer insert.Close()
		for i, id := range ids {
			if _, err := insert.ExecContext(ctx, r.Name, i+1, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// extracted says of a capture that it was extracted when it came. All that is
// imported is. Of live pages one is not that was found as it was: by the word of its
// server, or because its bytes were those of the visit before to the same address.
const extracted = `(kind != 'revisit' OR run != '' OR status != 304 AND digest IS NOT (
	SELECT e.digest FROM captures e WHERE e.url = captures.url AND e.requested_url = captures.requested_url
		AND e.run = '' AND e.fetched_at < captures.fetched_at ORDER BY e.fetched_at DESC LIMIT 1))`

// choose gives the captures that a question asks for, in the order in which they
// were archived.
func (s *Store) choose(ctx context.Context, q ReplayQuestion, holds func(*news.Article) bool) ([]string, error) {
	record := "NULL"
	if q.Where != "" {
		record = `(SELECT r.record FROM sightings s JOIN revisions r ON r.row = s.row
			WHERE s.visit_id = captures.visit_id ORDER BY s.stream_seq DESC LIMIT 1)`
	}
	order := "row"
	if q.Sample > 0 {
		order = "capture_id" // which begins with a hash
	}
	where, args := CaptureQuery{Site: q.Site, URL: q.URL, From: q.From, Until: q.Until}.where()
	type chosen struct {
		row int64
		id  string
	}
	var all []chosen
	err := s.read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT row, capture_id, `+record+` FROM captures
			WHERE `+extracted+` AND `+where+` ORDER BY `+order, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() && (q.Sample == 0 || len(all) < q.Sample) {
			var c chosen
			var packed []byte
			if err := rows.Scan(&c.row, &c.id, &packed); err != nil {
				return err
			}
			if q.Where != "" {
				if packed == nil {
					continue
				}
				article, _, err := decode(packed)
				if err != nil {
					return fmt.Errorf("capture %s: %w", c.id, err)
				}
				if !holds(article) {
					continue
				}
			}
			all = append(all, c)
		}
		return rows.Err()
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b chosen) int { return int(a.row - b.row) })
	ids := make([]string, len(all))
	for i, c := range all {
		ids[i] = c.id
	}
	return ids, nil
}

func (s *Store) unfedReplay(ctx context.Context, name string, limit int) (captures []news.Capture, last int64, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		var fed, until int64
		if err := tx.QueryRowContext(ctx, `SELECT fed, min(captures, ended + ?) FROM runs WHERE name = ?`, replayWindow, name).Scan(&fed, &until); errors.Is(err, sql.ErrNoRows) {
			return nil // dropped meanwhile
		} else if err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, `SELECT number, capture_id FROM replayed
			WHERE run = ? AND number > ? AND number <= ? AND outcome = '' ORDER BY number LIMIT ?`, name, fed, until, limit)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var c news.Capture
			if err := rows.Scan(&last, &c.CaptureID); err != nil {
				return err
			}
			captures = append(captures, c)
		}
		if err := rows.Err(); err != nil {
			return err
		}
		if len(captures) < limit { // the rest has results
			last = until
		}
		for i, c := range captures {
			there, err := findCapture(ctx, tx, c.CaptureID)
			if err == nil {
				captures[i] = there
			} else if !errors.Is(err, ErrNotFound) {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, 0, fmt.Errorf("run %s: %w", name, err)
	}
	return captures, last, nil
}

// CancelRun stops a replay; what it has made until then stays. An import is not
// waited for any more: what was sent of it is all. The error of a run that is none
// is [ErrNotFound].
func (s *Store) CancelRun(ctx context.Context, name string, at time.Time) error {
	return s.changeRun(ctx, name, func(tx *sql.Tx, kind news.RunKind) error {
		if kind == news.RunImport {
			return setSending(ctx, tx, name, false)
		}
		_, err := tx.ExecContext(ctx, `UPDATE runs SET cancelled_at = ? WHERE name = ? AND cancelled_at = 0 AND ended < captures`, micros(at), name)
		return err
	})
}

// ResumeRun has a replay that was cancelled go on; others do. The error of a run
// that is none is [ErrNotFound].
func (s *Store) ResumeRun(ctx context.Context, name string) error {
	return s.changeReplay(ctx, name, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE runs SET cancelled_at = 0 WHERE name = ?`, name)
		return err
	})
}

// DropRun forgets a replay and all that it made. The error of a run that is none
// is [ErrNotFound].
func (s *Store) DropRun(ctx context.Context, name string) error {
	return s.changeReplay(ctx, name, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM replayed WHERE run = ?`, name); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM runs WHERE name = ?`, name)
		return err
	})
}

// ErrNoReplay is returned where a replay is wanted and the run is none.
var ErrNoReplay = errors.New("is an import: what it brought is part of the archive and the index")

func (s *Store) changeReplay(ctx context.Context, name string, change func(*sql.Tx) error) error {
	return s.changeRun(ctx, name, func(tx *sql.Tx, kind news.RunKind) error {
		if kind != news.RunReplay {
			return ErrNoReplay
		}
		return change(tx)
	})
}

func (s *Store) changeRun(ctx context.Context, name string, change func(*sql.Tx, news.RunKind) error) error {
	err := sqlite.InTx(ctx, s.writer, func(tx *sql.Tx) error {
		var kind news.RunKind
		err := tx.QueryRowContext(ctx, `SELECT kind FROM runs WHERE name = ?`, name).Scan(&kind)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNotFound
		}
		if err != nil {
			return err
		}
		return change(tx, kind)
	})
	if err != nil {
		return fmt.Errorf("run %s: %w", name, err)
	}
	return nil
}
