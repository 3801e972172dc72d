package stream

import (
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"
)

// relay is where a broker is found, whichever it is at the time: one that comes back
// need not have its old port, which somebody else may have taken meanwhile.
type relay struct {
	listener net.Listener
	// refused is told, with room for one, when somebody was turned away.
	refused chan struct{}
	// answers, while it is locked, keeps what the broker says from coming back.
	answers sync.Mutex
	mu      sync.Mutex
	to      string // host and port; empty while there is no broker
	// lag is how late every piece of what the broker says comes back.
	lag time.Duration
}

// relayTo is a relay to s, or to none yet if that is nil.
func relayTo(t *testing.T, s *Server) *relay {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	r := &relay{listener: l, refused: make(chan struct{}, 1)}
	r.lead(t, s)
	go func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			go r.pass(near)
		}
	}()
	return r
}

// URL is where clients connect to.
func (r *relay) URL() string { return "nats://" + r.listener.Addr().String() }

// lead has new connections go to s.
func (r *relay) lead(t *testing.T, s *Server) {
	t.Helper()
	to := ""
	if s != nil {
		u, err := url.Parse(s.URL())
		if err != nil {
			t.Fatal(err)
		}
		to = u.Host
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.to = to
}

// stop stops the broker s. It is not looked for any more where it was: another may
// listen there by then.
func (r *relay) stop(t *testing.T, s *Server) {
	t.Helper()
	r.lead(t, nil)
	if err := s.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// slow has every piece of what the broker says on new connections come back late.
func (r *relay) slow(lag time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lag = lag
}

func (r *relay) pass(near net.Conn) {
	defer near.Close()
	r.mu.Lock()
	to, lag := r.to, r.lag
	r.mu.Unlock()
	if to == "" {
		select {
		case r.refused <- struct{}{}:
		default:
		}
		return
	}
	far, err := net.Dial("tcp", to)
	if err != nil {
		return
	}
	defer far.Close()
	go func() {
		_, _ = io.Copy(far, near)
		_ = far.Close()
	}()
	piece := make([]byte, 8<<10)
	for {
		n, err := far.Read(piece)
		if err != nil {
			return
		}
		time.Sleep(lag)
		r.answers.Lock()
		_, err = near.Write(piece[:n])
		r.answers.Unlock()
		if err != nil {
			return
		}
	}
}
