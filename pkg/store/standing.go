package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/copydesk/copydesk/pkg/news"
)

// Standing is a run that waits for what comes of its captures: all that may be on
// their way were handed on.
type Standing struct {
	news.Run
	// Ended grows as it gets on: it counts the results of a replay, and is of an
	// import the row up to which all captures are at their end.
	Ended int64

	fed int64
}

// StandingRuns gives the runs that wait alone.
func (s *Store) StandingRuns(ctx context.Context) ([]Standing, error) {
	replays, err := s.standing(ctx, `ended`, `kind = 'replay' AND NOT outside AND cancelled_at = 0 AND ended < captures AND fed >= min(captures, ended + ?)`, replayWindow)
	if err != nil {
		return nil, err
	}
	imports, err := s.standing(ctx, `coalesce((SELECT row - 1 FROM captures c WHERE run = name AND run != '' AND row > ended AND row <= fed AND `+unended+` ORDER BY row LIMIT 1), fed)`,
		`kind = 'import' AND ended < fed AND NOT EXISTS (SELECT 1 FROM captures WHERE run = name AND run != '' AND row > fed)`)
	if err != nil {
		return nil, err
	}
	for _, run := range imports {
		if err := s.noteEnded(ctx, run); err != nil {
			return nil, err
		}
	}
	waiting := slices.DeleteFunc(imports, func(run Standing) bool { return run.Ended == run.fed })
	return append(replays, waiting...), nil
}

func (s *Store) standing(ctx context.Context, ended, which string, args ...any) ([]Standing, error) {
	rows, err := s.readers.QueryContext(ctx, `SELECT `+runColumns+`, `+ended+`, fed FROM runs WHERE `+which+` ORDER BY begun_at, name`, args...)
	if err != nil {
		return nil, fmt.Errorf("runs: %w", err)
	}
	all, err := allOf(rows, func(row scanner) (r Standing, err error) {
		r.Run, err = scanRun(row, &r.Ended, &r.fed)
		return r, err
	})
	if err != nil {
		return nil, fmt.Errorf("runs: %w", err)
	}
	return all, nil
}

// noteEnded notes how far an import is at its end: before that it is not looked at
// again.
func (s *Store) noteEnded(ctx context.Context, run Standing) error {
	if _, err := s.writer.ExecContext(ctx, `UPDATE runs SET ended = ?1 WHERE name = ?2 AND ended < ?1`, run.Ended, run.Name); err != nil {
		return fmt.Errorf("run %s: %w", run.Name, err)
	}
	return nil
}

// unended says of a capture c that neither an article came of it nor an end of its
// visit, as [news.Event.Final] knows it.
const unended = `NOT EXISTS (SELECT 1 FROM sightings s WHERE s.visit_id = c.visit_id)
	AND NOT EXISTS (SELECT 1 FROM visits v WHERE v.visit_id = c.visit_id AND v.stage != 'archive'
		AND (v.outcome IN ('unchanged', 'skipped', 'dead') OR v.outcome = 'done' AND v.stage = 'index'))`

// Unended gives up to limit captures of an import that were handed on and are at no
// end, those behind a number, in the order in which they were archived. It gives the
// number to go on behind.
func (s *Store) Unended(ctx context.Context, run string, after int64, limit int) (captures []news.Capture, last int64, err error) {
	return s.imported(ctx, `row > max(?2, (SELECT ended FROM runs WHERE name = ?1)) AND row <= (SELECT fed FROM runs WHERE name = ?1) AND `+unended, run, after, limit)
}

// FeedAgain has a replay begin at its first capture without a result: none is on
// its way any more. What has a result is not handed on again.
func (s *Store) FeedAgain(ctx context.Context, name string) error {
	if _, err := s.writer.ExecContext(ctx, `UPDATE runs SET fed = (SELECT min(number) - 1 FROM replayed WHERE run = name AND outcome = '')
		WHERE name = ? AND ended < captures`, name); err != nil {
		return fmt.Errorf("run %s: %w", name, err)
	}
	return nil
}
