package stream

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
)

// denied remembers what the broker last said that we may not do. It says so
// beside the request, which is then never answered and runs out of time.
type denied struct {
	mu   sync.Mutex
	last error
	at   time.Time
}

// deniedFor is how long a denial counts as trouble, and is not logged again.
const deniedFor = time.Minute

// note takes note of a denial and says whether it is news.
func (d *denied) note(err error) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	known := d.last != nil && d.last.Error() == err.Error() && time.Since(d.at) < deniedFor
	d.last, d.at = err, time.Now()
	return !known
}

// explain adds to err, of what began then and was not answered, what was denied
// since.
func (d *denied) explain(err error, began time.Time) error {
	if !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, nats.ErrTimeout) {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.last == nil || d.at.Before(began) {
		return err
	}
	return fmt.Errorf("%w (%w)", err, d.last)
}

// forget what was denied, because something that was is done now. What is still
// denied is so again at the next try.
func (d *denied) forget() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.last = nil
}

// state is what was denied of late, nil if nothing was.
func (d *denied) state() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.last == nil || time.Since(d.at) >= deniedFor {
		return nil
	}
	return fmt.Errorf("the broker denies this user something that it needs: %w", d.last)
}
