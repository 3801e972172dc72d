package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"
)

// counted is a file that knows how much of it was taken.
type counted struct {
	*bufio.Reader
	from *tally
	err  error // of the file, not of what is in it
}

const fileBuffer = 64 << 10

func count(from io.Reader) *counted {
	c := &counted{from: &tally{from: from}}
	c.from.err = &c.err
	c.Reader = bufio.NewReaderSize(c.from, fileBuffer)
	return c
}

func (c *counted) reset(from io.Reader) {
	*c.from = tally{from: from, err: &c.err}
	c.err = nil
	c.Reader.Reset(c.from)
}

// at is the offset of the next byte.
func (c *counted) at() int64 { return c.from.n - int64(c.Buffered()) }

// tally counts the bytes of a file and keeps the error that it ended with.
type tally struct {
	from io.Reader
	n    int64
	err  *error
}

func (t *tally) Read(p []byte) (int, error) {
	n, err := t.from.Read(p)
	t.n += int64(n)
	if err != nil {
		*t.err = err
	}
	return n, err
}

// What members begin with.
var (
	gzipMagic  = []byte{0x1f, 0x8b, 0x08}       // RFC 1952, section 2.3.1, deflate
	zstdMagic  = []byte{0x28, 0xb5, 0x2f, 0xfd} // RFC 8878, section 3.1.1
	skipMagic  = []byte{0x2a, 0x4d, 0x18}       // section 3.1.2, behind a byte 0x50 to 0x5f
	plainMagic = []byte("WARC/")
)

// longestMagic is how many bytes tell what a member is.
const longestMagic = 5

// longestVersion is the longest line that begins a record, in bytes: "WARC/0.18"
// and its end.
const longestVersion = 12

// open begins the member that is next in the file. The error is [io.EOF] at its
// end.
func (r *Reader) open() error {
	r.member = r.file.at()
	if err := skipBlank(r.file.Reader); err != nil {
		return err
	}
	r.member, r.first = r.file.at(), true
	head, err := r.file.Peek(longestMagic)
	if len(head) == 0 {
		return err
	}
	switch {
	case bytes.HasPrefix(head, gzipMagic):
		if err := r.gzip.Reset(r.file.Reader); err != nil {
			return midway(err)
		}
		r.gzip.Multistream(false)
		r.text = r.unpack(&r.gzip)
	case bytes.HasPrefix(head, zstdMagic), isSkippable(head):
		frame, err := r.zstd.open(r.file.Reader)
		if err != nil {
			return midway(err)
		}
		r.text = r.unpack(frame)
	case bytes.HasPrefix(head, plainMagic):
		r.text = r.file.Reader
	case len(head) < longestMagic:
		return io.ErrUnexpectedEOF
	default:
		return fmt.Errorf("%q begins neither a record nor a gzip member nor a zstd frame", head)
	}
	return nil
}

// unpack buffers what a member unfolds to. All members share the buffer.
func (r *Reader) unpack(member io.Reader) *bufio.Reader {
	if r.unpacked == nil {
		r.unpacked = bufio.NewReaderSize(member, fileBuffer)
	}
	r.unpacked.Reset(member)
	return r.unpacked
}

func isSkippable(head []byte) bool {
	return len(head) > 3 && head[0]&0xf0 == 0x50 && bytes.Equal(head[1:4], skipMagic)
}

// probe is how much of a gzip member is looked at to tell whether it holds a
// record, in bytes.
const probe = 512

// find looks for the next member or record behind damage, and leaves the file
// where it begins. The error is [io.EOF] where none follows.
func (r *Reader) find() error {
	step := 0
	if r.file.at() == r.at {
		step = 1 // what begins here was tried
	}
	for {
		_, err := r.file.Discard(step)
		head, _ := r.file.Peek(probe) // what there is
		switch {
		case err != nil || len(head) == 0:
			if !errors.Is(r.file.err, io.EOF) {
				return r.file.err
			}
			r.lost = false
			return io.EOF
		case r.beginsMember(head):
			r.lost = false
			return nil
		}
		if step = 1 + bytes.IndexAny(head[1:], firstBytes); step == 0 {
			step = len(head)
		}
	}
}

// firstBytes are those that members begin with.
const firstBytes = "\x1f\x28W"

func (r *Reader) beginsMember(head []byte) bool {
	switch {
	case bytes.HasPrefix(head, zstdMagic):
		var frame zstd.Header
		return frame.Decode(head) == nil && frame.FirstBlock.OK
	case bytes.HasPrefix(head, plainMagic):
		version, rest, ended := bytes.Cut(head, []byte("\n"))
		field, _, _ := bytes.Cut(rest, []byte("\n"))
		return ended && len(version) < longestVersion && bytes.IndexByte(version, ' ') < 0 && bytes.IndexByte(field, ':') > 0
	case bytes.HasPrefix(head, gzipMagic):
		if err := r.gzip.Reset(bytes.NewReader(head)); err != nil {
			return false
		}
		var start [longestMagic]byte
		_, err := io.ReadFull(&r.gzip, start[:])
		return err == nil && bytes.Equal(start[:], plainMagic)
	}
	return false
}
