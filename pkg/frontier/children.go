package frontier

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/copydesk/copydesk/pkg/weburl"
)

// familyLimit is how many sources one source can lead to, over all lists below
// it.
const familyLimit = 5000

// putChildren has the sources below a list be those that it names now. One that
// somebody added, or that another list names, stays where it is.
func putChildren(ctx context.Context, tx *sql.Tx, p Poll, children []Child, pace Pace, now time.Time) (added int, err error) {
	var root, size int64
	if err := tx.QueryRowContext(ctx, `SELECT coalesce(root, id) FROM sources WHERE id = ?`, p.id).Scan(&root); err != nil {
		return 0, ignoreGone(err)
	}
	if err := dropOthers(ctx, tx, p.id, children); err != nil {
		return 0, err
	}
	if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM sources WHERE root = ?`, root).Scan(&size); err != nil {
		return 0, err
	}
	for _, c := range children {
		changed, err := tx.ExecContext(ctx, `UPDATE sources SET next_at = min(next_at, ?) WHERE url = ? AND parent = ? AND success_at < ?`,
			now.UnixNano(), c.URL, p.id, nanos(c.Updated))
		if err != nil {
			return added, err
		}
		if n, err := changed.RowsAffected(); err != nil || n > 0 || size >= familyLimit {
			if err != nil {
				return added, err
			}
			continue
		}
		made, err := tx.ExecContext(ctx, `
			INSERT INTO sources (url, host, parent, root, depth, kind, title, state, every, interval, next_at, added_at)
			VALUES (?, ?, ?, ?, ?, '', ?, 'active', ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			c.URL, weburl.Host(c.URL), p.id, root, p.Depth+1, c.Title, p.every, pace.first(p.every), now.UnixNano(), now.UnixNano())
		if err != nil {
			return added, err
		}
		n, err := made.RowsAffected()
		if err != nil {
			return added, err
		}
		added, size = added+int(n), size+n
	}
	return added, nil
}

// ignoreGone is no error for a source that was removed while it was polled.
func ignoreGone(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	return err
}

// dropOthers forgets the sources that a list does not name any more.
func dropOthers(ctx context.Context, tx *sql.Tx, list int64, named []Child) error {
	keep := make(map[string]bool, len(named))
	for _, c := range named {
		keep[c.URL] = true
	}
	rows, err := tx.QueryContext(ctx, `SELECT id, url FROM sources WHERE parent = ?`, list)
	if err != nil {
		return err
	}
	defer rows.Close()
	var others []int64
	for rows.Next() {
		var id int64
		var url string
		if err := rows.Scan(&id, &url); err != nil {
			return err
		}
		if !keep[url] {
			others = append(others, id)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, id := range others {
		if _, err := tx.ExecContext(ctx, `DELETE FROM sources WHERE id = ?`, id); err != nil {
			return err
		}
	}
	return nil
}
