//go:build linux || darwin

package datafolder

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// Space asks the system how much room there is. The folder must be there.
func (f Folder) Space() (Space, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(string(f), &s); err != nil {
		return Space{}, fmt.Errorf("data folder %s: ask for free space: %w", f, err)
	}
	block := uint64(s.Bsize)
	return Space{Free: s.Bavail * block, Size: s.Blocks * block}, nil
}
