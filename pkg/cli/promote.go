package cli

import (
	"context"
	"fmt"

	"github.com/dustin/go-humanize/english"

	"github.com/copydesk/copydesk/pkg/api"
)

type promoteCommand struct {
	runName
	Site   []string `help:"Only articles of this site; may be repeated." placeholder:"DOMAIN"`
	Field  []string `help:"Only articles that differ in this field; may be repeated." placeholder:"NAME"`
	DryRun bool     `help:"Tell what would be published, and publish nothing."`
}

// Run publishes what a replay changed.
func (x *promoteCommand) Run(ctx context.Context, c *console) error {
	conn, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	request := api.PromoteRequest{Run: x.Name, Sites: x.Site, Fields: x.Field, DryRun: x.DryRun}
	var all api.PromoteReply
	progress := c.err.NewProgress("promote "+x.Name, 0)
	defer progress.Clear()
	for more := true; more; {
		reply, err := ask[api.PromoteReply](ctx, conn, api.RunsPromote, request)
		if err != nil {
			if all.Promoted > 0 {
				err = fmt.Errorf("after %d were published: %w (the same command goes on)", all.Promoted, err)
			}
			return err
		}
		all.Promoted += reply.Promoted
		all.Lost += reply.Lost
		all.Skipped = append(all.Skipped, reply.Skipped...)
		request.After, more = reply.Number, reply.More
		if c.err.IsTerminal() {
			progress.At(all.Promoted)
		}
	}
	all.Number = request.After
	progress.Clear()
	if c.JSON {
		return printJSON(c.out, all)
	}
	showPromoted(c, all, x.DryRun)
	return nil
}

func showPromoted(c *console, all api.PromoteReply, dry bool) {
	verb := "published"
	if dry {
		verb = "would be published"
	}
	fmt.Fprintf(c.out, "%s %s as new revisions\n", english.Plural(all.Promoted, "article", ""), verb)
	if len(all.Skipped) > 0 {
		fmt.Fprintf(c.out, "%d skipped:\n", len(all.Skipped))
	}
	for _, s := range all.Skipped {
		fmt.Fprintf(c.out, "  %s  %s: %s\n", s.URL, c.out.Cut(s.Headline, 60), s.Why)
	}
	if all.Lost > 0 {
		fmt.Fprintf(c.out, "%s that the replay has no more stay as they are\n", english.Plural(all.Lost, "article", ""))
	}
}
