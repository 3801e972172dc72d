package service_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
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
	crashPages       = 2000
	crashesOfService = 10
	crashesOfBroker  = 3
	// crashAckWait is short, so that what a dead service held comes back soon.
	crashAckWait = 2 * time.Second
	crashTimeout = 15 * time.Minute
)

// TestNothingLostNothingTwice runs the three services and a NATS server as
// processes, kills each again and again with SIGKILL, and then holds every
// page against its one final outcome, the rows and the search index.
//
// COPYDESK_TEST_SEED repeats the times of another run.
func TestNothingLostNothingTwice(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED because of -short: three processes, 2,000 pages, 33 kills; run \"go test ./pkg/service\"")
	}
	seed := crashSeed(t)
	site := newSite(t, crashPages)
	fleet := newFleet(t,
		"COPYDESK_FETCH_HOSTS="+site.hosts(), "COPYDESK_FETCH_HOST_DELAY=500ms", "COPYDESK_FETCH_TIMEOUT=10s",
		fmt.Sprint("COPYDESK_STREAM_ACK_WAIT=", crashAckWait), "COPYDESK_INDEX_BATCH=50", "COPYDESK_LOG_LEVEL=warn",
	)
	ctx, stop := context.WithTimeout(t.Context(), crashTimeout)
	defer stop()
	desk := fleet.up(ctx)
	began := time.Now()
	holding := crash(ctx, t, fleet, desk, site, seed)
	settled(ctx, t, desk, crashPages)
	t.Logf("%d pages in %s; %d of %d kills of a service while it held unsettled messages",
		crashPages, time.Since(began).Round(time.Second), holding, len(readersOf)*crashesOfService)
	if want := 25; holding < want {
		t.Errorf("%d kills while the service held unsettled messages, want at least %d", holding, want)
	}
	checkJourneys(ctx, t, desk, site)
	checkIndex(ctx, t, desk, site)
}

