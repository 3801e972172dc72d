package deploy_test

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/copydesk/copydesk/pkg/freeport"
	"github.com/copydesk/copydesk/pkg/service"
)

// Three servers on cluster.conf keep a desk working when one of them goes away.
func TestClusterOutlivesAServer(t *testing.T) {
	if testing.Short() {
		t.Skip("three servers take seconds to find each other")
	}
	// Not beside others: three servers that wait for a busy machine elect anew.
	var routes []*url.URL
	for _, address := range freeport.Addresses(t, 3) {
		routes = append(routes, &url.URL{Scheme: "nats-route", Host: address})
	}
	var servers []*broker
	for i, route := range routes {
		name := fmt.Sprintf("nats-%d", i+1)
		port, err := strconv.Atoi(route.Port())
		if err != nil {
			t.Fatal(err)
		}
		b := start(t, "cluster.conf", func(o *server.Options) {
			o.ServerName, o.StoreDir = name, t.TempDir()
			o.Cluster.Host, o.Cluster.Port, o.Routes = "127.0.0.1", port, routes
		})
		servers = append(servers, b)
	}
	desk := *servers[1]
	desk.url = strings.Join([]string{servers[0].url, servers[1].url, servers[2].url}, ",")
	until(t, "a leader that sees all servers", func() bool {
		return slices.ContainsFunc(servers, func(b *broker) bool { return len(b.ns.JetStreamClusterPeers()) == 3 })
	})
	copydesk(t, &desk, 0, "streams", "apply", "--stream-replicas", "3")

	site := newSite(t)
	run(t, &desk, service.Fetcher, "fetcher", "--fetch-hosts", "daily.example="+site, "--fetch-host-delay", "1ms", "--stream-replicas", "3")
	run(t, &desk, service.Extractor, "extractor", "--stream-replicas", "3")
	run(t, &desk, service.Indexer, "indexer", "--stream-replicas", "3")
	found := func(headline string) func() bool {
		return func() bool { return strings.Contains(copydesk(t, &desk, -1, "search", quoted(headline)), headline) }
	}
	copydesk(t, &desk, 0, "add", "http://daily.example/2026/harbour")
	until(t, "the first page", found("Harbour"))

	servers[0].ns.Shutdown()
	servers[0].ns.WaitForShutdown()
	until(t, "the desk to take a page", func() bool {
		return strings.HasPrefix(copydesk(t, &desk, -1, "add", "http://daily.example/2026/left-behind"), "added")
	})
	until(t, "the second page", found("Left behind"))
	for _, b := range servers {
		if denied := b.log.containing("Violation"); len(denied) > 0 {
			t.Errorf("denied:\n%s", strings.Join(denied, "\n"))
		}
	}
}
