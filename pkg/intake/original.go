package intake

import (
	"bytes"
	"fmt"
	"io"
)

// Original is a record of a web archive by itself, to be kept as it is: the bytes
// of its file where those can be read alone, compressed or not, else its text. Its
// block must not have been read before. An error is what is wrong with the record,
// or one with a block of more than limit bytes.
func (r Record) Original(limit int) ([]byte, error) {
	block, err := io.ReadAll(io.LimitReader(r.WARC.Block, int64(limit)+1))
	if err == nil && len(block) > limit {
		err = fmt.Errorf("a record of more than %d bytes", limit)
	}
	if err != nil {
		return nil, err
	}
	end, err := r.in.End()
	if err != nil {
		r.in.damage = err
		return nil, err
	}
	length := end - r.WARC.Offset
	if !r.in.back || r.WARC.Shared || !r.in.Apart() || length > int64(limit) {
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
	var b bytes.Buffer
	b.WriteString(r.WARC.Version + "\r\n")
	for _, f := range r.WARC.Header {
		b.WriteString(f.Name + ": " + f.Value + "\r\n")
	}
	b.WriteString("\r\n")
	b.Write(block)
	b.WriteString("\r\n\r\n")
	return b.Bytes()
}
