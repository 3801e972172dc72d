package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"

	"code.dny.dev/ssrf"
)

// dialer makes connections that note the headers that pass over them.
type dialer struct {
	timeout     time.Duration
	headerLimit int
	hosts       map[string]string
	// guarded refuses private addresses, after the name was resolved and right
	// before the connection is made: a check of the name could be deceived.
	guarded net.Dialer
	open    net.Dialer
	private bool
	// roots is nil for those of the system.
	roots    *x509.CertPool
	sessions tls.ClientSessionCache
}

func newDialer(o Options) *dialer {
	resolver := newResolver(o.Resolver)
	return &dialer{
		timeout:     o.DialTimeout,
		headerLimit: o.HeaderLimit,
		hosts:       o.Hosts,
		guarded:     net.Dialer{Resolver: resolver, Control: publicOnly(ssrf.New(ssrf.WithAnyPort()))},
		open:        net.Dialer{Resolver: resolver},
		private:     o.AllowPrivate,
		sessions:    tls.NewLRUClientSessionCache(0),
	}
}

// publicOnly refuses addresses that are not public, and says what allows them.
func publicOnly(guardian *ssrf.Guardian) func(network, address string, conn syscall.RawConn) error {
	return func(network, address string, conn syscall.RawConn) error {
		err := guardian.Safe(network, address, conn)
		if err != nil {
			err = fmt.Errorf("%w: --fetch-allow-private of the fetcher allows it", err)
		}
		return err
	}
}

// newResolver asks the DNS server at address, or those of the system where
// there is none.
func newResolver(address string) *net.Resolver {
	if address == "" {
		return net.DefaultResolver
	}
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, address)
	}}
}

// connectError says that a connection could not be had, so that nothing was
// asked on it.
type connectError struct{ error }

func (e *connectError) Unwrap() error { return e.error }

// newTransport speaks HTTP over the dialer's connections. It has no proxy, and
// leaves bodies as they are.
func newTransport(o Options, d *dialer) *http.Transport {
	return &http.Transport{
		DialContext:            d.dial,
		DialTLSContext:         d.dialTLS,
		ForceAttemptHTTP2:      true,
		DisableCompression:     true,
		MaxIdleConns:           256,
		MaxIdleConnsPerHost:    1,
		IdleConnTimeout:        30 * time.Second,
		ResponseHeaderTimeout:  o.HeaderTimeout,
		MaxResponseHeaderBytes: int64(o.HeaderLimit),
	}
}

// dial connects for http.
func (d *dialer) dial(ctx context.Context, network, address string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, d.timeout)
	defer cancel()
	conn, err := d.connect(ctx, network, address)
	if err != nil {
		return nil, &connectError{err}
	}
	return newRecorder(conn, d.headerLimit), nil
}

// dialTLS connects for https. A connection that came to speak HTTP/2 is handed
// on as it is: the transport must see its type, and there is no text to note.
func (d *dialer) dialTLS(ctx context.Context, network, address string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, d.timeout)
	defer cancel()
	name, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	plain, err := d.connect(ctx, network, address)
	if err != nil {
		return nil, &connectError{err}
	}
	conn := tls.Client(plain, &tls.Config{
		ServerName:         name,
		RootCAs:            d.roots,
		NextProtos:         []string{"h2", "http/1.1"},
		ClientSessionCache: d.sessions,
		MinVersion:         tls.VersionTLS12,
	})
	if err := conn.HandshakeContext(ctx); err != nil {
		plain.Close()
		return nil, &connectError{fmt.Errorf("tls handshake with %s: %w", name, err)}
	}
	if conn.ConnectionState().NegotiatedProtocol == "h2" {
		return conn, nil
	}
	return newRecorder(conn, d.headerLimit), nil
}

func (d *dialer) connect(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	if to, ok := d.hosts[strings.ToLower(host)]; ok {
		address, err := mapped(to, port)
		if err != nil {
			return nil, fmt.Errorf("host %q: %w", host, err)
		}
		return d.open.DialContext(ctx, network, address)
	}
	if d.private {
		return d.open.DialContext(ctx, network, address)
	}
	return d.guarded.DialContext(ctx, network, address)
}
