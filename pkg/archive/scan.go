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

// Scan reads the captures of a segment, of the folder or of the vault, from the
// file alone and in their order. A
// [*DamagedFile] is given to damaged, and reading goes on behind it.
func (a *Archive) Scan(ctx context.Context, name string, each func(news.Capture) error, damaged func(*DamagedFile) error) error {
	text, err := a.from(ctx, name, 0, atMost)
	if err != nil {
		return fmt.Errorf("archive %s: %w", a.dir, err)
	}
	defer text.Close()
	units := newScanner(text, name)
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
