package cli

import (
	"context"
	"errors"
	"io"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/export"
	"github.com/copydesk/copydesk/pkg/news"
)

var errKnowsNoRemovals = errors.New("the desk does not say what has to go from a copy: it is an older build; start it with this one")

// removed writes what has to go from a copy of the records of a manifest.
func (e *exporting) removed(ctx context.Context, path string, of *export.Manifest) (*export.File, error) {
	gone := 0
	file, err := e.stage.Write(path, func(w io.Writer) error {
		out := export.NewRemoved(w, of.Format)
		for _, kind := range export.RemovedFrom(of.Choice) {
			r := &exporting{console: e.console, request: api.ExportRequest{Removed: kind}}
			if kind == news.RemovedLeft {
				r.request = api.ExportRequest{Removed: kind, After: of.Began, Query: of.Query, Site: of.Site, Since: of.From, Until: of.To}
			}
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
