package store

import (
	"context"
	"database/sql"
	"time"
)

// layout12 adds of which replay an article was promoted, and when: no name and 0 where
// it was not, or before that was noted.
const layout12 = `
ALTER TABLE sightings ADD COLUMN promoted_of TEXT NOT NULL DEFAULT '';
ALTER TABLE sightings ADD COLUMN promoted_at INTEGER NOT NULL DEFAULT 0;
`

// Promoted is an article that a replay made of a capture, and that was published.
type Promoted struct {
	Run string    `json:"run"`
	At  time.Time `json:"at"`
	// ArticleID and Version are of the revision that it is; the journey has them.
	ArticleID string `json:"articleId,omitempty"`
	Version   int    `json:"version,omitempty"`
}

// columns are those of layout12.
func (p *Promoted) columns() []any {
	if p == nil {
		return []any{"", 0}
	}
	return []any{p.Run, micros(p.At)}
}

// readPromotions reads what was promoted of a visit, in order.
func (v *Visit) readPromotions(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, `SELECT id, story_id, promoted_of, promoted_at FROM sightings
		WHERE visit_id = ? AND promoted_of != '' ORDER BY fetched_at, stream_seq, id`, v.VisitID)
	if err != nil {
		return err
	}
	defer rows.Close()
	var past history
	for rows.Next() {
		var p Promoted
		var storyID string
		var at int64
		if err := rows.Scan(&p.ArticleID, &storyID, &p.Run, &at); err != nil {
			return err
		}
		if past.find(p.ArticleID) < 0 {
			if past, err = historyOf(ctx, tx, storyID); err != nil {
				return err
			}
		}
		p.At, p.Version = fromMicros(at), past.version(past.find(p.ArticleID))
		v.Promotions = append(v.Promotions, p)
	}
	return rows.Err()
}
