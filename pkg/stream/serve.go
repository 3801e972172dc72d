package stream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/micro"
)

// ErrUnanswered is returned by [Conn.Request] when no service serves the verb.
var ErrUnanswered = errors.New("no running service answers: start copydesk up, or the stage that does this")

// RequestError is a refusal: what a handler returns for the other side to tell
// apart by Code, and what [Conn.Request] then returns there.
type RequestError struct {
	// Code is one word, like "notFound".
	Code string
	// Text is for people.
	Text string
}

// Error is the text.
func (e *RequestError) Error() string { return e.Text }

// The codes that this package uses itself; all others are the handlers'.
const (
	CodeInternal = "internal" // an error that is no [RequestError]
	CodeTooLarge = "tooLarge" // the answer does not fit into a message
	CodeStopping = "stopping" // the service is going down
)

// Handler answers one request.
type Handler func(ctx context.Context, request []byte) (answer []byte, err error)

// lanes is how many requests of one verb a process answers at once. Each lane is
// an endpoint: a request must be answered before its endpoint's handler returns,
// because micro reads there what became of it.
const lanes = 4

const serviceVersion = "1.0.0"

// Serve answers requests on news.v1.api.<verb> for a service until ctx ends.
// When it returns, requests are answered; wait returns when those in hand at the
// end are answered too. Several processes may serve one verb: each request goes
// to one of them.
func (c *Conn) Serve(ctx context.Context, service string, verbs map[string]Handler) (wait func() error, err error) {
	s, err := micro.AddService(c.nc, micro.Config{Name: service, Version: serviceVersion})
	if err != nil {
		return nil, fmt.Errorf("serve %q: %w", service, err)
	}
	var hands hands
	for verb, handle := range verbs {
		answer := micro.HandlerFunc(func(r micro.Request) {
			if !hands.take(func() { c.answer(ctx, verb, r, handle) }) {
				c.refuse(verb, r, &RequestError{Code: CodeStopping, Text: "the service is stopping: ask again"})
			}
		})
		for lane := range lanes {
			name := fmt.Sprintf("%s-%d", strings.ReplaceAll(verb, ".", "-"), lane+1)
			if err := s.AddEndpoint(name, answer, micro.WithEndpointSubject(apiSubject(verb))); err != nil {
				return nil, errors.Join(fmt.Errorf("serve %q: verb %q: %w", service, verb, err), s.Stop())
			}
		}
	}
	// The subscriptions are on their way to the broker before this is.
	if err := c.persist(ctx, "serve requests", c.nc.FlushWithContext); err != nil {
		return nil, errors.Join(fmt.Errorf("serve %q: %w", service, err), s.Stop())
	}
	return func() error {
		<-ctx.Done()
		err := s.Stop() // which returns while requests may still come
		hands.rest()
		if err != nil && !errors.Is(err, nats.ErrConnectionClosed) {
			return fmt.Errorf("stop serving %q: %w", service, err)
		}
		return nil
	}, nil
}

func (c *Conn) answer(ctx context.Context, verb string, r micro.Request, handle Handler) {
	var answer []byte
	err := guard(func() (err error) {
		answer, err = handle(ctx, r.Data())
		return err
	})
	if limit := c.nc.MaxPayload(); err == nil && int64(len(answer)) > limit {
		err = &RequestError{Code: CodeTooLarge, Text: fmt.Sprintf("answer of %d bytes, more than the broker's %d: ask for less", len(answer), limit)}
	}
	if err != nil {
		refusal := &RequestError{Code: CodeInternal, Text: err.Error()}
		errors.As(err, &refusal)
		c.refuse(verb, r, refusal)
		return
	}
	if err := r.Respond(answer); err != nil {
		c.log.Warn().Err(err).Str("verb", verb).Msg("an answer could not be sent")
	}
}

func (c *Conn) refuse(verb string, r micro.Request, e *RequestError) {
	if err := r.Error(e.Code, oneLine(e.Text, maxDetail), nil); err != nil {
		c.log.Warn().Err(err).Str("verb", verb).Msg("a refusal could not be sent")
	}
}

// hands work on requests until they rest.
type hands struct {
	mu      sync.Mutex
	resting bool
	busy    sync.WaitGroup
}

// take does the work, unless the hands rest.
func (h *hands) take(work func()) bool {
	h.mu.Lock()
	if h.resting {
		h.mu.Unlock()
		return false
	}
	h.busy.Add(1)
	h.mu.Unlock()
	defer h.busy.Done()
	work()
	return true
}

// rest returns when all work taken is done.
func (h *hands) rest() {
	h.mu.Lock()
	h.resting = true
	h.mu.Unlock()
	h.busy.Wait()
}

// Request asks whoever serves the verb. In is sent as JSON, the answer read
// into out; either may be nil. It returns [ErrUnanswered] when nobody serves
// the verb, and a [RequestError] when the request is refused.
func (c *Conn) Request(ctx context.Context, verb string, in, out any) error {
	if err := c.request(ctx, verb, in, out); err != nil {
		return fmt.Errorf("request %q: %w", verb, err)
	}
	return nil
}

func (c *Conn) request(ctx context.Context, verb string, in, out any) error {
	var question []byte
	if in != nil {
		var err error
		if question, err = json.Marshal(in); err != nil {
			return err
		}
	}
	began := time.Now()
	m, err := c.nc.RequestWithContext(ctx, apiSubject(verb), question)
	err = c.denied.explain(err, began)
	if errors.Is(err, nats.ErrNoResponders) {
		return ErrUnanswered
	}
	if err != nil {
		return err
	}
	if code := m.Header.Get(micro.ErrorCodeHeader); code != "" {
		return &RequestError{Code: code, Text: m.Header.Get(micro.ErrorHeader)}
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(m.Data, out); err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	return nil
}
