package coding

import (
	"bytes"
	"io"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// decoders opens a body in each coding of the IANA registry that is in use.
var decoders = map[string]func(body []byte) (io.ReadCloser, error){
	"gzip":    openGzip,
	"deflate": openDeflate,
	"br":      openBrotli,
	"zstd":    openZstd,
}

func openGzip(body []byte) (io.ReadCloser, error) {
	source := bytes.NewReader(body)
	member, err := gzip.NewReader(source)
	if err != nil {
		return nil, err
	}
	member.Multistream(false)
	return &members{source: source, member: member}, nil
}

// members reads gzip members one after another, and stops at anything that is
// none: some servers pad the end, and readers have always let them.
type members struct {
	source *bytes.Reader
	member *gzip.Reader
}

func (m *members) Read(p []byte) (int, error) {
	n, err := m.member.Read(p)
	if err != io.EOF || !m.another() {
		return n, err
	}
	if err := m.member.Reset(m.source); err != nil {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return n, err
	}
	m.member.Multistream(false)
	return n, nil
}

// another says whether the magic number of a gzip member comes next.
func (m *members) another() bool {
	var magic [2]byte
	n, _ := m.source.Read(magic[:])
	m.source.Seek(int64(-n), io.SeekCurrent)
	return n == 2 && magic == [2]byte{0x1f, 0x8b}
}

func (m *members) Close() error { return m.member.Close() }

// openDeflate takes "deflate" for what the standard says, the zlib format, or
// for what many servers send, a bare deflate stream (RFC 9110, section 8.4.1.2).
func openDeflate(body []byte) (io.ReadCloser, error) {
	if hasZlibHeader(body) {
		return zlib.NewReader(bytes.NewReader(body))
	}
	return flate.NewReader(bytes.NewReader(body)), nil
}

// hasZlibHeader checks the two bytes of RFC 1950, section 2.2.
func hasZlibHeader(body []byte) bool {
	const deflateMethod = 8
	return len(body) >= 2 && body[0]&0x0f == deflateMethod && (int(body[0])<<8|int(body[1]))%31 == 0
}

func openBrotli(body []byte) (io.ReadCloser, error) {
	// The format itself bounds the window: 16 MB (RFC 7932, section 9.1).
	return io.NopCloser(brotli.NewReader(bytes.NewReader(body))), nil
}

// zstdWindow is the largest window that the content coding may ask for
// (RFC 9659, section 3).
const zstdWindow = 8 << 20

func openZstd(body []byte) (io.ReadCloser, error) {
	decoder, ok := zstdDecoders.Get().(*zstd.Decoder)
	if !ok {
		var err error
		decoder, err = zstd.NewReader(nil,
			zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(zstdWindow))
		if err != nil {
			return nil, err
		}
	}
	if err := decoder.Reset(bytes.NewReader(body)); err != nil {
		return nil, err
	}
	return &pooledZstd{decoder}, nil
}

// zstdDecoders keeps decoders: a new one costs a window of megabytes a page,
// and with a concurrency of 1 they own no goroutines.
var zstdDecoders sync.Pool

type pooledZstd struct{ *zstd.Decoder }

func (p *pooledZstd) Close() error {
	err := p.Reset(nil)
	zstdDecoders.Put(p.Decoder)
	return err
}
