package archive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/warc"
)

// Segment is one file of the archive.
type Segment struct {
	Name string
	// Size is in bytes.
	Size int64
	// Open says that it is still being written.
	Open bool
}

// Segments lists the segments in the folder, in the order of their names.
func (a *Archive) Segments() ([]Segment, error) {
	entries, err := os.ReadDir(a.dir)
	if err != nil {
		return nil, fmt.Errorf("archive: %w", err)
	}
	var all []Segment
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), openEnding)
		info, err := e.Info()
		if err != nil || !isSegment(name) || !e.Type().IsRegular() {
			continue // it was closed or taken away meanwhile
		}
		all = append(all, Segment{name, info.Size(), name != e.Name()})
	}
	slices.SortFunc(all, func(a, b Segment) int { return strings.Compare(a.Name, b.Name) })
	return all, nil
}

// Scan reads the captures of a segment from the file alone, in their order. A
// [*DamagedFile] is given to damaged, and reading goes on behind it.
func (a *Archive) Scan(ctx context.Context, name string, each func(news.Capture) error, damaged func(*DamagedFile) error) error {
	f, size, err := a.read(name)
	if err != nil {
		return fmt.Errorf("archive %s: %w", a.dir, err)
	}
	defer f.Close()
	units := newScanner(io.LimitReader(f, size), name)
	for ctx.Err() == nil {
		u, err := units.next()
		if d, ok := errors.AsType[*warc.Damage](err); ok {
			err = damaged(&DamagedFile{name, d})
		} else if err == nil && u.capture != nil {
			err = each(*u.capture)
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("archive %s: scan %s: %w", a.dir, name, err)
		}
	}
	return ctx.Err()
}

// read opens a segment of the folder, closed or open, and says how much of it is
// written for good, in bytes.
func (a *Archive) read(name string) (*os.File, int64, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if s := a.segment; s != nil && s.name == name {
		f, err := os.Open(s.path())
		return f, s.size, err
	}
	if !isSegment(name) {
		return nil, 0, fmt.Errorf("%q is no name of a segment", name)
	}
	f, err := os.Open(a.path(name))
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	return f, info.Size(), nil
}
