package frontier

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/sqlite"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// Due gives up to limit jobs that may be fetched now, at most one a host, each
// host's most urgent first. They stay on offer until [Frontier.Sent]. A host
// that has a source to be polled gives its turns to pages and polls by turns.
func (f *Frontier) Due(ctx context.Context, limit int, now time.Time) ([]*news.FetchJob, error) {
	var jobs []*news.FetchJob
	err := sqlite.InTx(ctx, f.db, func(tx *sql.Tx) error {
		if err := resend(ctx, tx, now); err != nil {
			return err
		}
		var err error
		jobs, err = due(ctx, tx, limit, now)
		return err
	})
	return jobs, err
}

// resend puts jobs that nothing was heard of for too long back on offer.
func resend(ctx context.Context, tx *sql.Tx, now time.Time) error {
	_, err := tx.ExecContext(ctx, `UPDATE urls SET state = 'waiting' WHERE state = 'sent' AND sent_at < ?`,
		now.Add(-resendAfter).UnixNano())
	return err
}

func due(ctx context.Context, tx *sql.Tx, limit int, now time.Time) ([]*news.FetchJob, error) {
	rows, err := tx.QueryContext(ctx, `
		SELECT u.visit_id, u.url, u.site, u.priority, u.added_at, u.hints, u.etag, u.last_modified, u.digest, u.capture_id
		FROM hosts h JOIN urls u ON u.id = (
			SELECT id FROM urls WHERE host = h.host AND state = 'waiting' ORDER BY priority, id LIMIT 1)
		WHERE h.waiting > 0 AND h.next_at <= ?1 AND (h.polled OR h.next_at <= ?2 OR NOT EXISTS (
			SELECT 1 FROM sources WHERE host = h.host AND state = 'active' AND next_at <= ?1))
		ORDER BY u.priority, h.next_at LIMIT ?3`, now.UnixNano(), now.Add(-courtesy).UnixNano(), limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var jobs []*news.FetchJob
	for rows.Next() {
		job := &news.FetchJob{Schema: news.FetchSchema}
		var added int64
		var hints []byte
		if err := rows.Scan(&job.VisitID, &job.URL, &job.Site, &job.Priority, &added, &hints,
			&job.Known.ETag, &job.Known.LastModified, &job.Known.Digest, &job.KnownCapture); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(hints, &job.Hints); err != nil {
			return nil, err
		}
		job.AddedAt = time.Unix(0, added).UTC()
		jobs = append(jobs, job)
	}
	return jobs, rows.Err()
}

// NextTurn is when the next host with work may be asked; ok is false if no
// work waits.
func (f *Frontier) NextTurn(ctx context.Context) (at time.Time, ok bool, err error) {
	var next sql.NullInt64
	err = f.db.QueryRowContext(ctx, `SELECT min(next_at) FROM hosts WHERE waiting > 0`).Scan(&next)
	return time.Unix(0, next.Int64), next.Valid, err
}

// Sent notes that jobs are in the fetch queue. A host's next turn comes some
// time after its job was settled, so that jobs never wait for each other in the
// hands of a worker.
func (f *Frontier) Sent(ctx context.Context, jobs []*news.FetchJob, now time.Time) error {
	return sqlite.InTx(ctx, f.db, func(tx *sql.Tx) error {
		for _, job := range jobs {
			result, err := tx.ExecContext(ctx, `UPDATE urls SET state = 'sent', sent_at = ?
				WHERE visit_id = ? AND state = 'waiting'`, now.UnixNano(), job.VisitID)
			if err != nil {
				return err
			}
			n, err := result.RowsAffected()
			if err != nil {
				return err
			}
			if n == 0 {
				continue // it was settled meanwhile, which booked the turn
			}
			if err := f.takeTurn(ctx, tx, weburl.Host(job.URL), now, false); err != nil {
				return err
			}
		}
		return nil
	})
}
