package intake

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// mostLine is the longest line that is read, in bytes: that of the longest page.
// JSON writes some characters in six bytes.
const mostLine = 2 * mostPage

// text is an unpacked file of lines.
type text struct {
	*bufio.Reader
	io.Closer
	long []byte // the last line
}

// mostKept is how large a buffer is kept for what comes next, in bytes.
const mostKept = 4 << 20

const fileBuffer = 64 << 10

// mostWindow is how far back a zstd stream may point, in bytes: what decoders
// are advised to allow (RFC 8878, section 3.1.1.1.2).
const mostWindow = 8 << 20

// unpack takes off gzip and zstd, as the first bytes say and not the name.
func unpack(file io.Reader) (*text, error) {
	packed := bufio.NewReaderSize(file, fileBuffer)
	head, err := packed.Peek(4)
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return nil, err
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		plain, err := gzip.NewReader(packed)
		if err != nil {
			return nil, midway(err)
		}
		return &text{Reader: bufio.NewReaderSize(plain, fileBuffer), Closer: plain}, nil
	case bytes.Equal(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		decoder, err := zstd.NewReader(packed, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(mostWindow))
		if err != nil {
			return nil, err
		}
		plain := decoder.IOReadCloser()
		return &text{Reader: bufio.NewReaderSize(plain, fileBuffer), Closer: plain}, nil
	}
	return &text{Reader: packed, Closer: io.NopCloser(nil)}, nil
}

// skip goes to an offset of the unpacked text.
func (t *text) skip(offset int64) error {
	n, err := io.CopyN(io.Discard, t, offset)
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("it ends at byte %d: it is not the file that was read before", n)
	}
	return err
}

// line is the next line, and how many bytes it takes with its end; none where it
// is longer than [mostLine]. It holds until the next is asked for. The error is
// [io.EOF] behind the last one.
func (t *text) line() (line []byte, length int64, err error) {
	t.leave()
	for {
		part, err := t.ReadSlice('\n')
		if length += int64(len(part)); length <= mostLine {
			t.long = append(t.long, part...)
		} else {
			t.long = nil
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF) && length > 0:
			return t.long, length, nil
		case err != nil:
			return nil, 0, err
		default:
			return t.long, length, nil
		}
	}
}

// leave is done with the last line.
func (t *text) leave() {
	if t.long = t.long[:0]; cap(t.long) > mostKept {
		t.long = nil
	}
}

// midway is the error of a file that ends where it must not.
func midway(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// tally counts the bytes of a file and keeps the error that it ended with.
type tally struct {
	from io.Reader
	n    int64
	err  error
}

func (t *tally) Read(p []byte) (int, error) {
	n, err := t.from.Read(p)
	t.n += int64(n)
	if err != nil {
		t.err = err
	}
	return n, err
}
