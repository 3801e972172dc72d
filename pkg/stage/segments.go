package stage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/store"
)

// tendEvery is how often it is looked whether a file of the archive is old enough
// to be closed, for pages may be long in coming, and whether the vault is there.
const tendEvery = time.Minute

// tend closes files of the archive that are old enough, and brings what is closed
// to the vault, until ctx ends.
func (a *Archiver) tend(ctx context.Context) error {
	for {
		a.try(ctx, "close a file of the archive", "pages are archived all the same", &a.troubles, a.roll)
		a.try(ctx, "take captures out of files of the archive", "they are out of the rows already", &a.vault, a.clear)
		a.try(ctx, "bring files of the archive away", "they wait in the archive's folder, and pages are archived all the same", &a.vault, a.offload)
		if !rest(ctx, a.closed, tendEvery) {
			return nil
		}
	}
}

// try does a work, notes whether it can be done, and says so in the log when that
// changes.
func (a *Archiver) try(ctx context.Context, work, meanwhile string, to *troubles, do func(context.Context) error) {
	before := to.state()
	err := do(ctx)
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		err = fmt.Errorf("cannot %s, trying again: %w", work, err)
	}
	to.note(work, err)
	switch {
	case err != nil && before == nil:
		a.log.Error().Err(err).Msg(meanwhile)
	case err == nil && before != nil:
		a.log.Info().Msgf("can %s again", work)
	}
}

// roll closes the open file if it is old enough: when the rows of all of it are
// put, for only what is in the open file is found again after a crash.
func (a *Archiver) roll(ctx context.Context) error {
	a.keeping.Lock()
	defer a.keeping.Unlock()
	if err := a.settle(ctx); err != nil {
		return err
	}
	err := a.files.RollDue() // it may be closed, and its index not be written yet
	return errors.Join(err, a.noteSegments(ctx))
}

// offload brings closed files to the vault, where there is one, and notes which
// are there: also those that a crash kept from being noted.
func (a *Archiver) offload(ctx context.Context) error {
	if a.files.Vault == nil {
		return nil
	}
	_, err := a.files.Offload(ctx)
	a.keeping.Lock()
	defer a.keeping.Unlock()
	return errors.Join(err, a.noteSegments(ctx))
}

// noteSegments puts the rows of the segments: those in the archive's folder, and
// in the vault what was in the folder. The rows are read first: a file that is
// removed meanwhile is known to be replaced.
func (a *Archiver) noteSegments(ctx context.Context) error {
	known, err := a.rows.Segments(ctx)
	if err != nil {
		return err
	}
	files, err := a.files.Segments()
	if err != nil {
		return &outOfOrder{err}
	}
	rows := map[string]store.Segment{}
	for _, s := range known {
		rows[s.Name] = s
	}
	var changed []store.Segment
	note := func(s store.Segment) {
		before, ok := rows[s.Name]
		delete(rows, s.Name)
		switch {
		case before.State == store.SegmentReplaced: // it is to be removed
		case !ok && archive.Replaced(s.Name) != "": // who writes one anew notes it with its captures
		case before.Size != s.Size || before.State != s.State:
			changed = append(changed, s)
		}
	}
	for _, f := range files {
		note(segmentRow(f))
	}
	if a.files.Vault != nil {
		for _, gone := range rows {
			gone.State = store.SegmentUploaded
			note(gone)
		}
	}
	if len(changed) == 0 {
		return nil
	}
	return a.rows.PutSegments(ctx, changed...)
}

// Ready is nil while pages can be archived. Otherwise it says what is waited for:
// where room is, also why files cannot be brought away.
func (a *Archiver) Ready() error {
	err := a.troubles.state()
	if err == nil {
		return nil
	}
	return errors.Join(err, a.vault.state())
}

// Away is why closed files cannot be brought to the vault; nil where they can, or
// are not to be.
func (a *Archiver) Away() error { return a.vault.state() }
