package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
)

// openOne opens a file with one connection, so that all goes through it.
func openOne(tb testing.TB, steps ...string) *sql.DB {
	db, err := Open(tb.Context(), filepath.Join(tb.TempDir(), "a.db"), steps)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := db.Close(); err != nil {
			tb.Error(err)
		}
	})
	db.SetMaxOpenConns(1)
	return db
}

// idle is the number of statements that the one connection keeps.
func idle(tb testing.TB, db *sql.DB) (n int) {
	single, err := db.Conn(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	defer single.Close()
	if err := single.Raw(func(c any) error {
		n = len(c.(*conn).idle)
		return nil
	}); err != nil {
		tb.Fatal(err)
	}
	return n
}

// A text that is wanted again while its rows are read has a statement of its
// own, and both give what they should.
func TestOneTextTwiceAtOnce(t *testing.T) {
	ctx := t.Context()
	db := openOne(t, "CREATE TABLE a (n INTEGER)", "INSERT INTO a VALUES (1), (2), (3)")
	const query = "SELECT n FROM a WHERE n >= ? ORDER BY n"
	for range 2 { // the second time with statements that were kept
		if err := InTx(ctx, db, func(tx *sql.Tx) error {
			var got []string
			outer, err := tx.QueryContext(ctx, query, 2)
			if err != nil {
				return err
			}
			defer outer.Close()
			for outer.Next() {
				var n, first int
				if err := errors.Join(outer.Scan(&n), tx.QueryRowContext(ctx, query, 1).Scan(&first)); err != nil {
					return err
				}
				got = append(got, fmt.Sprint(n, first))
			}
			if want := "[2 1 3 1]"; fmt.Sprint(got) != want {
				t.Errorf("%v, want %s", got, want)
			}
			return outer.Err()
		}); err != nil {
			t.Fatal(err)
		}
	}
}

// A statement is as good after an error as before it, and after the layout of
// its table has changed.
func TestStatementsOutliveTheirTroubles(t *testing.T) {
	ctx := t.Context()
	db := openOne(t, "CREATE TABLE a (n INTEGER PRIMARY KEY)")
	insert := func(ctx context.Context, n int) error {
		_, err := db.ExecContext(ctx, "INSERT INTO a (n) VALUES (?)", n)
		return err
	}
	ended, end := context.WithCancel(ctx)
	end()
	if err := insert(ctx, 1); err != nil {
		t.Error(err)
	}
	if err := insert(ctx, 1); err == nil {
		t.Error("a number came in twice")
	}
	if err := insert(ended, 2); !errors.Is(err, context.Canceled) {
		t.Errorf("after its context ended: %v", err)
	}
	if _, err := db.ExecContext(ctx, "ALTER TABLE a ADD COLUMN m INTEGER DEFAULT 7"); err != nil {
		t.Error(err)
	}
	if err := insert(ctx, 2); err != nil {
		t.Error(err)
	}
	var rows, sum int
	if err := db.QueryRowContext(ctx, "SELECT count(*), sum(m) FROM a").Scan(&rows, &sum); err != nil || rows != 2 || sum != 14 {
		t.Errorf("%d rows with the sum %d, %v, want 2 with 14", rows, sum, err)
	}
}

func TestFewStatementsAreKept(t *testing.T) {
	db := openOne(t)
	before := idle(t, db)
	for i := range 2 * keptStatements {
		var n int
		if err := db.QueryRowContext(t.Context(), fmt.Sprintf("SELECT %d", i)).Scan(&n); err != nil || n != i {
			t.Fatalf("%d, %v, want %d", n, err, i)
		}
	}
	if got := idle(t, db); before == keptStatements || got != keptStatements {
		t.Errorf("%d statements are kept, %d before, want %d", got, before, keptStatements)
	}
}

// BenchmarkInsert is what a kept statement gains.
func BenchmarkInsert(b *testing.B) {
	db := openOne(b, `CREATE TABLE a (id TEXT PRIMARY KEY, n INTEGER) WITHOUT ROWID`)
	i := 0
	if err := InTx(b.Context(), db, func(tx *sql.Tx) error {
		for b.Loop() {
			i++
			if _, err := tx.ExecContext(b.Context(), `INSERT INTO a VALUES (?, ?) ON CONFLICT DO UPDATE SET n = excluded.n`, fmt.Sprint(i%1000), i); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		b.Fatal(err)
	}
}
