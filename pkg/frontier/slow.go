package frontier

import (
	"context"
	"time"
)

// Slow is a host whose URLs have to wait.
type Slow struct {
	Host string `json:"host"`
	// Waiting is how many URLs of it are not sent yet.
	Waiting int64 `json:"waiting"`
	// Next is when it may be asked again.
	Next time.Time `json:"next"`
	// Failures is how often it failed since its last answer.
	Failures int `json:"failures,omitempty"`
}

// Slowest gives hosts with URLs waiting whose next turn is the furthest away:
// those that fail, or are longer away than the turn of a host that is being
// asked. It reads at most the hosts whose turn is still to come.
func (f *Frontier) Slowest(ctx context.Context, limit int, now time.Time) ([]Slow, error) {
	rows, err := f.db.QueryContext(ctx, `SELECT host, waiting, next_at, failures FROM hosts
		WHERE waiting > 0 AND next_at > ? AND (failures > 0 OR next_at > ?)
		ORDER BY next_at DESC LIMIT ?`, now.UnixNano(), now.Add(patience).UnixNano(), limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Slow
	for rows.Next() {
		var s Slow
		var next int64
		if err := rows.Scan(&s.Host, &s.Waiting, &next, &s.Failures); err != nil {
			return nil, err
		}
		s.Next = time.Unix(0, next).UTC()
		all = append(all, s)
	}
	return all, rows.Err()
}
