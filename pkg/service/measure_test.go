package service_test

import (
	"context"
	"io"
	"net/http"
	"os/exec"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/freeport"
	"github.com/copydesk/copydesk/pkg/service"
	"github.com/copydesk/copydesk/pkg/stream"
)

// Every service, and a whole desk, tells what its operator needs, by names that
// Prometheus' own tools have nothing against.
func TestMetrics(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	settings := deskSettings(t)
	settings.HTTP.Listen = freeport.Address(t)
	startDesk(ctx, t, settings)
	addresses := map[string]string{"copydesk up": settings.HTTP.Listen}

	server, err := stream.StartServer(stream.ServerOptions{Dir: t.TempDir(), Port: -1, Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Shutdown(context.Background()) })
	conn, err := stream.Connect(ctx, stream.Config{Server: server}, zerolog.Nop())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for name, s := range map[string]service.Service{"fetcher": service.Fetcher, "extractor": service.Extractor, "indexer": service.Indexer} {
		addresses[name] = freeport.Address(t)
		runService(ctx, t, s, "--nats-url", server.URL(), "--data", t.TempDir(), "--http-listen", addresses[name], "--log-level", "warn")
		waitUntil(ctx, t, name+" answers", func() bool { return conn.Request(ctx, api.Status(name), nil, nil) == nil })
	}

	everybody := []string{
		"copydesk_build_info{", `copydesk_part_ready{part="broker"} 1`, "copydesk_work_duration_seconds_bucket{", "copydesk_messages_in_hand{", `copydesk_publish_paused{stream="RAW"} 0`,
		`copydesk_stream_messages{stream="RAW"} 0`, `copydesk_reader_pending_messages{reader="extract",stage="extract",stream="RAW"} 0`,
		`copydesk_dead_letters{stage="fetch"} 0`, `copydesk_reading_success{reading="streams"} 1`,
		"copydesk_data_free_bytes ", "go_goroutines ", "process_cpu_seconds_total ",
	}
	fetcher := []string{`copydesk_frontier_urls{state="waiting"} 0`, "copydesk_frontier_waiting_hosts 0", "copydesk_fetch_responses_total{", "copydesk_fetch_received_bytes_total 0"}
	indexer := []string{"copydesk_index_stories 0", "copydesk_search_lag_rows 0", `copydesk_reader_oldest_seconds{reader="extract",stage="extract",stream="RAW"} 0`}
	special := map[string][]string{"fetcher": fetcher, "indexer": indexer, "copydesk up": append(fetcher, indexer...)}
	for name, address := range addresses {
		text := scrape(ctx, t, address)
		for _, want := range append(everybody, special[name]...) {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not tell %s", name, want)
			}
		}
		problems, err := promlint.New(strings.NewReader(text)).Lint()
		if err != nil {
			t.Errorf("metrics of %s: %v", name, err)
		}
		for _, p := range problems {
			t.Errorf("metrics of %s: %s: %s", name, p.Metric, p.Text)
		}
		promtool(t, name, text)
	}
}

// promtool has Prometheus' own tool check metrics, where the machine has it.
func promtool(t *testing.T, name, text string) {
	path, err := exec.LookPath("promtool")
	if err != nil {
		t.Logf("NOT CHECKED with promtool: %v (Debian's package prometheus has it)", err)
		return
	}
	check := exec.Command(path, "check", "metrics")
	check.Stdin = strings.NewReader(text)
	if out, err := check.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("promtool check metrics of %s: %v\n%s", name, err, out)
	}
}

func scrape(ctx context.Context, t *testing.T, address string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/metrics", nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("scrape: %v, %s: %s", err, response.Status, text)
	}
	return string(text)
}

// runService runs a service in this process until the test ends.
func runService(ctx context.Context, t *testing.T, s service.Service, args ...string) {
	t.Helper()
	ctx, stop := context.WithCancel(ctx)
	code := make(chan int, 1)
	go func() { code <- service.Main(ctx, s, args, t.Output(), t.Output()) }()
	t.Cleanup(func() {
		stop()
		if got := <-code; got != 0 {
			t.Errorf("%v ended with %d", args, got)
		}
	})
}
