package stream

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// source is a durable reader that messages are pulled from.
type source struct {
	reader
	c        *Conn
	consumer jetstream.Consumer // nil until it was found
	// recovered ends the trouble that pulling is in, nil while it is in none.
	recovered func()
	// emptyAt is when it was last asked and had nothing, broughtAt when it had
	// something.
	emptyAt, broughtAt time.Time
}

func (c *Conn) sources(readers []reader) []*source {
	all := make([]*source, len(readers))
	for i, r := range readers {
		all[i] = &source{reader: r, c: c}
	}
	return all
}

// rest ends what was told of sources that nobody pulls from any more.
func rest(all []*source) {
	for _, s := range all {
		if s.recovered != nil {
			s.recovered()
			s.recovered = nil
		}
	}
}

// pullPause is the wait after a pull that failed.
const pullPause = 250 * time.Millisecond

// maxPull is how much one pull may bring, in bytes: many messages are seldom
// all large.
const maxPull = 32 << 20

// pull asks for up to n messages and gives each to take as it comes, in hand. It waits
// for the first and all others until wait is over; for no message if wait is
// 0. It is not cut short when ctx ends: what is on its way would then count as
// delivered, and nobody would hand it back.
func (s *source) pull(ctx context.Context, n int, wait time.Duration, take func(*delivery)) (int, error) {
	got, err := s.ask(ctx, n, wait, take)
	if got > 0 {
		s.broughtAt = time.Now()
	} else {
		s.emptyAt = time.Now()
	}
	switch {
	case err == nil && s.recovered != nil:
		s.recovered()
		s.recovered = nil
		s.c.log.Info().Str("reader", s.name).Msg("messages can be pulled again")
	case err == nil:
	case errors.Is(err, nats.ErrConnectionClosed):
		return got, err
	case ctx.Err() != nil:
	default:
		s.consumer = nil
		if s.recovered == nil {
			s.recovered = s.c.trouble.begin(fmt.Errorf("cannot pull from reader %q of %s: %w", s.name, s.stream, err))
			s.c.log.Warn().Err(err).Str("reader", s.name).Str("stream", s.stream).Msg("cannot pull messages: waiting")
		}
		sleep(ctx, pullPause)
	}
	return got, nil
}

func (s *source) ask(ctx context.Context, n int, wait time.Duration, take func(*delivery)) (got int, err error) {
	// Asking without a connection would leave a subscription behind in nats.go,
	// each time.
	if !s.c.nc.IsConnected() {
		return 0, nats.ErrDisconnected
	}
	if s.consumer == nil {
		once, cancel := context.WithTimeout(ctx, requestTimeout)
		defer cancel()
		if s.consumer, err = s.c.js.Consumer(once, s.stream, s.name); err != nil {
			return 0, err
		}
	}
	ackWait := s.consumer.CachedInfo().Config.AckWait
	r := pullRequest{Batch: n, NoWait: wait == 0, Expires: wait}
	if wait > 0 {
		r.MaxBytes = maxPull
	}
	err = s.c.pullFrom(s.reader, r, func(m *nats.Msg) {
		d, err := s.c.receive(m, ackWait)
		if err != nil {
			s.c.log.Error().Err(err).Msg("not a message of a stream")
			return
		}
		got++
		take(d)
	})
	return got, err
}

// sleep waits for d or the end of ctx.
func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
