package service

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/store"
)

// Limits of one answer to an export: of its JSON, in bytes, though one record
// is always given, and of the rows that are looked at for it.
const (
	exportBytes = 2 << 20
	exportRows  = 1000
	exportBatch = 50
)

// export gives the next records that are wanted. The same question has the same
// answer while no row comes, so that it can be given in pieces.
func (d *indexDesk) export(ctx context.Context, q api.ExportRequest) (api.Piece, error) {
	reply, err := exported(ctx, d.rows, q)
	if err != nil {
		return api.Piece{}, err
	}
	return api.PieceOf(reply, q.Offset)
}

// exported answers from the rows, whoever has them open.
func exported(ctx context.Context, rows *store.Store, q api.ExportRequest) (api.ExportReply, error) {
	if q.Removed != "" {
		return removals(ctx, rows, q)
	}
	filter, err := exportFilterOf(q)
	if err != nil {
		return api.ExportReply{}, api.BadQuestion(err)
	}
	if q.Captures {
		return export(ctx, q.After, rows.LastCaptureRow, func(ctx context.Context, after int64) ([]candidate, error) {
			found, err := rows.CapturesAfter(ctx, after, exportBatch)
			return candidates(found, func(c *news.CaptureRow) candidate {
				return candidate{c.Number, filter.capture(&c.Capture), c}
			}), err
		})
	}
	return export(ctx, q.After, rows.LastRow, func(ctx context.Context, after int64) ([]candidate, error) {
		found, err := rows.RecordsAfter(ctx, after, exportBatch, q.Revisions)
		return candidates(found, func(r *news.StoredRow) candidate {
			return candidate{r.Number, filter.article(&r.Article), r}
		}), err
	})
}

// candidate is a row under its number, and whether it is wanted.
type candidate struct {
	number int64
	wanted bool
	row    any
}

func candidates[Row any](rows []Row, of func(*Row) candidate) []candidate {
	all := make([]candidate, len(rows))
	for i := range rows {
		all[i] = of(&rows[i])
	}
	return all
}

// export reads rows on from one until they fill an answer.
func export(ctx context.Context, after int64, last func(context.Context) (int64, error), next func(ctx context.Context, after int64) ([]candidate, error)) (api.ExportReply, error) {
	// Asked for first: a row that comes later is left to the next request.
	lastRow, err := last(ctx)
	if err != nil {
		return api.ExportReply{}, err
	}
	if after > lastRow {
		return api.ExportReply{}, api.BadQuestion(fmt.Errorf("nothing comes after row %d, as the last is %d: the rows are others than those that it was counted in, so begin with all", after, lastRow))
	}
	reply := api.ExportReply{Row: after, LastRow: lastRow}
	for size, seen := 0, 0; size < exportBytes && seen < exportRows; {
		rows, err := next(ctx, reply.Row)
		if err != nil {
			return api.ExportReply{}, err
		}
		if len(rows) == 0 {
			reply.Row = max(reply.Row, lastRow)
			break
		}
		for i := 0; i < len(rows) && size < exportBytes; i++ {
			reply.Row, seen = rows[i].number, seen+1
			if !rows[i].wanted {
				continue
			}
			line, err := json.Marshal(rows[i].row)
			if err != nil {
				return api.ExportReply{}, err
			}
			reply.Records, size = append(reply.Records, line), size+len(line)
		}
	}
	return reply, nil
}
