package siterules

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rs/zerolog"
)

// TestFileFollows changes a file under a set: what is right is taken once it was
// seen twice, what is wrong never, and the log says either once.
func TestFileFollows(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sites.yaml")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(good)
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	first := f.Set().Digest()
	var out bytes.Buffer
	log := zerolog.New(&out)
	check := func(what string, changed, wrong bool, lines int) {
		t.Helper()
		if got := f.Set().Digest() != first; got != changed {
			t.Errorf("%s: changed is %v", what, got)
		}
		if got := f.Problem() != nil; got != wrong {
			t.Errorf("%s: problem is %v", what, f.Problem())
		}
		if got := strings.Count(out.String(), "\n"); got != lines {
			t.Errorf("%s: %d lines of log, want %d:\n%s", what, got, lines, out.String())
		}
	}
	f.look(log)
	check("untouched", false, false, 0)
	write(good + "  - site: b.example\n    since: 2026-01-01\n    body: ..")
	f.look(log)
	check("wrong, seen once", false, false, 0)
	f.look(log)
	f.look(log)
	check("wrong, seen again", false, true, 1)
	write(strings.Replace(good, "h1.title", "h1.head", 1))
	f.look(log)
	check("right, seen once", false, true, 1)
	f.look(log)
	f.look(log)
	check("right, seen twice", true, false, 2)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	f.look(log)
	f.look(log)
	check("gone", true, true, 3)
	write(good)
	f.look(log)
	f.look(log)
	check("back", false, false, 4)
}

func TestOpenIsLoud(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sites.yaml")
	if _, err := Open(path); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("got %v", err)
	}
	if err := os.WriteFile(path, []byte("schema: x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path); err == nil || !strings.Contains(err.Error(), path+":1") {
		t.Errorf("got %v", err)
	}
}
