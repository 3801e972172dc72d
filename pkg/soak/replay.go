package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/dustin/go-humanize"

	"github.com/copydesk/copydesk/pkg/diff"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
)

// The replays of one archive: two that nobody disturbs, and one that is killed.
const (
	firstReplay  = "first"
	secondReplay = "second"
	killedReplay = "killed"
)

// replayKills is how often processes are killed in a replay.
const replayKills = 9

// replays replays an archive three times: its records are the same, byte for
// byte, also where processes were killed meanwhile.
func (s *soak) replays(ctx context.Context, captures int) (err error) {
	d, err := s.stocked(ctx, "replay", captures)
	if err != nil {
		return err
	}
	defer func() { err = d.close(ctx, err) }()
	conn, err := d.begin(ctx, "indexer", "extractor")
	if err != nil {
		return err
	}
	defer conn.Close()
	for _, name := range []string{firstReplay, secondReplay} {
		began := time.Now()
		if _, _, err := d.output(ctx, "replay", "--run", name); err != nil {
			return err
		}
		took := time.Since(began)
		fmt.Fprintf(s.out, "replay %s: %s, %.0f captures/s\n", name, took.Round(time.Second), float64(captures)/took.Seconds())
	}
	k := killing{desk: d, conn: conn, replay: killedReplay, captures: captures}
	if err := k.run(ctx, replayKills); err != nil {
		return err
	}
	if err := d.ready(ctx, conn, []string{"indexer", "extractor"}); err != nil {
		return err
	}
	if _, err := d.finish(ctx, k.args()); err != nil {
		return err
	}
	problems := []error{s.hold(k.kills == replayKills, "killed %d times (seed %d): %s", k.kills, s.seed, k.victims)}
	for _, name := range []string{secondReplay, killedReplay} {
		problems = append(problems, d.sameByDiff(ctx, name, captures))
	}
	for _, name := range []string{"extractor", "indexer"} {
		if _, err := d.end(name); err != nil {
			return errors.Join(append(problems, err)...)
		}
	}
	return errors.Join(append(problems, d.sameByRows(ctx, captures))...)
}

// sameByDiff has copydesk diff compare a replay with the first.
func (d *desk) sameByDiff(ctx context.Context, name string, captures int) error {
	var r diff.Report
	if err := d.answer(ctx, &r, "diff", name, "--against", firstReplay); err != nil {
		return err
	}
	same := r.Captures == captures && r.Same+r.Neither == captures && r.Same > 0 && len(r.Changes)+r.Undone == 0
	return d.hold(same, "copydesk diff %s --against %s: of %d captures %d the same, %d no article in either, %d changed, gained or lost, %d without a result",
		name, firstReplay, r.Captures, r.Same, r.Neither, len(r.Changes), r.Undone)
}

// sameByRows reads what the replays made from the rows.
func (d *desk) sameByRows(ctx context.Context, captures int) (err error) {
	rows, err := store.Open(ctx, d.data().Rows())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	archived, err := rows.Captures(ctx, store.CaptureQuery{Limit: -1})
	if err != nil {
		return err
	}
	var problems []error
	var first reading
	for _, name := range []string{firstReplay, secondReplay, killedReplay} {
		r, err := read(ctx, rows, name, archived)
		if err != nil {
			return err
		}
		if name == firstReplay {
			first = r
		}
		problems = append(problems, d.hold(r == first && r.captures == captures, "rows of %s: %d captures, each of the archive once, %d with a record, %s of JSON; sha256 of all %x",
			name, r.captures, r.records, humanize.Bytes(uint64(r.bytes)), r.sum))
	}
	return errors.Join(problems...)
}

// reading is what a replay made of all its captures.
type reading struct {
	captures, records int
	bytes             int64
	sum               [sha256.Size]byte // of all that is told of each capture
}

// read reads a replay, which must be complete and have each capture of the archive
// once.
func read(ctx context.Context, rows *store.Store, name string, archived []news.Capture) (r reading, err error) {
	missing := map[string]bool{}
	for _, c := range archived {
		missing[c.CaptureID] = true
	}
	sum := sha256.New()
	for {
		some, err := rows.Compare(ctx, name, "", int64(r.captures), 100)
		if err != nil {
			return r, err
		}
		if len(some) == 0 {
			break
		}
		for _, c := range some {
			r.captures++
			switch {
			case c.Number != int64(r.captures) || !missing[c.CaptureID]:
				return r, fmt.Errorf("replay %s: capture %d is %s, number %d: twice, or not of the archive", name, r.captures, c.CaptureID, c.Number)
			case c.After.Outcome == "":
				return r, fmt.Errorf("replay %s: capture %s has no result", name, c.CaptureID)
			case c.After.Record != nil:
				r.records++
				r.bytes += int64(len(c.After.Record))
			}
			delete(missing, c.CaptureID)
			said, err := json.Marshal([]any{c.Number, c.CaptureID, c.After.Outcome, c.After.Reason, c.After.Detail, c.After.ContentHash, string(c.After.Record)})
			if err != nil {
				return r, err
			}
			sum.Write(said)
		}
	}
	if len(missing) > 0 {
		return r, fmt.Errorf("replay %s: %d captures of the archive are missing", name, len(missing))
	}
	sum.Sum(r.sum[:0])
	return r, nil
}
