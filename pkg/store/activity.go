package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
)

// Activity is what happened of late: the lines of all journeys, whose visits may
// have gone on since. It costs the same whatever else the file holds.
type Activity struct {
	// Lately is how long before now the Lately of each pace began.
	Lately time.Duration `json:"latelyNs"`
	// Paces are those of the last day, in the order of stages, outcomes, reasons.
	Paces []Pace `json:"paces,omitempty"`
}

// Pace is how often one thing happened.
type Pace struct {
	Stage   news.Stage   `json:"stage"`
	Outcome news.Outcome `json:"outcome"`
	Reason  news.Reason  `json:"reason,omitempty"`
	// Final says that a visit ends with it.
	Final bool `json:"final"`
	// Day, Hour and Lately count it in the last day, the last hour, and in
	// [Activity.Lately].
	Day    int64 `json:"day"`
	Hour   int64 `json:"hour"`
	Lately int64 `json:"lately"`
}

const (
	// latelyMinutes are the minute that is not over, and the one before it.
	latelyMinutes = 2
	dayMinutes    = 24 * 60
	// activityKept is how long minutes are kept: what comes late still counts.
	activityKept = 2 * dayMinutes
)

// Activity says what happened in the day before now.
func (s *Store) Activity(ctx context.Context, now time.Time) (Activity, error) {
	minute := minuteOf(now)
	begun := (minute - latelyMinutes + 1) * 60
	a := Activity{Lately: now.Sub(time.Unix(begun, 0))}
	err := s.read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `
			SELECT stage, outcome, reason, sum(n), coalesce(sum(n) FILTER (WHERE minute > ?), 0), coalesce(sum(n) FILTER (WHERE minute > ?), 0)
			FROM activity WHERE minute > ? AND minute <= ? GROUP BY stage, outcome, reason HAVING sum(n) > 0
			ORDER BY CASE stage WHEN 'fetch' THEN 1 WHEN 'archive' THEN 2 WHEN 'extract' THEN 3 ELSE 4 END, outcome, reason`,
			minute-60, minute-latelyMinutes, minute-dayMinutes, minute)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var p Pace
			if err := rows.Scan(&p.Stage, &p.Outcome, &p.Reason, &p.Day, &p.Hour, &p.Lately); err != nil {
				return err
			}
			p.Final = news.Event{Stage: p.Stage, Outcome: p.Outcome}.Final()
			a.Paces = append(a.Paces, p)
		}
		return rows.Err()
	})
	if err != nil {
		return Activity{}, fmt.Errorf("count what happened of late: %w", err)
	}
	return a, nil
}

// minuteOf is the minute since 1970, as the table has it.
func minuteOf(t time.Time) int64 { return micros(t) / time.Minute.Microseconds() }

// forgetActivity drops minutes that nobody asks for any more.
func forgetActivity(ctx context.Context, tx *sql.Tx, now time.Time) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM activity WHERE minute < ?`, minuteOf(now)-activityKept)
	return err
}
