package archive

import (
	"bytes"
	"runtime"

	"golang.org/x/sync/errgroup"

	"github.com/copydesk/copydesk/pkg/warc"
)

// packed is a unit as it stands in a segment.
type packed struct {
	unit
	text []byte
	main warc.Span // in text
}

// packer compresses units. It is costly to make.
type packer struct {
	buffer bytes.Buffer
	writer *warc.Writer
}

func newPacker(c warc.Compression) (*packer, error) {
	p := &packer{}
	var err error
	p.writer, err = warc.NewWriter(&p.buffer, 0, c)
	return p, err
}

func (p *packer) pack(u unit) (packed, error) {
	p.begin()
	main, err := u.write(p.writer)
	return packed{u, p.text(), main}, err
}

func (p *packer) packRecord(r record) ([]byte, error) {
	p.begin()
	_, err := p.writer.Write(r.header, r.block(), r.length())
	return p.text(), err
}

// mostKept is the longest text that a packer has room for at once, in bytes.
const mostKept = 1 << 20

// text is what was packed. What is long is given away, not copied.
func (p *packer) text() []byte {
	if p.buffer.Len() <= mostKept {
		return bytes.Clone(p.buffer.Bytes())
	}
	defer func() { p.buffer = bytes.Buffer{} }()
	return p.buffer.Bytes()
}

func (p *packer) begin() {
	p.buffer.Reset()
	p.writer.Reset(&p.buffer, 0)
}

// packers are several that work at the same time.
type packers chan *packer

func newPackers(c warc.Compression) (packers, error) {
	all := make(packers, runtime.GOMAXPROCS(0))
	for range cap(all) {
		p, err := newPacker(c)
		if err != nil {
			return nil, err
		}
		all <- p
	}
	return all, nil
}

// pack compresses the units of a batch.
func (all packers) pack(units []unit) ([]packed, error) {
	done := make([]packed, len(units))
	var group errgroup.Group
	for i, u := range units {
		p := <-all
		group.Go(func() (err error) {
			defer func() { all <- p }()
			done[i], err = p.pack(u)
			return err
		})
	}
	return done, group.Wait()
}
