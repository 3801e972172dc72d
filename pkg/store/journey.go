package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// Visit is one visit to a URL: where it stands, and how it came there.
type Visit struct {
	VisitID string `json:"visitId"`
	// URL is the address that was asked for.
	URL  string `json:"url"`
	Site string `json:"site"`
	// FirstAt and LastAt are the times of its first and last event.
	FirstAt time.Time `json:"firstAt"`
	LastAt  time.Time `json:"lastAt"`

	// Stage is the furthest that the visit reached, Outcome what became of it
	// there, at that attempt and time.
	Stage   news.Stage   `json:"stage"`
	Attempt int          `json:"attempt"`
	Outcome news.Outcome `json:"outcome"`
	Reason  news.Reason  `json:"reason,omitempty"`
	Detail  string       `json:"detail,omitempty"`
	At      time.Time    `json:"at"`

	// Lines holds one event for each attempt of each stage, oldest first.
	Lines []news.Event `json:"lines,omitempty"`
	// Promotions are what replays made of what it brought, and is news.
	Promotions []Promoted `json:"promotions,omitempty"`
}

// Final says that nothing more will become of the visit by itself.
func (v Visit) Final() bool {
	return news.Event{Stage: v.Stage, Outcome: v.Outcome}.Final()
}

// Journey gives the visits to a URL, oldest first, with all their lines. For an
// address of a known story they are the visits that brought the story, at
// whatever address. There may be none.
func (s *Store) Journey(ctx context.Context, address string) ([]Visit, error) {
	var visits []Visit
	err := s.read(ctx, func(tx *sql.Tx) error {
		if normal, err := weburl.Normalize(address); err == nil {
			address = normal // what is no web address, such as a file's, is kept as it is
		}
		storyID, err := leadsTo(ctx, tx, address)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		if visits, err = visitsTo(ctx, tx, address, storyID); err != nil {
			return err
		}
		for i := range visits {
			if err := visits[i].readLines(ctx, tx); err != nil {
				return err
			}
			if err := visits[i].readPromotions(ctx, tx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("journey of %q: %w", address, err)
	}
	return visits, nil
}

func visitsTo(ctx context.Context, tx *sql.Tx, address, storyID string) ([]Visit, error) {
	rows, err := tx.QueryContext(ctx, `
		SELECT `+visitColumns+` FROM visits
		WHERE url = ? OR visit_id IN (SELECT visit_id FROM sightings WHERE story_id = ?)
		ORDER BY first_at, visit_id`, address, storyID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var visits []Visit
	for rows.Next() {
		v, err := scanVisit(rows)
		if err != nil {
			return nil, err
		}
		visits = append(visits, v)
	}
	return visits, rows.Err()
}

func (v *Visit) readLines(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, `
		SELECT `+lineColumns+` FROM journey WHERE visit_id = ?`, v.VisitID)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		line, err := scanLine(rows)
		if err != nil {
			return err
		}
		line.URL, line.Site = v.URL, v.Site
		v.Lines = append(v.Lines, line)
	}
	slices.SortFunc(v.Lines, inOrder)
	return rows.Err()
}

// inOrder orders the lines of a visit for people. Machines' clocks differ: of
// lines of one moment the earlier stage comes first.
func inOrder(a, b news.Event) int {
	return cmp.Or(
		a.At.Compare(b.At),
		cmp.Compare(slices.Index(news.Stages, a.Stage), slices.Index(news.Stages, b.Stage)),
		cmp.Compare(a.Attempt, b.Attempt),
	)
}
