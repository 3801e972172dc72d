package stream

import (
	"net/url"
	"strings"
	"time"

	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
)

// Config says where the broker is, who we are to it, and how work is tried.
// A zero value of any but URL stands for the default.
type Config struct {
	// URL is one or more nats:// or tls:// addresses, separated by commas.
	URL string
	// Server, if set, is the broker in this process: URL is not asked for and
	// no socket is used.
	Server *Server

	// Creds and NKey are files with credentials.
	Creds, NKey    string
	Token          string
	User, Password string
	// TLSCA, TLSCert and TLSKey are PEM files.
	TLSCA, TLSCert, TLSKey string
	// Name is what the broker shows for this client.
	Name string

	// AckWait is after how long a worker that gave no sign is taken for dead;
	// 60 s. A sign is given every third of it.
	AckWait time.Duration
	// MaxDeliveries is how many deliveries may end without a word, 4: the next
	// one is dead(poison).
	MaxDeliveries int
	// MaxAttempts is how often work is tried that fails for a time, 5.
	MaxAttempts int
	// RetryBase is the wait before the second attempt, 5 s, where the fault
	// does not ask for longer; each further wait is four times the one before.
	RetryBase time.Duration
	// InlineLimit is the largest page body that travels in its message, in
	// bytes as it travels; 512 kB.
	InlineLimit int

	Topology Topology

	// Observer, if set, is told of what passes.
	Observer Observer
	// Tracing, if set, is where the spans of the work on messages go.
	Tracing trace.TracerProvider

	// Inspect, if set, sees every document before it is published; for tests
	// that hold messages against their schema.
	Inspect func(schema string, doc []byte) error
}

// inboxes is the prefix of the subjects on which this client is answered, empty
// for the client's own. Every user has one of its own, _INBOX.<user>: whoever
// may read all inboxes reads whatever others are given.
func (c Config) inboxes() string {
	user := c.User
	if user == "" {
		first, _, _ := strings.Cut(c.URL, ",")
		if u, err := url.Parse(first); err == nil {
			if _, ok := u.User.Password(); ok { // a user alone is a token
				user = u.User.Username()
			}
		}
	}
	if user == "" || strings.ContainsAny(user, ".*> \t\r\n") {
		return ""
	}
	return "_INBOX." + user
}

func (c Config) filled() Config {
	if c.URL == "" {
		c.URL = "nats://127.0.0.1:4222"
	}
	if c.Server != nil {
		c.URL = c.Server.URL()
	}
	if c.Name == "" {
		c.Name = "copydesk"
	}
	if c.AckWait == 0 {
		c.AckWait = time.Minute
	}
	if c.MaxDeliveries == 0 {
		c.MaxDeliveries = 4
	}
	if c.MaxAttempts == 0 {
		c.MaxAttempts = 5
	}
	if c.RetryBase == 0 {
		c.RetryBase = 5 * time.Second
	}
	if c.InlineLimit == 0 {
		c.InlineLimit = 512 << 10
	}
	if c.Observer == nil {
		c.Observer = unobserved{}
	}
	if c.Tracing == nil {
		c.Tracing = noop.NewTracerProvider()
	}
	c.Topology = c.Topology.filled()
	return c
}
