package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/copydesk/copydesk/pkg/warc"
)

// ErrDamaged is returned for a record that cannot be read to its end. Why, and
// where, is what the source tells next.
var ErrDamaged = errors.New("a record that cannot be read to its end")

// Original is a record of a web archive by itself, to be kept as it is: the bytes
// of its file where those can be read alone, compressed or not, else its text. Its
// block must not have been read before. The error of one that is not whole is
// [ErrDamaged]; one with a block of more than limit bytes is refused.
func (r Record) Original(limit int) ([]byte, error) {
	var block *bytes.Buffer // where the record is to be written anew
	if !r.in.file.back || r.WARC.Shared {
		block = r.in.buffer()
	}
	if err := take(r.WARC.Block, block, limit); err != nil {
		return nil, err
	}
	end, err := r.in.End()
	if err != nil {
		r.in.damage = err
		return nil, ErrDamaged
	}
	if block != nil {
		return r.text(block.Bytes()), nil
	}
	if length := end - r.WARC.Offset; r.in.Apart() && length <= int64(limit) {
		own := make([]byte, length)
		_, err := r.in.file.ReadAt(own, r.WARC.Offset)
		return own, err
	}
	return r.again(limit)
}

// take reads a block of at most limit bytes, and keeps it where it is wanted.
func take(from io.Reader, into *bytes.Buffer, limit int) error {
	to := io.Discard
	if into != nil {
		to = into
	}
	n, err := io.Copy(to, io.LimitReader(from, int64(limit)+1))
	switch {
	case err != nil:
		return ErrDamaged
	case n > int64(limit):
		return fmt.Errorf("a record of more than %d bytes", limit)
	}
	return nil
}

// again reads the record a second time, whose member holds others too.
func (r Record) again(limit int) ([]byte, error) {
	records, err := warc.NewReaderAt(r.in.file, r.WARC.Offset)
	if err != nil {
		return nil, err
	}
	same, err := records.Next()
	if err != nil {
		return nil, err
	}
	block := r.in.buffer()
	if err := take(same.Block, block, limit); err != nil {
		return nil, err
	}
	return r.text(block.Bytes()), nil
}

// buffer is an empty buffer, which was used before where it did not grow large.
func (r *reading) buffer() *bytes.Buffer {
	if r.block.Reset(); r.block.Cap() > mostKept {
		r.block = bytes.Buffer{}
	}
	return &r.block
}

// text writes the record anew, not compressed.
func (r Record) text(block []byte) []byte {
	const head = 2 << 10 // most are shorter
	var b bytes.Buffer
	b.Grow(len(block) + head)
	b.WriteString(r.WARC.Version + "\r\n")
	for _, f := range r.WARC.Header {
		b.WriteString(f.Name + ": " + f.Value + "\r\n")
	}
	b.WriteString("\r\n")
	b.Write(block)
	b.WriteString("\r\n\r\n")
	return b.Bytes()
}
