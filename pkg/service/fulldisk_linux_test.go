package service_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/datafolder"
	"github.com/copydesk/copydesk/pkg/freeport"
	"github.com/copydesk/copydesk/pkg/frontier"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/s3"
	"github.com/copydesk/copydesk/pkg/s3/s3test"
	"github.com/copydesk/copydesk/pkg/store"
)

// smallDisk is the variable by which the test tells itself that it runs where it
// may mount file systems.
const smallDisk = "COPYDESK_TEST_SMALL_DISK"

// TestArchiveOnAFullDisk has the archive on a file system of its own that runs
// full: the pipeline pauses and says why, goes on when there is room, and has
// lost nothing.
func TestArchiveOnAFullDisk(t *testing.T) {
	onSmallDisk(t, func() { fillDisk(t, nil) })
}

// TestArchiveInABucketOnAFullDisk is the same with files brought to an S3 server:
// it is away until the disk is full, and what makes room is that it comes.
func TestArchiveInABucketOnAFullDisk(t *testing.T) {
	if os.Getenv(s3test.Variable) == "" {
		s3test.Start(t) // says why it is skipped
	}
	onSmallDisk(t, func() { fillDisk(t, s3test.Start(t)) })
}

// onSmallDisk runs a test where it may mount a file system: the test runs itself
// again in a namespace of its own.
func onSmallDisk(t *testing.T, test func()) {
	t.Helper()
	if testing.Short() {
		t.Skip("SKIPPED because of -short: a disk that runs full; run \"go test ./pkg/service\"")
	}
	if os.Getenv(smallDisk) != "" {
		test()
		return
	}
	again := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v", "-test.timeout=5m")
	again.Env = append(os.Environ(), smallDisk+"=1")
	again.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
		Pdeathsig:   syscall.SIGKILL,
	}
	var out bytes.Buffer
	again.Stdout, again.Stderr = &out, &out
	if err := again.Start(); err != nil {
		t.Skipf("NOT TESTED: this system lets nobody but root mount a small file system: %v", err)
	}
	err := again.Wait()
	t.Logf("in a namespace of its own:\n%s", &out)
	switch {
	case err != nil:
		t.Fatal(err)
	case strings.Contains(out.String(), "--- SKIP"):
		t.Skip("NOT TESTED: no small file system could be mounted")
	}
}

// mount mounts memory of some megabytes as a file system, or makes one that is
// mounted as large.
func mount(dir string, megabytes int, flags uintptr) error {
	return syscall.Mount("tmpfs", dir, "tmpfs", flags, fmt.Sprintf("size=%dm", megabytes))
}

// fullPages are more than the small disk takes and RAW holds back, fullBytes the
// size of each.
const (
	fullPages = 240
	fullBytes = 40 << 10
)

