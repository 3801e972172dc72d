package service_test

import (
	"context"
	"fmt"
	"syscall"
	"testing"
	"time"

	"github.com/copydesk/copydesk/pkg/api"
)

const (
	termPages  = 400
	termRounds = 2
	// termWithin is how long a service may take to end; systemd and Docker kill
	// it after 30 s.
	termWithin = 20 * time.Second
	// termAckWait is so long that the broker gives nothing up while the test runs:
	// what is not in hand any more was handed back, however slow the machine is.
	termAckWait = time.Hour
)

// TestTermHandsBack asks each service to end, again and again while it is at
// work: it must end well and soon, with nothing left in hand, and nothing that
// it held may come again as if its worker had died.
func TestTermHandsBack(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED because of -short: three processes that end and start again; run \"go test ./pkg/service\"")
	}
	site := newSite(t, termPages)
	fleet := newFleet(t, "COPYDESK_FETCH_HOSTS="+site.hosts(), "COPYDESK_FETCH_HOST_DELAY=500ms", fmt.Sprint("COPYDESK_STREAM_ACK_WAIT=", termAckWait), "COPYDESK_LOG_LEVEL=warn")
	ctx, stop := context.WithTimeout(t.Context(), crashTimeout)
	defer stop()
	desk := fleet.up(ctx)
	add(ctx, t, desk, site, 0, termPages)

	var longest time.Duration
	held := 0
	for range termRounds {
		for service := range readersOf {
			waitUntil(ctx, t, service+" answers", func() bool { return desk.Request(ctx, api.Status(service), nil, nil) == nil })
			for range 200 { // to end it at work, if there is any
				n, err := fleet.inHand(ctx, readersOf[service])
				if err == nil && n > 0 {
					held++
					break
				}
				sleep(ctx, 10*time.Millisecond)
			}
			longest = max(longest, fleet.term(service))
			waitUntil(ctx, t, service+" has nothing in hand any more", func() bool { // the broker counts a little later
				n, err := fleet.inHand(ctx, readersOf[service])
				return err == nil && n == 0
			})
			fleet.start(service)
		}
	}
	settled(ctx, t, desk, termPages)
	checkJourneys(ctx, t, desk, site)
	for _, reader := range []string{"fetch-alone", "extract-alone", "index-alone", "journey-alone", "frontier-alone"} {
		consumer, err := fleet.js.Consumer(ctx, "LATER", reader)
		if err != nil {
			t.Fatal(err)
		}
		if n := consumer.CachedInfo().Delivered.Consumer; n > 0 {
			t.Errorf("%d messages came again by %s, as if their worker had died", n, reader)
		}
	}
	t.Logf("%d ends, %d of them with messages in hand a moment before; the longest took %v", termRounds*len(readersOf), held, longest.Round(time.Millisecond))
}

// term asks a process to end, and says how long that took.
func (f *fleet) term(name string) time.Duration {
	f.t.Helper()
	cmd := f.running[name]
	delete(f.running, name)
	began := time.Now()
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		f.t.Fatal(err)
	}
	late := time.AfterFunc(termWithin, func() { _ = cmd.Process.Kill() })
	defer late.Stop()
	if err := cmd.Wait(); err != nil {
		f.t.Errorf("%s, asked to end: %v after %v", name, err, time.Since(began))
	}
	return time.Since(began)
}
