package store

import (
	"encoding/json"
	"fmt"

	"github.com/copydesk/copydesk/pkg/coding"
	"github.com/copydesk/copydesk/pkg/news"
)

// maxRecord is the largest record that is read back, in bytes of JSON: far
// above what a page of 10 MB can give.
const maxRecord = 64 << 20

// encode writes a record as it lies in its row: JSON in zstd. It also gives the
// size of the JSON in bytes, as decode does.
func encode(a *news.Article) ([]byte, int, error) {
	text, err := json.Marshal(a)
	if err != nil {
		return nil, 0, err
	}
	return coding.Zstd(text), len(text), nil
}

func decode(record []byte) (*news.Article, int, error) {
	text, err := coding.Decode(record, "zstd", maxRecord)
	if err != nil {
		return nil, 0, fmt.Errorf("unpack record: %w", err)
	}
	a := new(news.Article)
	if err := json.Unmarshal(text, a); err != nil {
		return nil, 0, fmt.Errorf("read record: %w", err)
	}
	return a, len(text), nil
}
