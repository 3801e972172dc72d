package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/copydesk/copydesk/pkg/api"
)

type reindexCommand struct{}

// reindexPoll is how often progress is asked for.
const reindexPoll = 200 * time.Millisecond

// Run has the indexer build the search index anew and shows how far it is. An
// interrupt ends the showing, not the building.
func (reindexCommand) Run(ctx context.Context, c *console) error {
	conn, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	reply, err := ask[api.ReindexReply](ctx, conn, api.Reindex, api.ReindexRequest{Begin: true})
	if err != nil {
		return err
	}
	progress := c.err.NewProgress("reindex", int(reply.Rows))
	defer progress.Clear()
	tick := time.NewTicker(reindexPoll)
	defer tick.Stop()
	for reply.Running {
		progress.At(int(reply.Row))
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
		if reply, err = ask[api.ReindexReply](ctx, conn, api.Reindex, api.ReindexRequest{}); err != nil {
			return err
		}
	}
	progress.Clear()
	if reply.Error != "" {
		return errors.New(reply.Error)
	}
	if c.JSON {
		return printJSON(c.out, reply)
	}
	_, err = fmt.Fprintf(c.out, "search index built anew from %d rows\n", reply.Row)
	return err
}
