package cli

import (
	"cmp"
	"context"
	"fmt"

	"github.com/copydesk/copydesk/pkg/config"
	"github.com/copydesk/copydesk/pkg/service"
)

type upCommand struct {
	Port    int            `default:"4222" help:"Port of the embedded NATS broker on 127.0.0.1; 0 for any that is free."`
	Fetch   config.Fetch   `embed:"" prefix:"fetch-" group:"Fetching"`
	Extract config.Extract `embed:"" prefix:"extract-" group:"Extraction"`
	Index   config.Index   `embed:"" prefix:"index-" group:"Indexing"`
	Archive config.Archive `embed:"" prefix:"archive-" group:"Archive"`
	Stream  config.Stream  `embed:"" prefix:"stream-" group:"Streams"`
	HTTP    config.HTTP    `embed:"" prefix:"http-" group:"Health"`
	Trace   config.Trace   `embed:"" prefix:"trace-" group:"Traces"`
}

// Validate says whether the port can be right.
func (x *upCommand) Validate() error {
	if x.Port < 0 || x.Port > 65535 {
		return fmt.Errorf("--port: %d: must be 0 to 65535", x.Port)
	}
	return nil
}

// Run runs the desk until ctx ends.
func (x *upCommand) Run(ctx context.Context, c *console) error {
	if c.NATS.URL != "" {
		return fmt.Errorf("up brings its own broker: unset %s, or run fetcher, extractor and indexer for the one that it names: %w",
			cmp.Or(c.NATS.From, "--nats-url"), config.ErrUsage)
	}
	log := service.NewLogger(c.Log, c.err.Writer)
	service.Adopt(log)
	desk, err := service.StartDesk(ctx, service.DeskSettings{
		Data: c.Data, Port: x.Port, Stream: x.Stream, Fetch: x.Fetch, Extract: x.Extract, Index: x.Index, Archive: x.Archive, HTTP: x.HTTP, Trace: x.Trace,
	}, log)
	if err != nil {
		return err
	}
	log.Info().Str("data", c.Data).Str("broker", desk.URL).Str("health", x.HTTP.Listen).
		Msg("the desk is up: try \"copydesk add URL\" in another terminal; interrupt to stop")
	return desk.Wait()
}
