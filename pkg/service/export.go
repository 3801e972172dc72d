package service

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/search"
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
	var query search.Query // every record
	if strings.TrimSpace(q.Query) != "" {
		var err error
		if query, err = search.Parse(q.Query); err != nil {
			return api.Piece{}, api.BadQuestion(err)
		}
	}
	// Asked for first: a row that comes later is left to the next request.
	last, err := d.rows.LastRow(ctx)
	if err != nil {
		return api.Piece{}, err
	}
	reply := api.ExportReply{Row: q.After, LastRow: last}
	for size, seen := 0, 0; size < exportBytes && seen < exportRows; {
		rows, err := d.rows.RecordsAfter(ctx, reply.Row, exportBatch, q.Revisions)
		if err != nil {
			return api.Piece{}, err
		}
		if len(rows) == 0 {
			reply.Row = max(reply.Row, last)
			break
		}
		for i := 0; i < len(rows) && size < exportBytes; i++ {
			row := &rows[i]
			reply.Row, seen = row.Number, seen+1
			if row.Raw.FetchedAt.Before(q.Since) || !query.Holds(&row.Article) {
				continue
			}
			line, err := json.Marshal(row)
			if err != nil {
				return api.Piece{}, err
			}
			reply.Records, size = append(reply.Records, line), size+len(line)
		}
	}
	return api.PieceOf(reply, q.Offset)
}
