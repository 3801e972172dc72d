package stream

import (
	"errors"
	"fmt"
	"sync"

	"github.com/nats-io/nats.go"
)

// Ready is nil while messages flow. Otherwise it says what is waited for.
func (c *Conn) Ready() error {
	if status := c.nc.Status(); status != nats.CONNECTED {
		return fmt.Errorf("no NATS connection to %s: waiting (%s)", Address(c.cfg.URL), status)
	}
	return errors.Join(c.raw.state(), c.article.state(), c.shadow.state(), c.trouble.state(), c.denied.state())
}

// trouble is what the broker presently refuses to do for us.
type trouble struct {
	mu    sync.Mutex
	count int
	last  error
}

// begin takes note of one more, until end is called.
func (t *trouble) begin(err error) (end func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.count++
	t.last = err
	return func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.count--
	}
}

func (t *trouble) state() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.count == 0 {
		return nil
	}
	return fmt.Errorf("%d waiting for the NATS broker: %w", t.count, t.last)
}
