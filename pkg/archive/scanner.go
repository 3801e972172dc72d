package archive

import (
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/warc"
)

// whole is a unit that was read: the records of one capture, or one record that
// stands by itself, such as the segment's first.
type whole struct {
	at, end int64
	records []*found
	// main, capture and said are nil where the unit holds no capture.
	main    *found
	capture *news.Capture
	said    *statement
}

// scanner reads the units of a segment one after the other.
type scanner struct {
	from *warc.Reader
	file string // the segment's name
	keep bool   // the blocks of the records
	back *found // what was taken too early
}

// idle are scanners that read single records and units, to be used again: the
// buffers of one are larger than most pages.
var idle = sync.Pool{New: func() any { return newScanner(nothing{}, "") }}

// lend gives do a scanner of what it reads, which keeps the blocks.
func lend(from io.Reader, name string, do func(*scanner) error) error {
	s := idle.Get().(*scanner)
	s.from.Reset(from)
	s.file, s.keep, s.back = name, true, nil
	defer func() {
		s.from.Reset(nothing{})
		s.back = nil
		idle.Put(s)
	}()
	return do(s)
}

// nothing is an empty file.
type nothing struct{}

func (nothing) Read([]byte) (int, error) { return 0, io.EOF }

func newScanner(from io.Reader, name string) *scanner {
	return &scanner{from: warc.NewReader(from), file: name}
}

var (
	errNotWhole = errors.New("records of a capture without the metadata record that ends them")
	errAlone    = errors.New("a metadata record without the records that it ends")
)

// next is the next unit; [io.EOF] behind the last, a [*warc.Damage] for what is
// none, [ErrNewer] where the rest is not ours to judge.
func (s *scanner) next() (*whole, error) {
	first := s.take()
	switch {
	case first.err != nil:
		return nil, first.err
	case first.standsAlone():
		return &whole{at: first.at.Offset, end: first.end(), records: []*found{first}}, nil
	case first.said != nil:
		return nil, &warc.Damage{Offset: first.at.Offset, Err: errAlone}
	}
	main, records := first, []*found{first}
	if first.kind() == warc.Request {
		if main = s.take(); !main.isMain() {
			s.back = main
			return nil, &warc.Damage{Offset: first.at.Offset, Err: errNotWhole}
		}
		records = append(records, main)
	}
	if !main.isMain() {
		return nil, &warc.Damage{Offset: first.at.Offset, Err: fmt.Errorf("a record of the type %q, which is of no unit", main.kind())}
	}
	last := s.take()
	if !last.endsUnitOf(main) {
		s.back = last
		return nil, &warc.Damage{Offset: first.at.Offset, Err: errNotWhole}
	}
	capture := last.said.capture(main.header, main.at, s.file)
	return &whole{first.at.Offset, last.end(), append(records, last), main, &capture, last.said}, nil
}

// take reads the next record.
func (s *scanner) take() *found {
	if back := s.back; back != nil {
		s.back = nil
		return back
	}
	rec, err := s.from.Next()
	if err != nil {
		return &found{err: err}
	}
	f := &found{header: rec.Header, at: warc.Span{Offset: rec.Offset}}
	unread := f.read(rec.Block, s.keep)
	end, err := s.from.End()
	switch {
	case err != nil:
		return &found{err: err}
	case errors.Is(unread, ErrNewer):
		return &found{err: unread}
	case unread != nil:
		return &found{err: &warc.Damage{Offset: rec.Offset, Err: unread}}
	case rec.Shared || !s.from.Apart():
		return &found{err: &warc.Damage{Offset: rec.Offset, Err: errShared}}
	}
	f.at.Length = end - rec.Offset
	return f
}

var errShared = errors.New("something else is compressed together with a record")

// found is a record that was read to its end, or why there is none.
type found struct {
	header warc.Header
	at     warc.Span
	block  []byte     // where blocks are kept
	said   *statement // nil where it is no metadata record that ends a unit
	err    error
}

// read takes from a block what is wanted of it.
func (f *found) read(block io.Reader, keep bool) (err error) {
	most := mostBlock
	ends := f.kind() == warc.Metadata && f.header.Get(warc.ConcurrentTo) != ""
	if ends {
		most = mostStatement
	} else if !keep {
		return nil
	}
	if f.block, err = warc.ReadBlock(block, f.header, most); err != nil {
		return err
	}
	if len(f.block) > most {
		return fmt.Errorf("a block of more than %d bytes", most)
	}
	if ends {
		f.said, err = readStatement(f.block)
	}
	return err
}

func (f *found) kind() string { return f.header.Get(warc.Type) }

func (f *found) end() int64 { return f.at.Offset + f.at.Length }

// standsAlone says whether a record is a unit by itself.
func (f *found) standsAlone() bool {
	return f.kind() == warc.Warcinfo || f.kind() == warc.Metadata && f.said == nil
}

func (f *found) isMain() bool {
	return f.err == nil && holdsCapture(f.kind())
}

func (f *found) endsUnitOf(main *found) bool {
	return f.err == nil && f.said != nil && f.header.Get(warc.ConcurrentTo) == main.header.Get(warc.RecordID)
}

// holdsCapture says whether a record of that type is the main one of a unit.
func holdsCapture(kind string) bool {
	switch news.CaptureKind(kind) {
	case news.CaptureResponse, news.CaptureRevisit, news.CaptureResource, news.CaptureConversion:
		return true
	}
	return false
}
