//go:build interop

package interop_test

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/intake"
	"github.com/copydesk/copydesk/pkg/warc"
)

// TestTheyReadWhatWeBringIn brings the records of every kind of file into an
// archive of ours, as they are, and has the others read them there: they keep
// their identity, and nobody warns.
func TestTheyReadWhatWeBringIn(t *testing.T) {
	pages := pages(t)
	server, theirs := serve(t, pages).URL, t.TempDir()
	run(t, python(t), append([]string{"write.py", server, theirs}, paths(pages)...)...)
	reader := gowarc(t)
	run(t, reader, append([]string{"write", server, theirs}, paths(pages)...)...)
	files, err := filepath.Glob(filepath.Join(theirs, "*"))
	if err != nil {
		t.Fatal(err)
	}
	var all []archive.Entry
	for _, file := range files {
		entries := bringIn(t, file)
		if len(entries) != len(pages) {
			t.Errorf("%s: %d captures of %d pages", filepath.Base(file), len(entries), len(pages))
		}
		all = append(all, entries...)
	}
	folder := t.TempDir()
	a, err := archive.Open(folder, archive.Options{Compression: warc.Gzip})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	captures, err := a.Append(t.Context(), all)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Roll(); err != nil {
		t.Fatal(err)
	}
	for i, c := range captures {
		if id := all[i].Original.Header.Get(warc.RecordID); id != "<"+c.RecordID+">" {
			t.Errorf("the record %s is %s now", id, c.RecordID)
		}
	}
	segment := filepath.Join(folder, captures[0].File)
	want := ourLines(t, segment)
	for name, text := range map[string][]byte{
		"warcio": run(t, python(t), "read.py", segment),
		"gowarc": run(t, reader, "read", segment),
	} {
		if diff := cmp.Diff(want, linesOf(t, text)); diff != "" {
			t.Errorf("%s (-ours +theirs):\n%s", name, diff)
		}
	}
}

// bringIn takes the pages of a file with their records as they are.
func bringIn(t *testing.T, path string) (all []archive.Entry) {
	t.Helper()
	source, err := intake.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	for rec, err := range source.Records(t.Context(), intake.Place{}) {
		if err := errors.Join(err, rec.Err); err != nil {
			t.Fatal(err)
		}
		text, err := rec.Original(mostText)
		if err != nil {
			t.Fatal(err)
		}
		original, err := archive.ReadOriginal(text)
		if err != nil {
			t.Fatal(err)
		}
		page, err := archive.PageOf(original.Record(), mostText)
		if errors.Is(err, archive.ErrNoPage) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, archive.Entry{Page: page, Original: original, Source: &archive.Source{Run: "r1", File: filepath.Base(path), Offset: rec.Place.Offset, RecordID: original.Header.Get(warc.RecordID)}})
	}
	return all
}
