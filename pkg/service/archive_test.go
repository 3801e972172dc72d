package service_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/datafolder"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/s3"
	"github.com/copydesk/copydesk/pkg/s3/s3test"
	"github.com/copydesk/copydesk/pkg/store"
)

// archiveCrashes is how much TestArchiveSurvivesItsIndexer does in the suite;
// COPYDESK_TEST_FULL=1 has it do all of it.
var (
	archiveCrashes     = crashes{pages: 600, kills: 4, holding: 2, away: 5 * time.Second, patience: crashTimeout}
	archiveCrashesFull = crashes{pages: 5000, kills: 20, holding: 10, away: time.Minute, patience: time.Hour}
)

// crashes is how many pages there are, how often the indexer is killed, how often
// of these it must hold unsettled captures, and how long the S3 server is away at
// least. patience is how long all of it may take.
type crashes struct {
	pages, kills, holding int
	away, patience        time.Duration
}

// TestArchiveSurvivesItsIndexer archives pages while the indexer is killed with
// SIGKILL again and again, and then holds the archive to every page once, whole,
// and to the rows.
//
// COPYDESK_TEST_SEED repeats the times of another run.
func TestArchiveSurvivesItsIndexer(t *testing.T) {
	surviveIndexer(t, nil)
}

// TestArchiveInABucketSurvivesItsIndexer is the same with files brought to an S3
// server, which is away for a part of the time.
func TestArchiveInABucketSurvivesItsIndexer(t *testing.T) {
	server := s3test.Start(t)
	surviveIndexer(t, server)
}

// surviveIndexer has a server away between the first kill and the last.
func surviveIndexer(t *testing.T, server *s3test.Server) {
	t.Helper()
	if testing.Short() {
		t.Skip("SKIPPED because of -short: three processes, 600 pages, 4 kills; run \"go test ./pkg/service\"")
	}
	plan := archiveCrashes
	if os.Getenv("COPYDESK_TEST_FULL") != "" {
		plan = archiveCrashesFull
	}
	r := rand.New(rand.NewPCG(crashSeed(t), 2))
	site := newSite(t, plan.pages)
	var vault archive.Vault
	var settings []string
	if server != nil {
		vault, settings = bucketOf(t, server)
	}
	fleet := newFleet(t, append(settings,
		"COPYDESK_FETCH_HOSTS="+site.hosts(), "COPYDESK_FETCH_HOST_DELAY=500ms", "COPYDESK_FETCH_TIMEOUT=10s",
		fmt.Sprint("COPYDESK_STREAM_ACK_WAIT=", crashAckWait), "COPYDESK_LOG_LEVEL=warn",
		"COPYDESK_ARCHIVE_SEGMENT_SIZE=1MB", "COPYDESK_ARCHIVE_MIN_FREE=0",
	)...)
	ctx, stop := context.WithTimeout(t.Context(), plan.patience)
	defer stop()
	desk := fleet.up(ctx)
	began := time.Now()

	unsettled, holding, away := 0, 0, time.Now()
	for n := range plan.kills {
		if server != nil && n == 1 {
			server.Stop()
			away = time.Now()
		}
		// It has come to its work: who dies at its first message each time, because
		// it is slow to start, makes poison of that.
		retry[api.StatusReply](ctx, t, desk, api.Status("indexer"), nil)
		// Longer than AckWait apart, so that what is seen in hand is in the hand
		// of the process that lives now.
		sleep(ctx, crashAckWait+time.Duration(r.Int64N(int64(time.Second))))
		// Each kill has pages of its own: those that came before may all be in the
		// archive, if the indexer took long to start.
		add(ctx, t, desk, site, plan.pages*n/plan.kills, plan.pages*(n+1)/plan.kills)
		held := fleet.killHolding(ctx, "indexer", archiveReaders)
		if unsettled += held; held > 0 {
			holding++
		}
		fleet.start("indexer")
	}
	if server != nil {
		sleep(ctx, plan.away-time.Since(away))
		t.Logf("the S3 server was away for %s", time.Since(away).Round(time.Second))
		server.Resume()
	}
	settled(ctx, t, desk, plan.pages)
	for _, m := range retry[api.DeadListReply](ctx, t, desk, api.DeadList, api.DeadListRequest{Limit: 10}).Messages {
		t.Errorf("dead in %s, %s: %s", m.Letter.Stage, m.Letter.Reason, m.Letter.URL)
	}
	t.Logf("%d pages in %s; the indexer was killed %d times, %d of them with unacknowledged captures, %d together",
		plan.pages, time.Since(began).Round(time.Second), plan.kills, holding, unsettled)
	if holding < plan.holding {
		t.Errorf("%d kills with captures in hand, want at least %d", holding, plan.holding)
	}
	if server != nil {
		waitUntil(ctx, t, "files are in the bucket", func() bool {
			s := retry[api.StatusReply](ctx, t, desk, api.Status("indexer"), nil).Archive
			return s.Segments > 1 && s.Vault.Waiting == 0
		})
	}
	fleet.kill("indexer")
	checkArchive(ctx, t, filepath.Join(fleet.dir, "data"), vault, site)
	log, err := os.ReadFile(fleet.log.Name())
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d times half a capture was cut off", strings.Count(string(log), "half a capture"))
}

