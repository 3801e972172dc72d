package service

import (
	"context"
	"fmt"
	"os"

	"github.com/copydesk/copydesk/pkg/api"
	"github.com/copydesk/copydesk/pkg/datafolder"
	"github.com/copydesk/copydesk/pkg/store"
)

// Rows are those of a data folder that no indexer holds, opened in its place.
type Rows struct {
	rows    *store.Store
	release func()
}

// OpenRows takes the indexer's part of a data folder for the process called
// name. A folder without rows is an error that wraps [os.ErrNotExist]; one that
// is held is an error that wraps [datafolder.ErrInUse] and names who holds it.
func OpenRows(ctx context.Context, name, data string) (*Rows, error) {
	folder := datafolder.Folder(data)
	if _, err := os.Stat(folder.Rows()); err != nil {
		return nil, fmt.Errorf("data folder %s has no rows: %w", data, err)
	}
	release, err := folder.Lock(name, datafolder.Indexer)
	if err != nil {
		return nil, err
	}
	rows, err := store.Open(ctx, folder.Rows())
	if err != nil {
		release()
		return nil, err
	}
	return &Rows{rows, release}, nil
}

// Export answers as a running indexer does, in one piece.
func (r *Rows) Export(ctx context.Context, q api.ExportRequest) (api.ExportReply, error) {
	return exported(ctx, r.rows, q)
}

// Close closes the rows and gives the folder free.
func (r *Rows) Close() error {
	defer r.release()
	return r.rows.Close()
}