// crashSeed is what random times are made of. It is logged, to be given again.
func crashSeed(t *testing.T) uint64 {
	t.Helper()
	seed := uint64(time.Now().UnixNano())
	if text := os.Getenv("COPYDESK_TEST_SEED"); text != "" {
		var err error
		if seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("COPYDESK_TEST_SEED=%d", seed)
	return seed
}

// retry asks until somebody answers: services and broker may be away.
func retry[Reply any](ctx context.Context, t *testing.T, desk *stream.Conn, verb string, question any) Reply {
	t.Helper()
	for {
		var reply Reply
		once, stop := context.WithTimeout(ctx, 5*time.Second)
		err := desk.Request(once, verb, question, &reply)
		stop()
		if err == nil {
			return reply
		}
		if refused := (*stream.RequestError)(nil); errors.As(err, &refused) && refused.Code != stream.CodeInternal {
			t.Fatal(err)
		}
		if ctx.Err() != nil {
			t.Fatalf("%s: %v", verb, err)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// holdings is what the streams hold, as soon as the broker says it.
func holdings(ctx context.Context, t *testing.T, desk *stream.Conn) []stream.StreamStatus {
	t.Helper()
	for {
		once, stop := context.WithTimeout(ctx, 5*time.Second)
		all, err := desk.Streams(once)
		stop()
		if err == nil {
			return all
		}
		if ctx.Err() != nil {
			t.Fatal(err)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// add adds the pages of a site from one number to before another.
func add(ctx context.Context, t *testing.T, desk *stream.Conn, site *testSite, from, to int) {
	t.Helper()
	var all []frontier.Request
	for i := from; i < to; i++ {
		all = append(all, frontier.Request{URL: site.url(i), Priority: news.Normal})
	}
	for some := range slices.Chunk(all, api.AddLimit) {
		for _, a := range retry[api.AddReply](ctx, t, desk, api.Add, api.AddRequest{URLs: some}).Answers {
			if a.Error != "" {
				t.Fatalf("add %s: %s", a.URL, a.Error)
			}
		}
	}
}

// crash adds the pages of a site in portions and kills every service and the broker
// at random times and starts each again. It returns how many services held messages
// when they died: each kill has a portion of its own, so that there is work to be in
// hand, however fast the rest was done while a service started.
func crash(ctx context.Context, t *testing.T, fleet *fleet, desk *stream.Conn, site *testSite, seed uint64) (holding int) {
	kills, killed := len(readersOf)*crashesOfService, 0
	r := rand.New(rand.NewPCG(seed, 1))
	var mu sync.Mutex // one kill at a time: a process is started where it was killed
	during := func(f func()) {
		mu.Lock()
		defer mu.Unlock()
		f()
	}
	var all sync.WaitGroup
	for _, service := range slices.Sorted(maps.Keys(readersOf)) {
		// Longer than AckWait apart, so that what is seen in hand is in the
		// hand of the process that lives now.
		var pauses []time.Duration
		for range crashesOfService {
			pauses = append(pauses, crashAckWait+time.Duration(r.Int64N(int64(time.Second))))
		}
		all.Go(func() {
			for _, pause := range pauses {
				// It has come to its work: who dies at its first message each time,
				// because it is slow to start, makes poison of that.
				retry[api.StatusReply](ctx, t, desk, api.Status(service), nil)
				sleep(ctx, pause)
				during(func() {
					add(ctx, t, desk, site, site.pages*killed/kills, site.pages*(killed+1)/kills)
					killed++
					if held := fleet.killHolding(ctx, service, readersOf[service]); held > 0 {
						holding++
					}
					fleet.start(service)
				})
			}
		})
	}
	var pauses []time.Duration
	for range crashesOfBroker {
		pauses = append(pauses, 5*time.Second+time.Duration(r.Int64N(int64(8*time.Second))))
	}
	all.Go(func() {
		for _, pause := range pauses {
			sleep(ctx, pause)
			during(func() {
				fleet.kill("nats-server")
				fleet.start("nats-server")
			})
		}
	})
	all.Wait()
	return holding
}

func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// stalled is how long nothing may change before the test believes that what is
// missing is lost; stalledLater where a page waits for another try, which is not
// longer than that after a third fault.
const (
	stalled      = 45 * time.Second
	stalledLater = 2 * time.Minute
)

// settled waits until no page is on its way and search has every row.
func settled(ctx context.Context, t *testing.T, desk *stream.Conn, pages int) {
	t.Helper()
	var last [4]int64
	moved := time.Now()
	for {
		index := retry[api.StatusReply](ctx, t, desk, api.Status("indexer"), nil).Index
		rows := retry[api.StatusReply](ctx, t, desk, api.Status("fetcher"), nil).Frontier
		left := unread(holdings(ctx, t, desk))
		if int(index.Visits) == pages && index.Open == 0 && index.SearchedRow == index.LastRow && int(rows.Settled) == pages && len(left) == 0 {
			return
		}
		if now := [4]int64{index.Visits, index.Open, index.SearchedRow, rows.Settled}; now != last {
			last, moved = now, time.Now()
		}
		patience := stalled
		if slices.ContainsFunc(left, func(what string) bool { return strings.HasPrefix(what, "LATER") }) {
			patience = stalledLater
		}
		if time.Since(moved) > patience || ctx.Err() != nil {
			t.Errorf("nothing moves any more: of %d pages the frontier has %d settled; %d are in the journeys, %d of them on their way; left in the streams: %v",
				pages, rows.Settled, index.Visits, index.Open, left)
			return
		}
		sleep(ctx, 200*time.Millisecond)
	}
}

// unread names the streams in which work is left: with a reader behind, with
// messages that wait for another try, or with dead ones.
func unread(streams []stream.StreamStatus) []string {
	var left []string
	for _, s := range streams {
		if n := s.Messages; n > 0 && (s.Name == "FETCH" || s.Name == "LATER" || s.Name == "DEAD") {
			left = append(left, fmt.Sprintf("%s: %d", s.Name, n))
		}
		for _, r := range s.Readers {
			if n := r.Pending + uint64(r.InHand); n > 0 {
				left = append(left, fmt.Sprintf("%s for %s: %d", s.Name, r.Name, n))
			}
		}
	}
	return left
}

// checkJourneys holds every page to one visit with one final outcome.
func checkJourneys(ctx context.Context, t *testing.T, desk *stream.Conn, site *testSite) {
	t.Helper()
	again := map[news.Stage]int{}
	defer func() { t.Logf("worked on more than once: %v", again) }()
	for i := range site.pages {
		reply := retry[api.JourneyReply](ctx, t, desk, api.Journey, api.JourneyRequest{URL: site.url(i)})
		stage, outcome := site.want(i)
		if len(reply.Visits) != 1 {
			t.Errorf("page %d has %d visits, want 1", i, len(reply.Visits))
			continue
		}
		visit := reply.Visits[0]
		if visit.Stage != stage || visit.Outcome != outcome {
			t.Errorf("page %d (%s) ended at %s as %s(%s): %s; want %s, %s",
				i, site.kind(i), visit.Stage, visit.Outcome, visit.Reason, visit.Detail, stage, outcome)
		}
		finals := map[string]bool{}
		for _, line := range visit.Lines {
			if line.Attempt > 1 {
				again[line.Stage]++
			}
			if line.Final() {
				finals[fmt.Sprint(line.Stage, line.Outcome, line.Reason)] = true
			}
		}
		if len(finals) != 1 {
			t.Errorf("page %d has final outcomes %v, want one", i, finals)
		}
	}
}

// checkIndex holds rows and search to each article once.
func checkIndex(ctx context.Context, t *testing.T, desk *stream.Conn, site *testSite) {
	t.Helper()
	stories := 0
	for i := range site.pages {
		_, outcome := site.want(i)
		found := retry[api.SearchReply](ctx, t, desk, api.Search, api.SearchRequest{Query: word(i), Limit: 2})
		want := uint64(0)
		if outcome == news.Done {
			stories++
			want = 1
		}
		if found.Total != want || want == 1 && found.Hits[0].URL != site.url(i) {
			t.Errorf("page %d is found %d times, want %d", i, found.Total, want)
		}
	}
	index := retry[api.StatusReply](ctx, t, desk, api.Status("indexer"), nil).Index
	if int(index.Stories) != stories || int(index.Revisions) != stories || int(index.LastRow) < stories {
		t.Errorf("%d stories in %d revisions, want %d of both", index.Stories, index.Revisions, stories)
	}
	t.Logf("%d stories in %d revisions, each found once", index.Stories, index.Revisions)
}
