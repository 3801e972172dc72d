package wacz

import (
	"archive/zip"
	"compress/flate"
	"errors"
	"fmt"
	"io"
)

// Archive is one web archive of a WACZ file. It is not safe for use by several
// goroutines.
type Archive struct {
	// Name is that of its entry: "archive/data.warc.gz".
	Name string
	// Size is how many bytes it has, not packed by the zip.
	Size int64
	io.ReaderAt
	// Stored says that the zip holds the archive as it is, as the standard asks.
	// Else going back in it is reading from its begin.
	Stored bool

	packed int64 // bytes in the zip
}

// mostUnfold is how many bytes one byte of an entry may unfold to. Web pages
// come to 20, and what is gzip already to 1.
const mostUnfold = 100

// encrypted is the bit of an entry's flags that says so (APPNOTE.TXT, section
// 4.4.4).
const encrypted = 1

func archiveOf(file io.ReaderAt, size int64, entry *zip.File) (*Archive, error) {
	packed, unpacked := entry.CompressedSize64, entry.UncompressedSize64
	if packed > uint64(size) {
		return nil, errors.New("longer than the file: is its end missing?")
	}
	a := &Archive{Name: entry.Name, Size: int64(unpacked), packed: int64(packed)}
	switch {
	case entry.Flags&encrypted != 0:
		return nil, errors.New("encrypted")
	case entry.Method == zip.Store && packed == unpacked:
		offset, err := entry.DataOffset()
		if err != nil {
			return nil, err
		}
		a.ReaderAt, a.Stored = io.NewSectionReader(file, offset, a.Size), true
	case entry.Method == zip.Deflate && unpacked/mostUnfold > packed:
		return nil, fmt.Errorf("%d bytes that unfold to %d, more than %d for one: a bomb", packed, unpacked, mostUnfold)
	case entry.Method == zip.Deflate:
		a.ReaderAt = &unfolded{entry: entry}
	default:
		return nil, fmt.Errorf("stored by method %d with %d for %d bytes: must be stored as it is, or deflated", entry.Method, packed, unpacked)
	}
	return a, nil
}

// unfolded is the content of a compressed entry, read in a stream.
type unfolded struct {
	entry *zip.File
	from  io.Reader // nil before the first byte is asked for
	at    int64
}

func (u *unfolded) ReadAt(p []byte, at int64) (int, error) {
	if u.from == nil || at < u.at {
		from, err := u.entry.Open()
		if err != nil {
			return 0, u.fail(err)
		}
		u.from, u.at = from, 0
	}
	skipped, err := io.CopyN(io.Discard, u.from, at-u.at)
	u.at += skipped
	if err != nil {
		return 0, u.fail(err)
	}
	n, err := io.ReadFull(u.from, p)
	u.at += int64(n)
	return n, u.fail(err)
}

// fail tells the end of the entry and the errors of the disk from what is wrong
// with the zip.
func (u *unfolded) fail(err error) error {
	corrupt := flate.CorruptInputError(0)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF) && u.at == int64(u.entry.UncompressedSize64):
		return io.EOF
	case errors.As(err, &corrupt), errors.Is(err, zip.ErrChecksum), errors.Is(err, zip.ErrFormat), errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%w: %s: %w", ErrFormat, u.entry.Name, err)
	}
	return err
}
