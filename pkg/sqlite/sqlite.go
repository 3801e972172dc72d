// Package sqlite opens the SQLite files that services keep their rows in. It
// is the only importer of the SQLite driver.
//
// A file opened here survives a crash at any moment: write-ahead log, and each
// commit on disk before it returns. Its layout is numbered; a file that a newer
// build wrote is refused, an older one is brought up step by step.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
)

// ErrNewer is returned for a file whose layout is newer than this build knows.
var ErrNewer = errors.New("written by a newer copydesk: upgrade this one, or use another data folder")

// Open opens or makes the file at path. steps bring an empty file to today's
// layout; each runs once, in one transaction with the layout number that it
// makes: steps[0] makes layout 1. A new file is its owner's alone to read.
func Open(ctx context.Context, path string, steps []string) (*sql.DB, error) {
	options := url.Values{"_pragma": {
		"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(ON)",
	}, "_txlock": {"immediate"}}
	if err := create(path); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	source, err := newConnector((&url.URL{Scheme: "file", OmitHost: true, Path: path, RawQuery: options.Encode()}).String())
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	db := sql.OpenDB(source)
	if err := migrate(ctx, db, steps); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, errors.Join(err, db.Close()))
	}
	return db, nil
}

// create makes the file if it is not there. SQLite gives the files beside it
// the same permissions. One that is there is not even opened: closing it would
// drop the locks that this process holds on it.
func create(path string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return file.Close()
}

func migrate(ctx context.Context, db *sql.DB, steps []string) error {
	var layout int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&layout); err != nil {
		return err
	}
	if layout > len(steps) {
		return fmt.Errorf("layout %d, this build knows %d: %w", layout, len(steps), ErrNewer)
	}
	for ; layout < len(steps); layout++ {
		if err := InTx(ctx, db, func(tx *sql.Tx) error {
			if _, err := tx.ExecContext(ctx, steps[layout]); err != nil {
				return err
			}
			_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", layout+1))
			return err
		}); err != nil {
			return fmt.Errorf("to layout %d: %w", layout+1, err)
		}
	}
	return nil
}

// InTx runs do in one transaction, which is committed if do returns nil, and
// rolled back if it returns an error or panics.
func InTx(ctx context.Context, db *sql.DB, do func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	ended := false
	defer func() {
		if !ended {
			_ = tx.Rollback() // do panics, and what it says is what counts
		}
	}()
	err = do(tx)
	ended = true
	if err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}
