package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/sqlite"
)

// Replayed is what a replay made of one capture.
type Replayed struct {
	Run       news.Run
	CaptureID string
	// Article is the record; nil where there is none, for the reason beside it.
	Article *news.Article
	Outcome news.Outcome
	Reason  news.Reason
	Detail  string
}

// PutReplayed keeps results in one commit. A capture has one: the first, but for
// one that was dead. Those of a run that was dropped are let go.
func (s *Store) PutReplayed(ctx context.Context, results []Replayed) error {
	records := make([][]byte, len(results))
	for i, r := range results {
		if r.Article == nil {
			continue
		}
		record, _, err := encode(r.Article)
		if err != nil {
			return fmt.Errorf("run %s: capture %s: %w", r.Run.Name, r.CaptureID, err)
		}
		records[i] = record
	}
	return sqlite.InTx(ctx, s.writer, func(tx *sql.Tx) error {
		runs := map[runKey]*resultsOf{}
		for i, r := range results {
			key := runKey{r.Run.Name, micros(r.Run.BegunAt)}
			if runs[key] == nil {
				of, err := openResults(ctx, tx, key)
				if err != nil {
					return fmt.Errorf("run %s: %w", key.name, err)
				}
				runs[key] = of
			}
			if err := runs[key].put(ctx, r, records[i]); err != nil {
				return fmt.Errorf("run %s: capture %s: %w", r.Run.Name, r.CaptureID, err)
			}
		}
		for key, of := range runs {
			if of.ended == 0 {
				continue
			}
			if _, err := tx.ExecContext(ctx, `UPDATE runs SET ended = ended + ? WHERE name = ? AND begun_at = ?`, of.ended, key.name, key.begunAt); err != nil {
				return fmt.Errorf("run %s: %w", key.name, err)
			}
		}
		return nil
	})
}

// runKey tells a run from one of the same name that was dropped.
type runKey struct {
	name    string
	begunAt int64
}

// resultsOf puts results of one run within a commit.
type resultsOf struct {
	tx *sql.Tx
	runKey
	dropped bool
	maker   *Maker
	ended   int // captures that had no result before
}

func openResults(ctx context.Context, tx *sql.Tx, key runKey) (*resultsOf, error) {
	of := &resultsOf{tx: tx, runKey: key}
	var madeBy []byte
	err := tx.QueryRowContext(ctx, `SELECT made_by FROM runs WHERE name = ? AND begun_at = ?`, key.name, key.begunAt).Scan(&madeBy)
	if errors.Is(err, sql.ErrNoRows) {
		of.dropped = true
		return of, nil
	}
	if err != nil {
		return nil, err
	}
	of.maker, err = readMaker(madeBy)
	return of, err
}

func (of *resultsOf) put(ctx context.Context, r Replayed, record []byte) error {
	if of.dropped {
		return nil
	}
	var before news.Outcome
	err := of.tx.QueryRowContext(ctx, `SELECT outcome FROM replayed WHERE run = ? AND capture_id = ?`, of.name, r.CaptureID).Scan(&before)
	if errors.Is(err, sql.ErrNoRows) || err == nil && before != "" && before != news.Dead {
		return nil
	}
	if err != nil {
		return err
	}
	hash, other := "", false
	if r.Article != nil {
		hash = r.Article.ContentHash
		other = of.maker == nil || !of.maker.made(r.Article.Extraction)
	}
	if before == "" {
		of.ended++
	}
	_, err = of.tx.ExecContext(ctx, `UPDATE replayed SET outcome = ?, reason = ?, detail = ?, other = ?, content_hash = ?, record = ?
		WHERE run = ? AND capture_id = ?`, r.Outcome, r.Reason, r.Detail, other, hash, record, of.name, r.CaptureID)
	return err
}
