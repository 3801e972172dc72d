package cli

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/news"
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
	if len(reply.Visits) == 0 {
		return fmt.Errorf("journey of %s: %w: it was never added", url, errNotFound)
	}
	if c.JSON {
		return nil
	}
	for i, visit := range reply.Visits {
		if i > 0 {
			fmt.Fprintln(c.out)
		}
		fmt.Fprintf(c.out, "%s\n", c.out.Bold(visit.URL))
		var rows [][]string
		for _, line := range visit.Lines {
			rows = append(rows, eventRow(c.out, line))
		}
		c.out.Table(rows)
		if !visit.Final() {
			fmt.Fprintln(c.out, c.out.Warn("  still on its way"))
		}
	}
	return nil
}

func eventRow(out *term.Out, e news.Event) []string {
	stage := string(e.Stage)
	if e.Attempt > 1 {
		stage += fmt.Sprintf(" (attempt %d)", e.Attempt)
	}
	return []string{
		"  " + out.Dim(e.At.Local().Format("2006-01-02 15:04:05.000")), stage, outcomeText(out, e.Outcome, e.Reason),
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
