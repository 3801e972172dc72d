package service

import (
	"context"
	"maps"
	"os"
	"time"

	"github.com/rs/zerolog"
	"golang.org/x/sync/errgroup"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/datafolder"
	"github.com/copydesk/copydesk/pkg/health"
	"github.com/copydesk/copydesk/pkg/stream"
	"github.com/copydesk/copydesk/pkg/version"
)

// part is one stage with its engine opened, ready to run.
type part struct {
	name string
	run  func(context.Context) error
	// ready, if not nil, says why the part cannot work now for a reason of its
	// own, such as a full disk.
	ready func() error
	// silent parts answer no questions, not even for their status.
	silent bool
	// verbs are the questions that it answers beside its status.
	verbs map[string]stream.Handler
	// report adds to the status what only this part knows.
	report func(context.Context, *api.StatusReply) error
	// folder is where it keeps files, empty if it keeps none.
	folder datafolder.Folder
	close  func() error
}

// startParts starts parts over one connection; when it returns they answer
// questions. They work until ctx ends or one fails, then finish or hand back
// what they hold; wait returns after that.
func startParts(ctx context.Context, conn *stream.Conn, log zerolog.Logger, parts ...*part) (wait func() error, err error) {
	group, ctx := errgroup.WithContext(ctx)
	fail := func(err error) error {
		group.Go(func() error { return err })
		return group.Wait()
	}
	broker := health.Check{Name: "broker", Ready: conn.Ready}
	started := time.Now().UTC().Truncate(time.Second)
	for _, p := range parts {
		if p.silent {
			continue
		}
		answered, err := conn.Serve(ctx, p.name, p.answers(append([]health.Check{broker}, p.checks()...), started))
		if err != nil {
			return nil, fail(err)
		}
		group.Go(answered)
	}
	for _, p := range parts {
		group.Go(func() error {
			log := log.With().Str("service", p.name).Logger()
			log.Info().Msg("working")
			err := p.run(ctx)
			log.Info().Err(err).Msg("stopped")
			return err
		})
	}
	return group.Wait, nil
}

// checks are what keeps the part from its work, beside the broker.
func (p *part) checks() []health.Check {
	if p.ready == nil {
		return nil
	}
	return []health.Check{{Name: p.name, Ready: p.ready}}
}

// answers are the part's verbs and its status.
func (p *part) answers(checks []health.Check, started time.Time) map[string]stream.Handler {
	verbs := map[string]stream.Handler{
		api.Status(p.name): api.Answer(func(ctx context.Context, _ struct{}) (api.StatusReply, error) {
			return p.status(ctx, checks, started)
		}),
	}
	maps.Copy(verbs, p.verbs)
	return verbs
}

func (p *part) status(ctx context.Context, checks []health.Check, started time.Time) (api.StatusReply, error) {
	host, err := os.Hostname()
	if err != nil {
		return api.StatusReply{}, err
	}
	reply := api.StatusReply{Service: p.name, Version: version.Version, Build: version.Build(), Host: host, PID: os.Getpid(), StartedAt: started}
	reply.Parts, reply.Ready = health.Run(checks)
	if p.folder != "" {
		// Where the system cannot say it, the rest is worth telling.
		if space, err := p.folder.Space(); err == nil {
			reply.Disk = &api.Disk{Folder: string(p.folder), Space: space}
		}
	}
	if p.report == nil {
		return reply, nil
	}
	return reply, p.report(ctx, &reply)
}
