package archive_test

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/archive"
)

// brokenDisk fails behind left more bytes, at a sync, or at the first cuts.
type brokenDisk struct {
	archive.Disk
	left      int // -1 for ever
	syncs     int // that fail
	cuts      int
	err       error
	countSync int
}

func (b *brokenDisk) Write(p []byte) (int, error) {
	if b.left >= 0 && len(p) > b.left {
		n, _ := b.Disk.Write(p[:b.left])
		b.left = 0
		return n, b.err
	}
	if b.left > 0 {
		b.left -= len(p)
	}
	return b.Disk.Write(p)
}

func (b *brokenDisk) Sync() error {
	b.countSync++
	if b.syncs > 0 {
		b.syncs--
		return b.err
	}
	return nil // the test needs no disk
}

func (b *brokenDisk) Cut(size int64) error {
	if b.cuts > 0 {
		b.cuts--
		return b.err
	}
	return b.Disk.Cut(size)
}

// TestFailedWrite has a batch fail at every byte: none of it is in the archive,
// and the next one is whole.
func TestFailedWrite(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir, archive.Options{})
	disk := &brokenDisk{left: -1, err: errors.New("the disk is broken")}
	a.OnDisk(func(d archive.Disk) archive.Disk { disk.Disk = d; return disk })
	all := appendAll(t, a, pages("<p>Tide"))
	path := filepath.Join(dir, all[0].File+".open")
	before := size(t, path)
	next := []archive.Entry{{Page: page(1, "<p>Ebb")}, {Page: page(2, "<p>Flood")}}
	fail := func(d brokenDisk) {
		t.Helper()
		d.Disk, d.err = disk.Disk, disk.err
		*disk = d
		captures, err := a.Append(t.Context(), next)
		if !errors.Is(err, disk.err) || captures != nil {
			t.Fatalf("got %v, %v", captures, err)
		}
		if diff := cmp.Diff(all, scanAll(t, a)); diff != "" {
			t.Fatalf("after %+v (-want +got):\n%s", d, diff)
		}
	}
	whole := 0
	for n := 0; ; n += 7 {
		disk.left = n
		captures, err := a.Append(t.Context(), next)
		if err == nil {
			whole, all = n, append(all, captures...)
			break
		}
		if got := size(t, path); got != before {
			t.Fatalf("failed at byte %d: the file has %d bytes, had %d", n, got, before)
		}
	}
	if whole < 500 {
		t.Errorf("a batch of %d bytes", whole)
	}
	fail(brokenDisk{left: -1, syncs: 1})
	fail(brokenDisk{left: 100, cuts: 1})
	fail(brokenDisk{left: 100, syncs: 1}) // mended first, which fails
	*disk = brokenDisk{Disk: disk.Disk, left: -1, cuts: 1, err: disk.err}
	if _, err := a.Append(t.Context(), next); err == nil {
		t.Fatal("appended behind what could not be cut off")
	}
	all = append(all, appendAll(t, a, next)...)
	if diff := cmp.Diff(all, scanAll(t, a)); diff != "" {
		t.Errorf("(-appended +scanned):\n%s", diff)
	}
}

func size(t testing.TB, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

// TestNoSpace says what is missing, before and while writing.
func TestNoSpace(t *testing.T) {
	a := open(t, t.TempDir(), archive.Options{MinFree: 1 << 20})
	disk := &brokenDisk{left: 300, err: &os.PathError{Op: "write", Err: syscall.ENOSPC}}
	a.OnDisk(func(d archive.Disk) archive.Disk { disk.Disk = d; return disk })
	for _, test := range []struct {
		name string
		free int64
		full bool
	}{
		{"too little is left", 1 << 20, true},
		{"the disk is full", 1 << 30, true},
		{"there is room again", 1 << 30, false},
	} {
		a.Free(test.free)
		_, err := a.Append(t.Context(), pages("<p>Tide"))
		full, ok := errors.AsType[*archive.NoSpace](err)
		if ok != test.full || ok && (full.Free != test.free || full.Needed <= full.Free) {
			t.Errorf("%s: got %v", test.name, err)
		}
		disk.left = max(disk.left, 0) - 1 // it was 0 after it failed
	}
	if got := len(scanAll(t, a)); got != 1 {
		t.Errorf("%d captures", got)
	}
}

// TestBadEntry names the entry that keeps a batch from being written.
func TestBadEntry(t *testing.T) {
	broken := func(change func(e *archive.Entry)) archive.Entry {
		e := archive.Entry{Page: page(1, "<p>Ebb")}
		change(&e)
		return e
	}
	a := open(t, t.TempDir(), archive.Options{})
	earlier := appendAll(t, a, pages("<p>Tide", "<p>Tide"))
	for name, e := range map[string]archive.Entry{
		"no page":              {},
		"no identity":          broken(func(e *archive.Entry) { e.Page.CaptureID = "" }),
		"no address":           broken(func(e *archive.Entry) { e.Page.URL = "" }),
		"two lines of address": broken(func(e *archive.Entry) { e.Page.URL = "https://news.example/\r\nX: y" }),
		"another length":       broken(func(e *archive.Entry) { e.Page.Length++ }),
		"another digest":       broken(func(e *archive.Entry) { e.Page.Body = []byte("<p>ebb") }),
		"another body":         broken(func(e *archive.Entry) { e.Same = &earlier[0] }),
		"same as a revisit":    broken(func(e *archive.Entry) { e.Same = &earlier[1] }),
		"a foreign request": broken(func(e *archive.Entry) {
			e.Original = &archive.Original{}
		}),
	} {
		_, err := a.Append(t.Context(), []archive.Entry{{Page: page(0, "<p>Tide")}, e})
		if bad, ok := errors.AsType[*archive.BadEntry](err); !ok || bad.Index != 1 {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if diff := cmp.Diff(earlier, scanAll(t, a)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
