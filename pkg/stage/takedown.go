package stage

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
)

// TakeDown takes what an address names out of rows and files; see
// [store.Store.TakeDown]. When it returns an error, the rows may be without it
// already: the files follow by themselves as soon as they can.
func (a *Archiver) TakeDown(ctx context.Context, address, reason string, progress func(Survey)) (store.Takedown, error) {
	a.caring.Lock()
	defer a.caring.Unlock()
	taken, err := a.takeDown(ctx, address, reason)
	if err != nil {
		return taken, err
	}
	return taken, a.takeOut(ctx, progress)
}

func (a *Archiver) takeDown(ctx context.Context, address, reason string) (store.Takedown, error) {
	a.keeping.Lock()
	defer a.keeping.Unlock()
	if err := a.settle(ctx); err != nil {
		return store.Takedown{}, err
	}
	return a.rows.TakeDown(ctx, address, reason, time.Now())
}

// Expire takes captures that are older than they are to be kept out of rows and
// files. With dry set it only counts them.
func (a *Archiver) Expire(ctx context.Context, dry bool, progress func(Survey)) (store.Expired, error) {
	a.caring.Lock()
	defer a.caring.Unlock()
	expired, err := a.expire(ctx, dry)
	if err != nil || dry {
		return expired, err
	}
	return expired, a.takeOut(ctx, progress)
}

func (a *Archiver) expire(ctx context.Context, dry bool) (store.Expired, error) {
	if a.keeps.None() {
		return store.Expired{}, nil
	}
	a.keeping.Lock()
	defer a.keeping.Unlock()
	if err := a.settle(ctx); err != nil {
		return store.Expired{}, err
	}
	return a.rows.Expire(ctx, a.keeps, time.Now(), dry)
}

// takeOut takes out of the files what was taken out of the rows, and removes the
// files that others are in the place of. A crash at any point leaves it to the
// next call to go on. A file that is not there keeps no other waiting: the error is
// then [fs.ErrNotExist], and all else is done.
func (a *Archiver) takeOut(ctx context.Context, progress func(Survey)) error {
	files, err := a.rows.CountDoomed(ctx)
	if err != nil {
		return err
	}
	seen := Survey{Files: files}
	var gone []error
	for after := ""; ; {
		progress(seen)
		doomed, err := a.rows.NextDoomed(ctx, after)
		if err != nil {
			return err
		}
		if doomed == nil {
			return cmp.Or(a.removeReplaced(ctx), errors.Join(gone...))
		}
		if err := a.takeOutOf(ctx, doomed); err != nil {
			err = fmt.Errorf("take captures out of %s: %w", doomed.File, err)
			if !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			gone = append(gone, err)
		}
		after, seen.Done, seen.Captures = doomed.File, seen.Done+1, seen.Captures+len(doomed.Reasons)
	}
}

// takeOutOf writes a file anew, or has it removed if all of it is too old.
func (a *Archiver) takeOutOf(ctx context.Context, doomed *store.Doomed) error {
	if err := a.shut(ctx, doomed.File); err != nil {
		return err
	}
	old, reason := true, ""
	for _, why := range doomed.Reasons {
		if why != store.ReasonExpired {
			old, reason = false, why
		}
	}
	if old && doomed.Left == 0 {
		return a.rows.DropSegment(ctx, doomed.File)
	}
	if old {
		reason = store.ReasonExpired
	}
	r, err := a.files.Rewrite(ctx, doomed.File, reason, func(c news.Capture) bool { return doomed.Reasons[c.CaptureID] != "" })
	if err != nil {
		return err
	}
	for _, damage := range r.Damage {
		a.log.Error().Err(damage).Msg("what could not be read of a file that was written anew is in it no more")
	}
	wake(a.closed)
	a.keeping.Lock()
	defer a.keeping.Unlock()
	if r.New == "" { // they were not there
		return a.rows.Undoom(ctx, doomed.File)
	}
	return a.rows.ReplaceSegment(ctx, r.Old, store.Segment{Name: r.New, Size: r.Size, State: store.SegmentClosed}, r.Kept)
}

// shut closes a file if it is the open one: when the rows of all of it are put.
func (a *Archiver) shut(ctx context.Context, name string) error {
	if !a.isOpen(name) {
		return nil
	}
	a.keeping.Lock()
	defer a.keeping.Unlock()
	if err := a.settle(ctx); err != nil {
		return err
	}
	if err := a.files.Roll(); err != nil {
		return err
	}
	return a.noteSegments(ctx)
}

// removeReplaced removes the files that others are in the place of.
func (a *Archiver) removeReplaced(ctx context.Context) error {
	segments, err := a.rows.Segments(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, s := range segments {
		if s.State != store.SegmentReplaced {
			continue
		}
		err := a.files.Discard(ctx, s.Name)
		if err == nil {
			err = a.rows.ForgetSegment(ctx, s.Name)
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// removeStrays removes what crashes left of files that were written anew, where
// no row says which holds: the older ones.
func (a *Archiver) removeStrays(ctx context.Context) error {
	if err := a.removeReplaced(ctx); err != nil {
		return err
	}
	stale, err := a.files.Stale(ctx)
	if err != nil {
		return err
	}
	for _, s := range stale {
		if err := a.files.Discard(ctx, s.Name); err != nil {
			return err
		}
	}
	return nil
}

// expireEvery is how often captures go that are too old.
const expireEvery = 24 * time.Hour

// clear takes out of files what was to be taken out and was not, and what is too
// old, once a day.
func (a *Archiver) clear(ctx context.Context) error {
	if !a.caring.TryLock() {
		return nil // somebody is at it
	}
	defer a.caring.Unlock()
	if now := time.Now(); now.Sub(a.expired) >= expireEvery {
		expired, err := a.expire(ctx, false)
		if err != nil {
			return err
		}
		a.expired = now
		if expired.Captures > 0 {
			a.log.Info().Int64("captures", expired.Captures).Int64("files", expired.Files).Msg("captures are older than they are to be kept, and go")
		}
	}
	return a.takeOut(ctx, func(Survey) {})
}
