package service

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/stage"
	"github.com/copydesk/copydesk/pkg/store"
)

// archiveJob is work on the whole archive in the background, one at a time.
type archiveJob struct {
	log zerolog.Logger

	mu   sync.Mutex
	now  api.ArchiveJob
	stop context.CancelFunc
	work sync.WaitGroup
}

// begin starts a work, if none is under way.
func (j *archiveJob) begin(ctx context.Context, task api.ArchiveTask, do func(context.Context) error) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	switch {
	case j.now.Running && j.now.ArchiveTask == task:
		return nil
	case j.now.Running:
		return api.BadQuestion(fmt.Errorf("archive %s is at work since %s: wait for its end", j.now.Work, j.now.Begun.Local().Format(time.TimeOnly)))
	}
	j.now = api.ArchiveJob{ArchiveTask: task, Running: true, Begun: time.Now().UTC()}
	// It outlives the question that began it, and ends with the service.
	ctx, j.stop = context.WithCancel(context.WithoutCancel(ctx))
	j.work.Go(func() { j.end(do(ctx)) })
	return nil
}

func (j *archiveJob) progress(s stage.Survey) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.now.Files, j.now.Done, j.now.Captures, j.now.Records, j.now.Bytes = s.Files, s.Done, s.Captures, s.Records, s.Bytes
	j.now.Changed, j.now.Indexes = s.Changed, s.Indexes
}

func (j *archiveJob) deleted(t store.Takedown) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.now.Deleted = &api.ArchiveDeleted{Captures: len(t.Captures), Elsewhere: len(t.Elsewhere), StoryID: t.StoryID, Revisions: t.Revisions}
	j.log.Info().Str("url", j.now.URL).Str("reason", j.now.Reason).Int("captures", len(t.Captures)).Int("elsewhere", len(t.Elsewhere)).
		Str("story", t.StoryID).Int("revisions", t.Revisions).Msg("taken down")
}

func (j *archiveJob) expired(x store.Expired) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.now.Expired = &x
}

func (j *archiveJob) found(f *archive.Finding) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.now.Found++
	if len(j.now.Findings) < api.ArchiveFindings {
		j.now.Findings = append(j.now.Findings, api.ArchiveFinding{File: f.File, Offset: f.Offset, CaptureID: f.CaptureID, Problem: f.Err.Error()})
		j.log.Error().Err(f).Msg("the archive is not as it should be")
	}
	return nil
}

func (j *archiveJob) end(err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.now.Running = false
	log := j.log.With().Str("work", string(j.now.Work)).Int("files", j.now.Done).Int("captures", j.now.Captures).Int("found", j.now.Found).Logger()
	switch {
	case err == nil:
		log.Info().Msg("work on the archive is done")
	case errors.Is(err, context.Canceled):
		j.now.Error = "stopped before its end, as the indexer is: run it again"
	default:
		j.now.Error = err.Error()
		log.Error().Err(err).Msg("work on the archive failed")
	}
}

func (j *archiveJob) state() api.ArchiveJob {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.now
}

// wait stops a work that is under way and waits for its end.
func (j *archiveJob) wait() {
	j.mu.Lock()
	if j.stop != nil {
		j.stop()
	}
	j.mu.Unlock()
	j.work.Wait()
}
