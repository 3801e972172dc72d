package store

import (
	"encoding/json"
	"fmt"

	"github.com/klauspost/compress/zstd"

	"github.com/copydesk/copydesk/pkg/news"
)

// maxRecord is the largest record that is read back, in bytes of JSON: far
// above what a page of 10 MB can give.
const maxRecord = 64 << 20

// codec writes a record as it lies in its row: JSON in zstd.
type codec struct {
	pack   *zstd.Encoder
	unpack *zstd.Decoder
}

func newCodec() (codec, error) {
	pack, err := zstd.NewWriter(nil)
	if err != nil {
		return codec{}, err
	}
	unpack, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxRecord))
	if err != nil {
		return codec{}, err
	}
	return codec{pack, unpack}, nil
}

func (c codec) encode(a *news.Article) ([]byte, error) {
	text, err := json.Marshal(a)
	if err != nil {
		return nil, err
	}
	return c.pack.EncodeAll(text, nil), nil
}

// decode also gives the size of the record's JSON in bytes.
func (c codec) decode(record []byte) (*news.Article, int, error) {
	text, err := c.unpack.DecodeAll(record, nil)
	if err != nil {
		return nil, 0, fmt.Errorf("unpack record: %w", err)
	}
	a := new(news.Article)
	if err := json.Unmarshal(text, a); err != nil {
		return nil, 0, fmt.Errorf("read record: %w", err)
	}
	return a, len(text), nil
}
