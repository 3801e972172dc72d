package metrics

import (
	"context"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/datafolder"
	"github.com/copydesk/copydesk/pkg/frontier"
	"github.com/copydesk/copydesk/pkg/health"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
)

// whole is the metrics of a process that does everything, each told of
// something.
func whole() *Metrics {
	m := New("copydesk up", "1.2.3", news.Stages...)
	m.Taken(news.StageExtract, 2)
	m.Taken(news.StageExtract, -1)
	m.Settled(news.StageExtract, news.Skipped, news.HomePage, 30*time.Millisecond)
	m.Paused("RAW", true)
	m.Paused("ARTICLE", true)
	m.Paused("ARTICLE", false)
	m.Answered(200, 1000)
	m.Answered(404, 10)
	m.Answered(0, 0)
	m.ReadParts(func() []health.Part {
		return []health.Part{{Name: "broker", Ready: true}, {Name: "indexer", Why: "a full disk"}}
	})
	m.ReadStreams(func(context.Context) ([]stream.StreamStatus, error) {
		return []stream.StreamStatus{
			{Name: "RAW", Messages: 9, Bytes: 900, Limit: stream.Limit{Bytes: 5000}, Readers: []stream.ReaderStatus{
				{Name: "extract", Stage: news.StageExtract, Pending: 3, InHand: 2, Redelivered: 1, Oldest: 90 * time.Second},
			}},
			{Name: "DEAD", Messages: 1, Bytes: 50, Limit: stream.Limit{Bytes: -1}, Dead: map[news.Stage]uint64{news.StageFetch: 1, news.StageIndex: 0}},
		}, nil
	}, true)
	m.ReadStatus("fetcher", func(context.Context) (api.StatusReply, error) {
		return api.StatusReply{Frontier: &frontier.Counts{Waiting: 5, Sent: 6, Settled: 7, Hosts: 2}, Sources: &frontier.SourceCounts{Active: 8, Silent: 3}}, nil
	})
	m.ReadStatus("extractor", func(context.Context) (api.StatusReply, error) {
		return api.StatusReply{Rules: &api.RulesStatus{Digest: "sha256:0123456789ab", Count: 2, Problem: "sites.yaml:3: a typo"}}, nil
	})
	m.ReadStatus("indexer", func(context.Context) (api.StatusReply, error) {
		return api.StatusReply{Index: &api.IndexStatus{
			Counts: store.Counts{Stories: 10, Revisions: 12, Tallies: []store.Tally{
				{Stage: news.StageIndex, Outcome: news.Done, Visits: 11}, {Stage: news.StageFetch, Outcome: news.Skipped, Reason: news.Robots, Visits: 4},
			}},
			LastRow: 20, SearchedRow: 15,
		}, Archive: &api.ArchiveStatus{
			CaptureCounts: store.CaptureCounts{Captures: 30, Revisits: 4}, Segments: 2, Bytes: 5000,
			Disk:  &api.Disk{Space: datafolder.Space{Free: 200, Size: 900}},
			Vault: &api.VaultStatus{Waiting: 3, WaitingBytes: 4000, WaitingSince: time.Now().Add(-time.Hour)},
		}}, nil
	})
	m.ReadDisk(func() (datafolder.Space, error) { return datafolder.Space{Free: 100, Size: 400}, nil })
	return m
}

