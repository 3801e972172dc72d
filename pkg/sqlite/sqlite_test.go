package sqlite

import (
	"database/sql"
	"errors"
	"path/filepath"
	"testing"
)

func TestOpen(t *testing.T) {
	ctx := t.Context()
	path := filepath.Join(t.TempDir(), "with space & sign.db")
	steps := []string{"CREATE TABLE a (n INTEGER)", "ALTER TABLE a ADD COLUMN m INTEGER"}

	db, err := Open(ctx, path, steps[:1])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(ctx, "INSERT INTO a (n) VALUES (7)"); err != nil {
		t.Fatal(err)
	}
	var mode string
	var synchronous int
	if err := errors.Join(
		db.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&mode),
		db.QueryRowContext(ctx, "PRAGMA synchronous").Scan(&synchronous),
		db.Close(),
	); err != nil || mode != "wal" || synchronous != 2 {
		t.Errorf("journal_mode %q, synchronous %d, %v, want wal and 2 (FULL)", mode, synchronous, err)
	}

	db, err = Open(ctx, path, steps)
	if err != nil {
		t.Fatal(err)
	}
	var n int
	var m sql.NullInt64
	if err := db.QueryRowContext(ctx, "SELECT n, m FROM a").Scan(&n, &m); err != nil || n != 7 || m.Valid {
		t.Errorf("after the second step: %d, %v, %v", n, m, err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}

	if _, err := Open(ctx, path, steps[:1]); !errors.Is(err, ErrNewer) {
		t.Errorf("a newer file: %v, want ErrNewer", err)
	}
}
