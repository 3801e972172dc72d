package archive

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/warc"
)

// Original is a record of somebody else's archive that holds a capture. A revisit
// goes with [Entry.Same].
type Original struct {
	Header warc.Header
	Block  []byte
	// member is the record as its file had it, where it was compressed by itself.
	member []byte
	as     warc.Compression
	// page is what was read from it, nil where nothing was.
	page *news.Page
}

// ReadOriginal reads a record as a file has it: plain, or the one gzip member or
// zstd frame that holds it. Where the archive compresses so too, its bytes are
// archived as they are.
func ReadOriginal(text []byte) (*Original, error) {
	var f *found
	if err := lend(bytes.NewReader(text), "", func(s *scanner) error {
		f = s.take()
		return f.err
	}); err != nil {
		return nil, fmt.Errorf("original record: %w", err)
	}
	if f.at.Offset != 0 || f.at.Length != int64(len(text)) {
		return nil, errors.New("original record: more than one record")
	}
	return &Original{Header: f.header, Block: f.block, member: text, as: warc.CompressionOf(text)}, nil
}

// Record is the original as it is read.
func (o *Original) Record() *warc.Record {
	return &warc.Record{Header: o.Header, Block: bytes.NewReader(o.Block)}
}

// Page is the page that it captured, as [PageOf] reads it. As long as nobody
// changes it, it need not be proven again that the one has the other.
func (o *Original) Page(limit int) (page *news.Page, err error) {
	o.page, err = PageOf(o.Record(), limit)
	return o.page, err
}
