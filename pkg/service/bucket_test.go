package service_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/datafolder"
	"github.com/copydesk/copydesk/pkg/s3"
	"github.com/copydesk/copydesk/pkg/s3/s3test"
	"github.com/copydesk/copydesk/pkg/service"
	"github.com/copydesk/copydesk/pkg/store"
)

// TestArchiveInABucket archives pages while the S3 server goes away, and comes:
// meanwhile files wait in the folder, and in the end every page is in the bucket
// or in the open file, once and whole.
func TestArchiveInABucket(t *testing.T) {
	server := s3test.Start(t)
	ctx, stop := context.WithTimeout(t.Context(), patience)
	defer stop()
	const pages = 200
	site := newSite(t, pages)
	settings := deskSettings(t)
	settings.Fetch.Hosts, settings.Fetch.HostDelay = site.hostMap(), 100*time.Millisecond
	c := server.Config()
	settings.Archive = config.Archive{Compression: "gzip", SegmentSize: 20_000, SegmentAge: time.Hour, S3: config.S3{
		Endpoint: c.Endpoint, Region: c.Region, Bucket: c.Bucket, Folder: "desk", AccessKey: c.AccessKey, SecretKey: config.Secret(c.SecretKey),
	}}
	server.Stop()
	desk := startDesk(ctx, t, settings)
	status := func() *api.ArchiveStatus {
		return retry[api.StatusReply](ctx, t, desk.Conn, api.Status("indexer"), nil).Archive
	}
	add(ctx, t, desk.Conn, site, 0, pages)
	waitUntil(ctx, t, "files wait for the bucket", func() bool {
		s := status()
		return s.Vault.Waiting > 3 && s.Vault.WaitingBytes > 60_000 && strings.Contains(s.Vault.Problem, "cannot bring files of the archive away")
	})
	if s := retry[api.StatusReply](ctx, t, desk.Conn, api.Status("indexer"), nil); !s.Ready {
		t.Errorf("the bucket is away, and the desk is not ready: %+v", s.Parts)
	}
	server.Resume()
	settled(ctx, t, desk.Conn, pages)
	waitUntil(ctx, t, "closed files are in the bucket", func() bool { s := status(); return s.Vault.Waiting == 0 && s.Vault.Problem == "" })
	gone, stays := site.url(1), site.url(2)
	work(ctx, t, desk, api.ArchiveTask{Work: api.ArchiveVerify})
	work(ctx, t, desk, api.ArchiveTask{Work: api.ArchiveReindex})
	work(ctx, t, desk, api.ArchiveTask{Work: api.ArchiveDelete, URL: gone, Reason: "a test"})
	work(ctx, t, desk, api.ArchiveTask{Work: api.ArchiveVerify})
	for url, there := range map[string]bool{gone: false, stays: true} {
		reply, err := api.Gather[api.ArchiveGetReply](func(offset int) (piece api.Piece, err error) {
			return piece, desk.Conn.Request(ctx, api.ArchiveGet, api.ArchiveGetRequest{URL: url, Offset: offset}, &piece)
		})
		if (err == nil && len(reply.Body) > 0) != there {
			t.Errorf("%s: %v, want it there: %v", url, err, there)
		}
	}
	waitUntil(ctx, t, "what was written anew is in the bucket too", func() bool { return status().Vault.Waiting == 0 })
	if err := desk.Stop(); err != nil {
		t.Fatal(err)
	}

	folder := datafolder.Folder(settings.Data)
	left, err := filepath.Glob(filepath.Join(folder.Archive(), "*.warc.gz*"))
	if err != nil || len(left) > 1 || len(left) == 1 && !strings.HasSuffix(left[0], ".open") {
		t.Errorf("in the folder are %v, %v, want the open file at most", left, err)
	}
	c.Folder = "desk"
	bucket, err := s3.New(c)
	if err != nil {
		t.Fatal(err)
	}
	files, rows := leftBehind(ctx, t, folder, bucket)
	proved := verify(ctx, t, files, rows)
	want := 0
	for i := range pages {
		if site.kind(i) == "missing" || site.url(i) == gone {
			continue
		}
		want++
		found, err := rows.Captures(ctx, store.CaptureQuery{URL: site.url(i), Limit: 2})
		if err != nil || len(found) != 1 {
			t.Errorf("%d captures of %s, %v", len(found), site.url(i), err)
			continue
		}
		if _, err := files.Get(ctx, found[0], rows); err != nil {
			t.Error(err)
		}
	}
	if proved != want {
		t.Errorf("%d captures in the bucket, want %d", proved, want)
	}
}

// work has a work on the archive done, and wants it to find nothing.
func work(ctx context.Context, t *testing.T, desk *service.Desk, task api.ArchiveTask) {
	t.Helper()
	job := retry[api.ArchiveJob](ctx, t, desk.Conn, api.ArchiveBegin, task)
	waitUntil(ctx, t, string(task.Work)+" is done", func() bool {
		job = retry[api.ArchiveJob](ctx, t, desk.Conn, api.ArchiveState, nil)
		return !job.Running
	})
	if job.Error != "" || job.Found > 0 || job.Changed > 0 || job.Files == 0 {
		t.Errorf("%s: %+v", task.Work, job)
	}
}
