package frontier

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/sqlite"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// refetchStep adds what a page was told by to the layout of the file.
const refetchStep = `
ALTER TABLE urls ADD COLUMN etag          TEXT NOT NULL DEFAULT ''; -- of the last capture, as below
ALTER TABLE urls ADD COLUMN last_modified TEXT NOT NULL DEFAULT '';
ALTER TABLE urls ADD COLUMN digest        TEXT NOT NULL DEFAULT '';
CREATE INDEX urls_of_site ON urls (site, id) WHERE state = 'settled';
`

// captureStep adds which capture that was.
const captureStep = `ALTER TABLE urls ADD COLUMN capture_id TEXT NOT NULL DEFAULT '';`

// Again is what becomes of a request to fetch a URL again.
type Again struct {
	URL string `json:"url"`
	// VisitID is the new visit, or the one that is under way.
	VisitID string `json:"visitId,omitempty"`
	// UnderWay says that the URL has not been fetched yet; nothing was done.
	UnderWay bool `json:"underWay,omitempty"`
	// Unknown says that nobody added the URL.
	Unknown bool `json:"unknown,omitempty"`
}

// Refetch has URLs that were fetched or given up fetched again, each as a new
// visit. Whole has them asked for as if nothing were known of them.
func (f *Frontier) Refetch(ctx context.Context, urls []string, whole bool, now time.Time) ([]Again, error) {
	answers := make([]Again, len(urls))
	err := sqlite.InTx(ctx, f.db, func(tx *sql.Tx) error {
		for i, url := range urls {
			var err error
			if answers[i], err = refetch(ctx, tx, url, whole, now); err != nil {
				return err
			}
		}
		return nil
	})
	return answers, err
}

func refetch(ctx context.Context, tx *sql.Tx, address string, whole bool, now time.Time) (Again, error) {
	url, err := weburl.Normalize(address)
	if err != nil {
		return Again{URL: address, Unknown: true}, nil
	}
	again := Again{URL: url}
	var state string
	err = tx.QueryRowContext(ctx, `SELECT visit_id, state FROM urls WHERE url = ?`, url).Scan(&again.VisitID, &state)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		again.Unknown = true
		return again, nil
	case err != nil:
		return again, err
	case state != "settled":
		again.UnderWay = true
		return again, nil
	}
	again.VisitID = news.VisitID(url, now)
	_, err = tx.ExecContext(ctx, `UPDATE urls SET visit_id = ?1, added_at = ?2, priority = ?3, state = 'waiting', outcome = '', reason = '',
		etag = iif(?4, '', etag), last_modified = iif(?4, '', last_modified), digest = iif(?4, '', digest),
		capture_id = iif(?4, '', capture_id) WHERE url = ?5`,
		again.VisitID, now.UnixNano(), news.Normal, whole, url)
	return again, err
}

// RefetchSite does it for the pages of a site that were had, up to limit, in the
// order of their numbers; after is 0, then what the call before returned as
// last. The last is 0 when there are no more.
func (f *Frontier) RefetchSite(ctx context.Context, site string, whole bool, after int64, limit int, now time.Time) (answers []Again, last int64, err error) {
	err = sqlite.InTx(ctx, f.db, func(tx *sql.Tx) error {
		urls, next, err := fetchedOf(ctx, tx, site, after, limit)
		if err != nil {
			return err
		}
		last, answers = next, make([]Again, len(urls))
		for i, url := range urls {
			if answers[i], err = refetch(ctx, tx, url, whole, now); err != nil {
				return err
			}
		}
		return nil
	})
	return answers, last, err
}

// fetchedOf are pages of a site that were had.
func fetchedOf(ctx context.Context, tx *sql.Tx, site string, after int64, limit int) (urls []string, last int64, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT id, url FROM urls WHERE site = ? AND id > ? AND state = 'settled'
		AND outcome IN ('done', 'unchanged') ORDER BY id LIMIT ?`, site, after, limit)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var url string
		if err := rows.Scan(&last, &url); err != nil {
			return nil, 0, err
		}
		urls = append(urls, url)
	}
	if len(urls) < limit {
		last = 0
	}
	return urls, last, rows.Err()
}
