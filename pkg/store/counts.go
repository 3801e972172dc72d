package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/copydesk/copydesk/pkg/news"
)

// Counts is how much there is of everything. It costs the same for ten rows
// and for ten million.
type Counts struct {
	Stories   int64 `json:"stories"`
	Revisions int64 `json:"revisions"`
	// Visits is the number of visits; Open of them have no final outcome yet.
	Visits int64 `json:"visits"`
	Open   int64 `json:"open"`
	// Tallies counts the visits by where they stand, in the order of the stages.
	Tallies []Tally `json:"tallies,omitempty"`
}

// Tally counts the visits that stand at one place.
type Tally struct {
	Stage   news.Stage   `json:"stage"`
	Outcome news.Outcome `json:"outcome"`
	Reason  news.Reason  `json:"reason,omitempty"`
	Final   bool         `json:"final"`
	Visits  int64        `json:"visits"`
}

// Counts counts.
func (s *Store) Counts(ctx context.Context) (Counts, error) {
	var c Counts
	err := s.read(ctx, func(tx *sql.Tx) error {
		if err := tx.QueryRowContext(ctx, `
			SELECT (SELECT n FROM totals WHERE name = 'stories'), (SELECT n FROM totals WHERE name = 'revisions')`,
		).Scan(&c.Stories, &c.Revisions); err != nil {
			return err
		}
		return c.readTallies(ctx, tx)
	})
	if err != nil {
		return Counts{}, fmt.Errorf("count rows: %w", err)
	}
	return c, nil
}

func (c *Counts) readTallies(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, `
		SELECT stage, outcome, reason, visits FROM tallies WHERE visits > 0
		ORDER BY stage, outcome, reason`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var t Tally
		if err := rows.Scan(&t.Stage, &t.Outcome, &t.Reason, &t.Visits); err != nil {
			return err
		}
		t.Final = news.Event{Stage: t.Stage, Outcome: t.Outcome}.Final()
		c.Visits += t.Visits
		if !t.Final {
			c.Open += t.Visits
		}
		c.Tallies = append(c.Tallies, t)
	}
	slices.SortStableFunc(c.Tallies, func(a, b Tally) int {
		return slices.Index(news.Stages, a.Stage) - slices.Index(news.Stages, b.Stage)
	})
	return rows.Err()
}
