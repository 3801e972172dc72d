package weburl

import (
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/copydesk/copydesk/pkg/news"
)

// Site is the registrable domain of a web address by the public suffix list,
// in ASCII and lower case; [news.NoSite] where there is none, as for a file. A
// host that is an IP address is its own site.
func Site(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Hostname() == "" {
		return news.NoSite
	}
	host, err := normalHost(u.Hostname())
	if err != nil {
		return news.NoSite
	}
	if addr, err := netip.ParseAddr(host); err == nil {
		return addr.String()
	}
	site, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return host
	}
	return site
}

// Token writes a site as one token of a message subject: "news.example"
// becomes "news_example".
func Token(site string) string {
	if site == "" {
		return news.NoSite
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '.' || r == ':' || r == '*' || r == '>' || r <= ' ' || r > '~':
			return '_'
		}
		return r
	}, site)
}

// Host is the lower-case host and port of a normal address: the unit of
// politeness.
func Host(normal string) string {
	u, err := url.Parse(normal)
	if err != nil {
		return ""
	}
	return u.Host
}

// SameSite says whether two addresses have the same registrable domain.
func SameSite(a, b string) bool {
	s := Site(a)
	return s != news.NoSite && s == Site(b)
}

// StoryKey is the key of a story's identity: the canonical address where it
// is on the same site and can be a story's, else the final address. It is
// empty if neither is a web address.
func StoryKey(canonical, final string) string {
	end, err := Normalize(final)
	if err != nil {
		end = ""
	}
	key, err := Normalize(canonical)
	if err != nil || !IsStory(key) || end != "" && !SameSite(key, end) {
		return end
	}
	return key
}
