package stream

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/rs/zerolog"
)

// ErrPortTaken is returned by [StartServer] when something else listens there.
var ErrPortTaken = errors.New("port is taken: stop what listens there, or choose another port")

// ServerOptions say how the embedded broker runs.
type ServerOptions struct {
	// Dir is where JetStream keeps its files. Nobody else may use it: a second
	// server on one folder starts without an error.
	Dir string
	// Host to listen on, 127.0.0.1 if empty.
	Host string
	// Port to listen on; -1 chooses a free one, 0 is NATS's own, 4222.
	Port int
	// Token that clients must show, none if empty.
	Token string
	// SyncInterval is how often files are flushed to the disk, at least; 0 is
	// the server's 2 minutes. What was acknowledged since is lost if the
	// machine, not merely the process, goes down.
	SyncInterval time.Duration
	// SyncAlways flushes before every acknowledgement, at about 20 times the
	// cost.
	SyncAlways bool
	Log        zerolog.Logger
}

// Server is a NATS server inside this process.
type Server struct {
	ns *server.Server
}

// maxStore is what JetStream may use of the disk. It is no promise of space:
// the server compares the sum of the streams' limits with it and refuses to
// set them up on a small disk, though they are far from full.
const maxStore = 1 << 50

const startTimeout = 30 * time.Second

// StartServer starts a broker and returns when it takes connections. Messages
// are limited to the server's default of 1 MiB, so that what works here works
// on any cluster; larger bodies go through the object store.
func StartServer(o ServerOptions) (*Server, error) {
	if o.Host == "" {
		o.Host = "127.0.0.1"
	}
	if err := portIsFree(o.Host, o.Port); err != nil {
		return nil, err
	}
	ns, err := server.NewServer(&server.Options{
		ServerName:        "copydesk",
		Host:              o.Host,
		Port:              o.Port,
		Authorization:     o.Token,
		JetStream:         true,
		StoreDir:          o.Dir,
		JetStreamMaxStore: maxStore,
		SyncInterval:      o.SyncInterval,
		SyncAlways:        o.SyncAlways,
		NoSigs:            true,
	})
	if err != nil {
		return nil, fmt.Errorf("start NATS server in %q: %w", o.Dir, err)
	}
	ns.SetLoggerV2(serverLog{o.Log.With().Str("component", "nats").Logger()}, o.Log.GetLevel() <= zerolog.TraceLevel, false, false)
	ns.Start()
	if !ns.ReadyForConnections(startTimeout) {
		ns.Shutdown()
		return nil, fmt.Errorf("start NATS server in %q: not ready after %v: see its log lines", o.Dir, startTimeout)
	}
	return &Server{ns: ns}, nil
}

// portIsFree asks the system, since nats-server would only log that the port
// is taken, and hang.
func portIsFree(host string, port int) error {
	switch port {
	case server.RANDOM_PORT:
		return nil
	case 0:
		port = server.DEFAULT_PORT
	}
	address := net.JoinHostPort(host, strconv.Itoa(port))
	l, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("start NATS server on %s: %w (%w)", address, ErrPortTaken, err)
	}
	return l.Close()
}

// URL is where clients connect to.
func (s *Server) URL() string { return s.ns.ClientURL() }

// Shutdown stops the server and waits until its files are closed, or ctx ends.
func (s *Server) Shutdown(ctx context.Context) error {
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.ns.Shutdown()
		s.ns.WaitForShutdown()
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("stop NATS server: %w", ctx.Err())
	}
}

// serverLog passes the server's log on. Its notices are about itself, and
// therefore no more than debug to us.
type serverLog struct{ log zerolog.Logger }

func (l serverLog) Noticef(format string, v ...any) { l.log.Debug().Msgf(format, v...) }
func (l serverLog) Debugf(format string, v ...any)  { l.log.Trace().Msgf(format, v...) }
func (l serverLog) Tracef(format string, v ...any)  { l.log.Trace().Msgf(format, v...) }
func (l serverLog) Warnf(format string, v ...any)   { l.log.Warn().Msgf(format, v...) }
func (l serverLog) Errorf(format string, v ...any)  { l.log.Warn().Msgf(format, v...) }
func (l serverLog) Fatalf(format string, v ...any)  { l.log.Warn().Msgf(format, v...) }
