package stream

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"os"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/rs/zerolog"
	"go.opentelemetry.io/otel/trace"
)

// ErrCredentials is returned by [Connect] when the broker is there and refuses
// us.
var ErrCredentials = errors.New("the broker refuses these credentials: check token, user, creds or nkey")

// Conn is a connection to the broker. It may be used by many goroutines.
type Conn struct {
	cfg Config
	log zerolog.Logger
	nc  *nats.Conn
	js  jetstream.JetStream
	// tracer makes the spans, which go nowhere where nobody wants any.
	tracer trace.Tracer

	raw, article, shadow valve
	trouble              trouble
	denied               denied
	// makesStreams says that missing streams are ours to make, and waited for.
	makesStreams atomic.Bool
}

const (
	connectTimeout = 5 * time.Second
	connectPause   = 500 * time.Millisecond
	// waitingEvery is how often the log says that a broker is waited for.
	waitingEvery = 10 * time.Second
	// requestTimeout is how long one request to the broker may take.
	requestTimeout = 5 * time.Second
)

// Connect connects to the broker. It waits for one that is not there yet until
// ctx ends, and after that comes back to one that went away, for ever. What
// waiting would not cure is an error at once: [ErrAddress], [ErrCredentials], a
// file that cannot be read, a certificate that is not trusted.
func Connect(ctx context.Context, cfg Config, log zerolog.Logger) (*Conn, error) {
	cfg = cfg.filled()
	if err := checkAddress(cfg.URL); err != nil {
		return nil, fmt.Errorf("connect to NATS: %w", err)
	}
	address := Address(cfg.URL)
	c := &Conn{cfg: cfg, log: log.With().Str("broker", address).Logger()}
	options, err := c.options()
	if err != nil {
		return nil, fmt.Errorf("connect to NATS at %s: %w", address, err)
	}
	if c.nc, err = c.dial(ctx, options); err != nil {
		return nil, fmt.Errorf("connect to NATS at %s: %w", address, err)
	}
	if err := c.prepare(); err != nil {
		c.nc.Close()
		return nil, err
	}
	return c, nil
}

func (c *Conn) prepare() (err error) {
	if c.js, err = jetstream.New(c.nc, jetstream.WithDefaultTimeout(requestTimeout)); err != nil {
		return err
	}
	c.tracer = c.cfg.Tracing.Tracer(tracerName)
	c.raw = valve{stream: streamRaw, readers: []string{"extract", "archive"}}
	c.article = valve{stream: streamArticle, readers: []string{"index"}}
	c.shadow = valve{stream: streamShadow, readers: []string{"index-import", "index-replay"}}
	for _, v := range []*valve{&c.raw, &c.article, &c.shadow} {
		c.cfg.Observer.Paused(v.stream, false)
	}
	return nil
}

// dial tries until ctx ends.
func (c *Conn) dial(ctx context.Context, options []nats.Option) (*nats.Conn, error) {
	var said time.Time
	for {
		nc, err := nats.Connect(c.cfg.URL, options...)
		if err == nil {
			return nc, nil
		}
		if err := hopeless(err); err != nil {
			return nil, err
		}
		if time.Since(said) >= waitingEvery {
			said = time.Now()
			c.log.Warn().Err(err).Msg("waiting for the NATS broker")
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("no NATS broker answers: start one, or set its address: %w (%w)", err, context.Cause(ctx))
		case <-time.After(connectPause):
		}
	}
}

// hopeless is the error for what waiting does not cure, else nil.
func hopeless(err error) error {
	for _, refusal := range []error{
		nats.ErrAuthorization, nats.ErrAuthExpired, nats.ErrAuthRevoked, nats.ErrAccountAuthExpired, nats.ErrNkeysNotSupported,
	} {
		if errors.Is(err, refusal) {
			return fmt.Errorf("%w (%w)", ErrCredentials, err)
		}
	}
	var (
		unknown  x509.UnknownAuthorityError
		hostname x509.HostnameError
		invalid  x509.CertificateInvalidError
		path     *os.PathError
	)
	switch {
	case errors.As(err, &unknown), errors.As(err, &hostname), errors.As(err, &invalid), errors.As(err, &path):
		return err
	case errors.Is(err, nats.ErrSecureConnRequired), errors.Is(err, nats.ErrSecureConnWanted):
		return err
	}
	return nil
}

func (c *Conn) options() ([]nats.Option, error) {
	o := []nats.Option{
		nats.Name(c.cfg.Name),
		nats.Timeout(connectTimeout),
		nats.MaxReconnects(-1),
		nats.IgnoreAuthErrorAbort(),
		nats.ReconnectWait(connectPause),
		// No buffer: what is published while the broker is away fails at once
		// and is published again by us, with its acknowledgement waited for.
		nats.ReconnectBufSize(-1),
		nats.PingInterval(10 * time.Second),
		nats.MaxPingsOutstanding(2),
		nats.DisconnectErrHandler(func(nc *nats.Conn, err error) {
			if nc.IsClosed() {
				return // by us
			}
			c.log.Warn().Err(err).Msg("lost the NATS broker: waiting for it")
		}),
		nats.ReconnectHandler(func(*nats.Conn) { c.log.Info().Msg("the NATS broker is back") }),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
			if errors.Is(err, nats.ErrPermissionViolation) && !c.denied.note(err) {
				return
			}
			if _, lost := errors.AsType[*net.OpError](err); lost {
				return // once a message in hand; that the broker is lost is told once
			}
			c.log.Warn().Err(err).Msg("the NATS broker reports an error")
		}),
	}
	for _, file := range []string{c.cfg.Creds, c.cfg.NKey, c.cfg.TLSCA, c.cfg.TLSCert, c.cfg.TLSKey} {
		if file == "" {
			continue
		}
		if _, err := os.Stat(file); err != nil {
			return nil, err
		}
	}
	if c.cfg.Server != nil {
		o = append(o, nats.InProcessServer(c.cfg.Server.ns))
	}
	if c.cfg.Creds != "" {
		o = append(o, nats.UserCredentials(c.cfg.Creds))
	}
	if c.cfg.NKey != "" {
		key, err := nats.NkeyOptionFromSeed(c.cfg.NKey)
		if err != nil {
			return nil, fmt.Errorf("nkey file %q: %w", c.cfg.NKey, err)
		}
		o = append(o, key)
	}
	if c.cfg.Token != "" {
		o = append(o, nats.Token(c.cfg.Token))
	}
	if c.cfg.User != "" {
		o = append(o, nats.UserInfo(c.cfg.User, c.cfg.Password))
	}
	if prefix := c.cfg.inboxes(); prefix != "" {
		o = append(o, nats.CustomInboxPrefix(prefix))
	}
	if c.cfg.TLSCA != "" {
		o = append(o, nats.RootCAs(c.cfg.TLSCA))
	}
	if c.cfg.TLSCert != "" {
		o = append(o, nats.ClientCert(c.cfg.TLSCert, c.cfg.TLSKey))
	}
	return o, nil
}

// reconnects says which connection this is: how many there were before it.
func (c *Conn) reconnects() uint64 { return c.nc.Stats().Reconnects }

// Close sends what is still to be sent, and ends the connection. Consumers
// should have returned before.
func (c *Conn) Close() {
	if err := c.nc.FlushTimeout(time.Second); err != nil {
		c.log.Debug().Err(err).Msg("closing without a last word to the broker")
	}
	c.nc.Close()
}
