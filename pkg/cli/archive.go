package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/dustin/go-humanize/english"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/stream"
	"github.com/copydesk/copydesk/pkg/term"
)

type archiveCommand struct {
	List    archiveListCommand    `cmd:"" name:"ls" help:"List captures, oldest first."`
	Get     archiveGetCommand     `cmd:"" help:"Write out a page as it came."`
	Verify  archiveVerifyCommand  `cmd:"" help:"Prove that every capture is whole, and that files and rows agree."`
	Reindex archiveReindexCommand `cmd:"" help:"Make the rows of captures anew of the archive's files."`
	Delete  archiveDeleteCommand  `cmd:"" help:"Take a page out of the archive, and its story out of the desk, for good."`
	Expire  archiveExpireCommand  `cmd:"" help:"Take out captures that are older than they are to be kept; done daily by itself."`
}

type archiveListCommand struct {
	URL   string `arg:"" optional:"" help:"An address, or a file that was added; all captures without."`
	Site  string `help:"A registrable domain, such as news.example." placeholder:"DOMAIN"`
	From  since  `help:"Only what was fetched since then: 90m ago, 7d ago, or 2026-01-31." placeholder:"AGE|TIME"`
	To    since  `help:"Only what was fetched before then." placeholder:"AGE|TIME"`
	Limit int    `short:"n" default:"50" help:"Most captures to list; 0 for all."`
}

// Run lists captures; in JSON, one a line.
func (x *archiveListCommand) Run(ctx context.Context, c *console) error {
	conn, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	url, err := addressOf(x.URL)
	if err != nil {
		return err
	}
	request := api.ArchiveListRequest{URL: url, Site: x.Site, From: x.From.Time, Until: x.To.Time}
	table := captureTable{out: c.out}
	for listed := 0; ; {
		request.Limit = api.ArchiveListLimit
		if x.Limit > 0 {
			request.Limit = min(request.Limit, x.Limit-listed)
		}
		reply, err := askCaptures(ctx, conn, request)
		if err != nil {
			return err
		}
		if listed += len(reply.Captures); listed == 0 {
			return &refused{"the archive has no such capture", errNotFound}
		}
		if err := x.show(c, &table, reply.Captures); err != nil {
			return err
		}
		switch {
		case !reply.More:
			return nil
		case listed == x.Limit:
			fmt.Fprintf(c.err, "there are more: --limit 0 lists all, --from and --to a part\n")
			return nil
		}
		request.After = &reply.Captures[len(reply.Captures)-1]
	}
}

func askCaptures(ctx context.Context, conn *stream.Conn, q api.ArchiveListRequest) (api.ArchiveListReply, error) {
	return api.Gather[api.ArchiveListReply](func(offset int) (api.Piece, error) {
		q.Offset = offset
		return ask[api.Piece](ctx, conn, api.ArchiveList, q)
	})
}

func (x *archiveListCommand) show(c *console, table *captureTable, captures []news.Capture) error {
	if !c.JSON {
		table.show(captures)
		return nil
	}
	for _, capture := range captures {
		if err := printJSONLine(c.out, capture); err != nil {
			return err
		}
	}
	return nil
}

// captureTable shows captures in batches, under one header.
type captureTable struct {
	out   *term.Out
	begun bool
}

func (t *captureTable) show(captures []news.Capture) {
	var rows [][]string
	if !t.begun {
		t.begun = true
		rows = append(rows, []string{t.out.Dim("fetched (UTC)       "), t.out.Dim("kind"), t.out.Dim("answer"), t.out.Dim("    size"), t.out.Dim("address")})
	}
	for _, c := range captures {
		status := "–"
		if c.Status != 0 {
			status = fmt.Sprint(c.Status)
		}
		kind := string(c.Kind)
		if c.Kind == news.CaptureRevisit {
			kind = t.out.Dim(kind)
		}
		rows = append(rows, []string{stamp(c.FetchedAt), kind, status, fmt.Sprintf("%8s", humanize.Bytes(uint64(c.Length))), t.out.Accent(c.URL)})
	}
	t.out.Table(rows)
}