// bucketOf is the bucket of a server, and the settings that name it. Files are
// closed after a minute.
func bucketOf(t *testing.T, server *s3test.Server) (archive.Vault, []string) {
	t.Helper()
	c := server.Config()
	bucket, err := s3.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return bucket, []string{
		"COPYDESK_ARCHIVE_SEGMENT_AGE=1m", "COPYDESK_ARCHIVE_S3_ENDPOINT=" + c.Endpoint, "COPYDESK_ARCHIVE_S3_BUCKET=" + c.Bucket, "COPYDESK_ARCHIVE_S3_REGION=" + c.Region,
		"COPYDESK_ARCHIVE_S3_ACCESS_KEY=" + c.AccessKey, "COPYDESK_ARCHIVE_S3_SECRET_KEY=" + c.SecretKey,
	}
}

// checkArchive holds the archive of a data folder to every page that the site
// serves, once and byte for byte, and to its rows.
func checkArchive(ctx context.Context, t *testing.T, data string, vault archive.Vault, site *testSite) {
	t.Helper()
	files, rows := leftBehind(ctx, t, datafolder.Folder(data), vault)
	noted, err := rows.Captures(ctx, store.CaptureQuery{Limit: -1})
	if err != nil {
		t.Fatal(err)
	}
	known, archived := map[string]news.Capture{}, map[string]int{}
	for _, c := range noted {
		known[c.CaptureID] = c
		archived[c.URL]++
	}
	verify(ctx, t, files, rows)
	if diff := cmp.Diff(known, scanned(ctx, t, files)); diff != "" {
		t.Errorf("rows and files differ (-rows +files):\n%.4000s", diff)
	}
	for i := range site.pages {
		want := 1
		if site.kind(i) == "missing" {
			want = 0
		}
		if got := archived[site.url(i)]; got != want {
			t.Errorf("page %d (%s) is in the archive %d times, want %d", i, site.kind(i), got, want)
		}
		delete(archived, site.url(i))
	}
	if len(archived) > 0 {
		t.Errorf("in the archive are pages that nobody serves: %v", archived)
	}
	for _, c := range noted {
		page, err := files.Get(ctx, c, rows)
		if err != nil {
			t.Error(err)
			continue
		}
		var i int
		if _, err := fmt.Sscanf(c.URL[strings.LastIndexByte(c.URL, '-')+1:], "%d", &i); err != nil || string(page.Body) != site.html(i) {
			t.Errorf("%s is not as it was served", c.URL)
		}
	}
	t.Logf("%d captures, each once, each as it was served, rows and files agree", len(noted))
}

// leftBehind opens the archive of a desk that has stopped, and its rows.
func leftBehind(ctx context.Context, t *testing.T, folder datafolder.Folder, vault archive.Vault) (*archive.Archive, *store.Store) {
	t.Helper()
	rows, err := store.Open(ctx, folder.Rows())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { rows.Close() })
	files, err := archive.Open(folder.Archive(), archive.Options{Vault: vault})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { files.Close() })
	return files, rows
}

// verify proves every digest of the archive, and that it and the rows agree. It
// returns how many captures that were.
func verify(ctx context.Context, t *testing.T, files *archive.Archive, rows *store.Store) (proved int) {
	t.Helper()
	segments, err := files.Everywhere(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range segments {
		v, err := files.Verify(ctx, s.Name, rows, func(f *archive.Finding) error { t.Error(f); return nil })
		if err != nil {
			t.Error(err)
		}
		proved += v.Captures
	}
	t.Logf("verified %d captures; files: %d", proved, len(segments))
	return proved
}

// scanned are the captures as the files have them.
func scanned(ctx context.Context, t *testing.T, files *archive.Archive) map[string]news.Capture {
	t.Helper()
	segments, err := files.Everywhere(ctx)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]news.Capture{}
	for _, s := range segments {
		if err := files.Scan(ctx, s.Name, func(c news.Capture) error {
			if twice, ok := found[c.CaptureID]; ok {
				t.Errorf("capture %s is in %s and in %s", c.CaptureID, twice.File, c.File)
			}
			found[c.CaptureID] = c
			return nil
		}, func(d *archive.DamagedFile) error { t.Error(d); return nil }); err != nil {
			t.Error(err)
		}
	}
	return found
}
