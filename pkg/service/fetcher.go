package service

import (
	"context"
	"errors"
	"fmt"

	"github.com/rs/zerolog"

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
	f := stage.NewFetcher(conn, rows, fetch.New(options, log), int(s.Workers), log)
	return &part{
		name: "fetcher", run: f.Run, close: rows.Close,
		verbs: map[string]stream.Handler{
			api.Add: api.Answer(func(ctx context.Context, q api.AddRequest) (api.AddReply, error) {
				if len(q.URLs) > api.AddLimit {
					return api.AddReply{}, api.BadQuestion(errTooManyURLs)
				}
				answers, err := f.Add(ctx, q.URLs)
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
