package archive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Offload brings the closed segments of the folder to the vault, the oldest
// first, and takes each from the folder when it is there. It says which, also
// beside an error; where there is no vault, none.
func (a *Archive) Offload(ctx context.Context) (moved []string, err error) {
	if a.Vault == nil {
		return nil, nil
	}
	a.moving.Lock()
	defer a.moving.Unlock()
	if err := a.writeOwedIndexes(); err != nil {
		return nil, fmt.Errorf("archive %s: %w", a.dir, err)
	}
	segments, err := a.Segments()
	if err != nil {
		return nil, err
	}
	for _, s := range segments {
		if s.Open {
			continue
		}
		if err := a.offload(ctx, s.Name); err != nil {
			return moved, fmt.Errorf("archive %s: %w", a.dir, err)
		}
		moved = append(moved, s.Name)
	}
	return moved, nil
}

// offload brings the index first, which stays in the folder as well.
func (a *Archive) offload(ctx context.Context, name string) error {
	if err := a.Vault.Put(ctx, name+indexEnding, indexPath(a.dir, name)); err != nil {
		return err
	}
	if err := a.Vault.Put(ctx, name, a.path(name)); err != nil {
		return err
	}
	return errors.Join(remove(a.path(name)), syncFolder(a.dir))
}

// Waiting is what the vault does not have yet of the closed segments.
type Waiting struct {
	Files int
	Bytes int64
	// Since is when the first of them was closed, zero where there is none.
	Since time.Time
}

// Waiting says how much waits to be brought to the vault.
func (a *Archive) Waiting() (w Waiting, err error) {
	segments, err := a.Segments()
	for _, s := range segments {
		if s.Open || a.Vault == nil {
			continue
		}
		// The index is written when the segment is closed.
		info, err := os.Stat(indexPath(a.dir, s.Name))
		if errors.Is(err, fs.ErrNotExist) {
			info, err = os.Stat(a.path(s.Name))
		}
		if errors.Is(err, fs.ErrNotExist) {
			continue // it was brought away just now
		}
		if err != nil {
			return Waiting{}, fmt.Errorf("archive %s: %w", a.dir, err)
		}
		w.Files, w.Bytes = w.Files+1, w.Bytes+s.Size
		if since := info.ModTime(); w.Since.IsZero() || since.Before(w.Since) {
			w.Since = since
		}
	}
	return w, err
}

// atMost is the length of a file of which only the begin is known.
const atMost = 1 << 62

// from reads a segment from an offset on, at most length bytes of it: from the
// folder, else from the vault. Of the open segment it reads what is written for
// good.
func (a *Archive) from(ctx context.Context, name string, offset, length int64) (io.ReadCloser, error) {
	if !isSegment(name) || name != filepath.Base(name) {
		return nil, fmt.Errorf("%q is no name of a segment", name)
	}
	if offset < 0 {
		return nil, fmt.Errorf("%s has no byte %d", name, offset)
	}
	f, size, err := a.local(name)
	if errors.Is(err, fs.ErrNotExist) && a.Vault != nil {
		return a.Vault.Open(ctx, name, offset, length)
	}
	if err != nil {
		return nil, err
	}
	return part{io.NewSectionReader(f, offset, max(0, min(length, size-offset))), f}, nil
}

// local opens a segment of the folder, closed or open.
func (a *Archive) local(name string) (*os.File, int64, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if s := a.segment; s != nil && s.name == name {
		f, err := os.Open(s.path())
		return f, s.size, err
	}
	f, err := os.Open(a.path(name))
	return f, atMost, err
}

func (a *Archive) path(name string) string { return filepath.Join(a.dir, name) }
