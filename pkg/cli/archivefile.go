package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"

	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/extract"
	"github.com/copydesk/copydesk/pkg/stage"
	"github.com/copydesk/copydesk/pkg/warc"
)

// isArchive says whether a file's name is that of a web archive: WARC records,
// of pages or (WET) of their text.
func isArchive(path string) bool {
	name := strings.ToLower(path)
	for _, packed := range [...]string{".gz", ".zst"} {
		name = strings.TrimSuffix(name, packed)
	}
	return strings.HasSuffix(name, ".warc") || strings.HasSuffix(name, ".wet")
}

// archived are the pages of a web archive, in one pass. A stretch that cannot be
// read is a page with that error.
func (r *pageReader) archived(path string) iter.Seq2[page, error] {
	return func(yield func(page, error) bool) {
		file, err := os.Open(path)
		if err != nil {
			yield(page{}, err)
			return
		}
		defer file.Close()
		for records := warc.NewReader(file); ; {
			rec, err := records.Next()
			damage := (*warc.Damage)(nil)
			switch {
			case errors.Is(err, io.EOF):
				return
			case errors.As(err, &damage):
				if !yield(unread(path, damage.Offset, damage.Err), nil) {
					return
				}
				continue
			case err != nil:
				yield(page{}, fmt.Errorf("read %s: %w", path, err))
				return
			}
			captured, err := archive.PageOf(rec, pageLimit)
			switch {
			case errors.Is(err, archive.ErrNoPage):
				continue
			case err != nil:
				if !yield(unread(path, rec.Offset, err), nil) {
					return
				}
				continue
			case captured.Status != 0 && captured.Status/100 != 2:
				continue // a redirect, an error: no page of the outlet
			}
			p := page{id: place(path, rec.Offset), archived: true, read: func(context.Context) (extract.Input, error) {
				in, err := stage.Input(captured, pageLimit)
				in.Rules = r.rules
				return in, err
			}}
			if !yield(p, nil) {
				return
			}
		}
	}
}

// place names a record of an archive.
func place(path string, offset int64) string { return fmt.Sprintf("%s#%d", path, offset) }

// unread is a record that cannot be read.
func unread(path string, offset int64, err error) page {
	return page{id: place(path, offset), archived: true, read: func(context.Context) (extract.Input, error) { return extract.Input{}, err }}
}
