package s3

import (
	"context"
	"net"
	"net/http"
	"time"
)

const (
	dialTimeout = 10 * time.Second
	// silence is how long the store may take for the next byte to come or go.
	silence = 60 * time.Second
)

// newTransport is a transport on which nothing waits for ever, however large the
// file is that passes.
func newTransport() http.RoundTripper {
	dialer := net.Dialer{Timeout: dialTimeout}
	return &http.Transport{
		Proxy: http.ProxyFromEnvironment,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			conn, err := dialer.DialContext(ctx, network, address)
			if err != nil {
				return nil, err
			}
			return &patient{conn}, nil
		},
		ForceAttemptHTTP2:     true,
		DisableCompression:    true, // the archive's files are compressed
		MaxIdleConnsPerHost:   4,
		IdleConnTimeout:       silence / 2,
		TLSHandshakeTimeout:   dialTimeout,
		ResponseHeaderTimeout: 2 * silence, // of an upload: once it is all there
		ExpectContinueTimeout: time.Second,
	}
}

// patient is a connection that may be slow, but not silent.
type patient struct{ net.Conn }

func (c *patient) Read(p []byte) (int, error) {
	if err := c.SetReadDeadline(time.Now().Add(2 * silence)); err != nil {
		return 0, err
	}
	return c.Conn.Read(p)
}

func (c *patient) Write(p []byte) (int, error) {
	if err := c.SetWriteDeadline(time.Now().Add(silence)); err != nil {
		return 0, err
	}
	return c.Conn.Write(p)
}
