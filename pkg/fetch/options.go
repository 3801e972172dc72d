package fetch

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"time"

	"github.com/copydesk/copydesk/pkg/fetch/robots"
)

// Options says how pages are fetched. Start from [DefaultOptions].
type Options struct {
	// UserAgent names the product and a way to reach its operator. Groups of
	// robots.txt are chosen by the product's name, the part before the "/".
	UserAgent string

	// Timeout is for a whole fetch: waiting for the host's turn, robots.txt,
	// all redirects and the body.
	Timeout time.Duration
	// DialTimeout is for one connection, name lookup and TLS included.
	DialTimeout time.Duration
	// HeaderTimeout is for the wait from the request to the end of the
	// response header.
	HeaderTimeout time.Duration

	// BodyLimit is in bytes as received. A longer body is cut.
	BodyLimit int
	// HeaderLimit is in bytes. A longer response header is a fault.
	HeaderLimit int
	// MaxRedirects is how many redirects are followed for one page.
	MaxRedirects int

	// AllowPrivate permits addresses that are not on the public internet.
	AllowPrivate bool
	// Hosts maps lower-case host names to an IP address or to address:port,
	// instead of asking the DNS. A name listed here may lead to a private
	// address.
	Hosts map[string]string

	// Resolver is the DNS server to ask, as address:port; empty for those of
	// the system.
	Resolver string

	// Observer, if set, is told how every request ended.
	Observer Observer

	// HostDelay is the least time between the end of one request to a host and
	// the start of the next. There is never more than one at a time.
	HostDelay time.Duration
	// MaxCrawlDelay is the longest Crawl-delay of a robots.txt that is
	// honoured in full; a longer one counts as this.
	MaxCrawlDelay time.Duration
	// RobotsTTL is how long a robots.txt is believed, at most 24 hours
	// (RFC 9309, section 2.4).
	RobotsTTL time.Duration
}

// DefaultOptions are those for the open web.
func DefaultOptions() Options {
	return Options{
		UserAgent:     "Copydesk/1 (+https://github.com/copydesk/copydesk)",
		Timeout:       45 * time.Second,
		DialTimeout:   10 * time.Second,
		HeaderTimeout: 20 * time.Second,
		BodyLimit:     10 << 20,
		HeaderLimit:   256 << 10,
		MaxRedirects:  10,
		// Below one request a second a crawler is no heavier on a host than one
		// person who clicks through it.
		HostDelay:     time.Second,
		MaxCrawlDelay: time.Minute,
		RobotsTTL:     24 * time.Hour,
	}
}

// Validate says which option has a value that cannot work.
func (o Options) Validate() error {
	if robots.Product(o.UserAgent) == "" {
		return fmt.Errorf("user agent %q: begin with the product's name in letters, such as Copydesk/1", o.UserAgent)
	}
	for name, d := range map[string]time.Duration{
		"timeout": o.Timeout, "dial timeout": o.DialTimeout, "header timeout": o.HeaderTimeout, "robots TTL": o.RobotsTTL,
	} {
		if d <= 0 {
			return fmt.Errorf("%s %v: must be more than 0", name, d)
		}
	}
	if o.RobotsTTL > 24*time.Hour {
		return fmt.Errorf("robots TTL %v: must be at most 24h", o.RobotsTTL)
	}
	for name, n := range map[string]int{"body limit": o.BodyLimit, "header limit": o.HeaderLimit} {
		if n <= 0 {
			return fmt.Errorf("%s %d: must be more than 0 bytes", name, n)
		}
	}
	if o.MaxRedirects < 0 || o.HostDelay < 0 || o.MaxCrawlDelay < 0 {
		return errors.New("redirects, host delay and crawl delay must not be below 0")
	}
	if o.Resolver != "" {
		if _, err := netip.ParseAddrPort(o.Resolver); err != nil {
			return fmt.Errorf("resolver %q: want address:port of a DNS server: %w", o.Resolver, err)
		}
	}
	for host, address := range o.Hosts {
		if _, err := mapped(address, "80"); err != nil {
			return fmt.Errorf("host %q: %w", host, err)
		}
	}
	return nil
}

// mapped is the address to connect to for a value of [Options.Hosts].
func mapped(address, port string) (string, error) {
	if ip, err := netip.ParseAddr(address); err == nil {
		return net.JoinHostPort(ip.String(), port), nil
	}
	if both, err := netip.ParseAddrPort(address); err == nil {
		return net.JoinHostPort(both.Addr().String(), strconv.Itoa(int(both.Port()))), nil
	}
	return "", fmt.Errorf("address %q: want an IP address, or address:port", address)
}
