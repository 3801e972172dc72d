package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/copydesk/copydesk/pkg/sqlite"
)

// maxReaders is the number of reads at a time. Each holds a connection with a
// page cache of its own; more than a few gain nothing on one disk.
const maxReaders = 4

// Store is an open file of rows. Its methods may be called at the same time:
// there is one writer, and readers see the last commit without waiting for it.
type Store struct {
	writer, readers *sql.DB
	lately          lately
}

// Open opens or makes the file at path.
func Open(ctx context.Context, path string) (*Store, error) {
	writer, err := sqlite.Open(ctx, path, steps)
	if err != nil {
		return nil, err
	}
	writer.SetMaxOpenConns(1)
	readers, err := sqlite.Open(ctx, path, steps)
	if err != nil {
		return nil, errors.Join(err, writer.Close())
	}
	readers.SetMaxOpenConns(maxReaders)
	readers.SetMaxIdleConns(maxReaders)
	return &Store{writer: writer, readers: readers}, nil
}

// Close waits for reads and writes under way and closes the file.
func (s *Store) Close() error {
	return errors.Join(s.readers.Close(), s.writer.Close())
}

// read runs do on one state of the file, whatever is written meanwhile.
func (s *Store) read(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.readers.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	return errors.Join(do(tx), tx.Rollback())
}

func micros(t time.Time) int64 { return t.UnixMicro() }

func fromMicros(n int64) time.Time { return time.UnixMicro(n).UTC() }
