package archive_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/archive"
	"github.com/copydesk/copydesk/pkg/news"
)

// places are where records are in a file, which compressors decide.
var places = regexp.MustCompile(`"length":"[1-9]\d+","offset":"[1-9]\d+"`)

// TestIndex reads the lines that other tools find captures by.
func TestIndex(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir, archive.Options{Now: func() time.Time { return noon }})
	entries := pages("<p>Tide", "<p>Ebb", "<p>Tide")
	entries[1].Page.URL, entries[1].Page.ContentType = "https://www.bay.example/\"B\"?z&a", "text/html; charset=utf-8"
	captures := appendAll(t, a, entries)
	unchanged := *page(3, "")
	unchanged.Status = 304
	appendAll(t, a, []archive.Entry{{Page: &unchanged, Same: &captures[0]}})
	index := filepath.Join(dir, "cdxj", captures[0].File+".cdxj")
	if _, err := os.Stat(index); err == nil {
		t.Error("an index of an open segment")
	}
	if err := a.Roll(); err != nil {
		t.Fatal(err)
	}
	const want = `example,bay)/"b"?a&z 20260503120001 {"url":"https://www.bay.example/\"B\"?z&a","mime":"text/html","status":"200","digest":"sha256:0ecbc77dd6ccfa7757b90e5cc5e70d90e2c9da5815ec4c0e63b16ee6209035e6","length":"1","offset":"1","filename":"copydesk-20260503120000-00001.warc.gz"}
example,news)/tide-0?a=1 20260503120000 {"url":"https://news.example/tide-0?a=1","mime":"text/html","status":"200","digest":"sha256:005e23fbeaec021f61f6276e5fdcbc729003731083d3d46ccb5fe8f0f5f24010","length":"1","offset":"1","filename":"copydesk-20260503120000-00001.warc.gz"}
example,news)/tide-2?a=1 20260503120002 {"url":"https://news.example/tide-2?a=1","mime":"warc/revisit","digest":"sha256:005e23fbeaec021f61f6276e5fdcbc729003731083d3d46ccb5fe8f0f5f24010","length":"1","offset":"1","filename":"copydesk-20260503120000-00001.warc.gz"}
`
	got := read(t, index)
	if diff := cmp.Diff(want, places.ReplaceAllString(got, `"length":"1","offset":"1"`)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}

	// A crash came before the index was written.
	if err := os.Remove(index); err != nil {
		t.Fatal(err)
	}
	a.Close()
	open(t, dir, archive.Options{})
	if diff := cmp.Diff(got, read(t, index)); diff != "" {
		t.Errorf("made again (-want +got):\n%s", diff)
	}
}

// TestIndexWithoutRoom writes an index when there is room for it.
func TestIndexWithoutRoom(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir, archive.Options{})
	captures := appendAll(t, a, pages("<p>Tide"))
	inTheWay := filepath.Join(dir, "cdxj")
	if err := os.WriteFile(inTheWay, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := a.Roll(); err == nil {
		t.Fatal("no error")
	}
	if _, err := a.Append(t.Context(), pages("<p>Ebb")); err == nil {
		t.Fatal("no error")
	}
	if err := os.Remove(inTheWay); err != nil {
		t.Fatal(err)
	}
	more := appendAll(t, a, []archive.Entry{{Page: page(1, "<p>Ebb")}})
	if diff := cmp.Diff(append(captures, more...), scanAll(t, a)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	read(t, filepath.Join(inTheWay, captures[0].File+".cdxj"))
}

// TestRollByItself begins a segment when one is large or old.
func TestRollByItself(t *testing.T) {
	now := noon
	a := open(t, t.TempDir(), archive.Options{SegmentSize: 2000, SegmentAge: time.Hour, Now: func() time.Time { return now }})
	var all []news.Capture
	for i, later := range []time.Duration{0, 0, 0, time.Hour} {
		now = now.Add(later)
		all = append(all, appendAll(t, a, []archive.Entry{{Page: page(i, "<p>Tide")}})...)
	}
	var files []string
	for _, c := range all {
		files = append(files, c.File)
	}
	want := []string{
		"copydesk-20260503120000-00001.warc.gz", "copydesk-20260503120000-00001.warc.gz",
		"copydesk-20260503120000-00002.warc.gz", "copydesk-20260503130000-00003.warc.gz",
	}
	if diff := cmp.Diff(want, files); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
