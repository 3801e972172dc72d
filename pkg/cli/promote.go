package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/dustin/go-humanize/english"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/stream"
)

type promoteCommand struct {
	runName
	Site   []string `help:"Only articles of this site; may be repeated." placeholder:"DOMAIN"`
	Field  []string `help:"Only articles that differ in this field; may be repeated." placeholder:"NAME"`
	Lost   bool     `help:"Withdraw the articles that the replay has no more."`
	DryRun bool     `help:"Tell what would be published, and publish nothing."`
}

// Run publishes what a replay changed.
func (x *promoteCommand) Run(ctx context.Context, c *console) error {
	conn, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	request := api.PromoteRequest{Run: x.Name, Sites: x.Site, Fields: x.Field, Lost: x.Lost, DryRun: x.DryRun}
	var all api.PromoteReply
	last := request // that published something
	progress := c.err.NewProgress("promote "+x.Name, 0)
	defer progress.Clear()
	for more := true; more; {
		reply, err := ask[api.PromoteReply](ctx, conn, api.RunsPromote, request)
		if err != nil {
			if done := all.Promoted + len(all.Withdrawn); done > 0 && !x.DryRun {
				err = fmt.Errorf("after %d were published or withdrawn: %w (the same command goes on)", done, err)
			}
			return err
		}
		if reply.Waits {
			progress.Waiting("another promotion is at work, or the index has yet to read what was published before")
		}
		if reply.Promoted > 0 {
			last = request
		}
		all.Promoted += reply.Promoted
		all.Lost += reply.Lost
		all.Withdrawn = append(all.Withdrawn, reply.Withdrawn...)
		all.Skipped = append(all.Skipped, reply.Skipped...)
		all.Unended = reply.Unended
		request.After, more = reply.Number, reply.More
		if c.err.IsTerminal() && !reply.Waits {
			progress.At(all.Promoted)
		}
	}
	all.Number = request.After
	progress.Clear()
	if all.Promoted > 0 && !x.DryRun {
		if err := awaitPromoted(ctx, c, conn, last); err != nil {
			return err
		}
	}
	if c.JSON {
		return printJSON(c.out, all)
	}
	showPromoted(c, all, x.DryRun)
	return nil
}

// awaitPromoted waits until the index and search have what the last request published,
// and so all that was published before: none of it differs any more.
func awaitPromoted(ctx context.Context, c *console, conn *stream.Conn, last api.PromoteRequest) error {
	last.DryRun = true
	for end := time.Now().Add(indexedWithin); ; {
		reply, err := ask[api.PromoteReply](ctx, conn, api.RunsPromote, last)
		if err != nil {
			return err
		}
		if reply.Promoted == 0 {
			return awaitFindable(ctx, conn)
		}
		if time.Now().After(end) {
			fmt.Fprintf(c.err, "of the articles that were published %d or more are still on their way into the index: \"copydesk status\" tells what it waits for\n", reply.Promoted)
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(indexedEvery):
		}
	}
}

func showPromoted(c *console, all api.PromoteReply, dry bool) {
	would := ""
	if dry {
		would = "would be "
	}
	fmt.Fprintf(c.out, "%s %spublished as new revisions\n", english.Plural(all.Promoted, "article", ""), would)
	if len(all.Withdrawn) > 0 {
		fmt.Fprintf(c.out, "%s %swithdrawn:\n", english.Plural(len(all.Withdrawn), "article", ""), would)
	}
	for _, w := range all.Withdrawn {
		fmt.Fprintf(c.out, "  %s  %s: %s\n", w.URL, c.out.Cut(w.Headline, 60), w.Reason)
	}
	if len(all.Skipped) > 0 {
		fmt.Fprintf(c.out, "%d skipped:\n", len(all.Skipped))
	}
	for _, s := range all.Skipped {
		fmt.Fprintf(c.out, "  %s  %s: %s\n", s.URL, c.out.Cut(s.Headline, 60), s.Why)
	}
	if all.Unended > 0 {
		fmt.Fprintf(c.out, "the replay was cancelled: %s of it without a result %s\n", captures(all.Unended), english.PluralWord(int(all.Unended), "stays as it is", "stay as they are"))
	}
	if all.Lost > 0 {
		fmt.Fprintf(c.out, "%s that the replay has no more stay as they are (--lost withdraws them)\n", english.Plural(all.Lost, "article", ""))
	}
}
