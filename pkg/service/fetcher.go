package service

import (
	"context"
	"errors"
	"fmt"

	"github.com/rs/zerolog"
	"golang.org/x/sync/errgroup"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/datafolder"
	"github.com/copydesk/copydesk/pkg/fetch"
	"github.com/copydesk/copydesk/pkg/frontier"
	"github.com/copydesk/copydesk/pkg/stage"
	"github.com/copydesk/copydesk/pkg/stream"
)

// newFetcher opens the frontier and makes the fetch stage.
func newFetcher(ctx context.Context, conn *stream.Conn, folder datafolder.Folder, s config.Fetch, log zerolog.Logger) (*part, error) {
	options := fetch.DefaultOptions()
	options.UserAgent = s.UserAgent
	options.Timeout = s.Timeout
	options.BodyLimit = int(s.BodyLimit)
	options.HostDelay = s.HostDelay
	options.AllowPrivate = s.AllowPrivate
	options.Hosts = s.Hosts
	if err := options.Validate(); err != nil {
		return nil, fmt.Errorf("settings of fetching: %w", err)
	}
	rows, err := frontier.Open(ctx, folder.Frontier(), s.HostDelay)
	if err != nil {
		return nil, err
	}
	client := fetch.New(options, log)
	f := &stage.Fetcher{Conn: conn, Client: client, Workers: int(s.Workers)}
	d := stage.NewDispatcher(conn, rows, log)
	return &part{
		name: "fetcher",
		run: func(ctx context.Context) error {
			group, ctx := errgroup.WithContext(ctx)
			group.Go(func() error { return d.Run(ctx) })
			group.Go(func() error { return f.Run(ctx) })
			return group.Wait()
		},
		ready: d.Ready,
		close: func() error { client.Close(); return rows.Close() },
		verbs: map[string]stream.Handler{
			api.Add: api.Answer(func(ctx context.Context, q api.AddRequest) (api.AddReply, error) {
				if len(q.URLs) > api.AddLimit {
					return api.AddReply{}, api.BadQuestion(errTooManyURLs)
				}
				answers, err := d.Add(ctx, q.URLs)
				return api.AddReply{Answers: answers}, err
			}),
		},
		report: func(ctx context.Context, reply *api.StatusReply) error {
			counts, err := rows.Counts(ctx)
			reply.Frontier = &counts
			return err
		},
	}, nil
}

var errTooManyURLs = errors.New("too many URLs in one request: send them in several")
