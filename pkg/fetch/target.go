package fetch

import (
	"fmt"
	"net/url"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/weburl"
)

// target is an address to ask.
type target struct{ url *url.URL }

// parseTarget takes the address without fragment and credentials and with the
// host in its normal form. Path and query stay: a server may insist on a form.
func parseTarget(address string) (*target, error) {
	normal, err := weburl.Normalize(address)
	if err != nil {
		return nil, &news.Fault{Kind: news.Skip, Reason: news.BadURL, Err: err}
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, &news.Fault{Kind: news.Skip, Reason: news.BadURL, Err: err}
	}
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	u.Host = weburl.Host(normal)
	u.RawQuery = weburl.EscapeOthers(u.RawQuery) // a space would end the address on the wire
	return &target{u}, nil
}

// resolve is the target of a link that stands at t.
func (t *target) resolve(link string) (*target, error) {
	u, err := t.url.Parse(link)
	if err != nil {
		return nil, &news.Fault{Kind: news.Skip, Reason: news.BadURL, Err: fmt.Errorf("redirect to %q: %w", link, err)}
	}
	next, err := parseTarget(u.String())
	if err != nil {
		return nil, fmt.Errorf("redirect to %q: %w", link, err)
	}
	return next, nil
}

// robots is where the rules for t are.
func (t *target) robots() *target {
	return &target{&url.URL{Scheme: t.url.Scheme, Host: t.url.Host, Path: "/robots.txt"}}
}

// host is the unit of politeness: host and port.
func (t *target) host() string { return t.url.Host }

// path is what the rules of a robots.txt are about: path and query.
func (t *target) path() string { return t.url.RequestURI() }

// String is the address in full.
func (t *target) String() string { return t.url.String() }
