package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/copydesk/copydesk/pkg/coding"
	"github.com/copydesk/copydesk/pkg/fetch/robots"
	"github.com/copydesk/copydesk/pkg/news"
)

const (
	// robotsRedirects is how many redirects of a robots.txt are followed
	// (RFC 9309, section 2.3.1.2).
	robotsRedirects = 5
	// robotsTimeout is for a whole robots.txt; the rest of the fetch's time is
	// for the page.
	robotsTimeout = 20 * time.Second
	// robotsRetry is how long a host is left alone whose robots.txt could not
	// be had.
	robotsRetry = time.Minute
	// rulebookLimit bounds the rules that are kept in memory, in bytes.
	rulebookLimit = 64 << 20
)

// rules are those of the host of at, from memory or from the host. The caller
// holds the pass of that host, so nobody else asks for them at the same time.
func (c *Client) rules(ctx context.Context, at *target) (*robots.Rules, error) {
	rules, known, err := c.robots.known(at)
	if known || err != nil {
		return rules, err
	}
	limited, cancel := context.WithTimeout(ctx, robotsTimeout)
	defer cancel()
	rules, status, err := c.getRules(limited, at.robots())
	if ctx.Err() != nil {
		return nil, ctx.Err() // no verdict on the host: our own time is up
	}
	note := c.log.Debug().Str("host", at.host()).Int("status", status)
	if err != nil {
		fault := *faultOf(err)
		fault.After = max(fault.After, robotsRetry)
		fault.Err = fmt.Errorf("robots.txt: %w", err)
		c.robots.keep(at, entry{fault: &fault, until: time.Now().Add(robotsRetry)})
		note.Err(err).Msg("robots.txt not to be had")
		return nil, &fault
	}
	c.robots.keep(at, entry{rules: rules, until: time.Now().Add(c.options.RobotsTTL)})
	note.Dur("crawlDelay", rules.CrawlDelay).Msg("robots.txt read")
	return rules, nil
}

// permit is a fault where the rules forbid the address.
func (c *Client) permit(rules *robots.Rules, at *target) error {
	if rules.Allowed(at.path()) {
		return nil
	}
	return &news.Fault{Kind: news.Skip, Reason: news.Robots,
		Err: fmt.Errorf("robots.txt of %s forbids %s for %s", at.host(), at.path(), c.product)}
}

// getRules asks a host for its robots.txt. One that the host says it does not
// have allows all; one that cannot be had now is an error (RFC 9309, section
// 2.3.1). Redirects may lead to other hosts, without waiting for their turn.
func (c *Client) getRules(ctx context.Context, at *target) (*robots.Rules, int, error) {
	for range robotsRedirects + 1 {
		got, err := c.get(ctx, at, robotsAccept, news.Validators{})
		if err != nil {
			return nil, 0, err
		}
		next, err := got.redirect()
		if next == nil || err != nil {
			defer got.close()
			return c.readRules(got.response)
		}
		got.close()
		at = next
	}
	return &robots.Rules{}, http.StatusLoopDetected, nil
}

func (c *Client) readRules(r *http.Response) (*robots.Rules, int, error) {
	switch code := r.StatusCode; {
	case code == http.StatusTooManyRequests || code >= 500:
		return nil, code, &news.Fault{Kind: news.Temporary, Reason: news.Robots, After: asksToWait(r, time.Now()),
			Err: fmt.Errorf("status %d", code)}
	case code < 200 || code >= 300:
		return &robots.Rules{}, code, nil
	}
	text, err := io.ReadAll(io.LimitReader(r.Body, robots.SizeLimit))
	if err != nil {
		return nil, r.StatusCode, fmt.Errorf("read body: %w", err)
	}
	text, err = coding.Decode(text, strings.Join(r.Header.Values("Content-Encoding"), ","), robots.SizeLimit)
	if errors.Is(err, coding.ErrUnknown) || errors.Is(err, coding.ErrCorrupt) {
		return nil, r.StatusCode, &news.Fault{Kind: news.Temporary, Reason: news.Robots, Err: err}
	}
	return robots.Parse(text, c.product), r.StatusCode, nil
}

// rulebook keeps the rules of hosts.
type rulebook struct {
	mu      sync.Mutex
	entries map[string]entry
	size    int
}

// entry is what is known of one robots.txt: its rules, or why there are none.
type entry struct {
	rules *robots.Rules
	fault *news.Fault
	until time.Time
}

func newRulebook() *rulebook { return &rulebook{entries: map[string]entry{}} }

// origin is what a robots.txt is for: scheme, host and port.
func origin(at *target) string { return at.url.Scheme + "://" + at.host() }

// known is what is remembered of the rules for an address.
func (b *rulebook) known(at *target) (rules *robots.Rules, known bool, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	e, ok := b.entries[origin(at)]
	left := time.Until(e.until)
	if !ok || left <= 0 {
		return nil, false, nil
	}
	if e.fault != nil {
		fault := *e.fault
		fault.After = left
		return nil, true, &fault
	}
	return e.rules, true, nil
}

// keep remembers e. If that is too much it forgets what ends first, a quarter of
// all at once: looking for what ends first is looking at all.
func (b *rulebook) keep(at *target, e entry) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.forget(origin(at))
	b.entries[origin(at)] = e
	b.size += e.size()
	if b.size <= rulebookLimit {
		return
	}
	byEnd := slices.SortedFunc(maps.Keys(b.entries), func(x, y string) int {
		return b.entries[x].until.Compare(b.entries[y].until)
	})
	for _, first := range byEnd {
		if b.size <= rulebookLimit/4*3 {
			return
		}
		b.forget(first)
	}
}

func (b *rulebook) forget(origin string) {
	b.size -= b.entries[origin].size()
	delete(b.entries, origin)
}

func (e entry) size() int {
	const overhead = 256
	switch {
	case e.rules != nil:
		return overhead + e.rules.Size()
	case e.fault != nil:
		return overhead
	}
	return 0
}
