package service

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/datafolder"
	"github.com/copydesk/copydesk/pkg/s3"
	"github.com/copydesk/copydesk/pkg/stage"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
	"github.com/copydesk/copydesk/pkg/version"
	"github.com/copydesk/copydesk/pkg/warc"
)

// archiving is the indexer's work on the archive.
type archiving struct {
	run    func(context.Context) error
	ready  func() error
	report func(context.Context, *api.StatusReply) error
	verbs  map[string]stream.Handler
	close  func() error
}

// openArchive opens the archive and makes its stage. What a crash kept from being
// noted in the rows is noted when it runs.
func openArchive(conn *stream.Conn, rows *store.Store, folder datafolder.Folder, s config.Archive, purged func(), log zerolog.Logger) (*archiving, error) {
	if s.Off {
		return noArchive(conn), nil
	}
	began := time.Now()
	vault, err := openVault(s.S3)
	if err != nil {
		return nil, err
	}
	files, err := archive.Open(folder.Archive(), archive.Options{
		Compression: warc.Compression(s.Compression), SegmentSize: int64(s.SegmentSize), SegmentAge: s.SegmentAge,
		MinFree: int64(s.MinFree), Software: "copydesk/" + version.Version, Vault: vault, Rows: rows,
	})
	if err != nil {
		return nil, err
	}
	log.Debug().Str("folder", folder.Archive()).Dur("took", time.Since(began)).Msg("the archive is open")
	a := stage.NewArchiver(conn, rows, files, log)
	a.Keep(store.Keep{Age: s.Keep, Sites: s.KeepSites})
	desk := &archiveDesk{rows: rows, files: files, archiver: a, job: &archiveJob{log: log}, purged: purged}
	verbs := desk.verbs()
	maps.Copy(verbs, (&outsideDesk{rows: rows, files: files, losses: stage.NewLosses(rows, files)}).verbs())
	return &archiving{
		run: func(ctx context.Context) error {
			defer desk.job.wait()
			return a.Run(ctx)
		},
		ready: a.Ready, close: files.Close, verbs: verbs,
		report: func(ctx context.Context, reply *api.StatusReply) (err error) {
			reply.Archive, err = archiveStatus(ctx, datafolder.Folder(folder.Archive()), rows, files, a)
			return err
		},
	}, nil
}

// openVault is where closed files are brought; nil for nowhere.
func openVault(s config.S3) (archive.Vault, error) {
	if s.Endpoint == "" {
		return nil, nil
	}
	return s3.New(s3.Config{Endpoint: s.Endpoint, Region: s.Region, Bucket: s.Bucket, Folder: s.Folder, AccessKey: s.AccessKey, SecretKey: string(s.SecretKey)})
}

// passBatch is how many captures are laid away at a time where nothing is
// archived.
var passBatch = stream.Batch{Size: 200, Wait: time.Second}

// noArchive keeps the stream of captures empty.
func noArchive(conn *stream.Conn) *archiving {
	nothing := func() error { return nil }
	return &archiving{
		run:   func(ctx context.Context) error { return conn.PassCaptures(ctx, passBatch) },
		ready: nothing, close: nothing, verbs: noArchiveDesk(),
		report: func(context.Context, *api.StatusReply) error { return nil },
	}
}

func archiveStatus(ctx context.Context, folder datafolder.Folder, rows *store.Store, files *archive.Archive, a *stage.Archiver) (*api.ArchiveStatus, error) {
	counts, errCounts := rows.CountCaptures(ctx)
	noted, errNoted := rows.Segments(ctx)
	there, errThere := files.Segments()
	if err := errors.Join(errCounts, errNoted, errThere); err != nil {
		return nil, fmt.Errorf("look at the archive: %w", err)
	}
	sizes := map[string]int64{}
	for _, segment := range noted {
		if segment.State == store.SegmentReplaced {
			continue
		}
		sizes[segment.Name] = segment.Size
	}
	for _, segment := range there { // which know better how far the open one is
		sizes[segment.Name] = segment.Size
	}
	status := &api.ArchiveStatus{CaptureCounts: counts, Segments: len(sizes)}
	for _, size := range sizes {
		status.Bytes += size
	}
	if space, err := folder.Space(); err == nil {
		status.Disk = &api.Disk{Folder: string(folder), Space: space}
	}
	if files.Vault == nil {
		return status, nil
	}
	waiting, err := files.Waiting()
	if err != nil {
		return nil, err
	}
	status.Vault = &api.VaultStatus{
		Address: files.Vault.String(), Waiting: waiting.Files, WaitingBytes: waiting.Bytes, WaitingSince: waiting.Since,
	}
	if problem := a.Away(); problem != nil {
		status.Vault.Problem = problem.Error()
	}
	return status, nil
}
