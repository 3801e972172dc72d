package archive_test

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/news"
	"github.com/copydesk/copydesk/pkg/warc"
)

// TestRewrite takes captures out of a segment, twice; the others are where they
// are said to be, and of those nothing is left.
func TestRewrite(t *testing.T) {
	for _, c := range compressions {
		dir, vault := t.TempDir(), t.TempDir()
		a := open(t, dir, archive.Options{Compression: c, Vault: archive.Dir(vault)})
		all := appendAll(t, a, pages("<p>Tide", "<p>Ebb of the secret bay", "<p>Flood", "<p>Tide", "<p>Quay"))
		only := func(i int) func(news.Capture) bool {
			return func(c news.Capture) bool { return c.CaptureID == all[i].CaptureID }
		}
		first, err := a.Rewrite(t.Context(), all[0].File, "the court of the bay", only(1))
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Discard(t.Context(), first.Old); err != nil {
			t.Fatal(err)
		}
		if _, err := a.Offload(t.Context()); err != nil { // the second time it is in the vault
			t.Fatal(err)
		}
		second, err := a.Rewrite(t.Context(), first.New, "again", only(2))
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Discard(t.Context(), second.Old); err != nil {
			t.Fatal(err)
		}
		if archive.Replaced(second.New) != first.New || archive.Replaced(first.New) != first.Old || archive.Replaced(first.Old) != "" {
			t.Errorf("%s, then %s, then %s", first.Old, first.New, second.New)
		}
		if diff := cmp.Diff(all[1:2], first.Dropped); diff != "" {
			t.Errorf("dropped (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(second.Kept, scanAll(t, a)); diff != "" || len(second.Kept) != 3 {
			t.Errorf("%d kept (-said +scanned):\n%s", len(second.Kept), diff)
		}
		for i, c := range second.Kept {
			want := []string{"<p>Tide", "<p>Tide", "<p>Quay"}[i]
			if p, err := a.Get(t.Context(), c, rows(second.Kept)); err != nil || string(p.Body) != want {
				t.Errorf("%s: %v", want, err)
			}
		}
		for i, c := range []news.Capture{all[0], all[3], all[4]} { // of rows that were read before
			want := []string{"<p>Tide", "<p>Tide", "<p>Quay"}[i]
			if p, err := a.Get(t.Context(), c, rows(second.Kept)); err != nil || string(p.Body) != want {
				t.Errorf("%s, by an old row: %v", want, err)
			}
			raw, err := a.Raw(t.Context(), c, rows(second.Kept))
			if err != nil {
				t.Fatal(err)
			}
			if member, err := io.ReadAll(raw); err != nil || int64(len(member)) != c.Size {
				t.Errorf("%s, by an old row: a record of %d bytes, %v", want, len(member), err)
			}
			raw.Close()
		}
		if _, err := a.Get(t.Context(), all[1], rows(second.Kept)); !errors.Is(err, errNoCapture) {
			t.Errorf("what was taken out: %v", err)
		}
		if _, err := a.Get(t.Context(), all[0], rows(all)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("in a file that is lost: %v", err)
		}
		if size := size(t, filepath.Join(dir, second.New)); size != second.Size {
			t.Errorf("%d bytes, said %d", size, second.Size)
		}
		text := plain(t, dir, vault)
		for word, want := range map[string]bool{"secret bay": false, "<p>Flood": false, "tide-1": false, "the court of the bay": true, all[1].CaptureID: true, "<p>Quay": true} {
			if strings.Contains(text, word) != want {
				t.Errorf("%q in the files: %v", word, !want)
			}
		}
		if v, err := a.Verify(t.Context(), second.New, ledger{second.Kept}, func(f *archive.Finding) error { return f }); err != nil || v.Captures != 3 {
			t.Errorf("%+v, %v", v, err)
		}
		a.Close()
	}
}

// plain is the content of all files in the folders, decompressed.
func plain(t *testing.T, dirs ...string) string {
	t.Helper()
	var all strings.Builder
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			file := []byte(read(t, path))
			if strings.HasSuffix(path, ".cdxj") {
				all.Write(file)
				return nil
			}
			for _, c := range compressions {
				if strings.HasSuffix(path, c.Ending()) {
					return copyOf(&all, file, warc.Plain, "", "")
				}
			}
			t.Errorf("left over: %s", path)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

// TestRewriteNothing leaves a segment as it is.
func TestRewriteNothing(t *testing.T) {
	a := open(t, t.TempDir(), archive.Options{})
	all := appendAll(t, a, pages("<p>Tide"))
	r, err := a.Rewrite(t.Context(), all[0].File, "no reason", func(news.Capture) bool { return false })
	if err != nil || r.New != "" {
		t.Errorf("%+v, %v", r, err)
	}
	if diff := cmp.Diff(all, scanAll(t, a)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestHalfRewritten forgets what a crash left of a rewriting.
func TestHalfRewritten(t *testing.T) {
	w := write(t, warc.Gzip)
	dir := w.left(t, w.file)
	half := filepath.Join(dir, strings.Replace(w.name, ".warc", "-v2.warc", 1)+".new")
	if err := os.WriteFile(half, w.file[:100], 0o600); err != nil {
		t.Fatal(err)
	}
	a := open(t, dir, archive.Options{})
	if diff := cmp.Diff(w.captures, scanAll(t, a)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, err := os.Stat(half); err == nil {
		t.Error("the half is still there")
	}
}

// TestRewriteDamaged takes along all that can be read, and tells the rest.
func TestRewriteDamaged(t *testing.T) {
	w := write(t, warc.Gzip)
	file := bytes.Clone(w.file)
	copy(file[w.captures[1].Offset+20:], "xxxxxxxx")
	a := open(t, w.left(t, file), archive.Options{})
	r, err := a.Rewrite(t.Context(), w.name, "a reason", func(c news.Capture) bool { return c.CaptureID == w.captures[0].CaptureID })
	if err != nil || len(r.Damage) == 0 || len(r.Kept) != 1 || r.Kept[0].CaptureID != w.captures[2].CaptureID {
		t.Errorf("%+v, %v", r, err)
	}
}
