package archive_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/news"
)

// TestDir puts, reads, lists and deletes files.
func TestDir(t *testing.T) {
	ctx := t.Context()
	source := filepath.Join(t.TempDir(), "source")
	if err := os.WriteFile(source, []byte("the tide tables"), 0o600); err != nil {
		t.Fatal(err)
	}
	d := archive.Dir(filepath.Join(t.TempDir(), "vault"))
	list := func() (names []string) {
		if err := d.List(ctx, func(name string, size int64) error {
			if size != 15 {
				t.Errorf("%s has %d bytes", name, size)
			}
			names = append(names, name)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return names
	}
	if got := list(); got != nil {
		t.Errorf("an empty vault has %q", got)
	}
	for _, name := range []string{"b", "a", "b"} {
		if err := d.Put(ctx, name, source); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]string{"a", "b"}, list()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, test := range []struct {
		offset, length int64
		want           string
	}{{0, 100, "the tide tables"}, {4, 4, "tide"}, {9, 100, "tables"}, {15, 1, ""}} {
		r, err := d.Open(ctx, "a", test.offset, test.length)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if r.Close(); err != nil || string(got) != test.want {
			t.Errorf("got %q, %v, want %q", got, err, test.want)
		}
	}
	for range 2 {
		if err := d.Delete(ctx, "a"); err != nil {
			t.Error(err)
		}
	}
	if _, err := d.Open(ctx, "a", 0, 1); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want %v", err, fs.ErrNotExist)
	}
	if err := d.Put(ctx, "c", source+"-gone"); err == nil || len(list()) != 1 {
		t.Errorf("put what is not there: %v", err)
	}
	for _, name := range []string{"", ".", "..", "../a", "a/b"} {
		if err := d.Put(ctx, name, source); err == nil {
			t.Errorf("put %q", name)
		}
	}
}

// TestOffload brings closed segments to the vault, from where they are read.
func TestOffload(t *testing.T) {
	dir, vault := t.TempDir(), t.TempDir()
	a := open(t, dir, archive.Options{Vault: archive.Dir(vault)})
	all := appendAll(t, a, pages("<p>Tide"))
	if err := a.Roll(); err != nil {
		t.Fatal(err)
	}
	all = append(all, appendAll(t, a, []archive.Entry{{Page: page(1, "<p>Tide"), Same: &all[0]}})...)
	moved, err := a.Offload(t.Context())
	if diff := cmp.Diff([]string{all[0].File}, moved); diff != "" || err != nil {
		t.Fatalf("%v (-want +got):\n%s", err, diff)
	}
	if _, err := os.Stat(filepath.Join(dir, all[0].File)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the segment is in the folder: %v", err)
	}
	if got, want := read(t, filepath.Join(vault, all[0].File+".cdxj")), read(t, filepath.Join(dir, "cdxj", all[0].File+".cdxj")); got != want {
		t.Errorf("the index in the vault is\n%s\nwant\n%s", got, want)
	}
	for i, c := range all {
		p, err := a.Get(t.Context(), c, rows(all))
		if err != nil || string(p.Body) != "<p>Tide" {
			t.Errorf("page %d: %v", i, err)
		}
	}
	var scanned []news.Capture
	if err := a.Scan(t.Context(), all[0].File, func(c news.Capture) error { scanned = append(scanned, c); return nil }, nil); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(all[:1], scanned); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if again, err := a.Offload(t.Context()); len(again) > 0 || err != nil {
		t.Errorf("again: %q, %v", again, err)
	}
}

// TestNamesAreNew gives no segment the name of one that was brought away.
func TestNamesAreNew(t *testing.T) {
	o := archive.Options{Vault: archive.Dir(t.TempDir()), Now: func() time.Time { return noon }}
	dir := t.TempDir()
	names := map[string]bool{}
	for range 3 {
		a := open(t, dir, o)
		names[appendAll(t, a, pages("<p>Tide"))[0].File] = true
		if err := a.Roll(); err != nil {
			t.Fatal(err)
		}
		if _, err := a.Offload(t.Context()); err != nil {
			t.Fatal(err)
		}
		a.Close()
	}
	if len(names) != 3 {
		t.Errorf("three segments have the names %v", names)
	}
}

// awayVault is a vault that cannot be reached.
type awayVault struct{ archive.Vault }

func (awayVault) Put(context.Context, string, string) error { return errors.New("away") }

// TestVaultIsAway keeps segments in the folder until the vault has them.
func TestVaultIsAway(t *testing.T) {
	a := open(t, t.TempDir(), archive.Options{Vault: awayVault{archive.Dir(t.TempDir())}})
	all := appendAll(t, a, pages("<p>Tide"))
	if err := a.Roll(); err != nil {
		t.Fatal(err)
	}
	if moved, err := a.Offload(t.Context()); err == nil || moved != nil {
		t.Errorf("moved %q, %v", moved, err)
	}
	if diff := cmp.Diff(all, scanAll(t, a)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
