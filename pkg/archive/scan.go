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
	// Away says that it lies in the vault alone.
	Away bool
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
		all = append(all, Segment{Name: name, Size: info.Size(), Open: name != e.Name()})
	}
	slices.SortFunc(all, func(a, b Segment) int { return strings.Compare(a.Name, b.Name) })
	return all, nil
}

// Everywhere lists the segments in the folder and in the vault, in the order of
// their names. Of a segment that was written anew while the one before is still
// there, it lists the newer.
func (a *Archive) Everywhere(ctx context.Context) ([]Segment, error) {
	current, _, err := a.everywhere(ctx)
	return current, err
}

// Stale lists the segments in the folder and in the vault that were written anew,
// and are still there.
func (a *Archive) Stale(ctx context.Context) ([]Segment, error) {
	_, stale, err := a.everywhere(ctx)
	return stale, err
}

func (a *Archive) everywhere(ctx context.Context) (current, stale []Segment, err error) {
	all, err := a.Segments()
	if err != nil {
		return nil, nil, err
	}
	there := map[string]bool{}
	for _, s := range all {
		there[s.Name] = true
	}
	if a.Vault != nil {
		err = a.Vault.List(ctx, func(name string, size int64) error {
			if isSegment(name) && !there[name] {
				there[name] = true
				all = append(all, Segment{Name: name, Size: size, Away: true})
			}
			return nil
		})
	}
	if err != nil {
		return nil, nil, fmt.Errorf("archive %s: %w", a.dir, err)
	}
	replaced := map[string]bool{}
	for name := range there {
		for older := Replaced(name); older != ""; older = Replaced(older) {
			replaced[older] = true
		}
	}
	slices.SortFunc(all, func(a, b Segment) int { return strings.Compare(a.Name, b.Name) })
	for _, s := range all {
		if replaced[s.Name] {
			stale = append(stale, s)
		} else {
			current = append(current, s)
		}
	}
	return current, stale, nil
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
