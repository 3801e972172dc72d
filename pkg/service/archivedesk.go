package service

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/coding"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/stage"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
	"github.com/copydesk/copydesk/pkg/warc"
)

// archiveDesk answers questions about the archive.
type archiveDesk struct {
	rows     *store.Store
	files    *archive.Archive
	archiver *stage.Archiver
	job      *archiveJob
	// purged has search forget what was taken out of the rows.
	purged func()
}

func (d *archiveDesk) verbs() map[string]stream.Handler {
	return map[string]stream.Handler{
		api.ArchiveList:  api.Answer(d.list),
		api.ArchiveGet:   api.Answer(d.get),
		api.ArchiveBegin: api.Answer(d.begin),
		api.ArchiveWould: api.Answer(d.would),
		api.ArchiveState: api.Answer(func(context.Context, struct{}) (api.ArchiveJob, error) { return d.job.state(), nil }),
	}
}

// noArchiveDesk refuses questions about an archive that is not kept.
func noArchiveDesk() map[string]stream.Handler {
	refuse := api.Answer(func(context.Context, struct{}) (struct{}, error) {
		return struct{}{}, api.BadQuestion(errors.New("this desk keeps no archive: archive-off is set"))
	})
	return map[string]stream.Handler{api.ArchiveList: refuse, api.ArchiveGet: refuse, api.ArchiveBegin: refuse, api.ArchiveState: refuse, api.ArchiveWould: refuse}
}

func (d *archiveDesk) list(ctx context.Context, q api.ArchiveListRequest) (api.Piece, error) {
	if q.Limit < 0 || q.Limit > api.ArchiveListLimit {
		return api.Piece{}, api.BadQuestion(fmt.Errorf("limit %d is not in 0 to %d: ask for the rest after the last", q.Limit, api.ArchiveListLimit))
	}
	captures, err := d.captures(ctx, q, q.Limit+1)
	if err != nil {
		return api.Piece{}, err
	}
	reply := api.ArchiveListReply{Captures: captures[:min(q.Limit, len(captures))], More: len(captures) > q.Limit}
	return api.PieceOf(reply, q.Offset)
}

// captures are those of a query.
func (d *archiveDesk) captures(ctx context.Context, q api.ArchiveListRequest, limit int) ([]news.Capture, error) {
	if q.URL == "" {
		return d.rows.Captures(ctx, store.CaptureQuery{Site: q.Site, From: q.From, Until: q.Until, After: q.After, Limit: limit})
	}
	all, err := d.rows.CapturesTo(ctx, q.URL)
	wanted := slices.DeleteFunc(all, func(c news.Capture) bool { return !isWanted(c, q) })
	return wanted[:min(limit, len(wanted))], err
}

func isWanted(c news.Capture, q api.ArchiveListRequest) bool {
	switch {
	case q.Site != "" && c.Site != q.Site, c.FetchedAt.Before(q.From), !q.Until.IsZero() && !c.FetchedAt.Before(q.Until):
		return false
	case q.After == nil:
		return true
	}
	return cmp.Or(c.FetchedAt.Compare(q.After.FetchedAt), strings.Compare(c.CaptureID, q.After.CaptureID)) > 0
}

func (d *archiveDesk) get(ctx context.Context, q api.ArchiveGetRequest) (api.Piece, error) {
	capture, err := d.captureAt(ctx, q.URL, q.At)
	if err != nil {
		return api.Piece{}, err
	}
	reply := api.ArchiveGetReply{Capture: capture}
	if q.Record {
		reply.Record, err = d.record(ctx, capture)
	} else if reply.Page, err = d.files.Get(ctx, capture, d.rows); err == nil {
		reply.Body = reply.Page.Body
	}
	if errors.Is(err, store.ErrNotFound) {
		err = api.NotFound(fmt.Errorf("the capture of %s was taken out of the archive just now: %w", q.URL, err))
	}
	if err == nil && q.Indexed {
		reply.Indexed, err = d.rows.Indexed(ctx, capture.CaptureID)
	}
	if err != nil {
		return api.Piece{}, err
	}
	return api.PieceOf(reply, q.Offset)
}

