package search

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/blevesearch/bleve/v2"
	index "github.com/blevesearch/bleve_index_api"

	"github.com/copydesk/copydesk/pkg/news"
)

// generation is one index on disk, between two rebuilds.
type generation struct {
	bleve.Index
}

// Keys beside the documents.
var (
	layoutKey  = []byte("copydesk/layout")
	appliedKey = []byte("copydesk/applied") // the last row taken in, 8 bytes big-endian
	purgedKey  = []byte("copydesk/purged")  // the last story taken out, likewise
)

// floorSegment is how many stories the smallest segments hold that are told apart
// by their size, when bleve chooses which to merge. Its own 2,000 has an index
// merge everything with every batch until it holds some thousands.
const floorSegment = 100

// options of bleve. It gives up at once where somebody has opened its files past
// our own lock; by itself it waits for ever.
func options() map[string]any {
	return map[string]any{
		"bolt_timeout":           "1ms",
		"scorchMergePlanOptions": map[string]any{"FloorSegmentSize": floorSegment},
	}
}

func newGeneration(path string) (generation, error) {
	index, err := bleve.NewUsing(path, newMapping(), bleve.Config.DefaultIndexType, bleve.Config.DefaultKVStore, options())
	if err != nil {
		return generation{}, err
	}
	if err := index.SetInternal(layoutKey, []byte(layout)); err != nil {
		return generation{}, errors.Join(err, index.Close())
	}
	return generation{index}, nil
}

// openGeneration never panics, whatever lies at path: bleve and bolt trust
// what they find and stumble over damaged files, also over the end of one that
// they have mapped into memory.
func openGeneration(path string) (g generation, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("damaged: %v", p)
		}
	}()
	if err := removeDamaged(path); err != nil {
		return generation{}, err
	}
	index, err := bleve.OpenUsing(path, options())
	if err != nil {
		return generation{}, fmt.Errorf("damaged, or of another build: %w", err)
	}
	found, err := index.GetInternal(layoutKey)
	if err == nil && string(found) != layout {
		err = fmt.Errorf("has layout %q, this build writes %q", found, layout)
	}
	if err != nil {
		return generation{}, errors.Join(err, index.Close())
	}
	return generation{index}, nil
}

// applied is the last row that was taken in, 0 at the beginning.
func (g generation) applied() (int64, error) { return g.number(appliedKey) }

func (g generation) number(key []byte) (int64, error) {
	value, err := g.GetInternal(key)
	if err != nil || len(value) != 8 {
		return 0, err
	}
	return int64(binary.BigEndian.Uint64(value)), nil
}

// apply takes rows in, and the number of the last with them: both or neither.
func (g generation) apply(rows []news.Row) error {
	batch := index.NewBatch()
	for _, row := range rows {
		if row.Latest {
			batch.Update(documentOf(row.Article).entry(row.Article.StoryID))
		}
	}
	batch.SetInternal(appliedKey, eightBytes(rows[len(rows)-1].Number))
	plain, err := g.Advanced()
	if err != nil {
		return err
	}
	return plain.Batch(batch)
}

func eightBytes(n int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)) }

// purge takes stories out that are no more among the rows. It comes after rows are
// taken in, which may have been read before.
func (g generation) purge(ctx context.Context, source Source) error {
	for {
		after, err := g.number(purgedKey)
		if err != nil {
			return err
		}
		gone, last, err := source.Purged(ctx, after, batchSize)
		if err != nil || last == after {
			return err
		}
		batch := g.NewBatch()
		for _, id := range gone {
			batch.Delete(id)
		}
		batch.SetInternal(purgedKey, eightBytes(last))
		if err := g.Batch(batch); err != nil {
			return err
		}
	}
}

// batchSize is the number of rows taken in at a time. Larger batches are
// hardly faster and hold more records in memory.
const batchSize = 100

// catchUp takes in all rows of source up to last, and takes out what is no more
// among them. Those that come meanwhile
// gather for a batch of their own.
func (g generation) catchUp(ctx context.Context, source Source, last int64, progress func(row int64)) error {
	for {
		row, err := g.applied()
		if err != nil {
			return err
		}
		progress(row)
		if row >= last {
			return g.purge(ctx, source)
		}
		rows, err := source.RowsAfter(ctx, row, batchSize)
		if err != nil {
			return err
		}
		if len(rows) == 0 { // the last ones were taken out
			if err := g.SetInternal(appliedKey, eightBytes(last)); err != nil {
				return err
			}
			continue
		}
		if err := g.apply(rows); err != nil {
			return err
		}
	}
}
