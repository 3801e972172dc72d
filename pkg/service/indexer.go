package service

import (
	"context"
	"errors"
	"maps"

	"github.com/rs/zerolog"
	"golang.org/x/sync/errgroup"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/datafolder"
	"github.com/copydesk/copydesk/pkg/search"
	"github.com/copydesk/copydesk/pkg/stage"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
)

// newIndexer opens the rows, the search index and the archive, and makes the
// stages that keep them.
func newIndexer(ctx context.Context, conn *stream.Conn, folder datafolder.Folder, s config.Index, a config.Archive, log zerolog.Logger) (*part, error) {
	rows, err := store.Open(ctx, folder.Rows())
	if err != nil {
		return nil, err
	}
	index, err := search.Open(folder.Search())
	if err != nil {
		return nil, errors.Join(err, rows.Close())
	}
	if opened := index.Opened(); opened.SetAside != "" {
		log.Warn().Str("aside", opened.SetAside).AnErr("why", opened.Why).Msg("search index set aside, building it anew from the rows")
	}
	x := stage.NewIndexer(conn, rows, index, stream.Batch{Size: int(s.Batch), Wait: s.Wait}, log)
	archive, err := openArchive(conn, rows, folder, a, x.Purge, log)
	if err != nil {
		return nil, errors.Join(err, index.Close(), rows.Close())
	}
	d := &indexDesk{conn: conn, rows: rows, index: index, rebuild: &rebuild{log: log}, archives: !a.Off, promoting: make(chan struct{}, 1)}
	verbs := map[string]stream.Handler{
		api.Search:    api.Answer(d.search),
		api.Show:      api.Answer(d.show),
		api.Journey:   api.Answer(d.journey),
		api.Export:    api.Answer(d.export),
		api.Reindex:   api.Answer(d.reindex),
		api.RunsBegin: api.Answer(d.runsBegin),
		api.RunsList:  api.Answer(d.runsList),
		api.DeadList:  api.Answer(d.deadList),
		api.DeadShow:  api.Answer(d.deadShow),
		api.DeadRetry: api.Answer(d.deadRetry),
		api.DeadDrop:  api.Answer(d.deadDrop),
	}
	maps.Copy(verbs, d.replayVerbs())
	maps.Copy(verbs, archive.verbs)
	return &part{
		name: "indexer",
		run: func(ctx context.Context) error {
			defer d.rebuild.wait()
			group, ctx := errgroup.WithContext(ctx)
			group.Go(func() error { return x.Run(ctx) })
			group.Go(func() error { return archive.run(ctx) })
			return group.Wait()
		},
		ready: func() error { return errors.Join(x.Ready(), archive.ready()) },
		verbs: verbs,
		report: func(ctx context.Context, reply *api.StatusReply) error {
			return errors.Join(d.report(ctx, reply), archive.report(ctx, reply))
		},
		folder: folder,
		close:  func() error { return errors.Join(archive.close(), index.Close(), rows.Close()) },
	}, nil
}
