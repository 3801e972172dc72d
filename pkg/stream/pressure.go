package stream

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// valve holds publishers of a stream back while one of its required readers has
// more unread than half of what the stream holds, so that nothing is dropped
// unread.
type valve struct {
	stream  string
	readers []string

	turn sync.Mutex // held while the backlog is measured

	mu      sync.Mutex // of what follows; never held for long
	checked time.Time
	// limit is the bytes unread at which publishers pause, none if not
	// positive: half of what the stream really holds, whatever our settings
	// say that it should.
	limit  int64
	since  int64 // bytes published since it was checked
	closed error // why publishers wait, nil while they do not
}

const (
	// valveEvery is how long a measure of the backlog is believed.
	valveEvery = time.Second
	// valveShare of the limit may be published before it is measured again.
	valveShare = 16
	// valveResume is the part of the limit below which publishing goes on.
	valveResume = 0.9
	valvePause  = 200 * time.Millisecond
)

// wait returns when size more bytes may be published.
func (v *valve) wait(ctx context.Context, c *Conn, size int) error {
	for {
		open, err := v.open(ctx, c, int64(size))
		if closed := v.state(); err != nil && closed != nil {
			return fmt.Errorf("%w (%w)", err, closed)
		}
		if err != nil || open {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%w (%w)", context.Cause(ctx), v.state())
		case <-time.After(valvePause):
		}
	}
}

// open says whether size more bytes may be published now.
func (v *valve) open(ctx context.Context, c *Conn, size int64) (bool, error) {
	v.turn.Lock()
	defer v.turn.Unlock()
	if open, known := v.believed(size); known {
		return open, nil
	}
	var worst backlog
	err := c.persist(ctx, "measure the backlog of "+v.stream, func(ctx context.Context) (err error) {
		worst, err = c.worst(ctx, v.stream, v.readers)
		return err
	})
	if err != nil {
		return false, err
	}
	return v.measured(worst, size, c), nil
}

// believed says whether the last measure allows size more bytes, and whether it
// is still good for an answer.
func (v *valve) believed(size int64) (open, known bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.closed != nil {
		return false, time.Since(v.checked) < valvePause
	}
	if time.Since(v.checked) >= valveEvery || v.limit > 0 && v.since >= v.limit/valveShare {
		return false, false
	}
	v.since += size
	return true, true
}

// measured takes note of a new measure, and says whether to publish.
func (v *valve) measured(b backlog, size int64, c *Conn) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.checked, v.since, v.limit = time.Now(), size, b.holds/2
	resume := int64(float64(v.limit) * valveResume)
	was := v.closed != nil
	if v.limit > 0 && (b.unread >= v.limit || was && b.unread >= resume) {
		v.closed = fmt.Errorf("publishing on %s pauses: its reader %q has %d kB unread, until that is below %d kB: is it running?",
			v.stream, b.reader, b.unread>>10, resume>>10)
	} else {
		v.closed = nil
	}
	switch {
	case v.closed != nil && !was:
		c.log.Warn().Err(v.closed).Msg("back-pressure")
		c.cfg.Observer.Paused(v.stream, true)
	case v.closed == nil && was:
		c.log.Info().Str("stream", v.stream).Msg("back-pressure is over: publishing goes on")
		c.cfg.Observer.Paused(v.stream, false)
	}
	return v.closed == nil
}

// state is why publishers wait, nil while they do not.
func (v *valve) state() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.closed
}

// backlog is what a reader has before it.
type backlog struct {
	reader string
	// unread is about how many bytes of the stream it has not settled, holds how
	// many the stream holds, not positive if as many as come.
	unread, holds int64
}

// worst is the backlog of the reader that is furthest behind.
func (c *Conn) worst(ctx context.Context, stream string, readers []string) (backlog, error) {
	s, err := c.js.Stream(ctx, stream)
	if err != nil {
		return backlog{}, err
	}
	info := s.CachedInfo()
	worst := backlog{holds: info.Config.MaxBytes}
	for _, name := range readers {
		r, err := s.Consumer(ctx, name)
		if err != nil {
			return backlog{}, fmt.Errorf("reader %q: %w", name, err)
		}
		if unread := unread(info.State, r.CachedInfo()); worst.reader == "" || unread > worst.unread {
			worst.reader, worst.unread = name, unread
		}
	}
	return worst, nil
}

// unread estimates the bytes from the first message that a reader was not given
// to the end of the stream, and of those that it has in hand: messages that are
// not for it lie between them, and the stream drops them all in one order.
func unread(state jetstream.StreamState, r *jetstream.ConsumerInfo) int64 {
	if state.Msgs == 0 {
		return 0
	}
	messages := float64(r.NumAckPending)
	if r.NumPending > 0 && state.LastSeq > r.Delivered.Stream {
		messages += float64(state.LastSeq - r.Delivered.Stream)
	}
	return int64(min(messages/float64(state.Msgs), 1) * float64(state.Bytes))
}
