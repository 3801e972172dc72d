package service_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/frontier"
	"github.com/copydesk/copydesk/pkg/health"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/service"
)

const (
	benchPages = 3000
	benchHosts = 64
	// benchSize is the length of a page in bytes: the median of news pages.
	benchSize = 160_000
)

// BenchmarkPipeline sends three thousand pages of 160 kB from loopback through a
// whole desk in one process, without delays, and then extracts the same bytes
// with as many workers and nothing else. It reports pages per second of both,
// and the ratio; and the same by the time of the processors, which other work
// on the machine does not disturb.
func BenchmarkPipeline(b *testing.B) {
	pages := make([][]byte, benchPages)
	for i := range pages {
		pages[i] = []byte(longHTML(i, benchSize))
	}
	for b.Loop() {
		desk, deskCPU := throughDesk(b, pages)
		bare, bareCPU := measured(func() { extractAll(b, pages) })
		b.ReportMetric(benchPages/desk.Seconds(), "pages/s")
		b.ReportMetric(benchPages/bare.Seconds(), "extracted/s")
		b.ReportMetric(bare.Seconds()/desk.Seconds(), "ratio")
		b.ReportMetric(deskCPU.Seconds()*1000/benchPages, "cpu-ms/page")
		b.ReportMetric(bareCPU.Seconds()*1000/benchPages, "cpu-ms/extraction")
	}
}

// measured is how long work took, and how much of the processors.
func measured(work func()) (wall, cpu time.Duration) {
	before, began := processors(), time.Now()
	work()
	return time.Since(began), processors() - before
}

// processors is the time that this process has had of them.
func processors() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// throughDesk measures from the first page that is asked for until the last is
// found; the desk's start and end are no part of it.
func throughDesk(b *testing.B, pages [][]byte) (wall, cpu time.Duration) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var i int
		if _, err := fmt.Sscanf(r.URL.Path, "/2026/story-%d", &i); err != nil || i >= len(pages) {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write(pages[i])
	}))
	defer server.Close()
	var s config.Settings
	program := config.Program{Name: "bench", Version: "0", HTTP: health.Off, Stdout: b.Output(), Stderr: b.Output()}
	if _, err := program.Parse(&s, nil); err != nil {
		b.Fatal(err)
	}
	s.Fetch.HostDelay, s.Fetch.Hosts = 0, map[string]string{}
	var request api.AddRequest
	for i := range pages {
		host := fmt.Sprintf("host%d.example", i%benchHosts)
		s.Fetch.Hosts[host] = server.Listener.Addr().String()
		request.URLs = append(request.URLs, frontier.Request{URL: fmt.Sprintf("http://%s/2026/story-%d", host, i), Priority: news.Normal})
	}
	ctx, stop := context.WithTimeout(b.Context(), 10*time.Minute)
	defer stop()
	desk, err := service.StartDesk(ctx, service.DeskSettings{
		Data: b.TempDir(), Stream: s.Stream, Fetch: s.Fetch, Extract: s.Extract, Index: s.Index, HTTP: s.HTTP,
	}, zerolog.Nop())
	if err != nil {
		b.Fatal(err)
	}
	wall, cpu = measured(func() {
		for some := range slices.Chunk(request.URLs, api.AddLimit) {
			if err := desk.Conn.Request(ctx, api.Add, api.AddRequest{URLs: some}, nil); err != nil {
				b.Fatal(err)
			}
		}
		for done := false; !done; time.Sleep(100 * time.Millisecond) {
			var reply api.StatusReply
			err := desk.Conn.Request(ctx, api.Status("indexer"), nil, &reply)
			if ctx.Err() != nil {
				b.Fatalf("not all pages were done: %+v", reply.Index)
			}
			done = err == nil && int(reply.Index.Stories) == len(pages) && reply.Index.SearchedRow == reply.Index.LastRow
		}
	})
	if err := desk.Stop(); err != nil {
		b.Fatal(err)
	}
	return wall, cpu
}

// extractAll extracts the pages with as many workers as a desk has.
func extractAll(b *testing.B, pages [][]byte) {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(pages); i = int(next.Add(1)) - 1 {
				in := extract.Input{Body: pages[i], URL: fmt.Sprintf("http://host.example/2026/story-%d", i), ContentType: "text/html; charset=utf-8"}
				if _, err := extract.Extract(in); err != nil {
					b.Error(err)
				}
			}
		})
	}
	workers.Wait()
}

// longHTML is a page of a size as outlets send it: the story is a small part,
// the rest is scripts, state, lists of other stories and pictures.
func longHTML(i, size int) string {
	r := rand.New(rand.NewPCG(uint64(i), 11))
	pick := func(from []string) string { return from[r.IntN(len(from))] }
	sentence := func() string {
		return fmt.Sprintf("%s %s %s %s", pick(who), pick(what), pick(item), pick(when))
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Report %d: %s | The Lindow Post</title>
<link rel="stylesheet" href="/assets/%x.css"><meta property="og:title" content="Report %d: %s"><meta property="og:type" content="article">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Report %d: %s","datePublished":"2026-02-%02dT08:%02d:00Z","author":{"@type":"Person","name":"Ada Reed"},"publisher":{"@type":"Organization","name":"The Lindow Post"}}</script></head><body>`,
		i, word(i), r.Uint32(), i, word(i), i, word(i), 1+i%28, i%60)
	b.WriteString(`<header class="site-header"><nav class="main-nav"><ul>`)
	for n := range 60 {
		fmt.Fprintf(&b, `<li class="nav-item"><a class="nav-link" href="/section-%d/" data-track="nav-%d"><span>Section %d</span></a></li>`, n, n, n)
	}
	fmt.Fprintf(&b, `</ul></nav></header><main><article class="story"><h1 class="headline">Report %d: %s</h1><p class="byline">By <a href="/people/ada">Ada Reed</a></p>
<figure><img src="/img/%d.jpg" srcset="/img/%d-2x.jpg 2x" alt="The harbour"><figcaption>The harbour of Lindow. Photo: Ada Reed</figcaption></figure><div class="story-body">`, i, word(i), i, i)
	for range 25 {
		fmt.Fprintf(&b, `<p class="paragraph">In this account, %s. Afterwards, <a href="/2026/notes-%d">%s</a>, as the notes of that day say. %s.</p><div class="ad-slot" data-size="300x250"></div>`, sentence(), r.IntN(1e6), sentence(), sentence())
	}
	b.WriteString(`</div></article></main><aside class="related"><h2>More stories</h2>`)
	for b.Len() < size*6/10 {
		fmt.Fprintf(&b, `<div class="teaser"><a href="/2026/story-%d"><img class="lazy" data-src="/img/%x.jpg" alt=""><h3 class="teaser-title">%s</h3></a><p class="teaser-text">%s.</p></div>`, r.IntN(1e6), r.Uint32(), sentence(), sentence())
	}
	b.WriteString(`</aside><script>window.__state = {"items":[`)
	for b.Len() < size-100 {
		fmt.Fprintf(&b, `{"id":%d,"token":"%016x","title":"%s"},`, r.IntN(1e6), r.Uint64(), sentence())
	}
	b.WriteString(`{}]}</script><footer class="site-footer">Invented for a benchmark.</footer></body></html>`)
	return b.String()
}
