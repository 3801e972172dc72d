package intake

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"time"
)

// lines are pages described by one JSON object a line: with their HTML in it, or
// the name of a file below the same folder.
type lines struct {
	file   *os.File
	folder *os.Root
	pages  maker
}

func openLines(file *os.File, size int64) (contents, int64, error) {
	folder, err := os.OpenRoot(filepath.Dir(file.Name()))
	if err != nil {
		return nil, 0, err
	}
	info, err := file.Stat()
	if err != nil {
		return nil, 0, errors.Join(err, folder.Close())
	}
	return lines{file, folder, maker{
		folder: folder, source: filepath.Base(file.Name()), written: info.ModTime().UTC().Truncate(time.Second),
	}}, size, nil
}

func (l lines) Close() error { return errors.Join(l.folder.Close(), l.file.Close()) }

func (l lines) records(ctx context.Context, from Place, yield func(Record) bool) error {
	at, file := from.Offset, &tally{from: io.NewSectionReader(file{ctx: ctx, ReaderAt: l.file}, 0, math.MaxInt64)}
	text, err := unpack(file)
	if err == nil {
		defer text.Close()
		err = text.skip(at)
	}
	for {
		var line []byte
		var length int64
		if err == nil {
			line, length, err = text.line()
		}
		r := Record{Place: Place{Offset: at}, Done: file.n}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case file.err != nil && !errors.Is(file.err, io.EOF):
			return file.err
		case err != nil:
			r.Err = fmt.Errorf("nothing from here on can be read: %w", err)
		case length > mostLine:
			r.Err = fmt.Errorf("a line of %d bytes, more than %d", length, mostLine)
		case len(bytes.TrimSpace(line)) == 0:
			at += length
			continue
		default:
			r.Page, r.Err = l.pages.page(line)
			text.leave() // before what was made of it is waited for
		}
		skipped := at == from.Offset && from.Nth > 0
		if !skipped && !yield(r) || err != nil {
			return nil
		}
		at += length
	}
}
