package service_test

import (
	"cmp"
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	common "go.opentelemetry.io/proto/otlp/common/v1"
	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/frontier"
	"github.com/copydesk/copydesk/pkg/news"
)

// receiver takes spans as an OpenTelemetry collector would.
type receiver struct {
	server *httptest.Server

	mu    sync.Mutex
	spans map[string]span // by their identity: a batch that was not answered soon is sent again
}

type span struct {
	*tracepb.Span
	service string
}

func newReceiver(t *testing.T) *receiver {
	r := &receiver{spans: map[string]span{}}
	r.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		body, err := io.ReadAll(q.Body)
		var got collector.ExportTraceServiceRequest
		if err == nil {
			err = proto.Unmarshal(body, &got)
		}
		if err != nil || q.URL.Path != "/v1/traces" {
			t.Errorf("%s %s: %v", q.Method, q.URL, err)
			return
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		for _, from := range got.ResourceSpans {
			for _, scope := range from.ScopeSpans {
				for _, s := range scope.Spans {
					r.spans[string(s.SpanId)] = span{s, attribute(from.Resource.Attributes, "service.name")}
				}
			}
		}
		w.Header().Set("Content-Type", "application/x-protobuf")
	}))
	t.Cleanup(r.server.Close)
	return r
}

// traces are all spans by the URL that they are about, in the order in which
// they began.
func (r *receiver) traces() map[string][]span {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := map[string][]span{}
	for _, s := range r.spans {
		if url := attribute(s.Attributes, "url.full"); url != "" {
			all[url] = append(all[url], s)
		}
	}
	for _, spans := range all {
		slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.StartTimeUnixNano, b.StartTimeUnixNano) })
	}
	return all
}

func attribute(all []*common.KeyValue, key string) string {
	for _, a := range all {
		if a.Key == key {
			return a.Value.GetStringValue()
		}
	}
	return ""
}

// TestTraceAcrossProcesses follows pages through three processes: each has one
// trace of what every stage did, tries that failed among it.
func TestTraceAcrossProcesses(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED because of -short: three processes; run \"go test ./pkg/service\"")
	}
	site, spans := newSite(t, 20), newReceiver(t)
	fleet := newFleet(t, "COPYDESK_FETCH_HOSTS="+site.hosts(), "COPYDESK_STREAM_RETRY_BASE=1s", "COPYDESK_LOG_LEVEL=warn",
		"COPYDESK_TRACE_ENDPOINT="+spans.server.URL, "OTEL_BSP_SCHEDULE_DELAY=200")
	ctx, stop := context.WithTimeout(t.Context(), patience)
	defer stop()
	desk := fleet.up(ctx)
	const story, flaky, section = 1, 11, 13 // see testSite.kind
	var request api.AddRequest
	for _, i := range []int{story, flaky, section} {
		request.URLs = append(request.URLs, frontier.Request{URL: site.url(i), Priority: news.Normal})
	}
	retry[api.AddReply](ctx, t, desk, api.Add, request)

	want := map[int][]string{
		story:   {"dispatch fetcher", "fetch fetcher done", "extract extractor done", "index indexer done"},
		flaky:   {"dispatch fetcher", "fetch fetcher retry", "fetch fetcher done", "extract extractor done", "index indexer done"},
		section: {"dispatch fetcher", "fetch fetcher done", "extract extractor skipped"},
	}
	waitUntil(ctx, t, "all spans have come", func() bool {
		traces := spans.traces()
		for i, names := range want {
			if len(traces[site.url(i)]) < len(names)+1 { // that of the archive comes when it will
				return false
			}
		}
		return true
	})
	for i, names := range want {
		trace := spans.traces()[site.url(i)]
		var got []string
		archived := 0
		for _, s := range trace {
			line := s.Name + " " + s.service
			if outcome := attribute(s.Attributes, "copydesk.outcome"); outcome != "" {
				line += " " + outcome
			}
			if line == "archive indexer done" {
				archived++
			} else {
				got = append(got, line)
			}
			if !slices.Equal(s.TraceId, trace[0].TraceId) {
				t.Errorf("%s of page %d is in another trace", line, i)
			}
		}
		if archived != 1 {
			t.Errorf("page %d was archived %d times", i, archived)
		}
		if diff := gocmp.Diff(names, got); diff != "" {
			t.Errorf("spans of page %d (-want +got):\n%s", i, diff)
		}
		t.Logf("%s\n%s", site.url(i), drawn(trace))
	}
}

// drawn is a trace for people: what was done when, under what it came of.
func drawn(trace []span) string {
	var b strings.Builder
	fmt.Fprintf(&b, "trace %s\n", hex.EncodeToString(trace[0].TraceId))
	depth := map[string]int{}
	for _, s := range trace {
		d := 0
		if parent, ok := depth[string(s.ParentSpanId)]; ok {
			d = parent + 1
		}
		depth[string(s.SpanId)] = d
		ms := func(ns uint64) float64 { return float64(ns) / 1e6 }
		fmt.Fprintf(&b, "%8.1f ms  %s%-*s %-9s %7.1f ms  %s %s %s\n", ms(s.StartTimeUnixNano-trace[0].StartTimeUnixNano),
			strings.Repeat("  ", d), 16-2*d, s.Name, s.service, ms(s.EndTimeUnixNano-s.StartTimeUnixNano),
			attribute(s.Attributes, "messaging.destination.name"), attribute(s.Attributes, "copydesk.outcome"), attribute(s.Attributes, "copydesk.reason"))
	}
	return b.String()
}
