package service

import (
	"context"
	"errors"
	"time"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/frontier"
	"github.com/copydesk/copydesk/pkg/stage"
	"github.com/copydesk/copydesk/pkg/stream"
)

// fetchDesk answers questions about what is fetched and where it is looked for.
type fetchDesk struct {
	jobs   *stage.Dispatcher
	poller *stage.Poller
	rows   *frontier.Frontier
}

func (d *fetchDesk) verbs() map[string]stream.Handler {
	return map[string]stream.Handler{
		api.Add:           api.Answer(d.add),
		api.Refetch:       api.Answer(d.refetch),
		api.SourcesAdd:    api.Answer(d.addSources),
		api.SourcesList:   api.Answer(d.listSources),
		api.SourcesRemove: api.Answer(d.each(d.rows.RemoveSource)),
		api.SourcesPause:  api.Answer(d.each(d.rows.PauseSource)),
		api.SourcesResume: api.Answer(d.each(d.poller.Resume)),
	}
}

var errTooManyURLs = errors.New("too many URLs in one request: send them in several")

func (d *fetchDesk) add(ctx context.Context, q api.AddRequest) (api.AddReply, error) {
	if len(q.URLs) > api.AddLimit {
		return api.AddReply{}, api.BadQuestion(errTooManyURLs)
	}
	answers, err := d.jobs.Add(ctx, q.URLs)
	return api.AddReply{Answers: answers}, err
}

func (d *fetchDesk) refetch(ctx context.Context, q api.RefetchRequest) (reply api.RefetchReply, err error) {
	switch {
	case (q.Site == "") == (len(q.URLs) == 0):
		return reply, api.BadQuestion(errors.New("name URLs or a site"))
	case len(q.URLs) > api.AddLimit:
		return reply, api.BadQuestion(errTooManyURLs)
	case q.Site != "":
		reply.Answers, reply.Next, err = d.jobs.RefetchSite(ctx, q.Site, q.Whole, q.After, api.AddLimit)
	default:
		reply.Answers, err = d.jobs.Refetch(ctx, q.URLs, q.Whole)
	}
	return reply, err
}

func (d *fetchDesk) addSources(ctx context.Context, q api.SourcesAddRequest) (api.SourcesAddReply, error) {
	if len(q.Sources) > api.AddLimit {
		return api.SourcesAddReply{}, api.BadQuestion(errTooManyURLs)
	}
	answers, err := d.poller.Add(ctx, q.Sources)
	return api.SourcesAddReply{Answers: answers}, err
}

// maxSources is the most sources that one question may ask for.
const maxSources = 500

func (d *fetchDesk) listSources(ctx context.Context, q api.SourcesListRequest) (api.SourcesListReply, error) {
	now := time.Now()
	if q.URL != "" {
		one, err := d.rows.Source(ctx, q.URL, now)
		if err != nil {
			return api.SourcesListReply{}, ofSource(err)
		}
		return api.SourcesListReply{Sources: []frontier.Source{one}}, nil
	}
	limit := min(max(q.Limit, 1), maxSources)
	found, err := d.rows.Sources(ctx, q.After, limit+1, now)
	reply := api.SourcesListReply{Sources: []frontier.Source{}}
	if err != nil {
		return reply, err
	}
	reply.Sources, reply.More, err = page(found, limit)
	return reply, err
}

// each answers a question about one source.
func (d *fetchDesk) each(change func(context.Context, string) error) func(context.Context, api.SourceRequest) (struct{}, error) {
	return func(ctx context.Context, q api.SourceRequest) (struct{}, error) {
		return struct{}{}, ofSource(change(ctx, q.URL))
	}
}

func ofSource(err error) error {
	if errors.Is(err, frontier.ErrNoSource) {
		return api.NotFound(err)
	}
	return err
}

// How many hosts and sources a status names.
const (
	slowHosts     = 5
	silentSources = 5
)

// report adds what the frontier holds, and what of it is stuck.
func (d *fetchDesk) report(ctx context.Context, reply *api.StatusReply) error {
	now := time.Now()
	counts, err := d.rows.Counts(ctx)
	if err != nil {
		return err
	}
	sources, err := d.rows.CountSources(ctx, silentSources, now)
	if err != nil {
		return err
	}
	reply.Frontier, reply.Sources = &counts, &sources
	reply.Slow, err = d.rows.Slowest(ctx, slowHosts, now)
	return err
}
