package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/dustin/go-humanize/english"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/otherbuild"
	"github.com/copydesk/copydesk/pkg/siterules"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
)

type replayCommand struct {
	Site   string `help:"Captures of a site." placeholder:"DOMAIN"`
	URL    string `name:"url" help:"Captures of one page." placeholder:"URL"`
	From   since  `help:"Captures fetched since then: 7d ago, or 2026-01-31." placeholder:"AGE|TIME"`
	To     since  `help:"Captures fetched before then." placeholder:"AGE|TIME"`
	Where  string `help:"Captures whose article the index has, if this finds it; words and filters as in search." placeholder:"QUERY"`
	Sample int    `help:"So many of the captures that are left, chosen by chance, the same each time." placeholder:"N"`
	Rules  string `help:"Extract with the site rules of this file instead of the extractors' own, \"off\" for none." placeholder:"FILE|off"`
	Other  string `name:"extractor" help:"Have another build of copydesk make the records, here, while this command runs." placeholder:"BINARY"`
	Run_   string `name:"run" required:"" help:"Name of the replay; the same command goes on with it." placeholder:"NAME"`
	Wait   bool   `default:"true" negatable:"" help:"Wait until every capture has its result. Interrupted, the replay goes on."`
}

// Run begins a replay and follows it.
func (x *replayCommand) Run(ctx context.Context, c *console) error {
	request, err := x.request()
	if err != nil {
		return err
	}
	var other *otherbuild.Build
	if x.Other != "" {
		if !x.Wait {
			return fmt.Errorf("--extractor works as long as this command does: it needs --wait: %w", config.ErrUsage)
		}
		if other, err = otherbuild.Look(ctx, x.Other); err != nil {
			return err
		}
		request.Extractor = &store.Maker{Extraction: other.Extraction, Build: other.Digest}
	}
	conn, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	run, err := begin(ctx, conn, request)
	if err != nil {
		return err
	}
	switch {
	case other != nil:
		run, err = extractOutside(ctx, c, conn, other, request, run)
	case x.Wait:
		run, err = followReplay(ctx, c, conn, run)
	}
	if err != nil {
		return err
	}
	return showRun(c, run)
}

// begin begins a replay, or goes on with it. An indexer that does not know what is
// asked for would have the desk's extractors do it.
func begin(ctx context.Context, conn *stream.Conn, q api.ReplayRequest) (store.RunState, error) {
	run, err := ask[store.RunState](ctx, conn, api.RunsReplay, q)
	if err != nil || understoodBy(run, q) {
		return run, err
	}
	_, err = ask[struct{}](ctx, conn, api.RunsDrop, api.RunRequest{Name: q.Name})
	return run, errors.Join(errors.New("the indexer is an older build, which knows no rules, no extractor or no ages of a replay: upgrade it"), err)
}

// understoodBy says whether a run was begun as all of a request has it.
func understoodBy(run store.RunState, q api.ReplayRequest) bool {
	return (q.Rules != nil || q.NoRules) == (run.Run.Rules != "") && (q.Extractor != nil) == run.Outside &&
		run.Question != nil && q.Question.FromAge == run.Question.FromAge && q.Question.UntilAge == run.Question.UntilAge
}

// request is the replay that is asked for.
func (x *replayCommand) request() (api.ReplayRequest, error) {
	q := api.ReplayRequest{Name: x.Run_, Question: store.ReplayQuestion{Site: x.Site, URL: x.URL, Where: x.Where, Sample: x.Sample}}
	q.Question.From, q.Question.FromAge = x.From.said()
	q.Question.Until, q.Question.UntilAge = x.To.said()
	if x.Rules == "" || x.Rules == news.NoRules {
		q.NoRules = x.Rules != ""
		return q, nil
	}
	rules, err := siterules.Open(x.Rules)
	if err != nil {
		return q, err
	}
	if q.Rules = rules.Text(); len(q.Rules) > api.RulesLimit {
		return q, fmt.Errorf("%s: %d bytes of site rules: a replay may bring %d", x.Rules, len(q.Rules), api.RulesLimit)
	}
	return q, nil
}

// followReplay waits until a replay is at its end.
func followReplay(ctx context.Context, c *console, conn *stream.Conn, run store.RunState) (store.RunState, error) {
	progress := c.err.NewProgress("replay "+run.Name, int(run.Captures))
	defer progress.Clear()
	for run.Ended < run.Captures && run.CancelledAt.IsZero() {
		select {
		case <-ctx.Done():
			progress.Clear()
			fmt.Fprintf(c.err, "the replay goes on: \"copydesk runs show %s\" tells how far, \"copydesk runs cancel %[1]s\" stops it\n", run.Name)
			return run, ctx.Err()
		case <-time.After(followEvery):
		}
		now, err := askRun(ctx, conn, run.Name)
		if err != nil {
			return run, err
		}
		run = now
		progress.At(int(run.Ended))
	}
	return run, nil
}

// captures is a number of captures in words.
func captures(n int64) string { return english.Plural(int(n), "capture", "") }
