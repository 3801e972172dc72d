package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/otherbuild"
	"github.com/copydesk/copydesk/pkg/term"
	"github.com/copydesk/copydesk/pkg/version"
)

// grammar is every command and what all of them take.
type grammar struct {
	config.Common
	NATS config.NATS `embed:"" prefix:"nats-" group:"NATS"`
	JSON bool        `name:"json" help:"Answer in JSON." group:"Common"`

	Up   upCommand   `cmd:"" group:"run" help:"Run the whole desk in this process until interrupted."`
	Demo demoCommand `cmd:"" group:"run" help:"Run the whole desk once on an invented newsroom, offline."`

	Add     addCommand     `cmd:"" group:"pages" help:"Give URLs or folders of saved pages to the desk."`
	Sources sourcesCommand `cmd:"" group:"pages" help:"Have feeds and sitemaps polled for new pages, and see how they do."`
	Import  importCommand  `cmd:"" group:"pages" help:"Bring other people's web archives and collections of pages into the archive, and extract them."`
	Refetch refetchCommand `cmd:"" group:"pages" help:"Fetch pages again that were fetched before; what did not change is not sent again."`
	Extract extractCommand `cmd:"" group:"pages" help:"Extract pages here and now, without a desk."`
	Explain explainCommand `cmd:"" group:"pages" help:"Tell how a page came to its record, or why to none: every field, every block."`
	Rules   rulesCommand   `cmd:"" group:"pages" help:"Check rules for single sites."`

	Replay  replayCommand  `cmd:"" group:"archive" help:"Extract pages of the archive again, beside what is live, and see what would change."`
	Diff    diffCommand    `cmd:"" group:"archive" help:"Tell how what a replay made differs from what the index has, or another replay made."`
	Promote promoteCommand `cmd:"" group:"archive" help:"Publish the articles that a replay changed, as new revisions."`
	Pin     pinCommand     `cmd:"" group:"archive" help:"Keep a capture and its record as a regression case in a folder."`
	Check   checkCommand   `cmd:"" group:"archive" help:"Extract all pins again, without a desk, and tell what moved; it fails if something did."`
	Runs    runsCommand    `cmd:"" group:"archive" help:"Look at imports and replays, and cancel or drop replays."`

	Search  searchCommand  `cmd:"" group:"articles" help:"Search the articles, but for those whose page is gone."`
	Show    showCommand    `cmd:"" group:"articles" help:"Show one article's record."`
	Journey journeyCommand `cmd:"" group:"articles" help:"Tell what became of a URL."`
	Export  exportCommand  `cmd:"" group:"articles" help:"Write out the records of the index, one a line."`
	Tail    tailCommand    `cmd:"" group:"articles" help:"Print articles as they come, until interrupted."`

	Status  statusCommand  `cmd:"" group:"desk" help:"Show how the desk does."`
	Health  healthCommand  `cmd:"" group:"desk" help:"Ask one service over HTTP whether it can work; for health checks."`
	Archive archiveCommand `cmd:"" group:"desk" help:"Look into the archive of pages as they came, and after it."`
	Dead    deadCommand    `cmd:"" group:"desk" help:"Look at what could not be done, and try it again or drop it."`
	Reindex reindexCommand `cmd:"" group:"desk" help:"Build the search index anew from the rows."`
	Streams streamsCommand `cmd:"" group:"desk" help:"Compare the broker's streams with the settings, and change them."`
	Version versionCommand `cmd:"" group:"desk" help:"Print the version."`
	Pages   pagesCommand   `cmd:"" hidden:""` // see otherbuild.Command
}

// console is where a command reads its common settings and writes.
type console struct {
	*grammar
	out *term.Out // answers
	err *term.Out // everything else
}

const description = `Turns raw news pages into structured article records.

Start with "copydesk demo"; then "copydesk up" in one terminal, and "copydesk add", "search", "show" and "status" in another.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not found, 4 no desk is running.`

// Run runs one command line and returns its exit code.
func Run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	err := run(ctx, args, stdout, stderr)
	if err != nil && !errors.Is(err, config.ErrHelp) && !errors.Is(err, context.Canceled) {
		fmt.Fprintln(stderr, "copydesk:", err)
	}
	return exitCode(err)
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	if len(args) == 0 {
		args = []string{"--help"}
	}
	var g grammar
	program := config.Program{
		Name: "copydesk", Description: description, Version: version.Version,
		HTTP: "127.0.0.1:7300", Stdout: stdout, Stderr: stderr,
	}
	command, err := program.Parse(&g, args)
	if err != nil {
		return err
	}
	command.BindTo(ctx, (*context.Context)(nil))
	return command.Run(&console{grammar: &g, out: term.New(stdout), err: term.New(stderr)})
}

// printJSON writes v as people read JSON.
func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// printJSONLine writes v on one line.
func printJSONLine(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

type versionCommand struct{}

// Run prints the version; in JSON what another build has to know of this one.
func (versionCommand) Run(c *console) error {
	if c.JSON {
		return printJSON(c.out, otherbuild.Myself())
	}
	_, err := fmt.Fprintln(c.out, "copydesk", version.Version)
	return err
}

type pagesCommand struct{}

// Run extracts pages for another build.
func (pagesCommand) Run(c *console) error { return otherbuild.Serve(os.Stdin, c.out) }
