package export

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"github.com/copydesk/copydesk/pkg/news"
)

// The columns are what others' queries name: they are only added to.
func TestSchema(t *testing.T) {
	for _, table := range []Table{Articles, Captures} {
		golden(t, string(table)+".columns.txt", strings.Join(table.Columns(), "\n")+"\n")
		golden(t, string(table)+".parquet.txt", schemaOf(table, mirror(table.row())).String()+"\n")
	}
	if diff := cmp.Diff(Articles.Columns(), Revisions.Columns()); diff != "" {
		t.Errorf("articles and revisions differ: %s", diff)
	}
}

// docs/export.md names every column.
func TestColumnsAreDocumented(t *testing.T) {
	doc, err := os.ReadFile("../../docs/export.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range []Table{Articles, Captures} {
		if list := "`" + strings.Join(table.Columns(), "` `") + "`"; !strings.Contains(string(doc), list) {
			t.Errorf("docs/export.md does not have the columns of %s: %s", table, list)
		}
	}
}

// What is read of the files is what was written, day by day, in the order of
// the rows.
func TestParquet(t *testing.T) {
	folder := t.TempDir()
	p, err := NewParquet(stageIn(t, folder), Articles)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for n := 1; n <= 40; n++ {
		line := sample(t, n)
		writeAll(t, p, line)
		want = append(want, string(line))
	}
	files, err := p.Finish()
	if err := errors.Join(err, p.stage.Put(), p.stage.Close()); err != nil {
		t.Fatal(err)
	}
	var got, names []string
	for _, file := range files {
		names = append(names, strings.TrimPrefix(filepath.ToSlash(file.Path), filepath.ToSlash(folder)))
		lines := parquetLines(t, file.Path)
		if len(lines) != file.Records {
			t.Errorf("%s: %d records, want %d", file.Path, len(lines), file.Records)
		}
		got = append(got, lines...)
	}
	if diff := cmp.Diff([]string{"/day=2026-03-14/articles-1-40.parquet", "/day=2026-03-15/articles-1-40.parquet", "/day=2026-03-16/articles-1-40.parquet"}, names); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("records (-want +got):\n%s", diff)
	}
	if left, _ := filepath.Glob(filepath.Join(folder, ".*")); left != nil {
		t.Errorf("left: %q", left)
	}
}

// parquetLines reads a file of articles as lines of JSON.
func parquetLines(t *testing.T, path string) (lines []string) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	row := mirror(Articles.row())
	schema := schemaOf(Articles, row)
	r := parquet.NewGenericReader[any](file, schema)
	defer r.Close()
	rows := make([]parquet.Row, 1)
	for {
		n, err := r.ReadRows(rows)
		if n == 1 {
			into := reflect.New(row)
			if err := schema.Reconstruct(into.Interface(), rows[0]); err != nil {
				t.Fatal(err)
			}
			text, err := json.Marshal(into.Interface())
			if err != nil {
				t.Fatal(err)
			}
			var back news.StoredRow
			if err := json.Unmarshal(text, &back); err != nil {
				t.Fatal(err)
			}
			lines = append(lines, string(lineOf(t, back)))
		}
		if errors.Is(err, io.EOF) {
			return lines
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestParquetOfCaptures(t *testing.T) {
	p, err := NewParquet(stageIn(t, t.TempDir()), Captures)
	if err != nil {
		t.Fatal(err)
	}
	writeAll(t, p, lineOf(t, news.CaptureRow{Number: 7, Capture: news.Capture{CaptureID: "a", FetchedAt: sampleMorning}}))
	files, err := p.Finish()
	if err := errors.Join(err, p.stage.Put(), p.stage.Close()); err != nil {
		t.Fatal(err)
	}
	if len(files) != 1 || files[0].Day != "2026-03-14" || !strings.HasSuffix(files[0].Path, "captures-7-7.parquet") {
		t.Errorf("files: %+v", files)
	}
}
