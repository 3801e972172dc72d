package service

import (
	"context"
	"errors"

	"github.com/rs/zerolog"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/datafolder"
	"github.com/copydesk/copydesk/pkg/search"
	"github.com/copydesk/copydesk/pkg/stage"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
)

// newIndexer opens the rows and the search index and makes the index stage.
func newIndexer(ctx context.Context, conn *stream.Conn, folder datafolder.Folder, s config.Index, log zerolog.Logger) (*part, error) {
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
	d := &indexDesk{conn: conn, rows: rows, index: index, rebuild: &rebuild{log: log}}
	return &part{
		name: "indexer",
		run: func(ctx context.Context) error {
			defer d.rebuild.wait()
			return x.Run(ctx)
		},
		ready: x.Ready,
		verbs: map[string]stream.Handler{
			api.Search:    api.Answer(d.search),
			api.Show:      api.Answer(d.show),
			api.Journey:   api.Answer(d.journey),
			api.Export:    api.Answer(d.export),
			api.Reindex:   api.Answer(d.reindex),
			api.DeadList:  api.Answer(d.deadList),
			api.DeadShow:  api.Answer(d.deadShow),
			api.DeadRetry: api.Answer(d.deadRetry),
			api.DeadDrop:  api.Answer(d.deadDrop),
		},
		report: d.report,
		folder: folder,
		close:  func() error { return errors.Join(index.Close(), rows.Close()) },
	}, nil
}
