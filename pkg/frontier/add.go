package frontier

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/sqlite"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// Request asks for one URL.
type Request struct {
	URL      string        `json:"url"`
	Priority news.Priority `json:"priority"`
	Hints    news.Hints    `json:"hints,omitzero"`
}

// Answer says what became of a [Request].
type Answer struct {
	// URL is the normal form of what was asked, or what was asked where that
	// is no web address.
	URL     string `json:"url"`
	VisitID string `json:"visitId,omitempty"`
	// Known says that the URL had been added before; nothing was done.
	Known   bool         `json:"known,omitempty"`
	Outcome news.Outcome `json:"outcome,omitempty"`
	Reason  news.Reason  `json:"reason,omitempty"`
	// Error says why the URL was refused.
	Error string `json:"error,omitempty"`
}

// hintsLimit is the most that the hints of one URL may take as JSON, in bytes:
// they travel with the page, in the headers of its message.
const hintsLimit = 8 << 10

// Add takes URLs; when it returns they are on disk, all of them or none. A
// request that cannot be met, such as one for what is no web address, is refused
// in its own answer.
func (f *Frontier) Add(ctx context.Context, requests []Request, now time.Time) ([]Answer, error) {
	answers := make([]Answer, len(requests))
	err := sqlite.InTx(ctx, f.db, func(tx *sql.Tx) error {
		for i, r := range requests {
			answer, err := add(ctx, tx, r, now)
			if err != nil {
				return err
			}
			answers[i] = answer
		}
		return nil
	})
	return answers, err
}

func add(ctx context.Context, tx *sql.Tx, r Request, now time.Time) (Answer, error) {
	url, err := weburl.Normalize(r.URL)
	if err != nil {
		return Answer{URL: r.URL, Error: err.Error()}, nil
	}
	if r.Priority < news.Fresh || r.Priority > news.Backfill {
		return Answer{URL: url, Error: fmt.Sprintf("priority %d: it is from %d to %d", r.Priority, news.Fresh, news.Backfill)}, nil
	}
	hints, err := json.Marshal(r.Hints)
	if err != nil {
		return Answer{}, err
	}
	if len(hints) > hintsLimit {
		return Answer{URL: url, Error: fmt.Sprintf("hints of %d bytes, the limit is %d", len(hints), hintsLimit)}, nil
	}
	known := Answer{URL: url, Known: true}
	err = tx.QueryRowContext(ctx, `SELECT visit_id, outcome, reason FROM urls WHERE url = ?`, url).
		Scan(&known.VisitID, &known.Outcome, &known.Reason)
	if err == nil {
		return known, nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return Answer{}, err
	}
	host, visit := weburl.Host(url), news.VisitID(url, now)
	if _, err := tx.ExecContext(ctx, `INSERT INTO hosts (host, next_at) VALUES (?, 0) ON CONFLICT DO NOTHING`, host); err != nil {
		return Answer{}, err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO urls (url, host, site, priority, hints, visit_id, added_at, state)
		VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting')`,
		url, host, weburl.Site(url), r.Priority, hints, visit, now.UnixNano())
	return Answer{URL: url, VisitID: visit}, err
}
