package archive_test

import (
	"bytes"
	stdgzip "compress/gzip"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"

	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/newsroom"
	"github.com/copydesk/copydesk/pkg/warc"
)

// pagesIn names a folder with saved pages to measure, "*.html.gz", instead of
// invented ones.
var pagesIn = flag.String("pages", "", "measure the saved pages of this folder")

// most is how many pages are measured.
const most = 500

// measured are pages as the fetcher publishes them.
func measured(b *testing.B) (pages []*news.Page) {
	b.Helper()
	for i, body := range bodies(b) {
		p := page(i, string(body))
		p.ResponseHeader = append(p.ResponseHeader, usual...)
		pages = append(pages, p)
	}
	return pages
}

// usual are fields as most servers of news send them.
var usual = []news.HeaderField{
	{Name: "Date", Value: "Sun, 03 May 2026 12:00:00 GMT"}, {Name: "Server", Value: "nginx"}, {Name: "Vary", Value: "Accept-Encoding"},
	{Name: "Cache-Control", Value: "public, max-age=60, stale-while-revalidate=30"}, {Name: "ETag", Value: `W/"1f3e-65a7c0de9b4f2"`},
	{Name: "Strict-Transport-Security", Value: "max-age=31536000; includeSubDomains"}, {Name: "X-Content-Type-Options", Value: "nosniff"},
	{Name: "X-Cache", Value: "HIT from edge-7.news.example"}, {Name: "Age", Value: "17"}, {Name: "Connection", Value: "keep-alive"},
}

func bodies(b *testing.B) (all [][]byte) {
	b.Helper()
	if *pagesIn == "" {
		return invented(b)
	}
	paths, err := filepath.Glob(filepath.Join(*pagesIn, "*.html.gz"))
	if err != nil || len(paths) == 0 {
		b.Fatalf("no *.html.gz in %s: %v", *pagesIn, err)
	}
	for _, path := range paths[:min(most, len(paths))] {
		f, err := os.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			b.Fatal(err)
		}
		body, err := io.ReadAll(z)
		if f.Close(); err != nil {
			b.Fatal(err)
		}
		all = append(all, body)
	}
	return all
}

// usualSize is that of the median page of news, in bytes.
const usualSize = 160 << 10

// invented are pages of the usual size, each of several of the newsroom's, which
// are small.
func invented(b *testing.B) (all [][]byte) {
	b.Helper()
	stories, err := newsroom.Expectations()
	if err != nil {
		b.Fatal(err)
	}
	stories = slices.DeleteFunc(stories, func(e newsroom.Expectation) bool { // one of noise, some compressed
		return len(e.HTML) > usualSize || !bytes.HasPrefix(e.HTML, []byte("<"))
	})
	for i := range stories {
		var body []byte
		for n := i; len(body) < usualSize; n++ {
			body = append(body, stories[n%len(stories)].HTML...)
		}
		all = append(all, body)
	}
	return all
}

// BenchmarkAppend archives pages in batches and beside it, batch by batch, only
// compresses the same bodies with gzip, writes them, and has them on the disk:
// "of-bare" is the rate as a share of that, and should be 0.7 at least.
func BenchmarkAppend(b *testing.B) {
	pages := measured(b)
	raw := 0
	for _, p := range pages {
		raw += p.Length
	}
	for _, c := range compressions {
		for _, size := range []int{100, 1} {
			b.Run(fmt.Sprintf("%s/batch=%d", c, size), func(b *testing.B) {
				bare, ours := barely(b), archived(b, c)
				var took, tookBare time.Duration
				n, bytes := 0, int64(0)
				for b.Loop() {
					for batch := range slices.Chunk(pages, size) {
						began := time.Now()
						bare(batch)
						between := time.Now()
						bytes += ours(batch)
						took, tookBare = took+time.Since(between), tookBare+between.Sub(began)
					}
					n += len(pages)
				}
				b.ReportMetric(float64(n)/took.Seconds(), "pages/s")
				b.ReportMetric(tookBare.Seconds()/took.Seconds(), "of-bare")
				b.ReportMetric(float64(bytes)/float64(n), "B/page")
				b.ReportMetric(float64(raw)/float64(len(pages)), "raw-B/page")
			})
		}
	}
}

func barely(b *testing.B) func([]*news.Page) {
	f, err := os.Create(filepath.Join(b.TempDir(), "bare.gz"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { f.Close() })
	var buffer bytes.Buffer
	z := gzip.NewWriter(&buffer)
	return func(batch []*news.Page) {
		buffer.Reset()
		for _, p := range batch {
			z.Reset(&buffer)
			z.Write(p.Body)
			z.Close()
		}
		if _, err := f.Write(buffer.Bytes()); err != nil {
			b.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			b.Fatal(err)
		}
	}
}

func archived(b *testing.B, c warc.Compression) func([]*news.Page) (bytes int64) {
	dir := b.TempDir()
	a, err := archive.Open(dir, archive.Options{Compression: c})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { a.Close() })
	before := int64(0)
	return func(batch []*news.Page) int64 {
		entries := make([]archive.Entry, len(batch))
		for i, p := range batch {
			entries[i] = archive.Entry{Page: p}
		}
		captures, err := a.Append(b.Context(), entries)
		if err != nil {
			b.Fatal(err)
		}
		info, err := os.Stat(filepath.Join(dir, captures[0].File+".open"))
		if err != nil {
			b.Fatal(err)
		}
		n := info.Size() - before
		before = info.Size()
		return n
	}
}

// BenchmarkGzip6 says what the bodies alone take as gzip -6 makes them.
func BenchmarkGzip6(b *testing.B) {
	pages := measured(b)
	var all int64
	for b.Loop() {
		all = 0
		for _, p := range pages {
			var to bytes.Buffer
			z := stdgzip.NewWriter(&to)
			io.Copy(z, strings.NewReader(string(p.Body)))
			z.Close()
			all += int64(to.Len())
		}
	}
	b.ReportMetric(float64(all)/float64(len(pages)), "B/page")
}