func scrape(t *testing.T, m *Metrics) string {
	t.Helper()
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	if w.Code != 200 {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	return w.Body.String()
}

func TestNamesFollowTheConventions(t *testing.T) {
	problems, err := testutil.GatherAndLint(whole().registry)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
}

func TestWhatIsTold(t *testing.T) {
	var text string
	synctest.Test(t, func(t *testing.T) { text = scrape(t, whole()) }) // where an hour ago is one however slow we are
	for _, want := range []string{
		`copydesk_outcomes_total{outcome="skipped",reason="homePage",stage="extract"} 1`,
		`copydesk_outcomes_total{outcome="dead",reason="poison",stage="extract"} 0`, // seen before it happens
		`copydesk_work_duration_seconds_bucket{stage="extract",le="0.05"} 1`,
		`copydesk_work_duration_seconds_count{stage="index"} 0`,
		`copydesk_messages_in_hand{stage="extract"} 1`,
		`copydesk_publish_paused{stream="RAW"} 1`,
		`copydesk_publish_paused{stream="ARTICLE"} 0`,
		`copydesk_publish_pauses_total{stream="ARTICLE"} 1`,
		`copydesk_fetch_responses_total{class="2xx"} 1`,
		`copydesk_fetch_responses_total{class="none"} 1`,
		`copydesk_fetch_responses_total{class="5xx"} 0`,
		`copydesk_fetch_received_bytes_total 1010`,
		`copydesk_part_ready{part="broker"} 1`,
		`copydesk_part_ready{part="indexer"} 0`,
		`copydesk_stream_messages{stream="RAW"} 9`,
		`copydesk_stream_limit_bytes{stream="RAW"} 5000`,
		`copydesk_dead_letters{stage="index"} 0`,
		`copydesk_reader_pending_messages{reader="extract",stage="extract",stream="RAW"} 3`,
		`copydesk_reader_redelivered_messages{reader="extract",stage="extract",stream="RAW"} 1`,
		`copydesk_reader_oldest_seconds{reader="extract",stage="extract",stream="RAW"} 90`,
		`copydesk_frontier_urls{state="sent"} 6`,
		`copydesk_frontier_waiting_hosts 2`,
		`copydesk_sources{state="silent"} 3`,
		`copydesk_archive_captures 30`,
		`copydesk_archive_revisits 4`,
		`copydesk_archive_segments 2`,
		`copydesk_archive_bytes 5000`,
		`copydesk_archive_waiting_files 3`,
		`copydesk_archive_waiting_bytes 4000`,
		`copydesk_archive_waiting_seconds 3600` + "\n",
		`copydesk_archive_disk_free_bytes 200`,
		`copydesk_archive_disk_size_bytes 900`,
		`copydesk_site_rules 2`,
		`copydesk_site_rules_refused 1`,
		`copydesk_search_lag_rows 5`,
		`copydesk_visits{outcome="skipped",reason="robots",stage="fetch"} 4`,
		`copydesk_data_free_bytes 100`,
		`copydesk_reading_success{reading="streams"} 1`,
		`program="copydesk up",version="1.2.3"} 1`,
		`go_goroutines `,
		`process_start_time_seconds `,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("not told: %s", want)
		}
	}
	if strings.Contains(text, `copydesk_stream_limit_bytes{stream="DEAD"}`) {
		t.Error("a limit is told of a stream that has none")
	}
}

// A service that reads no pages off the web says nothing of web servers.
func TestOnlyOwnStages(t *testing.T) {
	text := scrape(t, New("extractor", "0", news.StageExtract))
	for _, never := range []string{"copydesk_fetch_", `stage="fetch"`, `stage="index"`} {
		if strings.Contains(text, never) {
			t.Errorf("an extractor tells of %s", never)
		}
	}
}

// A broker that is away leaves its numbers out and does not hold up the rest;
// several who ask then do not each wait for it.
func TestScrapeEndsWhoeverIsAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := New("extractor", "0", news.StageExtract)
		asked := 0
		m.ReadStreams(func(ctx context.Context) ([]stream.StreamStatus, error) {
			asked++
			<-ctx.Done()
			return nil, errors.New("nobody answers")
		}, true)
		began := time.Now()
		text := scrape(t, m)
		if again := scrape(t, m); again == "" {
			t.Error("no second answer")
		}
		if diff := cmp.Diff([]any{1, readingTimeout}, []any{asked, time.Since(began)}); diff != "" {
			t.Errorf("asked the broker, and took (-want +got): %s", diff)
		}
		if !strings.Contains(text, `copydesk_reading_success{reading="streams"} 0`) || strings.Contains(text, "copydesk_stream_") {
			t.Errorf("numbers of a broker that is away:\n%s", text)
		}
		time.Sleep(readingFresh)
		scrape(t, m)
		if asked != 2 {
			t.Errorf("asked %d times, want to be asked again after %v", asked, readingFresh)
		}
	})
}
