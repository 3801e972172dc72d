package service

import (
	"context"
	"errors"
	"sync"

	"github.com/copydesk/copydesk/pkg/health"
)

// readiness is what a process says over HTTP of whether it can work, from its
// first moment on: a broker may be waited for for hours, and who looks must see
// that.
type readiness struct {
	mu    sync.Mutex
	check func() error
}

// listen answers on address; first is what is waited for. When stop returns the
// listener is closed, which it also is when ctx ends.
func (r *readiness) listen(ctx context.Context, address, first string) (stop func(), err error) {
	r.waitFor(first)
	ctx, cancel := context.WithCancel(ctx)
	closed, err := health.Serve(ctx, address, []health.Check{{Name: "broker", Ready: r.now}})
	if err != nil {
		cancel()
		return nil, err
	}
	return func() { cancel(); closed() }, nil
}

// waitFor says what is waited for before any work can begin.
func (r *readiness) waitFor(what string) {
	err := errors.New(what)
	r.working(func() error { return err })
}

// working has check say from now on whether work can be done.
func (r *readiness) working(check func() error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.check = check
}

func (r *readiness) now() error {
	r.mu.Lock()
	check := r.check
	r.mu.Unlock()
	return check()
}
