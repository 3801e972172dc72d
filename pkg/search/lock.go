package search

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"go.etcd.io/bbolt"
	bolt "go.etcd.io/bbolt/errors"
)

// ErrInUse is returned for an index that another process, or another part of
// this one, has open.
var ErrInUse = errors.New("in use: stop the other copydesk on this data folder, or use another folder")

// lockFolder makes the folder and takes it for this process, until the lock is
// closed or the process ends. The lock is an empty bolt file: bolt, which bleve
// brings along, knows how each system locks.
func lockFolder(dir string) (io.Closer, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, "lock")
	lock, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: time.Millisecond}) // 0 would wait for ever
	switch {
	case errors.Is(err, bolt.ErrTimeout):
		return nil, ErrInUse
	case err != nil:
		return nil, fmt.Errorf("lock: %w; remove %s if nothing uses it", err, path)
	}
	return lock, nil
}
