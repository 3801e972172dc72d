package service

import (
	"context"

	"github.com/rs/zerolog"
	"golang.org/x/sync/errgroup"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/siterules"
	"github.com/copydesk/copydesk/pkg/stage"
	"github.com/copydesk/copydesk/pkg/stream"
)

func newExtractor(conn *stream.Conn, s config.Extract, log zerolog.Logger) (*part, error) {
	rules, err := siterules.Open(s.RulesFile())
	if err != nil {
		return nil, err
	}
	release := stage.Ballast()
	e := &stage.Extractor{Conn: conn, Workers: s.PageWorkers(), PageLimit: int(s.PageLimit), Rules: rules}
	return &part{
		name: "extractor",
		run: func(ctx context.Context) error {
			group, ctx := errgroup.WithContext(ctx)
			group.Go(func() error { return e.Run(ctx) })
			group.Go(func() error { rules.Follow(ctx, log); return nil })
			return group.Wait()
		},
		report: func(_ context.Context, reply *api.StatusReply) error {
			reply.Rules = rulesStatus(rules)
			reply.Extraction = &news.Extraction{Extractor: extract.Name, Version: extract.Version, Rules: rules.Set().Digest()}
			return nil
		},
		close: func() error { release(); return nil },
	}, nil
}

func rulesStatus(rules *siterules.File) *api.RulesStatus {
	set := rules.Set()
	status := &api.RulesStatus{Digest: set.Digest(), Count: len(set.Rules()), Agencies: len(set.Agencies())}
	if problem := rules.Problem(); problem != nil {
		status.Problem = problem.Error()
	}
	return status
}
