package fetch

import (
	"context"
	"fmt"
	"net/http"

	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/fetch/robots"
	"github.com/copydesk/copydesk/pkg/news"
)

// Client fetches pages. It may be used by many goroutines at once; what they
// share is the connections, the hosts' turns and the rules of robots.txt.
type Client struct {
	options   Options
	product   string
	log       zerolog.Logger
	dialer    *dialer
	transport *http.Transport
	gates     *gates
	robots    *rulebook
}

// New returns a client. The options must be valid; see [Options.Validate].
func New(options Options, log zerolog.Logger) *Client {
	d := newDialer(options)
	return &Client{
		options:   options,
		product:   robots.Product(options.UserAgent),
		log:       log,
		dialer:    d,
		transport: newTransport(options, d),
		gates:     newGates(options.HostDelay),
		robots:    newRulebook(),
	}
}

// Close ends the connections that are kept open for a next request.
func (c *Client) Close() { c.transport.CloseIdleConnections() }

// Fetch gets the page that a job asks for. An error is a [*news.Fault], unless
// ctx ended: then it is the error of ctx.
//
// Where the host says that the page is the one that the job knows, the fault is
// of kind [news.Same], and beside it is what was answered: a page without a body.
//
// Where a host's turn is more than a few seconds away, Fetch does not wait:
// the fault's reason is [news.HostBusy] and its After says when this job, by
// its visit, has its own turn. Such a round is no failed attempt.
func (c *Client) Fetch(ctx context.Context, job *news.FetchJob) (*news.Page, error) {
	return c.visit(ctx, &visit{client: c, job: job})
}

// FetchSource gets a list of pages, such as a feed or a sitemap, as
// [Client.Fetch] gets a page. Whatever its type, the body is returned.
func (c *Client) FetchSource(ctx context.Context, job *news.FetchJob) (*news.Page, error) {
	return c.visit(ctx, &visit{client: c, job: job, source: true})
}

func (c *Client) visit(ctx context.Context, v *visit) (*news.Page, error) {
	limited, cancel := context.WithTimeoutCause(ctx, c.options.Timeout,
		fmt.Errorf("not done within %v: %w", c.options.Timeout, context.DeadlineExceeded))
	defer cancel()
	defer v.leave()
	page, err := v.page(limited)
	switch {
	case err == nil:
		return page, nil
	case ctx.Err() != nil:
		return nil, fmt.Errorf("fetch %q: %w", v.job.URL, ctx.Err())
	}
	fault := *faultOf(err)
	fault.Err = fmt.Errorf("fetch %q: %w", v.job.URL, err)
	return page, &fault
}
