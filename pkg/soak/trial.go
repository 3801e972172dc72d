package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/copydesk/copydesk/pkg/datafolder"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
)

// kills is how often processes are killed in an import.
const kills = 5

// trial is one import into an empty desk.
type trial struct {
	name    string
	extract bool
	// kills is how often the importer or the indexer is killed, pace about how
	// long after one another.
	kills int
	pace  time.Duration
}

// outcome is what a trial came to.
type outcome struct {
	took time.Duration
	// spent is the processor time until then, by process.
	spent shares
	// The most memory that each process had, in bytes.
	importer, indexer, extractor int64
	kills                        int
	dead                         []string // letters, in words
	captures                     []news.Capture
}

// shares is the processor time of each process of a trial. The broker is in this
// one.
type shares struct{ broker, importer, indexer, extractor time.Duration }

func (s shares) sum() time.Duration { return s.broker + s.importer + s.indexer + s.extractor }

func (s shares) String() string {
	return fmt.Sprintf("%.1f s (extractor %.1f, indexer %.1f, broker %.1f, copydesk import %.1f)",
		s.sum().Seconds(), s.extractor.Seconds(), s.indexer.Seconds(), s.broker.Seconds(), s.importer.Seconds())
}

// trial imports a file, and removes the desk again.
func (s *soak) trial(ctx context.Context, path string, t trial) (o outcome, err error) {
	d, err := s.open(t.name)
	if err == nil {
		o, err = d.run(ctx, path, t)
	}
	return o, d.close(ctx, err)
}

func (d *desk) run(ctx context.Context, path string, t trial) (o outcome, err error) {
	conn, err := d.begin(ctx, services(t)...)
	if err != nil {
		return o, err
	}
	defer conn.Close()
	began, broker := time.Now(), spentBy("self")
	args := []string{"import", path, "--run", "soak"}
	if t.extract {
		args = append(args, "--wait")
	}
	if o.kills, err = d.disturb(ctx, t, args); err != nil {
		return o, err
	}
	if err := d.ready(ctx, conn, services(t)); err != nil {
		return o, err
	}
	if o.importer, err = d.finish(ctx, args); err != nil {
		return o, err
	}
	o.took = time.Since(began)
	o.spent = shares{
		broker: spentBy("self") - broker, importer: spentIn(d.last),
		indexer: d.spent("indexer"), extractor: d.spent("extractor"),
	}
	if err := settled(ctx, conn); err != nil {
		return o, err
	}
	if o.dead, err = deadLetters(ctx, conn); err != nil {
		return o, err
	}
	if _, _, err := d.output(ctx, "archive", "verify"); err != nil {
		return o, err
	}
	if o.indexer, err = d.end("indexer"); err != nil {
		return o, err
	}
	if t.extract {
		if o.extractor, err = d.end("extractor"); err != nil {
			return o, err
		}
	}
	o.captures, err = capturesOf(ctx, d.data())
	return o, err
}

func services(t trial) []string {
	if t.extract {
		return []string{"indexer", "extractor"}
	}
	return []string{"indexer"}
}

// disturb begins the import and kills it or the indexer, now and then, each time
// starting again what was killed.
func (d *desk) disturb(ctx context.Context, t trial, args []string) (killed int, err error) {
	chance := rand.New(rand.NewPCG(d.seed, 2))
	for killed < t.kills {
		if d.running["copydesk"] == nil {
			if err := d.start(ctx, "copydesk", args...); err != nil {
				return killed, err
			}
		}
		select {
		case <-ctx.Done():
			return killed, ctx.Err()
		case <-time.After(time.Duration((0.2 + chance.Float64()) * float64(t.pace))):
		}
		if chance.IntN(2) == 0 {
			d.kill("copydesk")
		} else {
			d.kill("indexer")
			if err := d.start(ctx, "indexer"); err != nil {
				return killed, err
			}
		}
		killed++
		if d.over("copydesk") {
			delete(d.running, "copydesk") // it ended, or found no indexer: the same command goes on
		}
	}
	d.kill("copydesk")
	return killed, nil
}

// finish runs the import to its end. An indexer that was killed a moment ago may
// not answer yet.
func (d *desk) finish(ctx context.Context, args []string) (memory int64, err error) {
	for range 100 {
		if err := d.start(ctx, "copydesk", args...); err != nil {
			return 0, err
		}
		if memory, err = d.wait("copydesk"); err == nil || ctx.Err() != nil {
			return memory, err
		}
		time.Sleep(100 * time.Millisecond)
	}
	return 0, err
}

// settled waits until nothing is left that the archive is to take: what was in
// hand at a kill comes again, later and alone.
func settled(ctx context.Context, conn *stream.Conn) error {
	for {
		left, err := unarchived(ctx, conn)
		if err != nil || left == 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// deadLetters tells what was given up.
func deadLetters(ctx context.Context, conn *stream.Conn) (dead []string, err error) {
	letters, err := conn.DeadList(ctx, 0, 100)
	for _, l := range letters {
		dead = append(dead, fmt.Sprintf("%s %s(%s): %s", l.Letter.URL, l.Letter.Stage, l.Letter.Reason, l.Letter.Detail))
	}
	return dead, err
}

func unarchived(ctx context.Context, conn *stream.Conn) (left uint64, err error) {
	all, err := conn.Streams(ctx)
	for _, s := range all {
		if s.Name == "IMPORT" || s.Name == "LATER" {
			left += s.Messages
		}
	}
	return left, err
}

// capturesOf reads all captures from the rows, in the order of their time.
func capturesOf(ctx context.Context, data datafolder.Folder) ([]news.Capture, error) {
	rows, err := store.Open(ctx, data.Rows())
	if err != nil {
		return nil, err
	}
	captures, err := rows.Captures(ctx, store.CaptureQuery{Limit: -1})
	return captures, errors.Join(err, rows.Close())
}

// sameCaptures says how two archives differ in what they hold: where in it a
// capture lies depends on the order in which it came.
func sameCaptures(want, got []news.Capture) error {
	if len(want) != len(got) {
		return fmt.Errorf("%d captures, should be %d", len(got), len(want))
	}
	for i := range want {
		w, g := want[i], got[i]
		w.File, w.Offset, g.File, g.Offset = "", 0, "", 0
		w.Size, g.Size = 0, 0
		if w != g {
			return fmt.Errorf("capture %d is %+v, should be %+v", i, g, w)
		}
	}
	return nil
}
