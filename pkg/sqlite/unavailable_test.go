package sqlite

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

func TestUnavailable(t *testing.T) {
	ctx := t.Context()
	dir := t.TempDir()
	db, err := Open(ctx, filepath.Join(dir, "a.db"), []string{"CREATE TABLE a (n INTEGER PRIMARY KEY, text TEXT CHECK (length(text) < 9999)) STRICT"})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if err := os.WriteFile(filepath.Join(dir, "b.db"), []byte("Mind the paint: this is no file of rows, and never was."), 0o600); err != nil {
		t.Fatal(err)
	}
	exec := func(queries ...string) error {
		for _, query := range queries {
			if _, err := db.ExecContext(ctx, query); err != nil {
				return err
			}
		}
		return nil
	}
	_, notRows := Open(ctx, filepath.Join(dir, "b.db"), nil)
	tests := []struct {
		name string
		err  error
		want bool
	}{
		{"nothing", nil, false},
		{"not of the file", context.Canceled, false},
		{"constraint", exec("INSERT INTO a VALUES (1, '')", "INSERT INTO a VALUES (1, '')"), false},
		{"check", exec("INSERT INTO a VALUES (2, hex(zeroblob(9999)))"), false},
		{"wrong type", exec("INSERT INTO a VALUES (3, x'00')"), false},
		{"too big", exec("INSERT INTO a VALUES (4, zeroblob(2000000000))"), false},
		{"read-only", exec("PRAGMA query_only = TRUE", "INSERT INTO a VALUES (5, '')"), true},
		{"full", exec("PRAGMA query_only = FALSE", "PRAGMA max_page_count = 1", "CREATE TABLE b AS SELECT randomblob(99999)"), true},
		{"no file of rows", notRows, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Unavailable(tt.err); got != tt.want {
				t.Errorf("Unavailable(%v) = %v, want %v", tt.err, got, tt.want)
			}
			if tt.name != "nothing" && tt.err == nil {
				t.Error("the case made no error")
			}
		})
	}
}
