package service

import (
	"context"
	"errors"
	"sync"

	"github.com/copydesk/copydesk/pkg/health"
	"github.com/copydesk/copydesk/pkg/metrics"
)

// readiness is what a process says over HTTP of whether it can work, from its
// first moment on, beside what it counts: a broker may be waited for for hours,
// and who looks must see that.
type readiness struct {
	mu     sync.Mutex
	broker func() error
	stages []*part
}

// listen answers on address; first is what is waited for. When stop returns the
// listener is closed, which it also is when ctx ends.
func (r *readiness) listen(ctx context.Context, address, first string, m *metrics.Metrics) (stop func(), err error) {
	r.waitFor(first)
	m.ReadParts(r.parts)
	ctx, cancel := context.WithCancel(ctx)
	closed, err := health.Serve(ctx, address, []health.Check{
		{Name: "broker", Ready: r.brokerReady}, {Name: "stages", Ready: r.stagesReady},
	}, m.Handler())
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

// working has the broker and the stages themselves say from now on whether work
// can be done.
func (r *readiness) working(broker func() error, stages ...*part) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.broker, r.stages = broker, stages
}

func (r *readiness) brokerReady() error {
	r.mu.Lock()
	check := r.broker
	r.mu.Unlock()
	return check()
}

func (r *readiness) stagesReady() error {
	r.mu.Lock()
	stages := r.stages
	r.mu.Unlock()
	var whys []error
	for _, p := range stages {
		for _, check := range p.checks() {
			whys = append(whys, check.Ready())
		}
	}
	return errors.Join(whys...)
}

// parts are the broker and each stage by itself.
func (r *readiness) parts() []health.Part {
	checks := []health.Check{{Name: "broker", Ready: r.brokerReady}}
	r.mu.Lock()
	for _, p := range r.stages {
		ready := p.ready
		if ready == nil {
			ready = func() error { return nil }
		}
		checks = append(checks, health.Check{Name: p.name, Ready: ready})
	}
	r.mu.Unlock()
	parts, _ := health.Run(checks)
	return parts
}
