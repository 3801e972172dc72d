package stage

import (
	"context"
	"time"
)

// rest waits until it is woken or d has passed; it is false if ctx ended.
func rest(ctx context.Context, wake <-chan struct{}, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-wake:
	case <-timer.C:
	}
	return true
}

// wake wakes who rests on a channel of one place.
func wake(resting chan<- struct{}) {
	select {
	case resting <- struct{}{}:
	default: // it is awake already
	}
}
