package intake

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/copydesk/copydesk/pkg/wacz"
	"github.com/copydesk/copydesk/pkg/warc"
)

// archive is a file of WARC records.
type archive struct {
	*os.File
	size int64
}

func openArchive(file *os.File, size int64) (contents, int64, error) {
	return archive{file, size}, size, nil
}

func (a archive) records(ctx context.Context, from Place, yield func(Record) bool) error {
	_, err := recordsOf(file{ctx, a.File, a.size, true}, from, 0, yield)
	return err
}

// zipped are the web archives of a WACZ file.
type zipped struct {
	*os.File
	archives []*wacz.Archive
}

func openWACZ(file *os.File, size int64) (contents, int64, error) {
	archives, err := wacz.Open(file, size)
	if err != nil {
		return nil, 0, err
	}
	sum := int64(0)
	for _, a := range archives {
		sum += a.Size
	}
	return zipped{file, archives}, sum, nil
}

func (z zipped) records(ctx context.Context, from Place, yield func(Record) bool) error {
	done, found := int64(0), from.Archive == ""
	for _, a := range z.archives {
		at := Place{Archive: a.Name}
		if a.Name == from.Archive {
			at, found = from, true
		}
		if found {
			if more, err := recordsOf(file{ctx, a, a.Size, a.Stored}, at, done, yield); !more || err != nil {
				return err
			}
		}
		done += a.Size
	}
	if !found {
		return fmt.Errorf("no %s in it: it is not the file that was read before", from.Archive)
	}
	return nil
}

// file is one web archive, which is read as long as it is wanted: a record may
// be long.
type file struct {
	ctx context.Context
	io.ReaderAt
	size int64
	back bool // going back in it is cheap
}

func (f file) ReadAt(p []byte, at int64) (int, error) {
	if err := f.ctx.Err(); err != nil {
		return 0, err
	}
	return f.ReaderAt.ReadAt(p, at)
}

// reading is the reading of one web archive.
type reading struct {
	*warc.Reader
	file   file
	block  bytes.Buffer // of the record at hand
	damage error        // of the record at hand, to be told next
}

// next is the next record, or the damage of the one before.
func (r *reading) next() (*warc.Record, error) {
	if err := r.damage; err != nil {
		r.damage = nil
		return nil, err
	}
	return r.Next()
}

// recordsOf gives the records of one web archive, before which so many bytes of
// the source were read. more says that the next archive is wanted.
func recordsOf(f file, from Place, done int64, yield func(Record) bool) (more bool, err error) {
	records, err := warc.NewReaderAt(f, from.Offset)
	if err != nil && !errors.Is(err, wacz.ErrFormat) {
		return false, err
	}
	records.Until(f.size)
	in := &reading{Reader: records, file: f}
	next := Place{from.Archive, from.Offset, 0}
	for {
		rec, err := in.next()
		r, last := Record{WARC: rec, in: in}, false
		offset, damage := next.Offset, (*warc.Damage)(nil)
		switch {
		case errors.Is(err, io.EOF):
			return true, nil
		case errors.As(err, &damage):
			r.Err, offset = damage.Err, damage.Offset
		case errors.Is(err, wacz.ErrFormat): // nothing behind it can be read
			r.Err, last = err, true
		case err != nil:
			return false, err
		default:
			offset = rec.Offset
		}
		if offset != next.Offset {
			next = Place{from.Archive, offset, 0}
		}
		r.Place, r.Done = next, done+offset
		next = next.After()
		if offset == from.Offset && r.Place.Nth < from.Nth {
			if last {
				return true, nil
			}
			continue
		}
		if !yield(r) || last {
			return last, nil
		}
	}
}
