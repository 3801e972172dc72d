package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/dustin/go-humanize/english"

	"github.com/copydesk/copydesk/pkg/api"
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
	Run_   string `name:"run" required:"" help:"Name of the replay; the same command goes on with it." placeholder:"NAME"`
	Wait   bool   `default:"true" negatable:"" help:"Wait until every capture has its result. Interrupted, the replay goes on."`
}

// Run begins a replay and follows it.
func (x *replayCommand) Run(ctx context.Context, c *console) error {
	conn, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	run, err := ask[store.RunState](ctx, conn, api.RunsReplay, api.ReplayRequest{Name: x.Run_, Question: store.ReplayQuestion{
		Site: x.Site, URL: x.URL, From: x.From.Time, Until: x.To.Time, Where: x.Where, Sample: x.Sample,
	}})
	if err != nil {
		return err
	}
	if x.Wait {
		if run, err = followReplay(ctx, c, conn, run); err != nil {
			return err
		}
	}
	return showRun(c, run)
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
		reply, err := ask[api.RunsListReply](ctx, conn, api.RunsList, api.RunsListRequest{Name: run.Name})
		if err != nil {
			return run, err
		}
		run = reply.Runs[0]
		progress.At(int(run.Ended))
	}
	return run, nil
}

// captures is a number of captures in words.
func captures(n int64) string { return english.Plural(int(n), "capture", "") }
