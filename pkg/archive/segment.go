package archive

import (
	"bufio"
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
	// writer writes to buffer, and both to the file. They are kept, for they are
	// costly to make.
	writer *warc.Writer
	buffer *bufio.Writer
}

func (s *segment) path() string { return filepath.Join(s.dir, s.name+openEnding) }

// writeBuffer is how much is written at once, in bytes.
const writeBuffer = 256 << 10

// append writes what write writes, all of it or nothing, and waits until it is
// on the disk.
func (s *segment) append(write func(*warc.Writer) error) error {
	if err := s.mend(); err != nil {
		return err
	}
	s.torn = true
	err := s.put(write)
	if err != nil {
		if again := s.mend(); again != nil {
			return fmt.Errorf("%w; then cut it: %w", err, again)
		}
		return err
	}
	return nil
}

func (s *segment) put(write func(*warc.Writer) error) error {
	if s.writer == nil {
		s.buffer = bufio.NewWriterSize(nil, writeBuffer)
		var err error
		if s.writer, err = warc.NewWriter(s.buffer, s.size, s.compression); err != nil {
			return err
		}
	}
	counted := &tally{to: s.file}
	s.buffer.Reset(counted)
	s.writer.Reset(s.buffer, s.size)
	if err := write(s.writer); err != nil {
		return err
	}
	if err := s.buffer.Flush(); err != nil {
		return err
	}
	if err := s.file.Sync(); err != nil {
		return err
	}
	s.size, s.torn = s.size+counted.n, false
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

// tally counts what is written.
type tally struct {
	to io.Writer
	n  int64
}

func (t *tally) Write(p []byte) (int, error) {
	n, err := t.to.Write(p)
	t.n += int64(n)
	return n, err
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
