package weburl

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/idna"

	"github.com/copydesk/copydesk/pkg/news"
)

// ErrNotWeb is returned for an address that is not an absolute http or https URL.
var ErrNotWeb = errors.New("not an http or https URL")

// maxLength is the longest address that is taken; servers and browsers cut
// around here, and nothing longer names a news page.
const maxLength = 8 << 10

// Normalize gives the normal form of an absolute web address (RFC 3986,
// section 6.2.2 and 6.2.3): lower-case scheme and ASCII host, no default port,
// no dot segments, no fragment, escapes in upper case and only where needed,
// and no parameters that only track the reader.
func Normalize(raw string) (string, error) {
	raw = strings.TrimSpace(raw)
	if len(raw) > maxLength {
		return "", fmt.Errorf("address %.60q… has %d bytes, the limit is %d", raw, len(raw), maxLength)
	}
	u, err := url.Parse(raw)
	if err != nil {
		return "", fmt.Errorf("address %q: %w", raw, errors.Unwrap(err))
	}
	u.Scheme = strings.ToLower(u.Scheme)
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return "", fmt.Errorf("address %q: %w", raw, ErrNotWeb)
	}
	host, err := normalHost(u.Hostname())
	if err != nil {
		return "", fmt.Errorf("address %q: %w", raw, err)
	}
	u.Host = joinPort(host, u.Port(), u.Scheme)
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	setPath(u, normalPath(u.EscapedPath()))
	u.RawQuery, u.ForceQuery = withoutTracking(u.RawQuery), false
	normal := u.String()
	if len(normal) > maxLength { // letters that are escaped grow
		return "", fmt.Errorf("address %.60q… has %d bytes, the limit is %d", normal, len(normal), maxLength)
	}
	return normal, nil
}

func normalHost(host string) (string, error) {
	if addr, err := netip.ParseAddr(host); err == nil {
		return addr.String(), nil
	}
	host = strings.TrimRight(host, ".")
	if endsInNumber(host) {
		addr, err := parseNumbers(host)
		return addr.String(), err
	}
	ascii, err := idna.Lookup.ToASCII(host)
	if err != nil {
		// Hosts such as "a_b.example" are no valid domain names, yet resolve.
		ascii = strings.ToLower(host)
		for _, c := range []byte(ascii) {
			if c >= 0x80 {
				return "", fmt.Errorf("host %q: %w", host, err)
			}
		}
	}
	ascii = strings.TrimRight(ascii, ".") // "。" becomes one
	if ascii == "" || ascii == news.NoSite {
		return "", ErrNotWeb
	}
	return ascii, nil
}

func joinPort(host, port, scheme string) string {
	if port == "" || scheme == "http" && port == "80" || scheme == "https" && port == "443" {
		if strings.Contains(host, ":") {
			return "[" + host + "]"
		}
		return host
	}
	return net.JoinHostPort(host, port)
}

// normalPath removes dot segments and normalises escapes of an escaped path.
func normalPath(p string) string {
	p = NormalEscapes(p)
	if p == "" {
		return "/"
	}
	if !strings.Contains(p, "/.") {
		return p
	}
	slash := strings.HasSuffix(p, "/") || strings.HasSuffix(p, "/.") || strings.HasSuffix(p, "/..")
	// path.Clean would also fold "//", which some servers tell apart.
	segments := strings.Split(p, "/")[1:]
	var kept []string
	for _, s := range segments {
		switch s {
		case ".":
		case "..":
			kept = kept[:max(0, len(kept)-1)]
		default:
			kept = append(kept, s)
		}
	}
	p = "/" + strings.Join(kept, "/")
	if slash && !strings.HasSuffix(p, "/") {
		p += "/"
	}
	return p
}

func setPath(u *url.URL, escaped string) {
	u.RawPath = escaped
	if plain, err := url.PathUnescape(escaped); err == nil {
		u.Path = plain
	}
}

// withoutTracking drops the parameters that only say where a reader came from.
// The others keep their order: servers may read them in order.
func withoutTracking(query string) string {
	if query == "" {
		return ""
	}
	var kept []string
	for pair := range strings.SplitSeq(query, "&") {
		pair = EscapeOthers(NormalEscapes(pair)) // a tracker may be written in escapes
		name, _, _ := strings.Cut(pair, "=")
		if pair != "" && !tracks(strings.ToLower(name)) {
			kept = append(kept, pair)
		}
	}
	return strings.Join(kept, "&")
}

func tracks(name string) bool {
	return strings.HasPrefix(name, "utm_") || strings.HasPrefix(name, "at_") && trackers[name] ||
		trackers[name]
}

// trackers lists parameters that senders of readers append: advertising
// clicks, newsletters, share buttons.
var trackers = map[string]bool{
	"at_campaign": true, "at_medium": true, "dclid": true, "fbclid": true, "gbraid": true,
	"gclid": true, "gclsrc": true, "igshid": true, "mc_cid": true, "mc_eid": true,
	"mkt_tok": true, "msclkid": true, "ns_campaign": true, "ns_mchannel": true,
	"ns_source": true, "srsltid": true, "twclid": true, "wbraid": true, "wt_mc": true,
	"wtmc": true, "yclid": true, "_ga": true, "_gl": true,
}

// IsStory says whether an address can be that of a single story. Home pages
// and section roots that content systems write as canonical cannot.
func IsStory(normal string) bool {
	u, err := url.Parse(normal)
	if err != nil {
		return false
	}
	if u.RawQuery != "" {
		return true
	}
	p := strings.Trim(path.Clean(u.Path), "/")
	if p == "" || homes[p] {
		return false
	}
	// A section is one short word: "/politics/". A story's address has a slug
	// with several words or a number.
	return strings.ContainsAny(p, "-_0123456789/.") || len(p) > 24
}

// homes are paths of home pages, language roots among them by their length.
var homes = map[string]bool{"index.html": true, "index.php": true, "home": true, "index.htm": true}
