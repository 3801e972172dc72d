package stream

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
)

// desk settles the messages of one stage.
type desk struct {
	c     *Conn
	stage news.Stage
	// pulled, if not nil, is closed when no pull is open any more. What was
	// handed back before would come to us again, and count as delivered once
	// more.
	pulled chan struct{}
}

func newDesk(c *Conn, stage news.Stage) *desk {
	return &desk{c: c, stage: stage}
}

var (
	// errPoison condemns a message that its workers did not survive.
	errPoison = &news.Fault{Kind: news.Permanent, Reason: news.Poison, Err: errors.New("delivered again and again, and no worker said what became of it")}
	// errAlone has a message that was in hand when a worker died be tried by
	// itself.
	errAlone = errors.New("to be tried alone")
)

// attempt does the work on d, unless it was delivered too often, or was
// delivered before and is in company now. That is looked at before the work:
// what kills its worker never reaches an after.
func (k *desk) attempt(ctx context.Context, d *delivery, company bool, do func() error) error {
	k.c.cfg.Observer.Taken(k.stage, 1)
	if d.silent() > k.c.cfg.MaxDeliveries {
		return errPoison
	}
	if company && d.deliveries > 1 {
		return errAlone
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return guard(do)
}

// grace is how long a message may take to be settled after ctx has ended.
const grace = 5 * time.Second

// settle tells the broker and the events what became of d. Nothing else
// acknowledges. The event comes before the acknowledgement: a crash between
// the two is a repeat, never a silence.
func (k *desk) settle(ctx context.Context, d *delivery, err error) {
	defer k.c.cfg.Observer.Taken(k.stage, -1)
	defer d.span.End()
	settling, cancel := outlast(ctx, grace)
	defer cancel()

	outcome, fault, ended := endOf(err)
	var failed error
	switch {
	case ended:
		failed = k.end(settling, d, outcome, fault)
	case errors.Is(err, errAlone):
		failed = k.setAside(settling, d)
	case ctx.Err() != nil && !errors.Is(err, errPoison): // we are leaving; the page did nothing wrong
		failed = k.postpone(settling, d, 0)
	case fault.Kind == news.Permanent:
		failed = k.bury(settling, d, fault)
	case fault.Reason == news.HostBusy: // not yet tried, so it is no attempt
		failed = k.postpone(settling, d, max(fault.After, time.Second))
	case fault.Kind == news.Awaiting:
		failed = k.await(settling, d, fault)
	case d.spent() < k.c.cfg.MaxAttempts:
		failed = k.tryLater(settling, d, fault)
	default:
		failed = k.bury(settling, d, exhausted(fault))
	}
	if failed != nil {
		k.leave(ctx, d, failed)
	}
}

// leave leaves a message that could not be settled to its next delivery.
func (k *desk) leave(ctx context.Context, d *delivery, failed error) {
	k.c.log.Warn().Err(failed).Str(logStage, string(k.stage)).Str(logURL, d.trace.URL).Msg("could not be settled: it will be delivered again")
	if ctx.Err() == nil {
		return // after AckWait: at once would be a tight circle
	}
	if err := k.refuse(d); err != nil {
		k.c.log.Debug().Err(err).Msg("could not be handed back either")
	}
}

// endOf is the outcome of work that is at its end, and its fault, if it has one;
// ended is false where there is more to do.
func endOf(err error) (o news.Outcome, f *news.Fault, ended bool) {
	f = reasoned(news.FaultOf(err))
	switch {
	case err == nil:
		return news.Done, nil, true
	case f.Kind == news.Same:
		return news.Unchanged, f, true
	case f.Kind == news.Skip:
		return news.Skipped, f, true
	}
	return "", f, false
}

// reasoned is f with a reason where it needs one and has none.
func reasoned(f *news.Fault) *news.Fault {
	if f == nil || f.Reason != "" || f.Kind == news.Same {
		return f
	}
	return &news.Fault{Kind: f.Kind, Reason: news.Internal, After: f.After, Err: f}
}

// exhausted is the fault of work that failed for a time too often: its own
// reason where it has one that says something.
func exhausted(f *news.Fault) *news.Fault {
	if f.Reason != news.Internal {
		return f
	}
	return &news.Fault{Kind: news.Permanent, Reason: news.Exhausted, Err: f}
}

// end tells the outcome and acknowledges.
func (k *desk) end(ctx context.Context, d *delivery, o news.Outcome, f *news.Fault) error {
	if err := k.tell(ctx, d, o, f); err != nil {
		return err
	}
	return k.acknowledge(ctx, d)
}

// tell publishes the event, and logs it: one line a page and stage.
func (k *desk) tell(ctx context.Context, d *delivery, o news.Outcome, f *news.Fault) error {
	if untold(k.stage) {
		return nil
	}
	if d.before != nil {
		if err := k.c.announce(ctx, d.run, *d.before, eventID(*d.before)); err != nil {
			return err
		}
	}
	e := k.event(d, o, f)
	if !d.told || o != news.Done {
		if err := k.c.announce(ctx, d.run, e, eventID(e)); err != nil {
			return err
		}
	}
	k.observe(d, e)
	return nil
}

// event is what there is to tell of the work on d.
func (k *desk) event(d *delivery, o news.Outcome, f *news.Fault) news.Event {
	now := time.Now()
	e := news.Event{
		Schema: news.EventSchema, Stage: k.stage, Trace: d.trace, Attempt: d.attempt(),
		Outcome: o, Detail: d.detail, At: now.UTC(), DurationMS: now.Sub(d.began).Milliseconds(),
		Validators: d.validators,
	}
	if f != nil {
		e.Reason, e.Detail = f.Reason, detailOf(f)
	}
	return e
}

// observe logs, traces and counts what was told.
func (k *desk) observe(d *delivery, e news.Event) {
	k.c.logEvent(e)
	d.traceOutcome(e)
	k.c.cfg.Observer.Settled(e.Stage, e.Outcome, e.Reason, time.Since(d.began))
}

// maxDetail is how much of an error is kept, in bytes.
const maxDetail = 2 << 10

func detailOf(f *news.Fault) string {
	if f.Err == nil {
		return ""
	}
	return clip(f.Error(), maxDetail)
}

// What the broker is told of a message in hand.
var (
	ack        = []byte("+ACK")
	nak        = []byte("-NAK")
	inProgress = []byte("+WPI")
)

// term is that it is not to be delivered any more, and why.
func term(reason string) []byte { return []byte("+TERM " + reason) }

// acknowledge and wait until the broker has taken note. After AckWait it is
// given up: the message is then delivered again anyway. What came by an earlier
// connection is not waited for: a broker that died may have forgotten that it
// delivered it, and does not answer then.
func (k *desk) acknowledge(ctx context.Context, d *delivery) error {
	ctx, cancel := context.WithTimeout(ctx, d.ackWait)
	defer cancel()
	return k.c.persist(ctx, "acknowledge", func(ctx context.Context) error {
		if k.c.reconnects() != d.reconnects {
			return k.c.nc.Publish(d.raw.Reply, ack)
		}
		_, err := k.c.nc.RequestWithContext(ctx, d.raw.Reply, ack)
		return err
	})
}

// refuse gives the message to the next who asks. The broker then counts one
// more delivery that ended without a word: it is the last resort.
func (k *desk) refuse(d *delivery) error {
	if k.pulled != nil {
		<-k.pulled
	}
	return k.c.nc.Publish(d.raw.Reply, nak)
}

// condemn ends the deliveries of a message that is buried.
func (k *desk) condemn(ctx context.Context, d *delivery, f *news.Fault) error {
	reason := oneLine(fmt.Sprintf("dead(%s)", f.Reason), maxIDHeader)
	return k.c.persist(ctx, "terminate", func(context.Context) error {
		return k.c.nc.Publish(d.raw.Reply, term(reason))
	})
}

// outlast is a context that ends some time after its parent does.
func outlast(parent context.Context, grace time.Duration) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(parent))
	stop := context.AfterFunc(parent, func() {
		select {
		case <-ctx.Done():
		case <-time.After(grace):
			cancel()
		}
	})
	return ctx, func() {
		stop()
		cancel()
	}
}
