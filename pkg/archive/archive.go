package archive

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/warc"
)

// Archive is a folder of segments that one process writes. It is safe for use by
// several goroutines.
type Archive struct {
	Options
	dir     string
	free    func(dir string) (int64, error)
	open    func(path string) (file, error)
	packers packers

	// moving is held while closed segments are brought away, written anew or
	// removed: before mu, where both are.
	moving sync.Mutex

	mu        sync.Mutex
	segment   *segment // nil until there is something to write
	serial    int      // of the last segment
	recovered Recovery
	unwritten []*index // of segments that were closed
	closed    bool
}

// ErrClosed is returned by an archive that was closed.
var ErrClosed = errors.New("the archive is closed")

// Open opens the archive in a folder, and makes it if need be. What a crash left
// of the segment that was being written is cut off; see [Archive.Recovered].
func Open(dir string, o Options) (*Archive, error) {
	o, err := o.complete()
	if err != nil {
		return nil, fmt.Errorf("archive %s: %w", dir, err)
	}
	a := &Archive{Options: o, dir: dir, free: freeSpace, open: openFile}
	if a.packers, err = newPackers(o.Compression); err != nil {
		return nil, fmt.Errorf("archive %s: %w", dir, err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("archive: %w", err)
	}
	if err := a.recover(); err != nil {
		return nil, fmt.Errorf("archive %s: %w", dir, err)
	}
	return a, nil
}

func openFile(path string) (file, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	return diskFile{f}, nil
}

// Append writes a batch, all of it or nothing, and waits until it is on the
// disk. The captures are in the order of the entries. Of several pages with one
// body the later ones become revisits of the first.
//
// The rows of a batch are to be put before the next is appended or the segment is
// closed: what is found again after a crash is what is in the open segment.
//
// Errors: [*BadEntry] where an entry can never be archived, [*NoSpace] where the
// disk is full.
func (a *Archive) Append(ctx context.Context, entries []Entry) ([]news.Capture, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(entries) == 0 {
		return nil, nil
	}
	units, err := composeAll(entries, a.Compression)
	if err != nil {
		return nil, err
	}
	batch, err := a.packers.pack(units)
	if err != nil {
		return nil, fmt.Errorf("archive %s: %w", a.dir, err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closed {
		return nil, ErrClosed
	}
	size := int64(0)
	for _, u := range batch {
		size += int64(len(u.text))
	}
	if err := a.room(size); err != nil {
		return nil, err
	}
	captures, err := a.write(batch)
	if err != nil {
		return nil, fmt.Errorf("archive %s: %w", a.dir, a.noSpace(err, size))
	}
	return captures, nil
}

// composeAll makes the records of a batch.
func composeAll(entries []Entry, c warc.Compression) ([]unit, error) {
	units := make([]unit, len(entries))
	bodies := map[string]*news.Capture{}
	for i, e := range entries {
		if e.Page != nil && e.Same == nil && e.Original == nil && e.Page.Length > 0 {
			e.Same = bodies[e.Page.Digest]
		}
		u, err := compose(e, c)
		if err != nil {
			return nil, &BadEntry{i, err}
		}
		units[i] = u
		if c := u.said.capture(u.main.header, warc.Span{}, ""); c.RefersTo == "" && bodies[c.Digest] == nil {
			bodies[c.Digest] = &c
		}
	}
	return units, nil
}

func (a *Archive) write(batch []packed) ([]news.Capture, error) {
	if err := a.ready(); err != nil {
		return nil, err
	}
	s := a.segment
	var parts [][]byte
	at := s.size
	if at == 0 {
		first, err := a.describe(s)
		if err != nil {
			return nil, err
		}
		parts, at = append(parts, first), int64(len(first))
	}
	captures := make([]news.Capture, len(batch))
	for i, u := range batch {
		main := warc.Span{Offset: at + u.main.Offset, Length: u.main.Length}
		captures[i] = u.said.capture(u.unit.main.header, main, s.name)
		parts, at = append(parts, u.text), at+int64(len(u.text))
	}
	if err := s.append(parts...); err != nil {
		return nil, err
	}
	s.index.add(captures)
	return captures, nil
}

// ready sees to it that there is a segment to write.
func (a *Archive) ready() error {
	if err := a.rollDue(); err != nil {
		return err
	}
	if a.segment != nil {
		return nil
	}
	now := a.Now()
	name := segmentName(a.Prefix, now, a.serial+1, a.Compression)
	s := &segment{dir: a.dir, name: name, since: now, compression: a.Compression, index: index{segment: name}}
	var err error
	if s.file, err = a.open(s.path()); err != nil {
		return err
	}
	if err := syncFolder(a.dir); err != nil {
		return errors.Join(err, s.file.Close())
	}
	a.segment, a.serial = s, a.serial+1
	return nil
}

// Roll closes the open segment and writes its index.
func (a *Archive) Roll() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closed {
		return ErrClosed
	}
	if err := a.roll(); err != nil {
		return fmt.Errorf("archive %s: %w", a.dir, err)
	}
	return nil
}

// RollDue closes the open segment if it is old enough. An archive that nothing
// comes to is told so now and then.
func (a *Archive) RollDue() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closed {
		return ErrClosed
	}
	if err := a.rollDue(); err != nil {
		return fmt.Errorf("archive %s: %w", a.dir, err)
	}
	return nil
}

func (a *Archive) rollDue() error {
	if s := a.segment; s != nil && (s.size >= a.SegmentSize || a.Now().Sub(s.since) >= a.SegmentAge) {
		return a.roll()
	}
	return a.writeIndexes()
}

func (a *Archive) roll() error {
	if s := a.segment; s != nil && s.size > 0 {
		if err := a.retire(s); err != nil {
			return err
		}
	}
	return a.writeIndexes()
}

// retire closes a segment for good.
func (a *Archive) retire(s *segment) error {
	if err := s.rename(); err != nil {
		return err
	}
	if a.segment == s {
		a.segment = nil // whatever comes: there is no open file of its name
	}
	a.unwritten = append(a.unwritten, &s.index)
	return errors.Join(s.file.Close(), syncFolder(a.dir))
}

// Recovered is what was in the open segments when the archive was opened.
func (a *Archive) Recovered() Recovery { return a.recovered }

// Close ends the writing. The open segment stays open for the next start.
func (a *Archive) Close() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closed {
		return nil
	}
	a.closed = true
	if a.segment == nil {
		return nil
	}
	return errors.Join(a.segment.mend(), a.segment.file.Close())
}
