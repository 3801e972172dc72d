package service_test

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The limits of the processes whose memory is measured: those of a user who
// changed nothing, but for the time that a page may take.
const (
	memoryFetchers   = 16
	memoryExtractors = 2
	megabyte         = 1 << 20
	bodyLimit        = 10 * megabyte
	pageLimit        = 32 * megabyte
)

// The most that each process may take, as docs/operate.md says under Sizing.
const (
	fetcherPeak   = 128*megabyte + memoryFetchers*4*bodyLimit
	extractorPeak = 128*megabyte + memoryExtractors*(500*megabyte+8*pageLimit)
)

// TestPeakMemory sends the three services, each a process of its own, to every
// hostile server, and holds the most memory that fetcher and extractor ever had
// to what their settings allow.
func TestPeakMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED because of -short: three processes and every hostile server; run \"go test ./pkg/service\"")
	}
	if runtime.GOOS != "linux" {
		t.Skip("SKIPPED: the peak of a process is read from /proc, which is Linux's")
	}
	site := newHostileSite(t, hostiles())
	var hosts []string
	for name, address := range site.hosts() {
		hosts = append(hosts, name+"="+address)
	}
	fleet := newFleet(t,
		"COPYDESK_FETCH_HOSTS="+strings.Join(hosts, ";"), "COPYDESK_FETCH_HOST_DELAY=0s",
		"COPYDESK_FETCH_RESOLVER="+newNameServer(t, misleading()).address(),
		fmt.Sprint("COPYDESK_FETCH_TIMEOUT=", hostileTimeout), fmt.Sprint("COPYDESK_FETCH_WORKERS=", memoryFetchers),
		fmt.Sprint("COPYDESK_EXTRACT_WORKERS=", memoryExtractors),
		"COPYDESK_STREAM_RETRY_BASE=1ms", fmt.Sprint("COPYDESK_STREAM_MAX_ATTEMPTS=", hostileAttempts), "COPYDESK_LOG_LEVEL=warn",
	)
	ctx, stop := context.WithTimeout(t.Context(), crashTimeout)
	defer stop()
	desk := fleet.up(ctx)
	var urls []string
	for i := range site.cases {
		urls = append(urls, site.url(&site.cases[i]))
	}
	began := time.Now()
	addHostiles(ctx, t, desk, urls)
	settledHostiles(ctx, t, desk, len(urls))
	for service, most := range map[string]int{"fetcher": fetcherPeak, "extractor": extractorPeak} {
		peak := fleet.peak(service)
		t.Logf("%s: %d MB at its peak, %d MB are allowed; %d pages in %s", service, peak/megabyte, most/megabyte, len(urls), time.Since(began).Round(time.Second))
		if peak > most {
			t.Errorf("%s: %d bytes at its peak, %d are allowed", service, peak, most)
		}
	}
	t.Logf("indexer: %d MB at its peak", fleet.peak("indexer")/megabyte)
}

// peak is the most memory that a running process ever had, in bytes.
func (f *fleet) peak(name string) int {
	f.t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", f.running[name].Process.Pid))
	if err != nil {
		f.t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "VmHWM:")
	kilobytes, err := strconv.Atoi(strings.Fields(rest)[0])
	if err != nil {
		f.t.Fatal(err)
	}
	return kilobytes << 10
}
