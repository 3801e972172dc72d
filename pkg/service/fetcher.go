package service

import (
	"context"
	"errors"
	"fmt"
	"time"

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

// newFetcher makes the fetch stage, and opens the frontier unless the stage is
// only to fetch.
func newFetcher(ctx context.Context, conn *stream.Conn, folder datafolder.Folder, s config.Fetch, observer fetch.Observer, log zerolog.Logger) (*part, error) {
	options := fetch.DefaultOptions()
	options.UserAgent = s.UserAgent
	options.Timeout = s.Timeout
	options.BodyLimit = int(s.BodyLimit)
	options.HostDelay = s.HostDelay
	options.AllowPrivate = s.AllowPrivate
	options.Resolver = s.Resolver
	options.Hosts = s.Hosts
	options.Observer = observer
	if err := options.Validate(); err != nil {
		return nil, fmt.Errorf("settings of fetching: %w", err)
	}
	if s.Only {
		client := fetch.New(options, log)
		f := &stage.Fetcher{Conn: conn, Client: client, Workers: int(s.Workers)}
		return &part{
			name: "fetcher", silent: true, run: f.Run,
			close: func() error { client.Close(); return nil },
		}, nil
	}
	if err := soleFrontier(ctx, conn, log); err != nil {
		return nil, err
	}
	rows, err := frontier.Open(ctx, folder.Frontier(), s.HostDelay)
	if err != nil {
		return nil, err
	}
	client := fetch.New(options, log)
	f := &stage.Fetcher{Conn: conn, Client: client, Workers: int(s.Workers)}
	d := stage.NewDispatcher(conn, rows, log)
	p := stage.NewPoller(d, client, pollOptions(s.Poll), log)
	desk := &fetchDesk{jobs: d, poller: p, rows: rows}
	return &part{
		name: "fetcher",
		run: func(ctx context.Context) error {
			group, ctx := errgroup.WithContext(ctx)
			group.Go(func() error { return d.Run(ctx) })
			group.Go(func() error { return f.Run(ctx) })
			group.Go(func() error { return p.Run(ctx) })
			return group.Wait()
		},
		ready:  func() error { return errors.Join(d.Ready(), p.Ready()) },
		verbs:  desk.verbs(),
		report: desk.report,
		folder: folder,
		close:  func() error { client.Close(); return rows.Close() },
	}, nil
}

func pollOptions(s config.Poll) stage.PollOptions {
	return stage.PollOptions{Pace: frontier.Pace{Every: s.Every, Least: s.Least, Most: s.Most}, Age: s.Age}
}

// The times of asking whether there is a frontier already.
const (
	soleTries   = 3
	soleTimeout = 5 * time.Second
)

// soleFrontier is an error where another fetcher of this broker has a frontier.
// Each would learn what became of half of its jobs, and the other half would be
// fetched again.
func soleFrontier(ctx context.Context, conn *stream.Conn, log zerolog.Logger) error {
	var err error
	for range soleTries {
		var other api.StatusReply
		once, stop := context.WithTimeout(ctx, soleTimeout)
		err = conn.Request(once, api.Status("fetcher"), nil, &other)
		stop()
		refusal, refused := errors.AsType[*stream.RequestError](err)
		switch {
		case errors.Is(err, stream.ErrUnanswered):
			return nil
		case err == nil:
			return fmt.Errorf("the fetcher with PID %d on %s keeps the frontier of this broker: stop it, or have this one help it with --fetch-only", other.PID, other.Host)
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case refused && refusal.Code != stream.CodeStopping:
			return fmt.Errorf("another fetcher keeps the frontier of this broker, and cannot tell its status (%w): stop it, or have this one help it with --fetch-only", err)
		}
		log.Warn().Err(err).Msg("cannot tell whether another fetcher keeps a frontier, asking again")
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(time.Second):
		}
	}
	return fmt.Errorf("cannot tell whether another fetcher keeps the frontier of this broker: %w", err)
}
