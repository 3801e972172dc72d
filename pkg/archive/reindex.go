package archive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/copydesk/copydesk/pkg/news"
)

// WriteIndex writes the index of a closed segment anew from its captures, where
// it is another or there is none: in the folder, and in the vault if the segment
// is there. It says whether it did.
func (a *Archive) WriteIndex(ctx context.Context, segment string, captures []news.Capture) (written bool, err error) {
	a.moving.Lock()
	defer a.moving.Unlock()
	if written, err = a.writeIndex(ctx, segment, captures); err != nil {
		return false, fmt.Errorf("archive %s: index of %s: %w", a.dir, segment, err)
	}
	return written, nil
}

func (a *Archive) writeIndex(ctx context.Context, segment string, captures []news.Capture) (bool, error) {
	x := index{segment: segment}
	x.add(captures)
	want := x.text()
	path, name := indexPath(a.dir, segment), segment+indexEnding
	local, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	written := false
	if err != nil || string(local) != want {
		written = true
		if err := x.write(a.dir); err != nil {
			return false, err
		}
	}
	if _, err := os.Stat(a.path(segment)); !errors.Is(err, fs.ErrNotExist) || a.Vault == nil {
		return written, err
	}
	away, err := a.readAway(ctx, name)
	if err == nil && away == want {
		return written, nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	return true, a.Vault.Put(ctx, name, path)
}

// readAway reads a whole file of the vault.
func (a *Archive) readAway(ctx context.Context, name string) (string, error) {
	r, err := a.Vault.Open(ctx, name, 0, atMost)
	if err != nil {
		return "", err
	}
	defer r.Close()
	text, err := io.ReadAll(r)
	return string(text), err
}

// text is the content of the file of an index.
func (x *index) text() string {
	slices.Sort(x.lines)
	return strings.Join(x.lines, "")
}