// stamp is a time as "archive get" takes it.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

type archiveVerifyCommand struct{}

// Run has the whole archive read, and tells what is not as it should be.
func (archiveVerifyCommand) Run(ctx context.Context, c *console) error {
	return runArchiveJob(ctx, c, api.ArchiveTask{Work: api.ArchiveVerify}, func(j api.ArchiveJob) string {
		return fmt.Sprintf("%s in %s, %s of pages: ", english.Plural(j.Captures, "capture", ""), english.Plural(j.Files, "file", ""), humanize.Bytes(uint64(j.Bytes))) +
			outcome(j, "all whole, files and rows agree")
	})
}

type archiveReindexCommand struct {
	Lost bool `help:"The files that are missing are lost: forget their captures, also if that is more than half of all files."`
}

// Run has the rows of captures made anew.
func (x *archiveReindexCommand) Run(ctx context.Context, c *console) error {
	return runArchiveJob(ctx, c, api.ArchiveTask{Work: api.ArchiveReindex, Lost: x.Lost}, func(j api.ArchiveJob) string {
		return fmt.Sprintf("%s read from %s: %s put right, %s written anew", english.Plural(j.Captures, "capture", ""), english.Plural(j.Files, "file", ""),
			english.Plural(j.Changed, "row", ""), english.Plural(j.Indexes, "index file", "")) + outcome(j, "")
	})
}

// outcome is well where nothing was found.
func outcome(j api.ArchiveJob, well string) string {
	if j.Found == 0 {
		return well
	}
	return fmt.Sprintf("%s not as it should be", english.Plural(j.Found, "thing is", "things are"))
}

// errFindings is returned where the archive is not as it should be.
var errFindings = errors.New("the archive is not as it should be")

// errJobForgotten is returned where the indexer knows nothing any more of what it
// was doing.
var errJobForgotten = errors.New("the indexer was started anew before the work was done: run it again")

// runArchiveJob has a work on the archive done, and shows how far it is. An
// interrupt ends the showing, not the work.
func runArchiveJob(ctx context.Context, c *console, task api.ArchiveTask, summary func(api.ArchiveJob) string) error {
	conn, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	job, err := ask[api.ArchiveJob](ctx, conn, api.ArchiveBegin, task)
	if err != nil {
		return err
	}
	progress := c.err.NewProgress("archive "+string(task.Work)+", files", job.Files)
	defer progress.Clear()
	tick := time.NewTicker(reindexPoll)
	defer tick.Stop()
	for job.Running {
		progress.At(job.Done)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
		begun := job.Begun
		if job, err = ask[api.ArchiveJob](ctx, conn, api.ArchiveState, struct{}{}); err != nil {
			return err
		}
		if !job.Begun.Equal(begun) {
			return errJobForgotten
		}
	}
	progress.Clear()
	return showArchiveJob(c, job, summary)
}

func showArchiveJob(c *console, job api.ArchiveJob, summary func(api.ArchiveJob) string) error {
	if c.JSON {
		if err := printJSON(c.out, job); err != nil {
			return err
		}
	} else {
		showFindings(c, job)
		if job.Error == "" {
			fmt.Fprintln(c.out, summary(job))
		}
	}
	switch {
	case job.Error != "":
		return errors.New(job.Error)
	case job.Found > 0:
		return errFindings
	}
	return nil
}

func showFindings(c *console, job api.ArchiveJob) {
	for _, f := range job.Findings {
		where := f.File
		if f.Offset > 0 || f.CaptureID != "" {
			where = fmt.Sprintf("%s#%d", f.File, f.Offset)
		}
		line := c.out.Bad(where) + ": " + f.Problem
		if f.CaptureID != "" {
			line += c.out.Dim(" (capture " + f.CaptureID + ")")
		}
		fmt.Fprintln(c.out, strings.TrimSpace(line))
	}
	if more := job.Found - len(job.Findings); more > 0 {
		fmt.Fprintf(c.out, "and %d more\n", more)
	}
}
