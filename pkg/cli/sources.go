package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/frontier"
	"github.com/copydesk/copydesk/pkg/stream"
	"github.com/copydesk/copydesk/pkg/term"
)

type sourcesCommand struct {
	Add    sourcesAddCommand    `cmd:"" help:"Add feeds, sitemaps or lists of them, and poll them from now on."`
	List   sourcesListCommand   `cmd:"" name:"ls" help:"List the sources: what came last, what went wrong, when they are polled next."`
	Remove sourcesRemoveCommand `cmd:"" name:"rm" help:"Forget sources and all that they led to; pages that came of them stay. What a list still names comes back: pause it instead."`
	Pause  sourcesPauseCommand  `cmd:"" help:"Poll sources and all that they led to no more."`
	Resume sourcesResumeCommand `cmd:"" help:"Poll them again."`
}

type sourcesListCommand struct {
	Silent bool `help:"Only those of which nothing is heard, and why."`
}

// Run lists sources.
func (x *sourcesListCommand) Run(ctx context.Context, c *console) error {
	conn, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	sources, err := allSources(ctx, conn, x.Silent)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(c.out, api.SourcesListReply{Sources: sources})
	}
	switch {
	case len(sources) == 0 && x.Silent:
		fmt.Fprintln(c.err, "no source is silent")
	case len(sources) == 0:
		fmt.Fprintln(c.err, "there are no sources: add one with \"copydesk sources add URL\"")
	default:
		showSources(c.out, sources, time.Now())
	}
	return nil
}

func allSources(ctx context.Context, conn *stream.Conn, silent bool) ([]frontier.Source, error) {
	all := []frontier.Source{}
	after := ""
	for {
		reply, err := ask[api.SourcesListReply](ctx, conn, api.SourcesList, api.SourcesListRequest{After: after, Limit: 500})
		if err != nil {
			return nil, err
		}
		for _, s := range reply.Sources {
			after = s.URL
			if s.Silent != "" || !silent {
				all = append(all, s)
			}
		}
		if !reply.More {
			return all, nil
		}
	}
}

func showSources(out *term.Out, sources []frontier.Source, now time.Time) {
	header := []string{"source", "kind", "    items", "last new", "last read", "next poll", "state"}
	for i, name := range header {
		header[i] = out.Dim(name)
	}
	rows := [][]string{header}
	for _, s := range sources {
		next := "–"
		if s.State == frontier.Active {
			next = "in " + short(max(0, s.NextAt.Sub(now)))
		}
		rows = append(rows, []string{out.Accent(s.URL), s.Kind, column(s.Items),
			ago(s.NewAt, now), ago(s.SuccessAt, now), next, sourceState(out, s)})
	}
	out.Table(rows)
}

// sourceState is how a source does, and why not better.
func sourceState(out *term.Out, s frontier.Source) string {
	switch {
	case s.State == frontier.Paused:
		return out.Dim("paused")
	case s.Silent != "":
		return out.Bad("silent: " + s.Silent)
	case s.Error != "":
		return out.Warn("failed: " + s.Error)
	case s.SuccessAt.IsZero():
		return out.Dim("not read yet")
	}
	return out.Good("active")
}

// ago is how long ago something was, "–" for never.
func ago(t, now time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return short(max(0, now.Sub(t))) + " ago"
}

// short is a time in its largest unit.
func short(d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return fmt.Sprintf("%dd", d/(24*time.Hour))
	case d >= time.Hour:
		return fmt.Sprintf("%dh", d/time.Hour)
	case d >= time.Minute:
		return fmt.Sprintf("%dm", d/time.Minute)
	}
	return fmt.Sprintf("%ds", d/time.Second)
}

// sourcesSome names sources.
type sourcesSome struct {
	URLs []string `arg:"" name:"url" help:"Addresses that \"sources ls\" shows."`
}

type sourcesRemoveCommand struct{ sourcesSome }

// Run forgets sources.
func (x *sourcesRemoveCommand) Run(ctx context.Context, c *console) error {
	return x.each(ctx, c, api.SourcesRemove, "removed")
}

type sourcesPauseCommand struct{ sourcesSome }

// Run pauses sources.
func (x *sourcesPauseCommand) Run(ctx context.Context, c *console) error {
	return x.each(ctx, c, api.SourcesPause, "paused")
}

type sourcesResumeCommand struct{ sourcesSome }

// Run has sources polled again.
func (x *sourcesResumeCommand) Run(ctx context.Context, c *console) error {
	return x.each(ctx, c, api.SourcesResume, "resumed")
}

// each asks verb for every source named, and goes on where one is not there.
func (x *sourcesSome) each(ctx context.Context, c *console, verb, done string) error {
	conn, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	failed := map[string]string{}
	for _, url := range x.URLs {
		if _, err = ask[struct{}](ctx, conn, verb, api.SourceRequest{URL: url}); err == nil {
			continue
		}
		if !errors.Is(err, errNotFound) || len(x.URLs) == 1 {
			return err
		}
		failed[url] = err.Error()
		fmt.Fprintln(c.err, "copydesk:", err)
	}
	if c.JSON {
		err = printJSON(c.out, map[string]any{done: len(x.URLs) - len(failed), "failed": failed})
	} else {
		_, err = fmt.Fprintf(c.out, "%d %s\n", len(x.URLs)-len(failed), done)
	}
	if err == nil && len(failed) > 0 {
		return errPartly
	}
	return err
}

// needsURLs is a usage error that names what is missing.
func needsURLs(what string) error {
	return fmt.Errorf("name %s: %w", strings.TrimSpace(what), config.ErrUsage)
}
