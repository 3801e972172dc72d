//go:build soak && linux

package soak_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/copydesk/copydesk/pkg/datafolder"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/weburl"
)

const (
	articles = 200_000
	// ofDesk is how many a running desk is asked for, which indexes them meanwhile.
	ofDesk = 20_000
	batch  = 2000
	days   = 300
	// peakMost is the most memory that an export may have had, in bytes.
	peakMost = 200 << 20
	// leastShare is how fast JSON lines are at least, beside reading the rows.
	leastShare = 0.5
)

var morning = time.Date(2026, 1, 1, 6, 0, 0, 0, time.UTC)

// fill makes the rows of stories of some 400 words, fetched in no order on 300
// days.
func fill(t *testing.T, data string, articles int) *store.Store {
	t.Helper()
	rows, err := store.Open(t.Context(), datafolder.Folder(data).Rows())
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for n := 0; n < articles; {
		var arrivals []store.Arrival
		for range batch {
			n++
			a := article(random, n)
			if err := a.Seal(); err != nil {
				t.Fatal(err)
			}
			arrivals = append(arrivals, store.Arrival{Article: a, Sequence: uint64(n)})
		}
		if _, err := rows.PutArticles(t.Context(), arrivals); err != nil {
			t.Fatal(err)
		}
	}
	return rows
}

func article(random *rand.Rand, n int) *news.Article {
	url := fmt.Sprintf("https://www.harbour.example/2026/story-%d", n)
	at := morning.AddDate(0, 0, random.IntN(days)).Add(time.Duration(n) * time.Millisecond)
	a := &news.Article{
		Schema: news.ArticleSchema, StoryID: news.StoryID(weburl.StoryKey("", url)), Type: news.NewsArticle, URL: url, RequestedURL: url,
		Headline: fmt.Sprint("Ferry ", n, " is late"), Publisher: &news.Publisher{Name: "The Harbour", Domain: "harbour.example"},
		DatePublished: &news.Date{Value: at.Format(time.RFC3339), Precision: news.ToSecond}, Keywords: []string{"ferry", "harbour"},
		Author: []news.Person{{Name: "Ada Finch", Kind: news.KindPerson}}, InLanguage: news.Language{Declared: "en"},
		Images: []news.Image{{URL: url + ".jpg", Caption: "A ferry", CreditText: "Lena Brandt/dpa"}},
		Provenance: map[string]news.Provenance{
			"headline":    {Method: news.FromSelector, Path: "h1", Confidence: 0.95, Alternatives: []news.Alternative{{Value: "A ferry", Method: news.FromMeta}}},
			"articleBody": {Method: news.FromHeuristic, Path: "article", Confidence: 0.9},
		},
		Raw: news.Raw{CaptureID: news.CaptureID(news.VisitID(url, at), news.Digest([]byte(url))), Digest: news.Digest([]byte(url)), Status: 200, FetchedAt: at},
	}
	var body []string
	for range 8 {
		var paragraph strings.Builder
		for range 50 {
			fmt.Fprintf(&paragraph, "word%d ", random.IntN(20_000))
		}
		body = append(body, paragraph.String())
		a.Body = append(a.Body, news.Block{Kind: news.Paragraph, Text: paragraph.String()})
	}
	a.ArticleBody, a.WordCount = strings.Join(body, "\n"), 400
	return a
}

// readAll reads the rows alone, and says how many there are.
func readAll(t *testing.T, rows *store.Store) (n int) {
	for after := int64(0); ; {
		found, err := rows.RowsAfter(t.Context(), after, 50)
		if err != nil {
			t.Fatal(err)
		}
		if len(found) == 0 {
			return n
		}
		n, after = n+len(found), found[len(found)-1].Number
	}
}

// exported is what one export took.
type exported struct {
	took, cpu time.Duration
	peak      int64 // bytes
}

// build builds copydesk, whose memory is that of an export and nothing else.
func build(t *testing.T) string {
	t.Helper()
	copydesk := filepath.Join(t.TempDir(), "copydesk")
	if out, err := exec.Command("go", "build", "-o", copydesk, "github.com/copydesk/copydesk/cmd/copydesk").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return copydesk
}

// run exports so many records and holds the most memory that it took to what is
// allowed.
func run(t *testing.T, copydesk string, records int, args ...string) exported {
	t.Helper()
	cmd := exec.Command(copydesk, append([]string{"export", "--json"}, args...)...)
	begun := time.Now()
	out, err := cmd.CombinedOutput()
	if err != nil || !bytes.Contains(out, fmt.Appendf(nil, `"records":%d,`, records)) {
		t.Fatalf("export %q: %v\n%s", args, err, out)
	}
	usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	e := exported{time.Since(begun), cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), usage.Maxrss << 10}
	t.Logf("export %s: %s, %s of processors, %d MB at its peak", strings.Join(args, " "), e.took.Round(time.Second), e.cpu.Round(time.Second), e.peak>>20)
	if e.peak > peakMost {
		t.Errorf("export %q: %d bytes at its peak, %d are allowed", args, e.peak, peakMost)
	}
	return e
}

func TestSoakExport(t *testing.T) {
	copydesk, folder, data := build(t), t.TempDir(), t.TempDir()
	rows := fill(t, data, articles)
	begun := time.Now()
	if n := readAll(t, rows); n != articles {
		t.Fatalf("%d rows, want %d", n, articles)
	}
	reading := time.Since(begun)
	if err := rows.Close(); err != nil {
		t.Fatal(err)
	}
	lines := filepath.Join(folder, "articles.jsonl")
	jsonl := run(t, copydesk, articles, "--offline", "--data", data, "--out", lines)
	info, err := os.Stat(lines)
	if err != nil {
		t.Fatal(err)
	}
	size := float64(info.Size()) / 1e6
	share := reading.Seconds() / jsonl.took.Seconds()
	t.Logf("%.0f MB of JSON lines: %.1f MB/s, reading the rows alone %.1f MB/s, a share of %.2f", size, size/jsonl.took.Seconds(), size/reading.Seconds(), share)
	if share < leastShare {
		t.Errorf("a share of %.2f, at least %v is wanted", share, leastShare)
	}
	for _, format := range []string{"--parquet", "--csv", "--ninjs"} {
		out := filepath.Join(folder, format)
		run(t, copydesk, articles, "--offline", "--data", data, format, "--out", out)
		if err := os.RemoveAll(out); err != nil {
			t.Fatal(err)
		}
	}
}

// A running desk gives the same as its folder, and asking it takes no more
// memory.
func TestSoakExportOfDesk(t *testing.T) {
	copydesk, folder, data := build(t), t.TempDir(), t.TempDir()
	if err := fill(t, data, ofDesk).Close(); err != nil {
		t.Fatal(err)
	}
	stopped, running := filepath.Join(folder, "stopped.jsonl"), filepath.Join(folder, "running.jsonl")
	run(t, copydesk, ofDesk, "--offline", "--data", data, "--out", stopped)
	ctx, stop := context.WithCancel(t.Context())
	desk := exec.CommandContext(ctx, copydesk, "up", "--port", "0", "--http-listen", "off", "--data", data)
	desk.Cancel = func() error { return desk.Process.Signal(os.Interrupt) }
	if err := desk.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { stop(); _ = desk.Wait() }()
	for exec.Command(copydesk, "status", "--data", data).Run() != nil {
		if ctx.Err() != nil {
			t.Fatal("the desk does not come up")
		}
		time.Sleep(time.Second)
	}
	run(t, copydesk, ofDesk, "--data", data, "--out", running)
	if out, err := exec.Command("cmp", stopped, running).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
