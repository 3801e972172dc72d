package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// ErrDamaged is returned for a record that cannot be read to its end. Why, and
// where, is what the source tells next.
var ErrDamaged = errors.New("a record that cannot be read to its end")

// Original is a record of a web archive by itself, to be kept as it is: the bytes
// of its file where those can be read alone, compressed or not, else its text. Its
// block must not have been read before. The error of one that is not whole is
// [ErrDamaged]; one with a block of more than limit bytes is refused.
func (r Record) Original(limit int) ([]byte, error) {
	buffer := &r.in.block
	if buffer.Reset(); buffer.Cap() > mostKept {
		*buffer = bytes.Buffer{}
	}
	_, err := buffer.ReadFrom(io.LimitReader(r.WARC.Block, int64(limit)+1))
	block := buffer.Bytes()
	switch {
	case err != nil:
		return nil, ErrDamaged
	case len(block) > limit:
		return nil, fmt.Errorf("a record of more than %d bytes", limit)
	}
	end, err := r.in.End()
	if err != nil {
		r.in.damage = err
		return nil, ErrDamaged
	}
	length := end - r.WARC.Offset
	if !r.in.file.back || r.WARC.Shared || !r.in.Apart() || length > int64(limit) {
		return r.text(block), nil
	}
	own := make([]byte, length)
	if _, err := r.in.file.ReadAt(own, r.WARC.Offset); err != nil {
		return nil, err
	}
	return own, nil
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
