package service_test

import (
	"context"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/frontier"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/stream"
)

const (
	outagePages = 300
	// outageLength is kept short in the suite; COPYDESK_TEST_OUTAGE=1m is the
	// real thing.
	outageLength = 4 * time.Second
)

// TestBrokerAway takes the broker away from three services at work: each must
// say so, wait, and go on when it is back, and nothing may be lost.
func TestBrokerAway(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED because of -short: three processes and a broker that goes away; run \"go test ./pkg/service\"")
	}
	length := outageLength
	if text := os.Getenv("COPYDESK_TEST_OUTAGE"); text != "" {
		var err error
		if length, err = time.ParseDuration(text); err != nil {
			t.Fatal(err)
		}
	}
	site := newSite(t, outagePages)
	fleet := newFleet(t, "COPYDESK_FETCH_HOSTS="+site.hosts(), "COPYDESK_FETCH_HOST_DELAY=300ms", "COPYDESK_STREAM_ACK_WAIT=3s", "COPYDESK_LOG_FORMAT=json")
	ctx, stop := context.WithTimeout(t.Context(), patience+2*length)
	defer stop()
	desk := fleet.up(ctx)
	add(ctx, t, desk, site, 0, outagePages)
	waitUntil(ctx, t, "work has begun", func() bool {
		return retry[api.StatusReply](ctx, t, desk, api.Status("indexer"), nil).Index.Stories > 0
	})

	fleet.kill("nats-server")
	for service := range readersOf {
		waitUntil(ctx, t, service+" says that it waits", func() bool {
			status, body := fleet.readyz(service)
			return status == http.StatusServiceUnavailable && strings.Contains(body, "waiting")
		})
	}
	sleep(ctx, length)
	fleet.start("nats-server")
	for service := range readersOf {
		waitUntil(ctx, t, service+" is ready again", func() bool {
			status, _ := fleet.readyz(service)
			return status == http.StatusOK
		})
	}
	settled(ctx, t, desk, outagePages)
	checkJourneys(ctx, t, desk, site)
	checkIndex(ctx, t, desk, site)
	log, err := os.ReadFile(fleet.log.Name())
	if err != nil {
		t.Fatal(err)
	}
	for service := range readersOf {
		if !strings.Contains(string(log), `"service":"`+service+`","broker"`) || !strings.Contains(string(log), "waiting") {
			t.Errorf("%s did not log that it waits for the broker", service)
		}
	}
}

// readyz asks a service whether it can work; status 0 if it does not answer.
func (f *fleet) readyz(service string) (status int, body string) { return readyz(f.health[service]) }

// readyz asks at an address whether what listens there can work; status 0 if
// nothing answers.
func readyz(address string) (status int, body string) {
	resp, err := http.Get("http://" + address + "/readyz")
	if err != nil {
		return 0, ""
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, ""
	}
	return resp.StatusCode, string(text)
}

// TestSearchWhileIndexing searches without pause while pages come in without end:
// every search must be answered, whatever is being written.
func TestSearchWhileIndexing(t *testing.T) {
	ctx, stop := context.WithTimeout(t.Context(), patience)
	defer stop()
	site := newSite(t, 0)
	settings := deskSettings(t)
	settings.Fetch.HostDelay = 0
	settings.Fetch.Hosts = site.hostMap()
	desk := startDesk(ctx, t, settings)
	feeding, enough := context.WithCancel(ctx)
	var feeder sync.WaitGroup
	feeder.Go(func() { feed(feeding, t, desk.Conn, site) })
	defer feeder.Wait()
	defer enough()

	// A search that is held up until nothing is written any more never ends.
	searches, seen := 0, map[uint64]bool{}
	var longest time.Duration
	for ; len(seen) < 5; searches++ {
		began := time.Now()
		var reply api.SearchReply
		if err := desk.Conn.Request(ctx, api.Search, api.SearchRequest{Query: "report*", Limit: 10}, &reply); err != nil {
			t.Fatalf("search %d, after %d states of the index: %v", searches, len(seen), err)
		}
		longest = max(longest, time.Since(began))
		seen[reply.Total] = true
	}
	t.Logf("%d searches during indexing saw %d states, the longest took %v", searches, len(seen), longest)
}

// feed has a desk never without pages to work on, until ctx ends.
func feed(ctx context.Context, t *testing.T, desk *stream.Conn, site *testSite) {
	const portion = 100
	for next := 0; ; {
		var status api.StatusReply
		err := desk.Request(ctx, api.Status("indexer"), nil, &status)
		if err == nil && int(status.Index.Visits-status.Index.Open) > next-3*portion {
			var request api.AddRequest
			for i := range portion {
				request.URLs = append(request.URLs, frontier.Request{URL: site.url(next + i), Priority: news.Normal})
			}
			next += portion
			err = desk.Request(ctx, api.Add, request, nil)
		}
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			t.Errorf("feed the desk: %v", err)
			return
		}
		sleep(ctx, 20*time.Millisecond)
	}
}
