package cli

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
	"github.com/copydesk/copydesk/pkg/stream"
)

type runsCommand struct {
	Ls     runsListCommand   `cmd:"" help:"List imports and replays, and how far they are."`
	Show   runsShowCommand   `cmd:"" help:"Tell how far one run is, and what came of its captures."`
	Cancel runsCancelCommand `cmd:"" help:"Stop a replay, or wait no more for the rest of an import; what there is of it stays."`
	Resume runsResumeCommand `cmd:"" help:"Have a replay that was stopped go on, and follow it."`
	Drop   runsDropCommand   `cmd:"" help:"Forget a replay and all that it made."`
}

type runsListCommand struct{}

// Run lists all runs.
func (runsListCommand) Run(ctx context.Context, c *console) error {
	reply, err := askDesk[api.RunsListReply](ctx, c, api.RunsList, api.RunsListRequest{})
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(c.out, reply)
	}
	if len(reply.Runs) == 0 {
		fmt.Fprintln(c.err, "there are no runs: \"copydesk import\" and \"copydesk replay\" begin one")
		return nil
	}
	var rows [][]string
	for _, run := range reply.Runs {
		rows = append(rows, []string{run.Name, string(run.Kind), run.BegunAt.Local().Format(time.DateTime), standing(run)})
	}
	c.out.Table(rows)
	return nil
}

// standing is how far a run is, in words.
func standing(run store.RunState) string {
	switch {
	case run.Sending:
		return fmt.Sprintf("%s in the archive, %d handed on, not all is sent", captures(run.Captures), run.Fed)
	case run.Kind != news.RunReplay:
		return fmt.Sprintf("%s in the archive, %d handed on", captures(run.Captures), run.Fed)
	case run.Ended == run.Captures:
		return fmt.Sprintf("complete: %s", captures(run.Captures))
	case !run.CancelledAt.IsZero():
		return fmt.Sprintf("cancelled after %d of %s", run.Ended, captures(run.Captures))
	case run.Outside:
		return fmt.Sprintf("%d of %s, while the command runs that began it", run.Ended, captures(run.Captures))
	}
	return fmt.Sprintf("%d of %s", run.Ended, captures(run.Captures))
}

type runName struct {
	Name string `arg:"" name:"run" help:"Name of the run."`
}

type runsShowCommand struct{ runName }

// Run shows one run.
func (x *runsShowCommand) Run(ctx context.Context, c *console) error {
	conn, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	run, err := askRun(ctx, conn, x.Name)
	if err != nil {
		return err
	}
	return showRun(c, run)
}

// askRun asks how far one run is.
func askRun(ctx context.Context, conn *stream.Conn, name string) (store.RunState, error) {
	reply, err := ask[api.RunsListReply](ctx, conn, api.RunsList, api.RunsListRequest{Name: name})
	if err != nil {
		return store.RunState{}, err
	}
	return reply.Runs[0], nil
}

// showRun tells of one run.
func showRun(c *console, run store.RunState) error {
	if c.JSON {
		return printJSON(c.out, run)
	}
	fmt.Fprintf(c.out, "%s %s, begun %s: %s\n", run.Kind, run.Name, run.BegunAt.Local().Format(time.DateTime), standing(run))
	if run.Question != nil {
		fmt.Fprintf(c.out, "  of %s\n", questionWords(*run.Question))
	}
	if run.Sending {
		fmt.Fprintf(c.out, "  where its command was stopped, the same command goes on; \"copydesk runs cancel %s\" has nothing wait for the rest\n", run.Name)
	}
	if run.MadeBy != nil {
		fmt.Fprintf(c.out, "  by %s\n", makerWords(*run.MadeBy))
	}
	if run.Beside != nil && !run.Beside.Same(*run.MadeBy) {
		fmt.Fprintf(c.out, "  beside the desk's %s\n", makerWords(*run.Beside))
	}
	if run.Outside && run.Ended < run.Captures && run.CancelledAt.IsZero() {
		fmt.Fprintf(c.out, "  its extractor runs with the command that began it: where that was stopped, the same command goes on (copydesk replay --run %s --extractor …)\n", run.Name)
	}
	for _, outcome := range slices.Sorted(maps.Keys(run.Outcomes)) {
		fmt.Fprintf(c.out, "  %6d %s\n", run.Outcomes[outcome], outcomeWords(run, outcome))
	}
	for _, d := range run.Deaths {
		fmt.Fprintf(c.out, "  %6d dead (%s): %s\n", d.Captures, d.Reason, d.Detail)
	}
	if run.Others > 0 {
		fmt.Fprintf(c.out, "  %d of the records were made by another extractor or by other rules than the run began with: drop it and replay again for one that is of a piece\n", run.Others)
	}
	return nil
}

