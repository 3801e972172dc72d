package agency

import (
	"net/url"
	"strings"
)

// sites maps the hosts of the home pages, without "www.", to positions in
// table.
var sites = buildSites()

func buildSites() map[string]int {
	m := make(map[string]int, len(table))
	for i, a := range table {
		if u, err := url.Parse(a.Home); err == nil && u.Host != "" {
			m[strings.TrimPrefix(u.Host, "www.")] = i
		}
	}
	return m
}

// OfHost gives the agency whose own site a host is, or a part of.
func OfHost(host string) (Agency, bool) {
	for host = strings.ToLower(host); strings.Contains(host, "."); {
		if i, ok := sites[host]; ok {
			return table[i], true
		}
		_, host, _ = strings.Cut(host, ".")
	}
	return Agency{}, false
}
