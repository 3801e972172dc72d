package service_test

import (
	"context"
	"io"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/datafolder"
	"github.com/copydesk/copydesk/pkg/service"
)

// A broker has one frontier: a second would take half of the first one's news.
// A fetcher that only fetches may run beside it.
func TestOneFrontierABroker(t *testing.T) {
	ctx, stop := context.WithTimeout(t.Context(), patience)
	defer stop()
	site := newSite(t, 40)
	settings := deskSettings(t)
	settings.Fetch.Only = true
	if _, err := service.StartDesk(ctx, settings, zerolog.Nop()); err == nil || !strings.Contains(err.Error(), "fetch-only") {
		t.Errorf("a desk without a frontier: %v, want a refusal", err)
	}
	settings.Fetch.Only = false
	settings.Fetch.HostDelay, settings.Fetch.Hosts = 0, site.hostMap()
	desk := startDesk(ctx, t, settings)
	run, err := datafolder.Folder(settings.Data).ReadRun()
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"--nats-url", desk.URL, "--nats-token", run.Token, "--http-listen", "off", "--log-level", "error", "--fetch-hosts", site.hosts()}

	var stderr strings.Builder
	code := service.Main(ctx, service.Fetcher, append(args, "--data", t.TempDir()), io.Discard, &stderr)
	if code != 1 || !strings.Contains(stderr.String(), "PID") || !strings.Contains(stderr.String(), "--fetch-only") {
		t.Errorf("a second frontier: exit code %d, %s", code, stderr.String())
	}

	helpers, end := context.WithCancel(ctx)
	ended := make(chan int, 2)
	for range 2 { // of one data folder: they keep nothing there
		go func() {
			ended <- service.Main(helpers, service.Fetcher, append([]string{"--fetch-only", "--data", settings.Data}, args...), io.Discard, t.Output())
		}()
	}
	add(ctx, t, desk.Conn, site, 0, 40)
	settled(ctx, t, desk.Conn, 40)
	waitUntil(ctx, t, "the frontier has heard of every page", func() bool {
		var s api.StatusReply
		err := desk.Conn.Request(ctx, api.Status("fetcher"), nil, &s)
		return err == nil && s.Frontier != nil && s.Frontier.Settled == 40
	})
	end()
	for range 2 {
		if code := <-ended; code != 0 {
			t.Errorf("a helper ended with %d", code)
		}
	}
}
