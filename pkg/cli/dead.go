package cli

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/stream"
)

type deadCommand struct {
	List  deadListCommand  `cmd:"" name:"ls" help:"List what could not be done, oldest first."`
	Show  deadShowCommand  `cmd:"" help:"Show one message: why, and what was tried."`
	Retry deadRetryCommand `cmd:"" help:"Try messages again, from their stage on."`
	Drop  deadDropCommand  `cmd:"" help:"Take messages out for good; their journeys say so."`
}

type deadListCommand struct {
	Limit int    `short:"n" default:"50" help:"Most messages to list."`
	After uint64 `help:"Begin after this number." placeholder:"NUMBER"`
}

// Run lists dead messages.
func (x *deadListCommand) Run(ctx context.Context, c *console) error {
	reply, err := askDesk[api.DeadListReply](ctx, c, api.DeadList, api.DeadListRequest{After: x.After, Limit: x.Limit})
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(c.out, reply)
	}
	if len(reply.Messages) == 0 {
		fmt.Fprintln(c.err, "nothing is dead")
		return nil
	}
	rows := [][]string{{c.out.Dim("number"), c.out.Dim("stage"), c.out.Dim("reason"), c.out.Dim("since"), c.out.Dim("address")}}
	for _, m := range reply.Messages {
		rows = append(rows, []string{c.out.Accent(strconv.FormatUint(m.Sequence, 10)), string(m.Letter.Stage),
			c.out.Bad(string(m.Letter.Reason)), moment(m.Letter.At), m.Letter.URL})
	}
	c.out.Table(rows)
	if reply.More {
		fmt.Fprintf(c.err, "more: --after %d\n", reply.Messages[len(reply.Messages)-1].Sequence)
	}
	return nil
}

type deadShowCommand struct {
	Number uint64 `arg:"" help:"The number that \"dead ls\" shows."`
}

// Run shows a dead message.
func (x *deadShowCommand) Run(ctx context.Context, c *console) error {
	conn, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	m, err := api.Gather[stream.DeadMessage](func(offset int) (api.Piece, error) {
		return ask[api.Piece](ctx, conn, api.DeadShow, api.DeadShowRequest{Sequence: x.Number, Offset: offset})
	})
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(c.out, m)
	}
	l := m.Letter
	fmt.Fprintln(c.out, c.out.Bold(l.URL))
	c.out.Table([][]string{
		{"  " + c.out.Dim("stage"), string(l.Stage)},
		{"  " + c.out.Dim("reason"), c.out.Bad(string(l.Reason))},
		{"  " + c.out.Dim("detail"), l.Detail},
		{"  " + c.out.Dim("since"), moment(l.At)},
		{"  " + c.out.Dim("subject"), l.Subject},
		{"  " + c.out.Dim("payload"), fmt.Sprintf("%d bytes", m.Size)},
		{"  " + c.out.Dim("visit"), l.VisitID},
	})
	if len(l.History) > 0 {
		fmt.Fprintln(c.out, "\n  tried before")
	}
	var rows [][]string
	for _, try := range l.History {
		rows = append(rows, []string{"  " + c.out.Dim(moment(try.At)), strconv.Itoa(try.Attempt), string(try.Reason), c.out.Dim(try.Detail)})
	}
	c.out.Table(rows)
	return nil
}

// deadSome names some dead messages or all of them.
type deadSome struct {
	Numbers []uint64 `arg:"" optional:"" help:"Numbers that \"dead ls\" shows."`
	All     bool     `help:"All that there are now."`
}

type deadRetryCommand struct{ deadSome }

// Run tries messages again.
func (x *deadRetryCommand) Run(ctx context.Context, c *console) error {
	return x.each(ctx, c, api.DeadRetry, "sent back to work")
}

type deadDropCommand struct{ deadSome }

// Run drops messages.
func (x *deadDropCommand) Run(ctx context.Context, c *console) error {
	return x.each(ctx, c, api.DeadDrop, "dropped")
}

// each asks verb for every message named, and goes on where one fails.
func (x *deadSome) each(ctx context.Context, c *console, verb, done string) error {
	if x.All == (len(x.Numbers) > 0) {
		return fmt.Errorf("name numbers, or --all: %w", config.ErrUsage)
	}
	conn, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	numbers := x.Numbers
	if x.All {
		if numbers, err = allDead(ctx, conn); err != nil {
			return err
		}
	}
	failed := map[uint64]string{}
	for _, n := range numbers {
		if _, err := ask[struct{}](ctx, conn, verb, api.DeadRequest{Sequence: n}); err != nil {
			failed[n] = err.Error()
			fmt.Fprintf(c.err, "copydesk: %d: %v\n", n, err)
		}
	}
	if c.JSON {
		err = printJSON(c.out, map[string]any{strings.ReplaceAll(done, " ", "_"): len(numbers) - len(failed), "failed": failed})
	} else {
		_, err = fmt.Fprintf(c.out, "%d %s\n", len(numbers)-len(failed), done)
	}
	if err == nil && len(failed) > 0 {
		return errPartly
	}
	return err
}

func allDead(ctx context.Context, conn *stream.Conn) ([]uint64, error) {
	var numbers []uint64
	var after uint64
	for {
		reply, err := ask[api.DeadListReply](ctx, conn, api.DeadList, api.DeadListRequest{After: after, Limit: 100})
		if err != nil || len(reply.Messages) == 0 {
			return numbers, err
		}
		for _, m := range reply.Messages {
			after = m.Sequence
			numbers = append(numbers, after)
		}
	}
}
