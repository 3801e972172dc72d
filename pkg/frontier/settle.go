package frontier

import (
	"context"
	"database/sql"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/sqlite"
)

// Settle learns from events of the fetch stage what became of jobs. A retry is
// a sign of life; anything else settles the row. Events may come twice.
func (f *Frontier) Settle(ctx context.Context, events []news.Event) error {
	return sqlite.InTx(ctx, f.db, func(tx *sql.Tx) error {
		for _, e := range events {
			if e.Stage != news.StageFetch {
				continue
			}
			if err := settle(ctx, tx, e); err != nil {
				return err
			}
			if err := f.bookTurn(ctx, tx, e); err != nil {
				return err
			}
		}
		return nil
	})
}

func settle(ctx context.Context, tx *sql.Tx, e news.Event) error {
	if e.Outcome == news.Retrying {
		_, err := tx.ExecContext(ctx, `UPDATE urls SET sent_at = max(sent_at, ?)
			WHERE visit_id = ? AND state = 'sent'`, e.At.UnixNano(), e.VisitID)
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE urls SET state = 'settled', outcome = ?, reason = ?, settled_at = ?
		WHERE visit_id = ?`, e.Outcome, e.Reason, e.At.UnixNano(), e.VisitID); err != nil {
		return err
	}
	return remember(ctx, tx, e)
}

// remember keeps what a next visit asks with. A page that was not to be had is
// asked for whole the next time, so that its return is seen.
func remember(ctx context.Context, tx *sql.Tx, e news.Event) error {
	v, capture := e.Validators, e.CaptureID
	if e.Outcome == news.Unchanged && v == (news.Validators{}) {
		return nil // a 304: what is known stands
	}
	if e.Outcome != news.Done && e.Outcome != news.Unchanged {
		v, capture = news.Validators{}, ""
	}
	_, err := tx.ExecContext(ctx, `UPDATE urls SET etag = ?, last_modified = ?, digest = ?, capture_id = ? WHERE visit_id = ?`,
		v.ETag, v.LastModified, v.Digest, capture, e.VisitID)
	return err
}
