package cli

import (
	"context"
	"errors"
	"iter"
	"os"

	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/intake"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/stage"
)

// isArchive says whether a path is that of many pages: a web archive, JSON lines
// or a folder.
func isArchive(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir() || intake.Reads(path)
}

// archived are the pages of an archive, in one pass. What cannot be read of it is
// a page with that error.
func (r *pageReader) archived(ctx context.Context, path string) iter.Seq2[page, error] {
	return func(yield func(page, error) bool) {
		source, err := intake.Open(path)
		if err != nil {
			yield(unread(path, err), nil)
			return
		}
		defer source.Close()
		for rec, err := range source.Records(ctx, intake.Place{}) {
			if err != nil {
				yield(page{}, err)
				return
			}
			name := path + "#" + rec.Place.String()
			captured, err := pageOf(rec)
			p := unread(name, err)
			switch {
			case errors.Is(err, archive.ErrNoPage):
				continue
			case err == nil && captured.Status != 0 && captured.Status/100 != 2:
				continue // a redirect, an error: no page of the outlet
			case err == nil:
				p.read = func(context.Context) (extract.Input, error) {
					in, err := stage.Input(captured, pageLimit)
					in.Rules = r.rules
					return in, err
				}
			}
			if !yield(p, nil) {
				return
			}
		}
	}
}

// pageOf is the page that a record holds.
func pageOf(rec intake.Record) (*news.Page, error) {
	if rec.WARC != nil {
		return archive.PageOf(rec.WARC, pageLimit)
	}
	return rec.Page, rec.Err
}

// unread is what cannot be read of an archive.
func unread(name string, err error) page {
	return page{id: name, archived: true, read: func(context.Context) (extract.Input, error) { return extract.Input{}, err }}
}
