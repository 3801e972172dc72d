package search

import (
	"context"
	"errors"
	"fmt"
	"os"
)

// ErrRebuilding is returned where a rebuild is under way already.
var ErrRebuilding = errors.New("the search index is being rebuilt already")

// Rebuild makes the index again from all rows of source, beside the present
// one, which answers and follows until the new one takes its place. progress,
// if not nil, is told how far it is after every batch, in row numbers. On an
// error or the end of ctx everything stays as it was.
func (x *Index) Rebuild(ctx context.Context, source Source, progress func(row, last int64)) error {
	if !x.rebuilding.TryLock() {
		return ErrRebuilding
	}
	defer x.rebuilding.Unlock()
	if err := x.rebuild(ctx, source, progress); err != nil {
		return fmt.Errorf("rebuild search index: %w", err)
	}
	return nil
}

func (x *Index) rebuild(ctx context.Context, source Source, progress func(row, last int64)) error {
	last, err := source.LastRow(ctx)
	if err != nil {
		return err
	}
	tell := func(row int64) {
		if progress != nil {
			progress(row, max(row, last))
		}
	}
	name, err := x.nextName()
	if err != nil {
		return err
	}
	next, err := newGeneration(x.path(name))
	if err != nil {
		return errors.Join(err, os.RemoveAll(x.path(name)))
	}
	err = next.catchUp(ctx, source, last, tell)
	if err == nil {
		err = x.take(ctx, name, next, source, tell)
	}
	if err != nil {
		return errors.Join(err, next.Close(), os.RemoveAll(x.path(name)))
	}
	return nil
}

// take lets the next generation answer. Nothing is taken in meanwhile, so that
// it has every row that the present one has.
func (x *Index) take(ctx context.Context, name string, next generation, source Source, tell func(int64)) error {
	x.feeding.Lock()
	defer x.feeding.Unlock()
	last, err := source.LastRow(ctx)
	if err != nil {
		return err
	}
	if err := next.catchUp(ctx, source, last, tell); err != nil {
		return err
	}
	x.answering.Lock()
	defer x.answering.Unlock()
	if x.closed {
		return errClosed
	}
	if err := x.setCurrent(name); err != nil {
		return err
	}
	old := x.current
	x.current = next
	// The new one answers already: what cannot be removed now goes at the next
	// start.
	_ = errors.Join(old.Close(), os.RemoveAll(old.Name()))
	return nil
}
