package service

import (
	"context"
	"fmt"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
)

// Limits of one answer to a comparison: of the records in it, in bytes, though one
// capture is always given, and of the captures that are looked at for it.
const (
	compareBytes = 4 << 20
	compareRows  = 5000
	compareBatch = 100
)

// runsCompare gives the next captures of a replay that differ. The same question
// has the same answer once the replay is complete, so that it can be given in
// pieces.
func (d *indexDesk) runsCompare(ctx context.Context, q api.CompareRequest) (api.Piece, error) {
	for _, name := range []string{q.Run, q.Against} {
		if err := d.isReplay(ctx, name); name != "" && err != nil {
			return api.Piece{}, err
		}
	}
	reply := api.CompareReply{Number: q.After}
	for size, seen := 0, 0; ; {
		some, err := d.rows.Compare(ctx, q.Run, q.Against, reply.Number, compareBatch)
		if err != nil {
			return api.Piece{}, err
		}
		if len(some) == 0 {
			break
		}
		for _, c := range some {
			if size >= compareBytes || seen >= compareRows {
				reply.More = true
				return api.PieceOf(reply, q.Offset)
			}
			size += count(&reply, c, q.Against != "")
			reply.Number, seen = c.Number, seen+1
		}
	}
	return api.PieceOf(reply, q.Offset)
}

// count counts a capture, and gives it where it differs; it returns how large that
// is, in bytes. Another replay without a result of it says nothing of it, the index
// without one has no article.
func count(reply *api.CompareReply, c store.Comparison, replays bool) int {
	switch {
	case undone(c.After), replays && undone(c.Before):
		reply.Undone++
	case c.Before.Record == nil && c.After.Record == nil:
		reply.Neither++
	case c.Before.ContentHash == c.After.ContentHash:
		reply.Same++
	default:
		reply.Differing = append(reply.Differing, c)
		return len(c.Before.Record) + len(c.After.Record)
	}
	return 0
}

// undone says that a capture has no result: it is on its way, or could not be done.
func undone(m store.Made) bool { return m.Outcome == "" || m.Outcome == news.Dead }

// isReplay refuses a run that is none, or no replay.
func (d *indexDesk) isReplay(ctx context.Context, name string) error {
	run, err := d.run(ctx, name)
	if err == nil && run.Kind != news.RunReplay {
		err = api.BadQuestion(fmt.Errorf("run %s: %w", name, store.ErrNoReplay))
	}
	return err
}