func (d *archiveDesk) captureAt(ctx context.Context, url string, at time.Time) (news.Capture, error) {
	all, err := d.rows.CapturesTo(ctx, url)
	switch {
	case err != nil:
		return news.Capture{}, err
	case len(all) == 0:
		return news.Capture{}, api.NotFound(fmt.Errorf("the archive has no capture of %s", url))
	case at.IsZero():
		return all[len(all)-1], nil
	}
	n := len(all)
	for n > 0 && all[n-1].FetchedAt.After(at) {
		n--
	}
	if n == 0 {
		return news.Capture{}, api.NotFound(fmt.Errorf("the archive has no capture of %s of %s or before: its first is of %s",
			url, at.UTC().Format(time.RFC3339), all[0].FetchedAt.Format(time.RFC3339)))
	}
	return all[n-1], nil
}

// mostRecord is the longest record that is given out, in bytes.
const mostRecord = 128 << 20

// record is the main record of a capture, decompressed.
func (d *archiveDesk) record(ctx context.Context, c news.Capture) ([]byte, error) {
	raw, err := d.files.Raw(ctx, c, d.rows)
	if err != nil {
		return nil, err
	}
	defer raw.Close()
	member, err := io.ReadAll(raw)
	if err != nil {
		return nil, err
	}
	as := "gzip"
	if strings.HasSuffix(c.File, warc.Zstd.Ending()) {
		as = "zstd"
	}
	text, err := coding.Decode(member, as, mostRecord)
	if err != nil {
		return nil, fmt.Errorf("record of %s: %w", c.CaptureID, err)
	}
	return text, nil
}

func (d *archiveDesk) would(ctx context.Context, q api.ArchiveWouldRequest) (api.Piece, error) {
	taken, err := d.wouldTakeDown(ctx, q.URL)
	if err != nil {
		return api.Piece{}, err
	}
	return api.PieceOf(taken, q.Offset)
}

func (d *archiveDesk) wouldTakeDown(ctx context.Context, url string) (store.Takedown, error) {
	taken, err := d.rows.WouldTakeDown(ctx, url)
	if err == nil && taken.Empty() {
		err = api.NotFound(fmt.Errorf("there is no capture and no story of %s", url))
	}
	return taken, err
}

func (d *archiveDesk) begin(ctx context.Context, task api.ArchiveTask) (api.ArchiveJob, error) {
	work := map[api.ArchiveWork]func(context.Context) error{
		api.ArchiveVerify: func(ctx context.Context) error { return d.archiver.Verify(ctx, d.job.progress, d.job.found) },
		api.ArchiveReindex: func(ctx context.Context) error {
			return d.archiver.Reindex(ctx, task.Lost, d.job.progress, d.job.found)
		},
		api.ArchiveDelete: func(ctx context.Context) error { return d.takeDown(ctx, task) },
		api.ArchiveExpire: func(ctx context.Context) error { return d.expire(ctx, task) },
	}[task.Work]
	if work == nil {
		return api.ArchiveJob{}, api.BadQuestion(fmt.Errorf("there is no work %q on the archive", task.Work))
	}
	if task.Work == api.ArchiveDelete {
		if task.Reason == "" {
			return api.ArchiveJob{}, api.BadQuestion(errors.New("a deletion needs a reason: its tombstone states it"))
		}
		if _, err := d.wouldTakeDown(ctx, task.URL); err != nil {
			return api.ArchiveJob{}, err
		}
	}
	if err := d.job.begin(ctx, task, work); err != nil {
		return api.ArchiveJob{}, err
	}
	return d.job.state(), nil
}

func (d *archiveDesk) takeDown(ctx context.Context, task api.ArchiveTask) error {
	taken, err := d.archiver.TakeDown(ctx, task.URL, task.Reason, d.job.progress)
	d.job.deleted(taken)
	d.purged()
	return err
}

func (d *archiveDesk) expire(ctx context.Context, task api.ArchiveTask) error {
	expired, err := d.archiver.Expire(ctx, task.DryRun, d.job.progress)
	d.job.expired(expired)
	return err
}
