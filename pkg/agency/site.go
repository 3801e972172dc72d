package agency

import (
	"net/url"
	"strings"
)

// sites maps the hosts of the home pages, without "www.", to positions in
// world.
var sites = buildSites()

func buildSites() map[string]int {
	m := make(map[string]int, len(world))
	for i, a := range world {
		if host := homeHost(a); host != "" {
			m[host] = i
		}
	}
	return m
}

// homeHost is the host of an agency's home page without "www.", "" for none.
func homeHost(a Agency) string {
	u, err := url.Parse(a.Home)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Host, "www.")
}

// OfHost gives the agency whose own site a host is, or a part of.
func (t Table) OfHost(host string) (Agency, bool) {
	for host = strings.ToLower(host); strings.Contains(host, "."); {
		if a, ok := t.own.ofHost(host); ok {
			return a, true
		}
		if i, ok := sites[host]; ok {
			return world[i], true
		}
		_, host, _ = strings.Cut(host, ".")
	}
	return Agency{}, false
}
