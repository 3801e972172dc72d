package warc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// Compression is how each record of a file is compressed.
type Compression string

// The kinds of compression.
const (
	Plain Compression = ""
	Gzip  Compression = "gzip"
	Zstd  Compression = "zstd"
)

// Ending is what the names of such files end with.
func (c Compression) Ending() string {
	switch c {
	case Gzip:
		return ".warc.gz"
	case Zstd:
		return ".warc.zst"
	}
	return ".warc"
}

// CompressionOf tells how a record is compressed from its first bytes.
func CompressionOf(record []byte) Compression {
	switch {
	case bytes.HasPrefix(record, gzipMagic):
		return Gzip
	case bytes.HasPrefix(record, zstdMagic):
		return Zstd
	}
	return Plain
}

// Span is where a record stands in its file, in bytes.
type Span struct{ Offset, Length int64 }

// Writer writes records to the end of a file, each compressed by itself. It is
// not safe for use by several goroutines.
type Writer struct {
	to *written
	// member compresses one record; nil where records are plain.
	member interface {
		io.WriteCloser
		Reset(io.Writer)
	}
}

// NewWriter writes to a file that has size bytes already.
func NewWriter(to io.Writer, size int64, c Compression) (*Writer, error) {
	w := &Writer{to: &written{to: to, n: size}}
	switch c {
	case Plain:
	case Gzip:
		w.member = gzip.NewWriter(w.to)
	case Zstd:
		encoder, err := zstd.NewWriter(w.to, zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(true))
		if err != nil {
			return nil, err
		}
		w.member = encoder
	default:
		return nil, fmt.Errorf("compression %q: must be gzip, zstd or empty", c)
	}
	return w, nil
}

// Reset has the writer go on at the end of a file that has size bytes: of another
// one, or of the same after an error.
func (w *Writer) Reset(to io.Writer, size int64) { *w.to = written{to: to, n: size} }

// written counts what a file holds.
type written struct {
	to io.Writer
	n  int64
}

func (w *written) Write(p []byte) (int, error) {
	n, err := w.to.Write(p)
	w.n += int64(n)
	return n, err
}

// errLength is a block that is not as long as it was said to be.
var errLength = errors.New("the block ends before its length")

// Write appends a record of version 1.1 with a block of that many bytes. The
// Content-Length is written by it; one in the header must be the same. After an
// error the file ends with half a record: cut it to the size that it had.
func (w *Writer) Write(h Header, block io.Reader, length int64) (Span, error) {
	if err := h.Writable(length); err != nil {
		return Span{}, err
	}
	span := Span{Offset: w.to.n}
	to := io.Writer(w.to)
	if w.member != nil {
		w.member.Reset(w.to)
		to = w.member
	}
	var head strings.Builder
	head.WriteString("WARC/1.1\r\n")
	for _, f := range h {
		if !strings.EqualFold(f.Name, ContentLength) {
			head.WriteString(f.Name + ": " + f.Value + "\r\n")
		}
	}
	head.WriteString(ContentLength + ": " + strconv.FormatInt(length, 10) + "\r\n\r\n")
	if _, err := io.WriteString(to, head.String()); err != nil {
		return span, err
	}
	n, err := io.Copy(to, io.LimitReader(block, length))
	if err == nil && n < length {
		err = fmt.Errorf("%w: %d of %d bytes", errLength, n, length)
	}
	if err != nil {
		return span, err
	}
	if _, err := io.WriteString(to, "\r\n\r\n"); err != nil {
		return span, err
	}
	if w.member != nil {
		if err := w.member.Close(); err != nil {
			return span, err
		}
	}
	span.Length = w.to.n - span.Offset
	return span, nil
}

// Copy appends a record as another file has it: one gzip member or zstd frame, of
// the writer's compression.
func (w *Writer) Copy(member []byte) (Span, error) {
	span := Span{Offset: w.to.n, Length: int64(len(member))}
	_, err := w.to.Write(member)
	return span, err
}

// Writable says why a header cannot be written, or not be read again as it is,
// with a block of that many bytes.
func (h Header) Writable(length int64) error {
	for _, must := range [...]string{Type, RecordID, Date} {
		if h.Get(must) == "" {
			return fmt.Errorf("a record without %s", must) // section 5.1 to 5.4
		}
	}
	size := len("WARC/1.1\r\n" + ContentLength + ": 9223372036854775807\r\n\r\n")
	for _, f := range h {
		if size += len(f.Name) + len(f.Value) + len(": \r\n"); size > mostHeader {
			return fmt.Errorf("a header of more than %d bytes", mostHeader)
		}
		if !isToken(f.Name) || strings.ContainsAny(f.Value, "\r\n\x00") || strings.TrimSpace(f.Value) != f.Value {
			return fmt.Errorf("the field %q with the value %q cannot be written", f.Name, f.Value)
		}
	}
	if h.Get(ContentLength) != "" {
		if n, err := h.length(); err != nil || n != length {
			return fmt.Errorf("%s %q of a block of %d bytes", ContentLength, h.Get(ContentLength), length)
		}
	}
	return nil
}

// isToken says whether a text may be the name of a field (section 4).
func isToken(s string) bool {
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7f || strings.IndexByte(`()<>@,;:\"/[]?={}`, c) >= 0 {
			return false
		}
	}
	return s != ""
}
