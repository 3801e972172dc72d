package stream

import (
	"context"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"go.opentelemetry.io/otel/trace"

	"github.com/copydesk/copydesk/pkg/news"
)

// Message is one piece of work, as a handler gets it.
type Message[T any] struct {
	Value T
	// Attempt counts from 1 in each stage.
	Attempt int
	// Trace goes into the event. The handler may complete it.
	Trace news.Trace
	// Alone says that the message was in hand when a worker died. It should be
	// in hand no longer than its work takes.
	Alone bool
	// Detail goes into the event of work that succeeded; the handler may set it.
	Detail string
	// Validators go into the event; the handler may set them.
	Validators news.Validators
	// Run is the run that the message belongs to, nil for live work.
	Run *news.Run
	// Sequence is the message's number in the stream that it was published on
	// first, Published its time there.
	Sequence  uint64
	Published time.Time

	delivery *delivery
}

// delivery is one message in hand, from its receipt until it is settled.
type delivery struct {
	raw *nats.Msg
	passage
	// deliveries of this round, this one included.
	deliveries int
	reconnects uint64    // of the connection, when it came
	run        *news.Run // nil for live work
	trace      news.Trace
	detail     string
	validators news.Validators
	began      time.Time
	// before is what is told with the message of the work that made it, nil for
	// nothing; told says that the event of the work on this one goes with what was
	// made of it, if that succeeds.
	before *news.Event
	told   bool
	// ackWait is after how long without a sign of life it is delivered again.
	ackWait time.Duration
	// rest ends the signs of life.
	rest context.CancelFunc
	// span is of the work on it, until it is settled.
	span trace.Span
}

// isLive says whether it is of what is news now, and not of an import or a replay.
func (d *delivery) isLive() bool {
	return d.run == nil && !d.isRecord()
}

// isRecord says whether it is a record on its way into the archive.
func (d *delivery) isRecord() bool { return d.raw.Header.Get(headerSchema) == news.RecordSchema }

// attempt counts from 1.
func (d *delivery) attempt() int { return d.attempts + d.deliveries }

// spent is how many attempts count against the limit: those that ended with a
// fault of their own. Silent ones are counted apart.
func (d *delivery) spent() int { return d.attempt() - d.Forgiven - (d.silent() - 1) }

// silent is how many deliveries, this one included, have not ended yet.
func (d *delivery) silent() int { return d.Unsettled + d.deliveries }

// receive takes a message into hand, and gives signs of life until d.rest.
// ackWait is its reader's own, which may be other than our settings say.
func (c *Conn) receive(raw *nats.Msg, ackWait time.Duration) (*delivery, error) {
	meta, err := raw.Metadata()
	if err != nil {
		return nil, fmt.Errorf("message on %s: %w", raw.Subject, err)
	}
	h := raw.Header
	d := &delivery{
		raw: raw, passage: passageOf(h), deliveries: int(meta.NumDelivered), reconnects: c.reconnects(),
		trace: traceOf(h), before: eventOf(h), began: time.Now(), ackWait: ackWait, span: untraced,
	}
	d.run, _ = runOf(h) // open refuses one that cannot be read
	if d.Sequence == 0 {
		d.Subject, d.Sequence, d.Published = raw.Subject, meta.Sequence.Stream, meta.Timestamp
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		c.beat(ctx, raw, ackWait/3)
	}()
	d.rest = func() {
		cancel()
		<-ended
	}
	return d, nil
}

// beat tells the broker that m is being worked on.
func (c *Conn) beat(ctx context.Context, m *nats.Msg, every time.Duration) {
	tick := time.NewTicker(max(every, time.Millisecond))
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := c.nc.Publish(m.Reply, inProgress); err != nil {
				c.log.Debug().Err(err).Msg("no sign of life could be given")
			}
		}
	}
}

// decoder reads a message of one kind.
type decoder[T any] func(ctx context.Context, h nats.Header, data []byte) (T, error)

// open reads the message in hand.
func open[T any](ctx context.Context, d *delivery, decode decoder[T], trace func(T) news.Trace) (*Message[T], error) {
	value, err := decode(ctx, d.raw.Header, d.raw.Data)
	if err != nil {
		return nil, err
	}
	d.trace = trace(value)
	run, err := runOf(d.raw.Header)
	if err != nil {
		return nil, err
	}
	return &Message[T]{
		Value: value, Attempt: d.attempt(), Trace: d.trace, Run: run,
		Sequence: d.Sequence, Published: d.Published, delivery: d,
	}, nil
}

// maxStackLines is how much of a panic's stack goes into the detail.
const maxStackLines = 12

// guard runs do; its panic is an error that buries the message.
func guard(do func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &news.Fault{Kind: news.Permanent, Reason: news.Internal, Err: fmt.Errorf("panic: %v\n%s", v, panicStack())}
		}
	}()
	return do()
}

// panicStack is the stack from the place of the panic on.
func panicStack() string {
	stack := string(debug.Stack())
	if _, after, ok := strings.Cut(stack, "\npanic("); ok {
		lines := strings.SplitN(after, "\n", 3) // the rest of panic's own two lines
		stack = lines[len(lines)-1]
	}
	lines := strings.SplitN(stack, "\n", maxStackLines+1)
	return strings.Join(lines[:min(len(lines), maxStackLines)], "\n")
}
