package stream

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/copydesk/copydesk/pkg/news"
)

// Batch says how much a batch consumer takes at once: up to Size messages, or
// what has come after Wait. Bytes, if not 0, has captures handled in parts of
// about so many bytes: bodies that lie apart from their messages are not counted
// by the broker.
type Batch struct {
	Size  int
	Wait  time.Duration
	Bytes int
	// Note, if set, keeps the events of imports that came to their end here, all of
	// them or on an error none. They are then not published, as those of live work
	// are: it is for the keeper of the journeys, who would only be told what he did
	// himself.
	Note func(context.Context, []news.Event) error
}

// ConsumeCaptures gives what visits brought to handle in batches, in the order of
// the stream, as [Conn.ConsumeArticles] does records.
func (c *Conn) ConsumeCaptures(ctx context.Context, b Batch, handle func(context.Context, []*Message[Captured]) []error) error {
	return collect(ctx, c, news.StageArchive, captureReaders, b, c.readCapture, Captured.Trace, handle)
}

// PassCaptures takes what visits brought and lays it away unread, until ctx ends.
// It is for where nothing is archived, so that fetchers do not wait for that.
func (c *Conn) PassCaptures(ctx context.Context, b Batch) error {
	k := newDesk(c, news.StageArchive)
	sources := c.sources(readersOf(news.StageArchive))
	defer rest(sources)
	for ctx.Err() == nil {
		if _, err := pullAll(ctx, sources, b.Size, func(d *delivery) {
			defer d.rest()
			if err := k.acknowledge(ctx, d); err != nil {
				c.log.Debug().Err(err).Msg("could not be laid away: it will be delivered again")
			}
		}); err != nil {
			return fmt.Errorf("pass what is not archived: %w", err)
		}
	}
	return nil
}

// ConsumeArticles gives records to handle in batches; handle returns one error
// a message, or nil if all succeeded. Records come as they were published,
// wherever their text lay on the way. It returns when ctx has ended and the
// batch in hand is settled or handed back.
func (c *Conn) ConsumeArticles(ctx context.Context, b Batch, handle func(context.Context, []*Message[*news.Article]) []error) error {
	return collect(ctx, c, news.StageIndex, articleReaders, b, c.readArticle, (*news.Article).Trace, handle)
}

// ConsumeResults gives the results of replays to handle in batches, as
// [Conn.ConsumeArticles] does records. Nothing is told of the work on them.
func (c *Conn) ConsumeResults(ctx context.Context, b Batch, handle func(context.Context, []*Message[Result]) []error) error {
	return collect(ctx, c, stageReplay, resultReaders, b, c.readResult, Result.Trace, handle)
}

// ConsumeEvents gives events to handle in batches, as [Conn.ConsumeArticles]
// does records. Nothing is told of the work on events.
func (c *Conn) ConsumeEvents(ctx context.Context, b Batch, handle func(context.Context, []*Message[news.Event]) []error) error {
	return collect(ctx, c, stageJourney, eventReaders, b, readEvent, eventTrace, handle)
}

// ConsumeFetchEvents gives the frontier the events of its jobs, as
// [Conn.ConsumeEvents] gives all of them to the journeys.
func (c *Conn) ConsumeFetchEvents(ctx context.Context, b Batch, handle func(context.Context, []*Message[news.Event]) []error) error {
	return collect(ctx, c, stageFrontier, frontierReaders, b, readEvent, eventTrace, handle)
}

func eventTrace(e news.Event) news.Trace { return e.Trace }

// collector gives batches to handle.
type collector[T any] struct {
	*desk
	bytes  int // how many are handled at once, about; 0 for any number
	note   func(context.Context, []news.Event) error
	decode func(ctx context.Context, h nats.Header, data []byte) (T, error)
	trace  func(T) news.Trace
	handle func(context.Context, []*Message[T]) []error
}

