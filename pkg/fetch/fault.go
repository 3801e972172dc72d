package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"code.dny.dev/ssrf"

	"github.com/copydesk/copydesk/pkg/news"
)

// faultOf is the class of an error on the way to a page: its own, else that of
// a connection that could not be had, or broke.
func faultOf(err error) *news.Fault {
	if fault, ok := errors.AsType[*news.Fault](err); ok {
		return fault
	}
	if errors.Is(err, ssrf.ErrProhibitedIP) {
		return &news.Fault{Kind: news.Skip, Reason: news.PrivateAddress, Err: err}
	}
	if _, ok := errors.AsType[*net.DNSError](err); ok {
		return &news.Fault{Kind: news.Temporary, Reason: news.NoHost, Err: err}
	}
	if timeout, ok := errors.AsType[net.Error](err); ok && timeout.Timeout() || errors.Is(err, context.DeadlineExceeded) {
		return &news.Fault{Kind: news.Temporary, Reason: news.Timeout, Err: err}
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return &news.Fault{Kind: news.Temporary, Reason: news.BadCertificate, Err: err}
	}
	if _, ok := errors.AsType[*connectError](err); ok {
		return &news.Fault{Kind: news.Temporary, Reason: news.Connect, Err: err}
	}
	return &news.Fault{Kind: news.Temporary, Reason: news.BrokenAnswer, Err: err}
}

// conditional says whether a request allowed for the answer that nothing changed.
func conditional(r *http.Request) bool {
	return r.Header.Get("If-None-Match") != "" || r.Header.Get("If-Modified-Since") != ""
}

// statusFault is what a status says about the page; nil for one that comes
// with a page (RFC 9110, section 15).
func statusFault(r *http.Response, now time.Time) *news.Fault {
	kind, reason := news.Temporary, news.ServerError
	switch code := r.StatusCode; {
	case code == http.StatusNoContent || code == http.StatusResetContent:
		kind, reason = news.Skip, news.Empty
	case code >= 200 && code < 300:
		return nil
	case code == http.StatusNotModified && conditional(r.Request):
		return &news.Fault{Kind: news.Same, Err: fmt.Errorf("status %d", code)}
	case code == http.StatusNotFound || code == http.StatusGone:
		kind, reason = news.Skip, news.NotFound
	case code == http.StatusUnauthorized || code == http.StatusForbidden || code == http.StatusUnavailableForLegalReasons:
		kind, reason = news.Skip, news.Forbidden
	case code == http.StatusTooManyRequests:
		reason = news.TooManyRequests
	case code == http.StatusRequestTimeout:
		reason = news.Timeout
	case code >= 400 && code < 500:
		kind, reason = news.Skip, news.ClientError
	}
	fault := &news.Fault{Kind: kind, Reason: reason, Err: fmt.Errorf("status %d", r.StatusCode)}
	if kind == news.Temporary {
		fault.After = asksToWait(r, now)
	}
	return fault
}
