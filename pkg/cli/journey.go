package cli

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/term"
)

type journeyCommand struct {
	URL string `arg:"" name:"url" help:"A URL that was added, or a file."`
}

// Run tells every visit to a URL, stage by stage.
func (x *journeyCommand) Run(ctx context.Context, c *console) error {
	url, err := addressOf(x.URL)
	if err != nil {
		return err
	}
	reply, err := askDesk[api.JourneyReply](ctx, c, api.Journey, api.JourneyRequest{URL: url})
	if err != nil {
		return err
	}
	if c.JSON {
		if err := printJSON(c.out, reply); err != nil {
			return err
		}
	}
	if len(reply.Visits) == 0 && reply.Deleted == nil {
		return fmt.Errorf("journey of %s: %w: it was never added", url, errNotFound)
	}
	if c.JSON {
		return nil
	}
	deleted := reply.Deleted
	if len(reply.Visits) == 0 {
		fmt.Fprintf(c.out, "%s\n", c.out.Bold(url))
	}
	for i, visit := range reply.Visits {
		if deleted != nil && visit.FirstAt.After(deleted.At) {
			showDeletion(c.out, deleted)
			deleted = nil
		}
		if i > 0 {
			fmt.Fprintln(c.out)
		}
		fmt.Fprintf(c.out, "%s\n", c.out.Bold(visit.URL))
		var rows [][]string
		for _, line := range visit.Lines {
			rows = append(rows, eventRow(c.out, line))
		}
		for _, p := range visit.Promotions {
			rows = append(rows, []string{
				"  " + c.out.Dim(timeOfEvent(p.At)), "promote", c.out.Good("done"),
				c.out.Dim(fmt.Sprintf("from run %s, version %d: %s", p.Run, p.Version, p.ArticleID)),
			})
		}
		c.out.Table(rows)
		if !visit.Final() {
			fmt.Fprintln(c.out, c.out.Warn("  still on its way"))
		}
	}
	if deleted != nil {
		showDeletion(c.out, deleted)
	}
	return nil
}

// showDeletion tells that what was fetched until then is gone.
func showDeletion(out *term.Out, d *store.Deletion) {
	out.Table([][]string{{"  " + out.Dim(timeOfEvent(d.At)), out.Warn("deleted"), out.Dim(d.Reason)}})
}

func timeOfEvent(at time.Time) string { return at.Local().Format("2006-01-02 15:04:05.000") }

func eventRow(out *term.Out, e news.Event) []string {
	stage := string(e.Stage)
	if e.Attempt > 1 {
		stage += fmt.Sprintf(" (attempt %d)", e.Attempt)
	}
	return []string{
		"  " + out.Dim(timeOfEvent(e.At)), stage, outcomeText(out, e.Outcome, e.Reason),
		out.Dim(joined("  ", (time.Duration(e.DurationMS) * time.Millisecond).String(), e.Detail)),
	}
}

// outcomeText is an outcome with its reason, coloured by what it asks for.
func outcomeText(out *term.Out, o news.Outcome, r news.Reason) string {
	text := string(o)
	if r != "" {
		text += "(" + string(r) + ")"
	}
	switch o {
	case news.Done, news.Unchanged:
		return out.Good(text)
	case news.Dead:
		return out.Bad(text)
	}
	return out.Warn(text)
}

// addressOf is the address that the desk knows a page by: of a file that is
// there, that of the file.
func addressOf(page string) (string, error) {
	if _, err := os.Stat(page); err != nil || isURL(page) {
		return page, nil
	}
	return fileURL(page)
}