// fillDisk is the test, where it may mount. What makes room is a larger disk, or
// the server.
func fillDisk(t *testing.T, bucket *s3test.Server) {
	ctx, stop := context.WithTimeout(t.Context(), 4*time.Minute)
	defer stop()
	settings := deskSettings(t)
	folder := datafolder.Folder(settings.Data)
	if err := os.Mkdir(folder.Archive(), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := mount(folder.Archive(), 3, 0); err != nil {
		t.Skipf("no file system of 3 MB can be mounted: %v", err)
	}
	defer syscall.Unmount(folder.Archive(), syscall.MNT_DETACH)
	server := httptest.NewServer(http.HandlerFunc(serveNoise))
	defer server.Close()
	settings.Fetch.HostDelay = 0
	settings.Fetch.Hosts = map[string]string{}
	var request api.AddRequest
	for i := range fullPages {
		settings.Fetch.Hosts[siteHost(i)] = server.Listener.Addr().String()
		request.URLs = append(request.URLs, frontier.Request{URL: noiseURL(i), Priority: news.Normal})
	}
	settings.Archive.MinFree = 1 << 20
	settings.Stream.RawBytes = 2 << 20
	settings.HTTP.Listen = freeport.Address(t)
	says := []string{
		"cannot archive pages, waiting until the disk takes them: archive " + folder.Archive() + ": the disk has",
		`publishing on RAW pauses: its reader \"archive\" has`, // as JSON has it,
	}
	makeRoom := func() {
		if err := mount(folder.Archive(), 64, syscall.MS_REMOUNT); err != nil {
			t.Fatal(err)
		}
	}
	var vault archive.Vault
	if bucket != nil {
		says = append(says, "cannot bring files of the archive away, trying again")
		makeRoom = bucket.Resume
		c := bucket.Config()
		settings.Archive.SegmentSize = 200 << 10
		settings.Archive.S3 = config.S3{Endpoint: c.Endpoint, Region: c.Region, Bucket: c.Bucket, AccessKey: c.AccessKey, SecretKey: config.Secret(c.SecretKey)}
		var err error
		if vault, err = s3.New(c); err != nil {
			t.Fatal(err)
		}
		bucket.Stop()
	}
	desk := startDesk(ctx, t, settings)
	if err := desk.Conn.Request(ctx, api.Add, request, nil); err != nil {
		t.Fatal(err)
	}

	for _, want := range says {
		waitUntil(ctx, t, "/readyz says: "+want, func() bool {
			status, body := readyz(settings.HTTP.Listen)
			return status == http.StatusServiceUnavailable && strings.Contains(body, want)
		})
	}
	_, body := readyz(settings.HTTP.Listen)
	t.Logf("/readyz says:\n%s", body)
	var status api.StatusReply
	if err := desk.Conn.Request(ctx, api.Status("indexer"), nil, &status); err != nil {
		t.Fatal(err)
	}
	if status.Ready || status.Archive.Captures == 0 || status.Archive.Captures == fullPages {
		t.Errorf("on the full disk: ready %v, %+v", status.Ready, status.Archive)
	}
	t.Logf("the disk took %d of %d pages", status.Archive.Captures, fullPages)

	makeRoom()
	waitUntil(ctx, t, "every page is in the archive and the desk is well", func() bool {
		status = api.StatusReply{}
		err := desk.Conn.Request(ctx, api.Status("indexer"), nil, &status)
		code, _ := readyz(settings.HTTP.Listen)
		return err == nil && status.Archive.Captures == fullPages && status.Index.Visits == fullPages && status.Index.Open == 0 && code == http.StatusOK
	})
	waitUntil(ctx, t, "nothing is left in the streams", func() bool { return len(unread(holdings(ctx, t, desk.Conn))) == 0 })
	if err := desk.Stop(); err != nil {
		t.Fatal(err)
	}
	checkNoise(ctx, t, folder, vault)
}

// checkNoise holds the archive to every page once, as it was served.
func checkNoise(ctx context.Context, t *testing.T, folder datafolder.Folder, vault archive.Vault) {
	t.Helper()
	files, rows := leftBehind(ctx, t, folder, vault)
	verify(ctx, t, files, rows)
	if found := scanned(ctx, t, files); len(found) != fullPages {
		t.Errorf("%d captures in the files, want %d", len(found), fullPages)
	}
	for i := range fullPages {
		captures, err := rows.Captures(ctx, store.CaptureQuery{URL: noiseURL(i), Limit: 1})
		if err != nil || len(captures) != 1 {
			t.Errorf("captures of page %d: %v, %v", i, captures, err)
			continue
		}
		if page, err := files.Get(ctx, captures[0], rows); err != nil || string(page.Body) != noiseHTML(i) {
			t.Errorf("page %d is not as it was served: %v", i, err)
		}
	}
}

func noiseURL(i int) string { return fmt.Sprintf("http://%s/noise/%d", siteHost(i), i) }

func serveNoise(w http.ResponseWriter, r *http.Request) {
	var i int
	if _, err := fmt.Sscanf(filepath.ToSlash(r.URL.Path), "/noise/%d", &i); err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/html")
	io.WriteString(w, noiseHTML(i))
}

// noiseHTML is a page that does not compress to much less.
func noiseHTML(i int) string {
	r := rand.New(rand.NewPCG(uint64(i), 9))
	var b strings.Builder
	b.WriteString("<!doctype html><title>Noise</title>")
	for b.Len() < fullBytes {
		fmt.Fprintf(&b, "<!-- %s -->", strconv.FormatUint(r.Uint64(), 36))
	}
	return b.String()
}
