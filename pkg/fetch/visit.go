package fetch

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/copydesk/copydesk/pkg/news"
)

// visit is the way from one job to its page, over all redirects.
type visit struct {
	client *Client
	job    *news.FetchJob
	// source says that a list of pages is wanted, not a page.
	source    bool
	redirects []news.Redirect
	// pass is held while the visit is at a host, nil between hosts: waiting
	// for one host while holding another could wait for ever.
	pass *pass
}

// page goes from address to address until one answers with a page.
func (v *visit) page(ctx context.Context) (*news.Page, error) {
	at, err := parseTarget(v.job.URL)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for {
		seen[at.String()] = true
		next, page, err := v.step(ctx, at)
		switch {
		case err != nil && len(v.redirects) > 0:
			return page, fmt.Errorf("redirect to %q: %w", at, err)
		case err != nil || page != nil:
			return page, err
		case len(v.redirects) > v.client.options.MaxRedirects:
			return nil, &news.Fault{Kind: news.Skip, Reason: news.RedirectLoop,
				Err: fmt.Errorf("more than %d redirects", v.client.options.MaxRedirects)}
		case seen[next.String()]:
			return nil, &news.Fault{Kind: news.Skip, Reason: news.RedirectLoop,
				Err: fmt.Errorf("redirect back to %q", next)}
		}
		at = next
	}
}

// step asks one address. The answer is a page or the address to go on to; a page
// that is as it was is a fault too.
func (v *visit) step(ctx context.Context, at *target) (*target, *news.Page, error) {
	if err := v.enter(ctx, at); err != nil {
		return nil, nil, err
	}
	accept := pageAccept
	if v.source {
		accept = sourceAccept
	}
	got, err := v.client.get(ctx, at, accept, v.job.Known)
	if err != nil {
		return nil, nil, err
	}
	defer got.close()
	v.pass.hold = asksToWait(got.response, time.Now())
	next, err := got.redirect()
	if err != nil {
		return nil, nil, err
	}
	if next != nil {
		v.redirects = append(v.redirects, news.Redirect{URL: at.String(), Status: got.response.StatusCode})
		return next, nil, nil
	}
	page, err := got.page(v.client.options.BodyLimit, !v.source)
	if page == nil {
		return nil, nil, err
	}
	digest := page.Digest
	if err != nil { // the page is as it was
		digest = cmp.Or(v.job.Known.Digest, digest)
	}
	page.VisitID = v.job.VisitID
	page.CaptureID = news.CaptureID(v.job.VisitID, digest)
	page.RequestedURL = v.job.URL
	page.Redirects = v.redirects
	page.Hints = v.job.Hints
	return nil, page, err
}

// enter waits for the turn at the host and asks its robots.txt. A redirect
// inside a host is part of the same turn.
func (v *visit) enter(ctx context.Context, at *target) error {
	rules, known, err := v.client.robots.known(at)
	if err == nil && known {
		err = v.client.permit(rules, at)
	}
	if err != nil {
		return err
	}
	if v.pass == nil || v.pass.host != at.host() {
		v.leave()
		if v.pass, err = v.client.gates.enter(ctx, at.host(), v.job.VisitID, v.patience(ctx)); err != nil {
			return err
		}
	}
	if rules, err = v.client.rules(ctx, at); err != nil {
		return err
	}
	v.pass.pause = max(v.client.options.HostDelay, min(rules.CrawlDelay, v.client.options.MaxCrawlDelay))
	return v.client.permit(rules, at)
}

// patience is how long the visit waits for a turn. Before the first request
// waiting holds up a worker for nothing; on the way it saves asking for all
// redirects again, and the fetch's deadline bounds it.
func (v *visit) patience(ctx context.Context) time.Duration {
	switch {
	case len(v.redirects) > 0:
		return v.client.options.Timeout
	case ctx.Value(impatient{}) != nil:
		return 0
	}
	return firstPatience
}

type impatient struct{}

// Impatient is a context in which a job whose host is not free is sent away at
// once.
func Impatient(ctx context.Context) context.Context {
	return context.WithValue(ctx, impatient{}, true)
}

// leave gives the turn at the present host to the next.
func (v *visit) leave() {
	if v.pass != nil {
		v.pass.leave()
		v.pass = nil
	}
}
