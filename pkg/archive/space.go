package archive

import (
	"errors"
	"fmt"
	"syscall"

	"github.com/dustin/go-humanize"

	"github.com/copydesk/copydesk/pkg/datafolder"
)

// NoSpace is the error of a batch that the disk has no room for. It can be
// appended when there is.
type NoSpace struct {
	Dir string
	// Free is what the disk has, Needed what it must have: the batch and what is
	// to be left free. Both are bytes.
	Free, Needed int64
}

func (n *NoSpace) Error() string {
	return fmt.Sprintf("archive %s: the disk has %s free, %s are needed: make room",
		n.Dir, humanize.Bytes(uint64(max(0, n.Free))), humanize.Bytes(uint64(n.Needed)))
}

// freeSpace asks the system how many bytes there are for us.
func freeSpace(dir string) (int64, error) {
	space, err := datafolder.Folder(dir).Space()
	return int64(min(space.Free, 1<<62)), err
}

// room says whether a batch of that many bytes fits on the disk. Where the
// system does not tell, writing will.
func (a *Archive) room(batch int64) error {
	free, err := a.free(a.dir)
	if errors.Is(err, errors.ErrUnsupported) {
		return nil
	}
	if err != nil {
		return err
	}
	if needed := batch + a.MinFree; free < needed {
		return &NoSpace{a.dir, free, needed}
	}
	return nil
}

// noSpace tells an error of a full disk from others.
func (a *Archive) noSpace(err error, batch int64) error {
	if !errors.Is(err, syscall.ENOSPC) && !errors.Is(err, syscall.EDQUOT) {
		return err
	}
	free, _ := a.free(a.dir) // a quota may be what is full
	return &NoSpace{a.dir, free, max(batch+a.MinFree, free+1)}
}
