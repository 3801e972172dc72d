package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/service"
	"github.com/copydesk/copydesk/pkg/stream"
)

type streamsCommand struct {
	Check streamsCheckCommand `cmd:"" help:"List where streams differ from the settings."`
	Apply streamsApplyCommand `cmd:"" help:"Change streams to what the settings say."`
}

type streamsCheckCommand struct {
	Stream config.Stream `embed:"" prefix:"stream-" group:"Streams"`
}

type streamsApplyCommand struct {
	Stream config.Stream `embed:"" prefix:"stream-" group:"Streams"`
}

// errDifferent is returned where "streams check" found something.
var errDifferent = errors.New("the streams are not as the settings say: \"copydesk streams apply\" changes them")

// Run lists differences, and fails if there are any. It makes and changes
// nothing.
func (x *streamsCheckCommand) Run(ctx context.Context, c *console) error {
	return c.withStreams(ctx, x.Stream, func(ctx context.Context, conn *stream.Conn) error {
		differences, err := conn.Compare(ctx)
		if err != nil {
			return err
		}
		if err := c.tellDifferences(differences, "streams are as the settings say"); err != nil {
			return err
		}
		if len(differences) > 0 {
			return errDifferent
		}
		return nil
	})
}

// Run changes the streams and lists what was different.
func (x *streamsApplyCommand) Run(ctx context.Context, c *console) error {
	return c.withStreams(ctx, x.Stream, func(ctx context.Context, conn *stream.Conn) error {
		differences, err := conn.Apply(ctx)
		if err != nil {
			return err
		}
		return c.tellDifferences(differences, "streams are as the settings say")
	})
}

func (c *console) withStreams(ctx context.Context, s config.Stream, do func(context.Context, *stream.Conn) error) error {
	settings, err := c.broker()
	if err != nil {
		return err
	}
	settings.Topology = service.Topology(s)
	settings.AckWait = s.AckWait
	conn, err := c.dial(ctx, settings)
	if err != nil {
		return err
	}
	defer conn.Close()
	ctx, stop := context.WithTimeout(ctx, askTimeout)
	defer stop()
	return do(ctx, conn)
}

func (c *console) tellDifferences(differences []stream.Difference, none string) error {
	if c.JSON {
		return printJSON(c.out, append([]stream.Difference{}, differences...))
	}
	for _, d := range differences {
		fmt.Fprintln(c.out, d)
	}
	if len(differences) == 0 {
		fmt.Fprintln(c.out, none)
	}
	return nil
}
