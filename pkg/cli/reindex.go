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

// errForgotten is returned where the indexer knows nothing any more of the index
// that it was building.
var errForgotten = errors.New("the indexer was started anew before the search index was done, and the old one goes on answering: run reindex again")

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
		begun := reply.Begun
		if reply, err = ask[api.ReindexReply](ctx, conn, api.Reindex, api.ReindexRequest{}); err != nil {
			return err
		}
		if !reply.Begun.Equal(begun) {
			return errForgotten
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
