// Package health tells over HTTP whether a process lives (/healthz), whether it
// can do its work (/readyz), and if not, why; and what it counts (/metrics).
package health

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// Off is the listen address that turns the listener off.
const Off = "off"

// Check says why a part cannot work now; nil if it can.
type Check struct {
	Name  string
	Ready func() error
}

// Part is one line of what /readyz answers.
type Part struct {
	Name  string `json:"name"`
	Ready bool   `json:"ready"`
	Why   string `json:"why,omitempty"`
}

// Serve answers on address until ctx ends; metrics answers on /metrics. It
// returns at once, with an error
// if the address cannot be listened on; wait returns after the listener closed.
func Serve(ctx context.Context, address string, checks []Check, metrics http.Handler) (wait func(), err error) {
	if address == Off {
		return func() {}, nil
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("health listener: %w: choose another address with --http-listen", err)
	}
	server := &http.Server{
		Handler:           handler(checks, metrics),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      10 * time.Second,
		MaxHeaderBytes:    16 << 10,
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return
		}
	}()
	stop := context.AfterFunc(ctx, func() { server.Close() })
	return func() { <-done; stop() }, nil
}

func handler(checks []Check, metrics http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", metrics)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(w, "ok")
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		parts, ready := Run(checks)
		w.Header().Set("Content-Type", "application/json")
		if !ready {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		// A client that went away needs no answer.
		_ = json.NewEncoder(w).Encode(parts)
	})
	return mux
}

// Run asks every check.
func Run(checks []Check) (parts []Part, ready bool) {
	ready = true
	for _, c := range checks {
		part := Part{Name: c.Name, Ready: true}
		if err := c.Ready(); err != nil {
			part.Ready, part.Why, ready = false, err.Error(), false
		}
		parts = append(parts, part)
	}
	return parts, ready
}
