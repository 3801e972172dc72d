package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/sqlite"
)

// Arrival is an article as it came in.
type Arrival struct {
	// Article is whole; a record that travelled by reference has been fetched. It is
	// not changed any more.
	Article *news.Article
	// Sequence is the message's number in its stream. Of two captures fetched
	// in the same microsecond the one with the higher number is the later.
	Sequence uint64
	// Promoted says of what a replay made of a capture since when it is news: it comes
	// behind what is there of that capture, whatever its number. Nil for all else.
	Promoted *Promoted
}

// Result is what became of an arrival.
type Result struct {
	// Outcome is [news.Done] for a new revision, [news.Unchanged] for an article
	// that says what the capture beside it says, and [news.Skipped] for one that
	// was taken down, of which nothing is kept.
	Outcome news.Outcome
	// StoryID is the story that the article is kept under. It differs from the
	// article's own where one of its addresses was known already.
	StoryID string
	// Row is the number of the revision that holds what the article says.
	Row int64
	// Version is the number of that revision in the story as of now.
	Version int
	// Withdrawn is to be told where the story's page was found gone after it was
	// captured; nil where it is there.
	Withdrawn *news.Withdrawn
}

// PutArticles stores a batch in one commit: all of it, or on an error nothing.
// An article that was stored before has the outcome and the row that it had
// then.
func (s *Store) PutArticles(ctx context.Context, arrivals []Arrival) ([]Result, error) {
	records, sizes := make([][]byte, len(arrivals)), make([]int, len(arrivals))
	for i, arrival := range arrivals {
		var err error
		if records[i], sizes[i], err = encode(arrival.Article); err != nil {
			return nil, fmt.Errorf("store article %s: %w", arrival.Article.ID, err)
		}
	}
	results := make([]Result, len(arrivals))
	var inserted []latelyRow
	err := sqlite.InTx(ctx, s.writer, func(tx *sql.Tx) error {
		for i, arrival := range arrivals {
			var err error
			results[i], err = put(ctx, tx, arrival, records[i], func(row int64) {
				inserted = append(inserted, latelyRow{row, arrival.Article, sizes[i]})
			})
			if err != nil {
				return fmt.Errorf("store article %s: %w", arrival.Article.ID, err)
			}
			if results[i].Outcome == news.Skipped {
				continue
			}
			if results[i].Withdrawn, err = withdrawnStill(ctx, tx, results[i].StoryID, arrival.Article); err != nil {
				return fmt.Errorf("store article %s: %w", arrival.Article.ID, err)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	s.lately.add(inserted)
	return results, nil
}

func put(ctx context.Context, tx *sql.Tx, arrival Arrival, record []byte, inserted func(row int64)) (Result, error) {
	a := arrival.Article
	if known, err := recall(ctx, tx, a.ID); !errors.Is(err, sql.ErrNoRows) {
		return known, err
	}
	if down, err := isTakenDown(ctx, tx, a.Raw.FetchedAt, append(ownAddresses(a), a.URL, a.RequestedURL)...); down || err != nil {
		return Result{Outcome: news.Skipped}, err
	}
	storyID, err := file(ctx, tx, a)
	if err != nil {
		return Result{}, err
	}
	past, err := historyOf(ctx, tx, storyID)
	if err != nil {
		return Result{}, err
	}
	seen := sighting{
		id: a.ID, hash: a.ContentHash,
		fetchedAt: micros(a.Raw.FetchedAt), sequence: int64(arrival.Sequence),
	}
	if arrival.Promoted != nil {
		seen.sequence = max(seen.sequence, past.behind(seen.fetchedAt))
	}
	outcome := news.Unchanged
	at, row := past.place(seen)
	if row == 0 {
		outcome = news.Done
		if row, err = insertRevision(ctx, tx, storyID, a, record); err != nil {
			return Result{}, err
		}
		inserted(row)
	}
	seen.row = row
	past = slices.Insert(past, at, seen)
	if _, err := tx.ExecContext(ctx, `
		INSERT INTO sightings (id, story_id, visit_id, fetched_at, stream_seq, row, promoted_of, promoted_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		append([]any{seen.id, storyID, a.Trace().VisitID, seen.fetchedAt, seen.sequence, row}, arrival.Promoted.columns()...)...); err != nil {
		return Result{}, err
	}
	if at == len(past)-1 {
		if _, err := tx.ExecContext(ctx, `
			INSERT INTO stories (story_id, latest) VALUES (?, ?)
			ON CONFLICT DO UPDATE SET latest = excluded.latest`, storyID, row); err != nil {
			return Result{}, err
		}
	}
	if err := found(ctx, tx, storyID, seen.fetchedAt); err != nil {
		return Result{}, err
	}
	return Result{Outcome: outcome, StoryID: storyID, Row: row, Version: past.version(at)}, nil
}

// recall is the result of an article that was stored before, else
// [sql.ErrNoRows].
func recall(ctx context.Context, tx *sql.Tx, id string) (Result, error) {
	var r Result
	var firstID string
	if err := tx.QueryRowContext(ctx, `
		SELECT s.story_id, s.row, r.id FROM sightings s JOIN revisions r ON r.row = s.row
		WHERE s.id = ?`, id).Scan(&r.StoryID, &r.Row, &firstID); err != nil {
		return Result{}, err
	}
	r.Outcome = news.Unchanged
	if firstID == id {
		r.Outcome = news.Done
	}
	past, err := historyOf(ctx, tx, r.StoryID)
	if err != nil {
		return Result{}, err
	}
	r.Version = past.version(past.find(id))
	return r, nil
}

func insertRevision(ctx context.Context, tx *sql.Tx, storyID string, a *news.Article, record []byte) (int64, error) {
	var date string
	if a.DatePublished != nil {
		date = a.DatePublished.Value
	}
	result, err := tx.ExecContext(ctx, `
		INSERT INTO revisions (id, story_id, content_hash, url, site, lang, date, headline, record)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		a.ID, storyID, a.ContentHash, a.URL, a.Trace().Site, a.InLanguage.Primary(), date, a.Headline, record)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}
