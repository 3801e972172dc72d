package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/dustin/go-humanize/english"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/export"
	"github.com/copydesk/copydesk/pkg/service"
	"github.com/copydesk/copydesk/pkg/version"
)

type exportCommand struct {
	Query     []string    `arg:"" optional:"" help:"Only what this finds; words and filters as in search."`
	JSONL     bool        `name:"jsonl" xor:"format" help:"One record a line, in JSON. This is the default."`
	CSV       bool        `name:"csv" xor:"format" help:"A table; what is a list or an object is JSON in its cell."`
	Parquet   bool        `name:"parquet" xor:"format" help:"Typed and nested columns, in a folder, by the day of the fetch."`
	NinJS     bool        `name:"ninjs" xor:"format" help:"IPTC's ninjs 3, one object a line."`
	Guard     bool        `name:"for-spreadsheets" help:"In CSV, put an apostrophe before what a spreadsheet would run as a formula."`
	Revisions bool        `xor:"table" help:"All revisions of every story, not only its newest."`
	Captures  bool        `xor:"table" help:"What is in the archive, instead of articles."`
	Site      string      `help:"Only those of a site." placeholder:"DOMAIN"`
	From      since       `help:"Only what was fetched from then on: 90m ago, 7d ago, or 2026-01-31." placeholder:"AGE|TIME"`
	To        since       `help:"Only what was fetched before then." placeholder:"AGE|TIME"`
	Since     exportSince `help:"As --from; or go on from the dump that a manifest is of, and note the new one there." placeholder:"AGE|TIME|MANIFEST"`
	After     int64       `help:"Begin after this row: where an earlier export ended." placeholder:"ROW"`
	Out       string      `type:"path" placeholder:"FILE|FOLDER" help:"Write to a file, which appears when it is whole; else to standard output. Of --parquet, an empty folder."`
	Manifest  string      `type:"path" placeholder:"FILE" help:"Note there what was exported into which file, for --since. Of --parquet it is _manifest.json in the folder."`
	Offline   bool        `help:"Read the rows of the data folder itself, which no desk may hold meanwhile."`
}

// Run writes records in the order of their rows. Of a story that changes
// meanwhile, its newest revision comes last.
func (x *exportCommand) Run(ctx context.Context, c *console) error {
	plan, err := x.plan()
	if err != nil {
		return err
	}
	answer, hangUp, err := x.answerer(ctx, c)
	if err != nil {
		return err
	}
	defer hangUp()
	e := &exporting{console: c, answer: answer, request: plan.request}
	if x.Out == "" {
		err := e.to(ctx, c.out, plan)
		if err != nil && e.request.After == plan.request.After {
			return err
		}
		// What was written until an error was written, and can be gone on from.
		return errors.Join(err, e.tell(c.err))
	}
	if err := x.dump(ctx, e, plan); err != nil {
		return err
	}
	return e.tell(c.out)
}

// dump writes files, which appear when all of them are whole.
func (x *exportCommand) dump(ctx context.Context, e *exporting, plan *exportPlan) (err error) {
	if e.stage, err = plan.stage(x.Out); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, e.stage.Close()) }()
	var files []export.File
	if plan.Format == export.ParquetFiles {
		files, err = e.toFolder(ctx, plan.Table)
	} else {
		files, err = e.toFile(ctx, x.Out, plan)
	}
	if err != nil {
		return err
	}
	if plan.manifestPath == "" {
		return e.stage.Put()
	}
	if x.Since.manifest == nil {
		plan.manifest.Began = e.began
	}
	dump := export.Dump{
		After: plan.request.After, Row: e.request.After, Records: e.records,
		WrittenAt: time.Now().UTC().Truncate(time.Second), Version: version.Version, Files: files,
	}
	if x.Since.manifest != nil {
		// Last, for what goes meanwhile may have been written.
		if e.gone, err = e.removed(ctx, plan.manifest.Removed(x.Out), plan.manifest); err != nil {
			return err
		}
		dump.Removed = e.gone
	}
	return plan.manifest.Add(plan.manifestPath, e.stage, dump)
}

// answerer is who has the rows: the running desk, or this process itself.
func (x *exportCommand) answerer(ctx context.Context, c *console) (answer func(context.Context, api.ExportRequest) (api.ExportReply, error), hangUp func(), err error) {
	if x.Offline {
		rows, err := service.OpenRows(ctx, "copydesk export", c.Data)
		if errors.Is(err, os.ErrNotExist) {
			err = fmt.Errorf("%w: %w", errNotFound, err)
		}
		if err != nil {
			return nil, nil, err
		}
		return func(ctx context.Context, q api.ExportRequest) (api.ExportReply, error) {
			reply, err := rows.Export(ctx, q)
			return reply, understood(err)
		}, func() { rows.Close() }, nil
	}
	conn, err := c.connect(ctx)
	if err != nil {
		return nil, nil, err
	}
	return func(ctx context.Context, q api.ExportRequest) (api.ExportReply, error) {
		return api.Gather[api.ExportReply](func(offset int) (api.Piece, error) {
			q.Offset = offset
			return ask[api.Piece](ctx, conn, api.Export, q)
		})
	}, conn.Close, nil
}

// exporting is one run of the command.
type exporting struct {
	*console
	answer  func(context.Context, api.ExportRequest) (api.ExportReply, error)
	request api.ExportRequest // the next
	stage   *export.Stage     // nil for standard output
	records int
	began   int64        // the last row that there was
	gone    *export.File // what says what has to go from a copy; nil for none
}

// each hands on all records, one answer after another, and says after each
// answer that it is done.
func (e *exporting) each(ctx context.Context, write func(line []byte) error, done func() error) error {
	progress := e.err.NewProgress("export", 0)
	defer progress.Clear()
	for {
		reply, err := e.answer(ctx, e.request)
		if err != nil {
			return err
		}
		if e.began == 0 {
			e.began = reply.LastRow
		}
		for _, record := range reply.Records {
			if err := write(record); err != nil {
				return err
			}
		}
		if err := done(); err != nil {
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

// to writes all records to one place.
func (e *exporting) to(ctx context.Context, w io.Writer, plan *exportPlan) error {
	out, err := plan.writer(w)
	if err != nil {
		return err
	}
	return e.each(ctx, out.Write, out.Flush)
}

func (e *exporting) toFile(ctx context.Context, path string, plan *exportPlan) ([]export.File, error) {
	file, err := e.stage.Write(path, func(w io.Writer) error { return e.to(ctx, w, plan) })
	file.Records = e.records
	return []export.File{file}, err
}

func (e *exporting) toFolder(ctx context.Context, table export.Table) ([]export.File, error) {
	out, err := export.NewParquet(e.stage, table)
	if err != nil {
		return nil, err
	}
	if err := e.each(ctx, out.Write, func() error { return nil }); err != nil {
		return nil, err
	}
	return out.Finish()
}

// tell says how much was written and where to go on.
func (e *exporting) tell(w io.Writer) error {
	if e.JSON {
		said := map[string]any{"records": e.records, "row": e.request.After}
		if e.gone != nil {
			said["removed"] = e.gone.Records
		}
		return printJSONLine(w, said)
	}
	gone := ""
	if e.gone != nil && e.gone.Records > 0 {
		gone = fmt.Sprintf(", and %s in %s", english.Plural(e.gone.Records, "removal", ""), e.gone.Path)
	}
	_, err := fmt.Fprintf(w, "exported %d, up to row %d; --after %[2]d goes on from there%s\n", e.records, e.request.After, gone)
	return err
}
