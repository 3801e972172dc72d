package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/diff"
	"github.com/copydesk/copydesk/pkg/export"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
	"github.com/copydesk/copydesk/pkg/term"
)

type diffCommand struct {
	runName
	Against string `default:"index" help:"Another replay; or the index, which has what came live." placeholder:"RUN|index"`
	HTML    string `name:"html" type:"path" placeholder:"FILE" help:"Write a page for a browser that needs nothing else."`
	Limit   int    `default:"20" help:"So many articles are shown on the terminal, most suspicious first." placeholder:"N"`
}

// Run tells how what a replay made differs from what there was.
func (x *diffCommand) Run(ctx context.Context, c *console) error {
	conn, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	report, err := x.compare(ctx, c, conn)
	if err != nil {
		return err
	}
	if x.HTML != "" {
		if _, err := export.WriteFile(x.HTML, report.WriteHTML); err != nil {
			return err
		}
	}
	if c.JSON {
		return printJSON(c.out, report)
	}
	showDiff(c.out, report, x.Limit)
	if x.HTML != "" {
		fmt.Fprintf(c.out, "\nfor a browser: %s\n", x.HTML)
	}
	return nil
}

// compare asks for all captures of the replay.
func (x *diffCommand) compare(ctx context.Context, c *console, conn *stream.Conn) (*diff.Report, error) {
	report := &diff.Report{Run: x.Name, Against: x.Against}
	request := api.CompareRequest{Run: x.Name}
	if x.Against != api.TheIndex {
		request.Against = x.Against
	}
	if err := x.nameMakers(ctx, conn, report); err != nil {
		return nil, err
	}
	progress := c.err.NewProgress("diff", 0)
	defer progress.Clear()
	for more := true; more; {
		reply, err := api.Gather[api.CompareReply](func(offset int) (api.Piece, error) {
			request.Offset = offset
			return ask[api.Piece](ctx, conn, api.RunsCompare, request)
		})
		if err != nil {
			return nil, err
		}
		if err := addTo(report, reply); err != nil {
			return nil, err
		}
		request.After, more = reply.Number, reply.More
		if c.err.IsTerminal() {
			progress.At(report.Captures)
		}
	}
	report.Sort()
	return report, nil
}

// nameMakers says whose records are compared. Those of the index may be of many
// extractors: what is said is which the desk had when the replay began.
func (x *diffCommand) nameMakers(ctx context.Context, conn *stream.Conn, report *diff.Report) error {
	run, err := askRun(ctx, conn, x.Name)
	if err != nil {
		return err
	}
	against := run.Beside
	if x.Against != api.TheIndex {
		other, err := askRun(ctx, conn, x.Against)
		if err != nil {
			return err
		}
		against = other.MadeBy
	}
	if run.MadeBy != nil {
		report.By = makerWords(*run.MadeBy)
	}
	if against != nil {
		report.AgainstBy = makerWords(*against)
	}
	if against != nil && x.Against == api.TheIndex {
		report.AgainstBy = "the desk had " + report.AgainstBy + ", when the replay began"
	}
	return nil
}

func addTo(report *diff.Report, reply api.CompareReply) error {
	for range reply.Same {
		report.AddEqual(true)
	}
	for range reply.Neither {
		report.AddEqual(false)
	}
	for range reply.Undone {
		report.AddUndone()
	}
	for _, c := range reply.Differing {
		if err := report.Add(diff.Pair{CaptureID: c.CaptureID, URL: c.URL, Site: c.Site, Before: side(c.Before), After: side(c.After)}); err != nil {
			return err
		}
	}
	return nil
}

func side(m store.Made) diff.Side {
	s := diff.Side{Record: m.Record}
	switch {
	case m.Record != nil:
	case m.Outcome == "":
		s.Why = "none in the index"
	case m.Detail != "":
		s.Why = fmt.Sprintf("%s (%s): %s", m.Outcome, m.Reason, m.Detail)
	default:
		s.Why = fmt.Sprintf("%s (%s)", m.Outcome, m.Reason)
	}
	return s
}

// showDiff shows a report to people.
func showDiff(out *term.Out, r *diff.Report, limit int) {
	fmt.Fprintf(out, "%s against %s: %s\n", r.Run, r.Against, captures(int64(r.Captures)))
	if r.By != "" {
		fmt.Fprintf(out, "  %s: %s\n", r.Run, r.By)
	}
	if r.AgainstBy != "" {
		fmt.Fprintf(out, "  %s: %s\n", r.Against, r.AgainstBy)
	}
	rows := [][]string{
		{"", "changed", fmt.Sprint(r.Changed)}, {"", "gained", fmt.Sprint(r.Gained)}, {"", "lost", fmt.Sprint(r.Lost)},
		{"", "the same", fmt.Sprint(r.Same)}, {"", "no article in either", fmt.Sprint(r.Neither)},
	}
	if r.Undone > 0 {
		rows = append(rows, []string{"", "without a result to compare", fmt.Sprint(r.Undone)})
	}
	out.Table(rows)
	showCounts(out, "by field", r.Fields)
	showCounts(out, "by site", r.Sites)
	for i, c := range r.Changes {
		if i == limit {
			fmt.Fprintf(out, "\n… and %d more: --limit, --json or --html shows them\n", len(r.Changes)-limit)
			break
		}
		showChange(out, c)
	}
}

func showCounts(out *term.Out, what string, counts []diff.Count) {
	const most = 12
	if len(counts) == 0 {
		return
	}
	var parts []string
	for i, count := range counts {
		if i == most {
			parts = append(parts, fmt.Sprintf("and %d more", len(counts)-most))
			break
		}
		parts = append(parts, fmt.Sprintf("%s %d", count.Name, count.Count))
	}
	fmt.Fprintf(out, "%s: %s\n", what, strings.Join(parts, ", "))
}

func showChange(out *term.Out, c diff.Change) {
	fmt.Fprintf(out, "\n%s  %s  %s\n", c.Kind, out.Cut(c.Headline, out.Width-10), c.Reason)
	fmt.Fprintf(out, "  %s\n", c.URL)
	if c.Why != "" {
		fmt.Fprintf(out, "  %s\n", c.Why)
	}
	for _, f := range c.Fields {
		fmt.Fprintf(out, "  %s %s\n", f.Name, f.Reason)
		showSide(out, "-", f.Spans, diff.Out)
		showSide(out, "+", f.Spans, diff.In)
	}
}

// showSide shows one of the two texts; the words that only it has stand in
// brackets.
func showSide(out io.Writer, sign string, spans []diff.Span, own diff.Op) {
	var text strings.Builder
	for _, s := range spans {
		switch s.Op {
		case diff.Same:
			text.WriteString(s.Text)
		case diff.Skip:
			text.WriteString(" … ")
		case own:
			trimmed := strings.TrimSpace(s.Text)
			text.WriteString("[" + trimmed + "]" + strings.Repeat(" ", min(1, len(s.Text)-len(trimmed))))
		}
	}
	if said := strings.Join(strings.Fields(text.String()), " "); said != "" {
		fmt.Fprintf(out, "    %s %s\n", sign, said)
	}
}
