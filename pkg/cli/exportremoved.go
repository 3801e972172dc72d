package cli

import (
	"context"
	"errors"
	"io"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/export"
)

var errKnowsNoRemovals = errors.New("the desk does not say what has to go from a copy: it is an older build; start it with this one")

// removed writes what has to go from a copy of the records.
func (e *exporting) removed(ctx context.Context, path string, of export.Choice) (*export.File, error) {
	gone := 0
	file, err := export.WriteFile(path, func(w io.Writer) error {
		out := export.NewRemoved(w, of.Format)
		for _, kind := range export.RemovedFrom(of.Table) {
			r := &exporting{console: e.console, request: api.ExportRequest{Removed: kind}}
			r.answer = func(ctx context.Context, q api.ExportRequest) (api.ExportReply, error) {
				reply, err := e.answer(ctx, q)
				if err == nil && reply.Removed != kind {
					err = errKnowsNoRemovals
				}
				return reply, err
			}
			if err := r.each(ctx, out.Write, out.Flush); err != nil {
				return err
			}
			gone += r.records
		}
		return nil
	})
	file.Records = gone
	return &file, err
}
