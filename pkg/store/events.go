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

// PutEvents folds a batch into the journey in one commit. The rows are the same
// for any order of the events and any number of repetitions. It returns the
// stories whose pages the events found gone, also if that was known before: it
// is to be told until the events are settled.
func (s *Store) PutEvents(ctx context.Context, events []news.Event) ([]*news.Withdrawn, error) {
	var withdrawn []*news.Withdrawn
	err := sqlite.InTx(ctx, s.writer, func(tx *sql.Tx) error {
		visits := map[string]Visit{} // each is written once, whatever the batch tells of it
		for _, e := range events {
			e.At = e.At.UTC().Truncate(time.Microsecond)
			if err := putLine(ctx, tx, e); err != nil {
				return fmt.Errorf("store event %s/%s/%d: %w", e.Stage, e.VisitID, e.Attempt, err)
			}
			v := visitOf(e)
			if other, ok := visits[e.VisitID]; ok {
				v = merge(other, v)
			}
			visits[e.VisitID] = v
		}
		for id, v := range visits {
			if err := putVisit(ctx, tx, v); err != nil {
				return fmt.Errorf("store visit %s: %w", id, err)
			}
		}
		for _, e := range events {
			if !gone(e) {
				continue
			}
			w, err := withdrawAt(ctx, tx, e)
			if err != nil {
				return fmt.Errorf("store event %s/%s/%d: %w", e.Stage, e.VisitID, e.Attempt, err)
			}
			if w != nil {
				withdrawn = append(withdrawn, w)
			}
		}
		return forgetActivity(ctx, tx, time.Now())
	})
	if err != nil {
		return nil, err
	}
	return withdrawn, nil
}

func putLine(ctx context.Context, tx *sql.Tx, e news.Event) error {
	result, err := tx.ExecContext(ctx, `INSERT INTO journey (`+lineColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO NOTHING`,
		e.VisitID, e.Stage, e.Attempt, e.Outcome, e.Reason, e.Detail,
		e.CaptureID, e.StoryID, e.ArticleID, micros(e.At), e.DurationMS)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); n > 0 || err != nil {
		return err
	}
	known, err := scanLine(tx.QueryRowContext(ctx,
		`SELECT `+lineColumns+` FROM journey WHERE (visit_id, stage, attempt) = (?, ?, ?)`, e.VisitID, e.Stage, e.Attempt))
	if err != nil || compareLines(e, known) <= 0 {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		UPDATE journey SET outcome = ?, reason = ?, detail = ?, capture_id = ?, story_id = ?, article_id = ?, at = ?, duration_ms = ?
		WHERE (visit_id, stage, attempt) = (?, ?, ?)`,
		e.Outcome, e.Reason, e.Detail, e.CaptureID, e.StoryID, e.ArticleID, micros(e.At), e.DurationMS,
		e.VisitID, e.Stage, e.Attempt)
	return err
}

func putVisit(ctx context.Context, tx *sql.Tx, v Visit) error {
	known, err := scanVisit(tx.QueryRowContext(ctx, `SELECT `+visitColumns+` FROM visits WHERE visit_id = ?`, v.VisitID))
	if err == nil {
		v = merge(known, v)
	} else if !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO visits (`+visitColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET url = excluded.url, site = excluded.site,
			first_at = excluded.first_at, last_at = excluded.last_at,
			stage = excluded.stage, attempt = excluded.attempt, outcome = excluded.outcome,
			reason = excluded.reason, detail = excluded.detail, at = excluded.at`,
		v.VisitID, v.URL, v.Site, micros(v.FirstAt), micros(v.LastAt),
		v.Stage, v.Attempt, v.Outcome, v.Reason, v.Detail, micros(v.At))
	return err
}

const (
	lineColumns = `visit_id, stage, attempt, outcome, reason, detail,
		capture_id, story_id, article_id, at, duration_ms`
	visitColumns = `visit_id, url, site, first_at, last_at,
		stage, attempt, outcome, reason, detail, at`
)

type scanner interface{ Scan(...any) error }

func scanLine(row scanner) (news.Event, error) {
	e := news.Event{Schema: news.EventSchema}
	var at int64
	err := row.Scan(&e.VisitID, &e.Stage, &e.Attempt, &e.Outcome, &e.Reason, &e.Detail,
		&e.CaptureID, &e.StoryID, &e.ArticleID, &at, &e.DurationMS)
	e.At = fromMicros(at)
	return e, err
}

func scanVisit(row scanner) (Visit, error) {
	var v Visit
	var first, last, at int64
	err := row.Scan(&v.VisitID, &v.URL, &v.Site, &first, &last,
		&v.Stage, &v.Attempt, &v.Outcome, &v.Reason, &v.Detail, &at)
	v.FirstAt, v.LastAt, v.At = fromMicros(first), fromMicros(last), fromMicros(at)
	return v, err
}
