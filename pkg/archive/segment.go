package archive

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/copydesk/copydesk/pkg/warc"
)

// file is what a segment needs of a file that is open for writing.
type file interface {
	io.Writer
	Sync() error
	// Cut leaves the first size bytes, and goes on writing behind them.
	Cut(size int64) error
	Close() error
}

// diskFile is a file of the disk.
type diskFile struct{ *os.File }

func (d diskFile) Cut(size int64) error {
	if err := d.Truncate(size); err != nil {
		return err
	}
	_, err := d.Seek(size, io.SeekStart)
	return err
}

// segment is the file that is being written.
type segment struct {
	dir, name   string // without its ".open"
	since       time.Time
	compression warc.Compression
	file        file
	size        int64 // all of it on the disk
	torn        bool  // the file may be longer than size
	index       index
}

func (s *segment) path() string { return filepath.Join(s.dir, s.name+openEnding) }

// append writes parts of a file, all of them or nothing, and waits until they are
// on the disk.
func (s *segment) append(parts ...[]byte) error {
	if err := s.mend(); err != nil {
		return err
	}
	s.torn = true
	if err := s.put(parts); err != nil {
		if again := s.mend(); again != nil {
			return fmt.Errorf("%w; then cut it: %w", err, again)
		}
		return err
	}
	return nil
}

func (s *segment) put(parts [][]byte) error {
	size := s.size
	for _, part := range parts {
		if _, err := s.file.Write(part); err != nil {
			return err
		}
		size += int64(len(part))
	}
	if err := s.file.Sync(); err != nil {
		return err
	}
	s.size, s.torn = size, false
	return nil
}

// mend cuts off what a failed write left.
func (s *segment) mend() error {
	if !s.torn {
		return nil
	}
	if err := s.file.Cut(s.size); err != nil {
		return err
	}
	if err := s.file.Sync(); err != nil {
		return err
	}
	s.torn = false
	return nil
}

// rename gives the segment the name that it keeps.
func (s *segment) rename() error {
	if err := s.mend(); err != nil {
		return err
	}
	return os.Rename(s.path(), filepath.Join(s.dir, s.name))
}

// syncFolder has the names in a folder on the disk.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