// questionWords says which captures a replay was asked for, by the flags that ask
// for them.
func questionWords(q store.ReplayQuestion) string {
	flags := []struct {
		name  string
		value any
		said  bool
	}{
		{"site", q.Site, q.Site != ""}, {"url", q.URL, q.URL != ""},
		{"from", q.From.Local().Format(time.RFC3339), !q.From.IsZero()}, {"from", ageWords(q.FromAge), q.FromAge > 0},
		{"to", q.Until.Local().Format(time.RFC3339), !q.Until.IsZero()}, {"to", ageWords(q.UntilAge), q.UntilAge > 0},
		{"where", fmt.Sprintf("%q", q.Where), q.Where != ""}, {"sample", q.Sample, q.Sample > 0},
	}
	var words []string
	for _, f := range flags {
		if f.said {
			words = append(words, fmt.Sprintf("--%s %v", f.name, f.value))
		}
	}
	if words == nil {
		return "all captures that there were"
	}
	return "what it was asked for: " + strings.Join(words, " ")
}

// makerWords names an extractor and its rules.
func makerWords(m store.Maker) string {
	words := m.Extractor + " " + m.Version
	if m.Build != "" {
		words += " (build " + m.Build + ")"
	}
	if m.Rules == "" {
		return words + ", no site rules"
	}
	return words + ", site rules " + m.Rules
}

// outcomeWords says what an outcome means in a run.
func outcomeWords(run store.RunState, o news.Outcome) string {
	if run.Kind == news.RunReplay {
		switch {
		case o == news.Done:
			return "gave a record"
		case o == news.Skipped:
			return "are no article"
		case o == news.Dead && run.Outside:
			return "could not be done"
		case o == news.Dead:
			return "could not be done (copydesk dead)"
		}
	}
	return string(o)
}

type runsCancelCommand struct{ runName }

// Run stops a replay, or says that no more of an import is sent.
func (x *runsCancelCommand) Run(ctx context.Context, c *console) error {
	_, err := askDesk[struct{}](ctx, c, api.RunsCancel, api.RunRequest{Name: x.Name})
	return err
}

type runsResumeCommand struct {
	runName
	Wait bool `default:"true" negatable:"" help:"Wait until every capture has its result. Interrupted, the replay goes on."`
}

// Run has a replay go on.
func (x *runsResumeCommand) Run(ctx context.Context, c *console) error {
	conn, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := ask[struct{}](ctx, conn, api.RunsResume, api.RunRequest{Name: x.Name}); err != nil {
		return err
	}
	run, err := askRun(ctx, conn, x.Name)
	if err != nil {
		return err
	}
	if x.Wait && !run.Outside { // which goes on with the command that began it
		if run, err = followReplay(ctx, c, conn, run); err != nil {
			return err
		}
	}
	return showRun(c, run)
}

type runsDropCommand struct{ runName }

// Run forgets a replay.
func (x *runsDropCommand) Run(ctx context.Context, c *console) error {
	_, err := askDesk[struct{}](ctx, c, api.RunsDrop, api.RunRequest{Name: x.Name})
	return err
}