// collect pulls batches from each of the readers in turn, and single messages
// from where they are tried alone.
func collect[T any](
	ctx context.Context, c *Conn, stage news.Stage, from []reader, b Batch,
	decode decoder[T], trace func(T) news.Trace, handle func(context.Context, []*Message[T]) []error,
) error {
	if b.Size < 1 || b.Wait <= 0 {
		return fmt.Errorf("consume for stage %s: batch of %d messages or %v, more than 0 of both is needed", stage, b.Size, b.Wait)
	}
	k := &collector[T]{desk: newDesk(c, stage), bytes: b.Bytes, note: b.Note, decode: decode, trace: trace, handle: handle}
	sources := c.sources(append([]reader{aloneReader(stage)}, from...))
	defer rest(sources)
	alone, sources := sources[0], sources[1:]
	for ctx.Err() == nil {
		err := k.drain(ctx, alone)
		found := 0
		for i, s := range sources {
			wait := time.Duration(0)
			if i == len(sources)-1 && found == 0 {
				wait = b.Wait // the others have had their turn
			}
			if err == nil && ctx.Err() == nil {
				var n int
				n, err = k.next(ctx, s, b.Size, wait)
				found += n
			}
		}
		if err != nil {
			return fmt.Errorf("consume for stage %s: %w", stage, err)
		}
	}
	return nil
}

// drain handles single messages until there is none.
func (k *collector[T]) drain(ctx context.Context, from *source) error {
	for ctx.Err() == nil {
		if got, err := k.next(ctx, from, 1, 0); got == 0 || err != nil {
			return err
		}
	}
	return nil
}

// next pulls one batch and settles it. It returns how many messages that were.
func (k *collector[T]) next(ctx context.Context, from *source, size int, wait time.Duration) (int, error) {
	var batch []*delivery
	_, err := from.pull(ctx, size, wait, func(d *delivery) { batch = append(batch, d) })
	// One batch at a time: while it is settled, no pull is open, and what is
	// handed back does not come to us again.
	for part := range k.parts(batch) {
		k.settleAll(ctx, part, k.attemptAll(ctx, part, size > 1))
	}
	return len(batch), err
}

// parts are what of a batch is handled at once.
func (k *collector[T]) parts(batch []*delivery) iter.Seq[[]*delivery] {
	return func(yield func([]*delivery) bool) {
		begin, size := 0, 0
		for i, d := range batch {
			if k.bytes == 0 {
				break
			}
			n := captureSize(d.raw.Header, d.raw.Data)
			if size += n; size > k.bytes && i > begin {
				if !yield(batch[begin:i]) {
					return
				}
				begin, size = i, n
			}
		}
		yield(batch[begin:])
	}
}

// attemptAll handles what can be handled and says what became of each.
func (k *collector[T]) attemptAll(ctx context.Context, batch []*delivery, company bool) []error {
	errs := make([]error, len(batch))
	var messages []*Message[T]
	var index []int
	for i, d := range batch {
		ctx := k.traceWork(ctx, d)
		errs[i] = k.attempt(ctx, d, company, func() error {
			m, err := open(ctx, d, k.decode, k.trace)
			if err != nil {
				return err
			}
			m.Alone = !company
			messages, index = append(messages, m), append(index, i)
			return nil
		})
	}
	if len(messages) == 0 {
		return errs
	}
	ctx, span := k.traceBatch(ctx, batch)
	defer span.End()
	for j, err := range k.handleAll(ctx, messages) {
		d := batch[index[j]]
		d.trace, d.detail, d.validators = messages[j].Trace, messages[j].Detail, messages[j].Validators
		errs[index[j]] = err
	}
	return errs
}

// handleAll gives messages to the handler. If it panics over several, each is
// given to it alone, so that the panic finds its message.
func (k *collector[T]) handleAll(ctx context.Context, messages []*Message[T]) []error {
	var errs []error
	err := guard(func() error {
		errs = k.handle(ctx, messages)
		if errs != nil && len(errs) != len(messages) {
			return fmt.Errorf("handler of stage %s returned %d errors for %d messages", k.stage, len(errs), len(messages))
		}
		return nil
	})
	switch {
	case err == nil && errs == nil:
		return make([]error, len(messages))
	case err == nil:
		return errs
	case len(messages) == 1:
		return []error{err}
	}
	errs = make([]error, len(messages))
	for i := range messages {
		errs[i] = k.handleAll(ctx, messages[i:i+1])[0]
	}
	return errs
}
