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
		for _, e := range events {
			e.At = e.At.UTC().Truncate(time.Microsecond)
			if err := errors.Join(putLine(ctx, tx, e), putVisit(ctx, tx, visitOf(e))); err != nil {
				return fmt.Errorf("store event %s/%s/%d: %w", e.Stage, e.VisitID, e.Attempt, err)
			}
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
	known, err := scanLine(tx.QueryRowContext(ctx,
		`SELECT `+lineColumns+` FROM journey WHERE (visit_id, stage, attempt) = (?, ?, ?)`, e.VisitID, e.Stage, e.Attempt))
	if err == nil && compareLines(e, known) <= 0 {
		return nil
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO journey (`+lineColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET outcome = excluded.outcome, reason = excluded.reason, detail = excluded.detail,
			capture_id = excluded.capture_id, story_id = excluded.story_id, article_id = excluded.article_id,
			at = excluded.at, duration_ms = excluded.duration_ms`,
		e.VisitID, e.Stage, e.Attempt, e.Outcome, e.Reason, e.Detail,
		e.CaptureID, e.StoryID, e.ArticleID, micros(e.At), e.DurationMS)
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
