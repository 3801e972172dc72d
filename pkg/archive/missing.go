package archive

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// NoFile is the error of a capture whose file is neither in the folder nor in the
// vault.
type NoFile struct {
	// Name is the file's.
	Name string
	Err  error
}

func (n *NoFile) Error() string { return n.Err.Error() }

// Unwrap is [fs.ErrNotExist], and where the file was looked for.
func (n *NoFile) Unwrap() error { return n.Err }

// ErrAway is the error of an archive that lacks more than half of its files.
var ErrAway = errors.New("it is taken for another, or as not mounted")

// Missing gives the segments that are neither in the folder nor in the vault, of
// those that should be, and says of each whether it is lost for good.
//
// A folder that is not mounted, and a bucket that is another or was emptied, have
// lost nothing: they are as good as away. So only that is lost of which the folder
// has the index, which stays when a segment is brought away; and where more than
// half is missing of what should be in the vault, or without one in the folder,
// the error is [ErrAway].
func (a *Archive) Missing(ctx context.Context, known []string) (lost map[string]bool, err error) {
	current, stale, err := a.everywhere(ctx)
	if err != nil {
		return nil, err
	}
	there := map[string]Segment{}
	for _, s := range append(current, stale...) {
		there[s.Name] = s
	}
	lost = map[string]bool{}
	found := 0
	for _, name := range known {
		switch s, ok := there[name]; {
		case !ok:
			if lost[name], err = a.remembers(name); err != nil {
				return nil, fmt.Errorf("archive %s: %w", a.dir, err)
			}
		case s.Away || a.Vault == nil && !s.Open:
			found++
		}
	}
	if len(lost) > found {
		return nil, fmt.Errorf("%s has %d of %d files that should be there: %w", a.store(), found, found+len(lost), ErrAway)
	}
	return lost, nil
}

// remembers says whether the folder has the index of a segment.
func (a *Archive) remembers(name string) (bool, error) {
	_, err := os.Stat(indexPath(a.dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// store is where segments are kept once they are closed, for people.
func (a *Archive) store() string {
	if a.Vault == nil {
		return a.dir
	}
	return a.Vault.String()
}
