package archive

import (
	"bytes"

	"github.com/copydesk/copydesk/pkg/news"
)

// Disk is a file of an archive as tests replace it.
type Disk = file

// OnDisk has every file that the archive opens from now on be another.
func (a *Archive) OnDisk(other func(Disk) Disk) {
	real := a.open
	a.open = func(path string) (file, error) {
		f, err := real(path)
		if err != nil {
			return nil, err
		}
		return other(f), nil
	}
}

// Free has the disk say that it has that many bytes.
func (a *Archive) Free(n int64) {
	a.free = func(string) (int64, error) { return n, nil }
}

// WholeIn is what is whole in a segment that was left open: its captures, and
// where the last unit ends.
func WholeIn(file []byte, name string) ([]news.Capture, int64, error) {
	all, err := surveyFrom(bytes.NewReader(file), name, 0)
	return all.captures, all.end, err
}
