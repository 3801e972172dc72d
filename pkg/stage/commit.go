package stage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/sqlite"
	"github.com/copydesk/copydesk/pkg/stream"
)

// clerk commits batches to a file of our own.
type clerk[T any] struct {
	// work is what the clerk does, in words: "keep articles".
	work string
	// put commits all of a batch or, on an error, nothing. Verdicts that are
	// not nil settle the messages one by one.
	put      func(context.Context, []*stream.Message[T]) (verdicts []error, err error)
	troubles *troubles
	log      zerolog.Logger
}

// commit gives each message its verdict. While the file is out of order the
// batch stays in hand: no message did anything wrong, and none that came
// instead would fare better. Where a batch fails for a reason of its own it is
// halved until the message is found that does.
func (c *clerk[T]) commit(ctx context.Context, batch []*stream.Message[T]) []error {
	verdicts, err := c.outlast(ctx, batch)
	switch {
	case err == nil && verdicts == nil:
		return make([]error, len(batch))
	case err == nil:
		return verdicts
	case len(batch) == 1:
		return []error{err}
	case ctx.Err() != nil:
		verdicts = make([]error, len(batch))
		for i := range verdicts {
			verdicts[i] = err
		}
		return verdicts
	}
	half := len(batch) / 2
	return append(c.commit(ctx, batch[:half]), c.commit(ctx, batch[half:])...)
}

// The waits between two tries of a file that is out of order.
const (
	outlastFirst = 250 * time.Millisecond
	outlastMost  = 30 * time.Second
)

// outlast tries for as long as the file is out of order, or until ctx ends.
func (c *clerk[T]) outlast(ctx context.Context, batch []*stream.Message[T]) (verdicts []error, err error) {
	waiting := false
	for wait := outlastFirst; ; wait = min(2*wait, outlastMost) {
		verdicts, err = c.put(ctx, batch)
		if !unavailable(err) || ctx.Err() != nil {
			break
		}
		if !waiting {
			waiting = true
			defer c.troubles.note(c.work, nil)
			c.log.Error().Err(err).Msgf("cannot %s: waiting until the disk takes them", c.work)
		}
		c.troubles.note(c.work, fmt.Errorf("cannot %s, waiting until the disk takes them: %w", c.work, err))
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("%s: %w (%w)", c.work, context.Cause(ctx), err)
		case <-time.After(wait):
		}
	}
	if waiting && err == nil {
		c.log.Info().Msgf("can %s again", c.work)
	}
	return verdicts, err
}

// outOfOrder is the fault of files other than rows, and of what they lie on.
type outOfOrder struct{ error }

// Unwrap is what is wrong with them.
func (o *outOfOrder) Unwrap() error { return o.error }

// unavailable says whether err is the fault of our files, not of what was to be
// written.
func unavailable(err error) bool {
	_, ok := errors.AsType[*outOfOrder](err)
	return ok || sqlite.Unavailable(err)
}

// values are what the messages of a batch say.
func values[T any](batch []*stream.Message[T]) []T {
	all := make([]T, len(batch))
	for i, m := range batch {
		all[i] = m.Value
	}
	return all
}
