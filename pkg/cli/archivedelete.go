package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/dustin/go-humanize/english"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/store"
)

type archiveDeleteCommand struct {
	URL    string `arg:"" help:"The address of a page or a story, or a file that was added."`
	Reason string `default:"on request" help:"Why: the archive keeps it, with the time, in the place of the page." placeholder:"TEXT"`
	Yes    bool   `help:"Do it; without, it is only told what would go."`
}

// Run tells what goes with an address, or has it deleted.
func (x *archiveDeleteCommand) Run(ctx context.Context, c *console) error {
	url, err := addressOf(x.URL)
	if err != nil {
		return err
	}
	if !x.Yes {
		return c.wouldDelete(ctx, url)
	}
	return runArchiveJob(ctx, c, api.ArchiveTask{Work: api.ArchiveDelete, URL: url, Reason: x.Reason}, func(j api.ArchiveJob) string {
		d := j.Deleted
		text := "deleted " + english.Plural(d.Captures+d.Elsewhere, "capture", "")
		if d.StoryID != "" {
			text += fmt.Sprintf(" and story %s with %s", d.StoryID, english.Plural(d.Revisions, "revision", ""))
		}
		return text + fmt.Sprintf("; %s written anew", english.Plural(j.Done, "file", ""))
	})
}

// errAsked is returned where something is only done if it is asked for twice.
var errAsked = errors.New("nothing was deleted: --yes does it")

// captureShown is how many captures are told of before a deletion.
const captureShown = 20

func (c *console) wouldDelete(ctx context.Context, url string) error {
	conn, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	taken, err := api.Gather[store.Takedown](func(offset int) (api.Piece, error) {
		return ask[api.Piece](ctx, conn, api.ArchiveWould, api.ArchiveWouldRequest{URL: url, Offset: offset})
	})
	if err != nil {
		return err
	}
	if c.JSON {
		if err := printJSON(c.out, taken); err != nil {
			return err
		}
	} else {
		c.showTakedown(taken)
	}
	return errAsked
}

func (c *console) showTakedown(t store.Takedown) {
	if t.StoryID != "" {
		fmt.Fprintf(c.out, "story %s with %s, at\n", c.out.Accent(t.StoryID), english.Plural(t.Revisions, "revision", ""))
		for _, address := range t.Addresses {
			fmt.Fprintf(c.out, "  %s\n", address)
		}
	}
	table := captureTable{out: c.out}
	table.show(t.Captures[:min(captureShown, len(t.Captures))])
	if more := len(t.Captures) - captureShown; more > 0 {
		fmt.Fprintf(c.out, "and %s\n", english.Plural(more, "more capture", ""))
	}
	if len(t.Elsewhere) == 0 {
		return
	}
	fmt.Fprintf(c.out, "%s of other addresses, with the very same body:\n", english.Plural(len(t.Elsewhere), "capture", ""))
	table.show(t.Elsewhere[:min(captureShown, len(t.Elsewhere))])
	if more := len(t.Elsewhere) - captureShown; more > 0 {
		fmt.Fprintf(c.out, "and %s\n", english.Plural(more, "more capture", ""))
	}
}

type archiveExpireCommand struct {
	DryRun bool `help:"Only tell what would go."`
}

// Run has captures go that are older than the indexer's settings keep them.
func (x *archiveExpireCommand) Run(ctx context.Context, c *console) error {
	return runArchiveJob(ctx, c, api.ArchiveTask{Work: api.ArchiveExpire, DryRun: x.DryRun}, func(j api.ArchiveJob) string {
		what := "gone"
		if x.DryRun {
			what = "too old"
		}
		text := fmt.Sprintf("%s: %s of %s", what, english.Plural(int(j.Expired.Captures), "capture", ""), english.Plural(int(j.Expired.Files), "file", ""))
		if j.Expired.Held > 0 {
			text += fmt.Sprintf("; %d that younger captures have the bodies of are kept until these go", j.Expired.Held)
		}
		return text
	})
}
