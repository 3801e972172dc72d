package cli

import (
	"cmp"
	"context"
	"fmt"
	"os"

	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/explain"
	"github.com/copydesk/copydesk/pkg/extract"
)

type explainCommand struct {
	Page         string `arg:"" help:"File (.html, .html.gz, .txt) or URL; \"-\" for standard input."`
	URL          string `help:"The address that a file came from." placeholder:"URL"`
	HTML         string `name:"html" help:"Write one HTML page that lays the extraction over the page itself; it runs no script and loads nothing." type:"path" placeholder:"FILE"`
	AllowPrivate bool   `help:"Fetch from private and loopback addresses too."`

	config.SiteRules `embed:"" prefix:"extract-"`
}

// Run explains one page. A page that is no article is explained as well, and is
// no failure.
func (x *explainCommand) Run(ctx context.Context, c *console) error {
	reader, err := newPageReader(x.AllowPrivate, x.SiteRules)
	if err != nil {
		return err
	}
	in := inputOf(x.Page, x.URL)
	page, err := reader.read(ctx, in)
	if err != nil {
		return err
	}
	explanation, err := extract.Explain(page)
	if err != nil {
		return fmt.Errorf("explain %s: %w", in.ID, err)
	}
	address := cmp.Or(page.URL, in.ID)
	if x.HTML != "" {
		if err := x.write(address, explanation); err != nil {
			return err
		}
		fmt.Fprintf(c.err, "written: %s\n", x.HTML)
	}
	switch {
	case c.JSON:
		return printJSON(c.out, explanation)
	case x.HTML == "":
		showExplanation(c.out, address, explanation)
	}
	return nil
}

func (x *explainCommand) write(address string, explanation extract.Explanation) (err error) {
	file, err := os.Create(x.HTML)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, file.Close()) }()
	return explain.Write(file, address, explanation)
}
