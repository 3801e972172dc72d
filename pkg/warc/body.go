package warc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"sync"
)

// believed is how much room is made for a block before any of it is read, at
// most, in bytes: what a record says of its length may be wrong.
const believed = 1 << 20

// BodyOf reads the body of the page that a record captured from the record's
// block, at most most bytes; none of a revisit. What was cut before it was
// archived is read as far as it goes.
func BodyOf(h Header, block io.Reader, most int) ([]byte, error) {
	switch h.Get(Type) {
	case Revisit:
		return nil, nil
	case Response:
		answer, err := ReadMessage(block)
		if err != nil {
			return nil, err
		}
		block = answer.Body
	}
	body, err := ReadBlock(block, h, most)
	if err != nil && !(errors.Is(err, io.ErrUnexpectedEOF) && h.Get(Truncated) != "") {
		return nil, err
	}
	if len(body) > most {
		return nil, fmt.Errorf("a body of more than %d bytes", most)
	}
	return body, nil
}

// ReadBlock reads what is in the block of a record, or all but its head, up to most
// bytes and one.
func ReadBlock(block io.Reader, h Header, most int) ([]byte, error) {
	stated, _ := strconv.Atoi(h.Get(ContentLength)) // damaged ones were refused
	var b bytes.Buffer
	read := func(upto int) error {
		b.Grow(max(0, min(stated, upto)-b.Len()) + bytes.MinRead)
		_, err := b.ReadFrom(io.LimitReader(block, int64(upto-b.Len())))
		return err
	}
	err := read(min(believed, most+1))
	if err == nil && b.Len() == believed {
		err = read(most + 1)
	}
	return b.Bytes(), err
}

// idle are readers of single records, to be used again: the buffers of one are
// larger than most pages.
var idle = sync.Pool{New: func() any { return NewReader(bytes.NewReader(nil)) }}

// Body reads the body of the page that a record captured, of a record by itself:
// plain, or the one gzip member or zstd frame that holds it. It is [BodyOf] that.
func Body(record []byte, most int) ([]byte, error) {
	from := idle.Get().(*Reader)
	from.Reset(bytes.NewReader(record))
	defer func() {
		from.Reset(bytes.NewReader(nil))
		idle.Put(from)
	}()
	rec, err := from.Next()
	if err != nil {
		return nil, midway(err)
	}
	body, err := BodyOf(rec.Header, rec.Block, most)
	if err != nil {
		return nil, err
	}
	if end, err := from.End(); err != nil || end != int64(len(record)) {
		return nil, errors.Join(fmt.Errorf("a record of %d bytes, not %d", end, len(record)), err)
	}
	return body, nil
}
