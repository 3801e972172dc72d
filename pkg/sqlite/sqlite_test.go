package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
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

// A panic inside must not leave the transaction open: with one connection
// nobody could write again.
func TestPanicRollsBack(t *testing.T) {
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "a.db"), []string{"CREATE TABLE a (n INTEGER)"})
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	insert := func(tx *sql.Tx) error {
		_, err := tx.Exec("INSERT INTO a (n) VALUES (7)")
		return err
	}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		t.Error(InTx(t.Context(), db, func(tx *sql.Tx) error {
			if err := insert(tx); err != nil {
				return err
			}
			panic("a row that nobody thought of")
		}))
	}()
	ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
	defer stop()
	if err := InTx(ctx, db, insert); err != nil {
		t.Fatalf("after the panic: %v", err)
	}
	var n int
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM a").Scan(&n); err != nil || n != 1 {
		t.Errorf("%d rows, %v, want 1", n, err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
}

func TestFilesAreTheOwners(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.db")
	for range 2 { // while it is open, it may be opened again
		db, err := Open(t.Context(), path, []string{"CREATE TABLE a (n INTEGER)"})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) < 2 {
		t.Fatalf("%v, %v, want the file and its log", files, err)
	}
	for _, file := range files {
		if info, err := file.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v, want 0600", file.Name(), info.Mode(), err)
		}
	}
}
