package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/stream"
)

type exportCommand struct {
	Query     []string `arg:"" optional:"" help:"Only what this finds; words and filters as in search."`
	JSONL     bool     `name:"jsonl" default:"true" help:"One record a line, in JSON: the only format yet."`
	Revisions bool     `help:"All revisions of every story, not only its newest."`
	Since     since    `help:"Only what was fetched since then: 90m ago, 7d ago, or 2026-01-31." placeholder:"AGE|TIME"`
	After     int64    `help:"Begin after this row: where an earlier export ended." placeholder:"ROW"`
	Out       string   `type:"path" placeholder:"FILE" help:"Write to a file, which appears when it is whole; else to standard output."`
}

// Run writes records in the order of their rows. Of a story that changes
// meanwhile, its newest revision comes last.
func (x *exportCommand) Run(ctx context.Context, c *console) error {
	conn, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	e := &export{console: c, conn: conn, request: api.ExportRequest{
		After: x.After, Query: strings.Join(x.Query, " "), Since: x.Since.Time, Revisions: x.Revisions,
	}}
	if x.Out == "" {
		err := e.write(ctx, c.out)
		if err != nil && e.request.After == x.After {
			return err
		}
		// What was written until an error was written, and can be gone on from.
		return errors.Join(err, e.tell(c.err))
	}
	if err := whole(x.Out, func(w io.Writer) error { return e.write(ctx, w) }); err != nil {
		return err
	}
	return e.tell(c.out)
}

// export is one run of the command.
type export struct {
	*console
	conn    *stream.Conn
	request api.ExportRequest // the next
	records int
}

// write writes all records, one answer after another.
func (e *export) write(ctx context.Context, w io.Writer) error {
	out := bufio.NewWriter(w)
	progress := e.err.NewProgress("export", 0)
	defer progress.Clear()
	for {
		reply, err := api.Gather[api.ExportReply](func(offset int) (api.Piece, error) {
			e.request.Offset = offset
			return ask[api.Piece](ctx, e.conn, api.Export, e.request)
		})
		if err != nil {
			return err
		}
		for _, record := range reply.Records {
			// An error of the writer stays until it is flushed.
			_, _ = out.Write(record)
			_ = out.WriteByte('\n')
		}
		if err := out.Flush(); err != nil {
			return err
		}
		e.request.After, e.records = reply.Row, e.records+len(reply.Records)
		if reply.Row >= reply.LastRow {
			return nil
		}
		if e.err.IsTerminal() {
			progress.At(e.records)
		}
	}
}

// tell says how much was written and where to go on.
func (e *export) tell(w io.Writer) error {
	if e.JSON {
		return printJSONLine(w, map[string]any{"records": e.records, "row": e.request.After})
	}
	_, err := fmt.Fprintf(w, "exported %d, up to row %d; --after %[2]d goes on from there\n", e.records, e.request.After)
	return err
}

// whole has a file written that is there when all of it is, and keeps the one
// before until then.
func whole(path string, write func(io.Writer) error) error {
	part, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	err = write(part)
	if err == nil {
		err = errors.Join(part.Chmod(0o644), part.Sync())
	}
	if err = errors.Join(err, part.Close()); err == nil {
		err = os.Rename(part.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(part.Name()))
	}
	return nil
}
