package cli

import (
	"context"
	"fmt"

	"github.com/rs/zerolog"

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

// Run lists differences; it changes nothing that is there.
func (x *streamsCheckCommand) Run(ctx context.Context, c *console) error {
	return c.withStreams(ctx, x.Stream, func(conn *stream.Conn) error {
		differences, err := conn.Setup(ctx)
		if err != nil {
			return err
		}
		return c.tellDifferences(differences, "streams are as the settings say")
	})
}

// Run changes the streams and lists what was different.
func (x *streamsApplyCommand) Run(ctx context.Context, c *console) error {
	return c.withStreams(ctx, x.Stream, func(conn *stream.Conn) error {
		differences, err := conn.Apply(ctx)
		if err != nil {
			return err
		}
		return c.tellDifferences(differences, "nothing had to be changed")
	})
}

func (c *console) withStreams(ctx context.Context, s config.Stream, do func(*stream.Conn) error) error {
	settings, err := c.broker()
	if err != nil {
		return err
	}
	settings.Topology = service.Topology(s)
	settings.AckWait = s.AckWait
	ctx, stop := context.WithTimeout(ctx, askTimeout)
	defer stop()
	conn, err := stream.Connect(ctx, settings, zerolog.Nop())
	if err != nil {
		return err
	}
	defer conn.Close()
	return do(conn)
}

func (c *console) tellDifferences(differences []stream.Difference, none string) error {
	if c.JSON {
		return printJSON(c.out, differences)
	}
	for _, d := range differences {
		fmt.Fprintln(c.out, d)
	}
	if len(differences) == 0 {
		fmt.Fprintln(c.out, none)
	}
	return nil
}
