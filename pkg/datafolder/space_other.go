//go:build !linux && !darwin

package datafolder

import (
	"errors"
	"fmt"
)

// Space is an error on this system.
func (f Folder) Space() (Space, error) {
	return Space{}, fmt.Errorf("data folder %s: ask for free space: %w", f, errors.ErrUnsupported)
}
