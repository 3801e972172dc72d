package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"strings"
	"time"

	"github.com/copydesk/copydesk/pkg/coding"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// What is asked for: pages first, and anything else, since many servers
// answer a page whatever is asked.
const (
	pageAccept   = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
	sourceAccept = "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.8"
	robotsAccept = "text/plain,*/*;q=0.8"
)

// answer is a response whose body is not read yet, and the request before it.
type answer struct {
	at       *target
	asked    time.Time
	request  *http.Request
	response *http.Response
	// conn is the connection of the answer, a *recorder for HTTP/1.1.
	conn net.Conn
}

// get sends one request and waits for the header of the answer. A server that
// knows its present state by one of the validators need not send it.
func (c *Client) get(ctx context.Context, at *target, accept string, known news.Validators) (*answer, error) {
	got := &answer{at: at, asked: time.Now().UTC()}
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(info httptrace.GotConnInfo) {
			got.conn = info.Conn
			if r, ok := info.Conn.(*recorder); ok {
				r.begin()
			}
		},
	})
	got.request = (&http.Request{
		Method: http.MethodGet,
		URL:    at.url,
		Host:   at.url.Host,
		Header: http.Header{
			"User-Agent":      {c.options.UserAgent},
			"Accept":          {accept},
			"Accept-Encoding": {"gzip, br, zstd"},
		},
	}).WithContext(ctx)
	if known.ETag != "" {
		got.request.Header.Set("If-None-Match", known.ETag)
	}
	if known.LastModified != "" {
		got.request.Header.Set("If-Modified-Since", known.LastModified)
	}
	response, err := c.transport.RoundTrip(got.request)
	c.observe(response, err)
	if err != nil {
		if got.headerOver(err) {
			return nil, &news.Fault{Kind: news.Permanent, Reason: news.HeaderTooLarge,
				Err: fmt.Errorf("response header over the limit of %d bytes", c.options.HeaderLimit)}
		}
		return nil, err
	}
	got.response = response
	return got, nil
}

// headerOver says whether a request ended because of the size of the response
// header. net/http has no error value for that: over HTTP/1.1 the recorder
// knows, over HTTP/2 only the text tells, and not always.
func (a *answer) headerOver(err error) bool {
	if r, ok := a.conn.(*recorder); ok {
		_, received := r.headers()
		return received.over
	}
	return strings.Contains(err.Error(), "response header list larger than advertised limit")
}

// drainLimit is how much of a body that nobody wants is read to keep its
// connection; a new one costs more than that.
const drainLimit = 16 << 10

// close gives the connection back if the body was read or is short, else ends
// it.
func (a *answer) close() {
	if n := a.response.ContentLength; n > 0 && n <= drainLimit {
		io.CopyN(io.Discard, a.response.Body, n)
	}
	a.response.Body.Close()
}

// redirect is the address that the answer points to, nil for an answer that is
// no redirect.
func (a *answer) redirect() (*target, error) {
	switch a.response.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return nil, nil
	}
	location := a.response.Header.Get("Location")
	if location == "" {
		return nil, &news.Fault{Kind: news.Temporary, Reason: news.ServerError,
			Err: fmt.Errorf("status %d without a Location", a.response.StatusCode)}
	}
	return a.at.resolve(location)
}

// page reads the body, if the answer is one that may hold what is wanted. For the
// answer that nothing changed there is a page without a body, beside the fault.
func (a *answer) page(limit int, articles bool) (*news.Page, error) {
	r := a.response
	if fault := statusFault(r, time.Now()); fault != nil {
		if fault.Kind == news.Same {
			return a.describe(nil), fault
		}
		return nil, fault
	}
	contentType := r.Header.Get("Content-Type")
	if articles && !mayHoldArticle(contentType) {
		return nil, notHTML("type %q", contentType)
	}
	body, truncated, err := readBody(r.Body, r.ContentLength, limit)
	if err != nil {
		return nil, fmt.Errorf("read body: %w", err)
	}
	if len(body) == 0 {
		return nil, &news.Fault{Kind: news.Temporary, Reason: news.Empty, Err: errors.New("answer without a body")}
	}
	encoding := strings.Join(coding.List(strings.Join(r.Header.Values("Content-Encoding"), ",")), ", ")
	if looks := looksLike(body, encoding); articles && !textual(looks, contentType) {
		return nil, notHTML("type %q, but the body is %s", contentType, looks)
	}
	page := a.describe(body)
	page.ContentType, page.ContentEncoding, page.Truncated = contentType, encoding, truncated
	return page, nil
}

// describe is the page of a body with what the connection knows of it.
func (a *answer) describe(body []byte) *news.Page {
	page := &news.Page{
		Schema:    news.PageSchema,
		URL:       a.at.String(),
		Site:      weburl.Site(a.at.String()),
		Origin:    news.OriginFetch,
		Protocol:  a.response.Proto,
		Status:    a.response.StatusCode,
		Digest:    news.Digest(body),
		Length:    len(body),
		FetchedAt: a.asked,
		Body:      body,
	}
	if a.conn != nil {
		if address, ok := a.conn.RemoteAddr().(*net.TCPAddr); ok {
			page.RemoteIP = address.AddrPort().Addr().Unmap().String()
		}
	}
	if r, ok := a.conn.(*recorder); ok {
		sent, received := r.headers()
		if sent.ended && received.ended {
			page.RequestHeader, page.ResponseHeader = sent.fields(), received.fields()
			return page
		}
	}
	page.HeadersRebuilt = true
	page.RequestHeader = append([]news.HeaderField{{Name: "Host", Value: a.request.Host}}, rebuilt(a.request.Header)...)
	page.ResponseHeader = rebuilt(a.response.Header)
	return page
}
