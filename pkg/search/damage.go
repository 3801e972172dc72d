package search

import (
	"bufio"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	bolt "go.etcd.io/bbolt/errors"
)

// passing are the faults of the moment, which say nothing of the files.
var passing = []error{
	syscall.EMFILE, syscall.ENFILE, syscall.ENOMEM, syscall.EIO, syscall.ENOSPC, syscall.EDQUOT, syscall.EROFS,
	syscall.EACCES, syscall.EPERM, syscall.EAGAIN, syscall.EINTR, bolt.ErrTimeout,
}

// isUnusable says of the error of opening a generation that it is one of the
// files themselves: another time would bring it again. bleve passes some errors
// on as mere text.
func isUnusable(err error) bool {
	return !slices.ContainsFunc(passing, func(fault error) bool {
		return errors.Is(err, fault) || strings.HasSuffix(err.Error(), ": "+fault.Error())
	})
}

// removeDamaged removes the segment files of a generation that are not as they
// were written: each ends in the CRC-32 of what is before it. bleve writes the
// sums and never looks at them, and stumbles over a damaged file in goroutines
// of its own, where nobody can catch it. Without the file it goes back to what
// it had before, or refuses to open.
//
// A process that was killed leaves such files as well, unfinished, which bleve
// would remove itself.
func removeDamaged(generation string) error {
	segments, err := filepath.Glob(filepath.Join(generation, "store", "*.zap"))
	if err != nil {
		return err
	}
	for _, segment := range segments {
		whole, err := isWhole(segment)
		if err == nil && !whole {
			err = os.Remove(segment)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func isWhole(segment string) (bool, error) {
	file, err := os.Open(segment)
	if err != nil {
		return false, err
	}
	defer file.Close() // only read from
	info, err := file.Stat()
	if err != nil {
		return false, err
	}
	r := bufio.NewReaderSize(file, 1<<20)
	sum := crc32.NewIEEE()
	if _, err := io.CopyN(sum, r, info.Size()-4); err == io.EOF || info.Size() < 4 {
		return false, nil
	} else if err != nil {
		return false, err
	}
	var written uint32
	if err := binary.Read(r, binary.BigEndian, &written); err != nil {
		return false, err
	}
	return written == sum.Sum32(), nil
}
