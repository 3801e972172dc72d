package warc

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"
)

// frames reads the zstd frames of a file one by one.
type frames struct {
	decoder *zstd.Decoder
	begun   bool // a dictionary that comes now is none
	shared  bool // the decoder has the dictionary of the file
}

// The most that a frame may ask for, in bytes: the window that decoders are
// advised to allow (RFC 8878, section 3.1.1.1.2), and a dictionary.
const (
	mostWindow     = 8 << 20
	mostDictionary = 8 << 20
)

// open begins the frame that is next, behind a dictionary if that comes first.
func (f *frames) open(file *bufio.Reader) (io.Reader, error) {
	head, err := frameHead(file)
	if err != nil {
		return nil, err
	}
	if head.Skippable {
		if err := f.skippable(file, head); err != nil {
			return nil, err
		}
		return eof{}, nil
	}
	f.begun = true
	if f.decoder == nil {
		if f.decoder, err = newDecoder(nil); err != nil {
			return nil, err
		}
	}
	if err := f.decoder.Reset(&frame{from: file, head: head.HeaderSize, checked: head.HasCheckSum}); err != nil {
		return nil, err
	}
	return f.decoder, nil
}

// prepare reads the dictionary that a file begins with, if it does. One that is
// damaged is none, as where the file is read from its begin; the error is that
// of the file.
func (f *frames) prepare(file io.ReaderAt) error {
	begin := count(io.NewSectionReader(file, 0, zstd.HeaderMaxSize+mostDictionary))
	if head, _ := begin.Peek(longestMagic); isSkippable(head) {
		_, _ = f.open(begin.Reader)
	}
	if begin.err != nil && !errors.Is(begin.err, io.EOF) {
		return begin.err
	}
	return nil
}

// forget has another file read: its dictionary is not that of the last one.
func (f *frames) forget() {
	if f.shared {
		f.decoder.Close()
		f.decoder = nil
	}
	f.begun, f.shared = false, false
}

// eof is a frame without content.
type eof struct{}

func (eof) Read([]byte) (int, error) { return 0, io.EOF }

func newDecoder(dictionary []byte) (*zstd.Decoder, error) {
	options := []zstd.DOption{zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(mostWindow)}
	if dictionary != nil {
		options = append(options, zstd.WithDecoderDicts(dictionary))
	}
	return zstd.NewReader(nil, options...)
}

// unpackDictionary takes a dictionary out of its own frame.
func unpackDictionary(packed []byte) ([]byte, error) {
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(mostDictionary))
	if err != nil {
		return nil, err
	}
	defer decoder.Close()
	return decoder.DecodeAll(packed, nil)
}

// dictionaryFrame is the number of the skippable frame at the begin of a file
// that holds the dictionary of all others, as it is or as a frame itself
// (iipc.github.io/warc-specifications, "Zstandard compression for WARC files").
const dictionaryFrame = 0xd

func (f *frames) skippable(file *bufio.Reader, head zstd.Header) error {
	if _, err := file.Discard(head.HeaderSize); err != nil {
		return err
	}
	if head.SkippableID != dictionaryFrame || f.begun {
		_, err := io.CopyN(io.Discard, file, int64(head.SkippableSize))
		return err
	}
	if head.SkippableSize > mostDictionary {
		return fmt.Errorf("zstd: a dictionary of %d bytes, more than %d", head.SkippableSize, mostDictionary)
	}
	dictionary := make([]byte, head.SkippableSize)
	if _, err := io.ReadFull(file, dictionary); err != nil {
		return err
	}
	if string(dictionary[:min(len(dictionary), len(zstdMagic))]) == string(zstdMagic) {
		var err error
		if dictionary, err = unpackDictionary(dictionary); err != nil {
			return fmt.Errorf("zstd: the dictionary: %w", err)
		}
	}
	decoder, err := newDecoder(dictionary)
	if err != nil {
		return err
	}
	if f.decoder != nil {
		f.decoder.Close()
	}
	f.decoder, f.begun, f.shared = decoder, true, true
	return nil
}

func frameHead(file *bufio.Reader) (zstd.Header, error) {
	var head zstd.Header
	start, err := file.Peek(zstd.HeaderMaxSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return head, err
	}
	if err := head.Decode(start); err != nil {
		return head, fmt.Errorf("zstd: %w", err)
	}
	return head, nil
}

// frame gives exactly the bytes of one frame, so that it is known where it
// ends: its header, its blocks, its checksum (RFC 8878, section 3.1.1).
type frame struct {
	from    *bufio.Reader
	head    int  // bytes of the header that were not given yet
	checked bool // a checksum follows the last block
	block   int  // bytes of the block that were not given yet
	last    bool // no block follows
}

const (
	blockHead = 3
	checksum  = 4
)

func (f *frame) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if f.head > 0 {
		n, err := f.from.Read(p[:min(len(p), f.head)])
		f.head -= n
		return n, err
	}
	if f.block == 0 {
		if err := f.next(); err != nil {
			return 0, err
		}
	}
	n, err := f.from.Read(p[:min(len(p), f.block)])
	f.block -= n
	return n, midway(err)
}

// next looks at the header of the block that follows (section 3.1.1.2).
func (f *frame) next() error {
	if f.last {
		if !f.checked {
			return io.EOF
		}
		f.checked, f.block = false, checksum
		return nil
	}
	head, err := f.from.Peek(blockHead)
	if err != nil {
		return midway(err)
	}
	bits := int(head[0]) | int(head[1])<<8 | int(head[2])<<16
	f.last, f.block = bits&1 == 1, blockHead+bits>>3
	if kind := bits >> 1 & 3; kind == 1 {
		f.block = blockHead + 1 // one byte, repeated
	}
	return nil
}
