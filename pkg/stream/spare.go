package stream

import (
	"context"
	"sync/atomic"
)

// crowd counts the workers that runs have.
type crowd struct {
	workers int
	ofRuns  atomic.Int64
	full    chan struct{} // told, with room for one, when runs have all workers
}

func newCrowd(workers int) *crowd { return &crowd{workers: workers, full: make(chan struct{}, 1)} }

// enter notes that a worker takes d; leave is to be called when it is done.
func (c *crowd) enter(d *delivery) (leave func()) {
	if d.run == nil {
		return func() {}
	}
	return c.occupy(1)
}

// expect notes that who is free waits for a run.
func (c *crowd) expect() (leave func()) { return c.occupy(c.workers) }

func (c *crowd) occupy(workers int) (leave func()) {
	if int(c.ofRuns.Add(int64(workers))) >= c.workers {
		select {
		case c.full <- struct{}{}:
		default:
		}
	}
	return func() { c.ofRuns.Add(-int64(workers)) }
}

// wait returns when runs have all workers. It is false where ctx ended first.
func (c *crowd) wait(ctx context.Context) bool {
	for int(c.ofRuns.Load()) < c.workers {
		select {
		case <-ctx.Done():
			return false
		case <-c.full:
		}
	}
	return ctx.Err() == nil
}

// spare gives do what is live while runs have all workers, one message at a time,
// so that it does not wait for theirs to be done. It returns when ctx has ended and
// no pull of it is open.
func spare(ctx context.Context, from []*source, runs *crowd, do func(d *delivery, done func())) error {
	defer rest(from)
	for runs.wait(ctx) {
		done := make(chan struct{})
		take := func(d *delivery) { do(d, func() { close(done) }) }
		left, err := pullAll(ctx, from, 1, take)
		if err != nil {
			return err
		}
		if left == 1 {
			continue
		}
		select {
		case <-ctx.Done():
		case <-done:
		}
	}
	return nil
}
