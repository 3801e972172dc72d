package config

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ValueError is a value that was read and cannot be right.
type ValueError struct {
	// Setting is the name of the flag, without dashes.
	Setting string
	// Value is what was set, shown as people write it, "" if it is secret.
	Value string
	// Wants says what can be right.
	Wants string
	// From is where the value stands: a variable or the file; empty for a
	// flag. [Program.Parse] sets it.
	From string
}

// Error names the setting, the value, where it stands, and what can be right.
func (e *ValueError) Error() string {
	text := "--" + e.Setting + ": "
	if e.Value != "" {
		text += e.Value + ": "
	}
	text += e.Wants
	if e.From != "" {
		text += " (from " + e.From + ")"
	}
	return text
}

// wants is an error unless ok.
func wants(ok bool, setting string, value any, want string, args ...any) error {
	if ok {
		return nil
	}
	return &ValueError{Setting: setting, Value: fmt.Sprint(value), Wants: "must be " + fmt.Sprintf(want, args...)}
}

func between[T ~int | ~int64](setting string, value, least, most T) error {
	return wants(least <= value && value <= most, setting, value, "%v to %v", least, most)
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// A worker that shows no life is noticed within this, and pages are not held
// back for longer.
const (
	leastAckWait = time.Second
	mostWait     = time.Hour
)

// The least that streams are worth having. RAW must hold many bodies of up to
// half a megabyte, or back-pressure sets in with the first pages.
const (
	leastStreamBytes Bytes = 16 << 20
	leastStreamAge         = time.Minute
	mostStreamAge          = 100 * 365 * 24 * time.Hour
)

// Validate says which setting cannot be right.
func (s Stream) Validate() error {
	return first(
		wants(slices.Contains([]Count{1, 3, 5}, s.Replicas), "stream-replicas", s.Replicas, "1, 3 or 5"),
		between("stream-raw-bytes", s.RawBytes, leastStreamBytes, 1<<60),
		between("stream-raw-age", s.RawAge, leastStreamAge, mostStreamAge),
		between("stream-article-bytes", s.ArticleBytes, leastStreamBytes, 1<<60),
		between("stream-article-age", s.ArticleAge, leastStreamAge, mostStreamAge),
		between("stream-fetch-jobs", s.FetchJobs, 1, 1<<30),
		between("stream-ack-wait", s.AckWait, leastAckWait, mostWait),
		between("stream-retry-base", s.RetryBase, time.Millisecond, mostWait),
		between("stream-max-attempts", s.MaxAttempts, 1, 20),
	)
}

// maxFetchTimeout is the longest time for one page: the broker must not take a
// worker for dead before.
const maxFetchTimeout = 45 * time.Second

// maxPage is the longest body that travels in the streams, and the longest
// page that is worked on.
const maxPage Bytes = 64 << 20

// Validate says which setting cannot be right.
func (f Fetch) Validate() error {
	for host, address := range f.Hosts {
		_, errPort := netip.ParseAddrPort(address)
		_, err := netip.ParseAddr(address)
		if host == "" || err != nil && errPort != nil {
			return wants(false, "fetch-hosts", host+"="+address, "a host with the IP address to find it at, host=IP or host=IP:port")
		}
	}
	_, errResolver := netip.ParseAddrPort(f.Resolver)
	return first(
		wants(f.Resolver == "" || errResolver == nil, "fetch-resolver", strconv.Quote(f.Resolver), "the address of a DNS server, IP:port"),
		between("fetch-workers", f.Workers, 1, 10_000),
		wants(strings.TrimSpace(f.UserAgent) != "", "fetch-user-agent", strconv.Quote(f.UserAgent), "a name and a way to reach you"),
		between("fetch-timeout", f.Timeout, time.Millisecond, maxFetchTimeout),
		between("fetch-body-limit", f.BodyLimit, 1, maxPage),
		between("fetch-host-delay", f.HostDelay, 0, mostWait),
	)
}

// The bounds of polling. Nobody polls faster but who asked for it, source by
// source.
const (
	leastPoll = time.Minute
	mostPoll  = 30 * 24 * time.Hour
)

// Validate says which setting cannot be right.
func (p Poll) Validate() error {
	return first(
		between("fetch-poll-least", p.Least, leastPoll, mostPoll),
		between("fetch-poll-every", p.Every, p.Least, mostPoll),
		between("fetch-poll-most", p.Most, p.Every, mostPoll),
		between("fetch-poll-age", p.Age, 0, mostStreamAge),
	)
}

// Validate says which setting cannot be right.
func (e Extract) Validate() error {
	return first(
		between("extract-workers", e.Workers, 0, 10_000),
		between("extract-page-limit", e.PageLimit, 1, 1<<30),
	)
}

// Validate says which setting cannot be right.
func (x Index) Validate() error {
	return first(
		between("index-batch", x.Batch, 1, 10_000),
		between("index-wait", x.Wait, time.Millisecond, time.Minute),
	)
}

// Validate says which setting cannot be right.
func (a Archive) Validate() error {
	return first(
		between("archive-segment-size", a.SegmentSize, 1_000_000, 1<<40),
		between("archive-segment-age", a.SegmentAge, time.Minute, mostStreamAge),
		between("archive-min-free", a.MinFree, 0, 1<<50),
		between("archive-keep", a.Keep, 0, mostStreamAge),
	)
}

// Validate says which setting cannot be right. It never shows an endpoint, in
// which a password may stand.
func (s S3) Validate() error {
	u, err := url.Parse(s.Endpoint)
	if s.Endpoint != "" && (err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" || strings.Trim(u.Path, "/") != "" || u.User != nil || u.RawQuery != "") {
		return &ValueError{Setting: "archive-s3-endpoint", Wants: "must be an http or https address without user and path, such as https://s3.example: bucket and folder are settings of their own"}
	}
	return first(
		wants((s.Endpoint == "") == (s.Bucket == ""), "archive-s3-bucket", strconv.Quote(s.Bucket), "given together with --archive-s3-endpoint"),
		wants((s.AccessKey == "") == (s.SecretKey == ""), "archive-s3-secret-key", s.SecretKey, "given together with --archive-s3-access-key"),
	)
}

// Validate says which setting cannot be right.
func (h HTTP) Validate() error {
	if h.Listen == "off" {
		return nil
	}
	_, port, err := net.SplitHostPort(h.Listen)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	return wants(err == nil, "http-listen", strconv.Quote(h.Listen), `host:port, or "off"`)
}

// Validate says which setting cannot be right. It never shows an endpoint, in
// which a password may stand.
func (t Trace) Validate() error {
	u, err := url.Parse(t.Endpoint)
	if t.Endpoint != "" && (err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https") {
		return &ValueError{Setting: "trace-endpoint", Wants: "must be an http or https address such as http://127.0.0.1:4318"}
	}
	if t.Endpoint != "" && u.User != nil {
		return &ValueError{Setting: "trace-endpoint", Wants: "must be without user and password: the variable OTEL_EXPORTER_OTLP_HEADERS can hold a header with them"}
	}
	return wants(0 <= t.Ratio && t.Ratio <= 1, "trace-ratio", t.Ratio, "0 to 1")
}

// Validate says which setting cannot be right. It never shows an address that
// cannot be read: a password may stand in it.
func (n NATS) Validate() error {
	for address := range strings.SplitSeq(n.URL, ",") {
		if n.URL != "" && !isNATS(strings.TrimSpace(address)) {
			return &ValueError{Setting: "nats-url", Wants: "must be addresses such as nats://broker.example:4222, with commas between"}
		}
	}
	return first(
		wants((n.Cert == "") == (n.Key == ""), "nats-cert", strconv.Quote(n.Cert), "given together with --nats-key"),
		wants(n.Password == "" || n.User != "", "nats-password", n.Password, "given together with --nats-user"),
	)
}

// isNATS says whether an address of a server can be read, with or without its
// scheme.
func isNATS(address string) bool {
	if !strings.Contains(address, "://") {
		address = "nats://" + address
	}
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return false
	}
	if u.Port() != "" {
		if _, err := strconv.ParseUint(u.Port(), 10, 16); err != nil {
			return false
		}
	}
	return slices.Contains([]string{"nats", "tls", "ws", "wss"}, u.Scheme)
}
