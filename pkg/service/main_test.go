package service_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/copydesk/copydesk/pkg/freeport"
	"github.com/copydesk/copydesk/pkg/service"
)

func TestServicesRefuseImpossibleSettings(t *testing.T) {
	for _, s := range []service.Service{service.Fetcher, service.Extractor, service.Indexer} {
		for _, args := range [][]string{{"--stream-ack-wait", "1ns"}, {"--stream-replicas", "2"}, {"--http-listen", "7301"}, {"--nats-url", "nats://:1"}} {
			var stderr strings.Builder
			code := service.Main(t.Context(), s, append(args, "--data", t.TempDir()), t.Output(), &stderr)
			if code != 2 || !strings.Contains(stderr.String(), args[0]+": ") {
				t.Errorf("%v: exit code %d, %s, want 2 and the setting", args, code, stderr.String())
			}
		}
	}
}

// A service that waits for its broker says so to who asks, from the beginning,
// and to whom it wants to speak, but not how it proves who it is.
func TestReadyzWhileConnecting(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	address := freeport.Address(t)
	done := make(chan int, 1)
	go func() {
		done <- service.Main(ctx, service.Extractor, []string{
			"--data", t.TempDir(), "--http-listen", address, "--nats-url", "nats://desk:hidden@127.0.0.1:1", "--log-level", "error",
		}, io.Discard, io.Discard)
	}()
	limit, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	waitUntil(limit, t, "/readyz says what is waited for", func() bool {
		resp, err := http.Get("http://" + address + "/readyz")
		if err != nil {
			return false
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if strings.Contains(string(body), "hidden") {
			t.Fatalf("shows the password: %s", body)
		}
		return err == nil && resp.StatusCode == http.StatusServiceUnavailable && strings.Contains(string(body), "connecting to nats://127.0.0.1:1")
	})
	stop()
	if code := <-done; code != 0 {
		t.Errorf("asked to stop it ended with %d, want 0", code)
	}
}
