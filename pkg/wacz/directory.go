package wacz

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
)

// mostDirectory is how long the list of a zip's entries may be, in bytes: some
// ten thousand of them. It is held in memory.
const mostDirectory = 8 << 20

var errDirectory = fmt.Errorf("a list of entries of more than %d MB", mostDirectory>>20)

// entriesOf are the entries of a zip.
func entriesOf(file io.ReaderAt, size int64) ([]*zip.File, error) {
	source := &source{ReaderAt: file, left: mostDirectory}
	z, err := zip.NewReader(source, size)
	switch {
	case source.err != nil:
		return nil, source.err
	case source.left < 0:
		return nil, fmt.Errorf("%w: %w", ErrFormat, errDirectory)
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	source.listed = true
	return z.File, nil
}

// source is the file of a zip. It ends the reading of a list that is too long,
// and keeps errors of the disk apart from those of the zip.
type source struct {
	io.ReaderAt
	left   int64 // bytes of the list
	listed bool
	err    error // of the disk
}

func (s *source) ReadAt(p []byte, at int64) (int, error) {
	if at < 0 {
		return 0, zip.ErrFormat // what a zip says of its places may be anything
	}
	if s.listed {
		return s.ReaderAt.ReadAt(p, at)
	}
	if s.left -= int64(len(p)); s.left < 0 {
		return 0, errDirectory
	}
	n, err := s.ReaderAt.ReadAt(p, at)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}
