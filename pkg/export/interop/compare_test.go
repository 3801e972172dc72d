//go:build interop

package interop_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/copydesk/copydesk/pkg/export"
	"github.com/copydesk/copydesk/pkg/news"
)

// missing skips what this machine cannot do; in CI it can.
func missing(t *testing.T, format string, args ...any) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf(format, args...)
	}
	t.Skipf(format, args...)
}

func python(t *testing.T) string {
	t.Helper()
	python := os.Getenv("INTEROP_PYTHON")
	if out, err := exec.Command(python, "-c", "import duckdb, pandas, pyarrow").CombinedOutput(); err != nil {
		missing(t, "INTEROP_PYTHON=%q has no duckdb, pandas and pyarrow: pip install -r pkg/export/interop/requirements.txt (%v: %s)", python, err, out)
	}
	return python
}

const rows = 2000

var morning = time.Date(2026, 3, 14, 6, 0, 0, 123_456_789, time.UTC)

// awkward are texts that a reader of tables may stumble over.
var awkward = []string{
	"The ferry is late", `"Late," she said`, "=1+1", "+++ Ferry sinks +++", "a,b;c\td", "one\ntwo", "one\r\ntwo\rthree", "NULL", "NaN", "null", "007", "1e5",
	"true", "Fähre 渡し船 ⛴", "'quoted'", `back\slash \n`, "2026-03-14", "  spaces  ",
}

func TestArticles(t *testing.T) {
	text, err := os.ReadFile("../../../docs/schema/article.1.example.json")
	if err != nil {
		t.Fatal(err)
	}
	compare(t, export.Articles, func(n int) any {
		row := news.StoredRow{Number: int64(n), Latest: n%5 > 0, Stored: news.Stored{Version: 1, Versions: 1 + n%3}}
		if n%4 > 0 {
			if err := json.Unmarshal(text, &row.Article); err != nil {
				t.Fatal(err)
			}
			row.Byline = awkward[(n/7)%len(awkward)]
		}
		row.Schema, row.StoryID, row.WordCount = news.ArticleSchema, news.StoryID(fmt.Sprint(n)), n
		row.Headline = awkward[n%len(awkward)]
		row.Keywords = append(row.Keywords, row.Headline)
		row.Provenance = map[string]news.Provenance{"headline": {Method: news.FromMeta, Path: row.Headline, Confidence: 0.25}}
		row.Raw.FetchedAt = morning.Add(time.Duration(n*37%200) * time.Hour)
		row.FirstSeen, row.LastSeen = row.Raw.FetchedAt, row.Raw.FetchedAt.Add(time.Minute)
		if n%9 == 0 {
			row.WithdrawnAt = morning
		}
		return row
	})
}

func TestCaptures(t *testing.T) {
	compare(t, export.Captures, func(n int) any {
		return news.CaptureRow{Number: int64(n), Capture: news.Capture{
			CaptureID: fmt.Sprint("c", n), VisitID: "v", URL: "https://news.example/?q=" + awkward[n%len(awkward)], Site: "news.example",
			FetchedAt: morning.Add(time.Duration(n*37%200) * time.Hour), Digest: news.Digest(nil), Length: n, Status: 200 * (n % 2),
			Kind: news.CaptureResponse, File: "1.warc.gz", Offset: int64(n) << 33, Size: 1,
		}}
	})
}

// compare writes a table in every format and has it compared.
func compare(t *testing.T, table export.Table, row func(n int) any) {
	python, folder := python(t), t.TempDir()
	var lines [][]byte
	for n := 1; n <= rows; n++ {
		line, err := json.Marshal(row(n))
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
	to := func(name string, format func(io.Writer) (export.Writer, error)) string {
		path := filepath.Join(folder, name)
		_, err := export.WriteFile(path, func(w io.Writer) error {
			out, err := format(w)
			if err != nil {
				return err
			}
			for _, line := range lines {
				if err := out.Write(line); err != nil {
					return err
				}
			}
			return out.Flush()
		})
		if err != nil {
			t.Fatal(err)
		}
		return path
	}
	jsonl := to("rows.jsonl", func(w io.Writer) (export.Writer, error) { return export.NewJSONL(w), nil })
	csv := to("rows.csv", func(w io.Writer) (export.Writer, error) { return export.NewCSV(w, table, false) })
	days := filepath.Join(folder, "days")
	if err := os.Mkdir(days, 0o755); err != nil {
		t.Fatal(err)
	}
	staged := func() *export.Stage {
		stage, err := export.NewStage(days)
		if err != nil {
			t.Fatal(err)
		}
		p, err := export.NewParquet(stage, table)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range lines {
			if err := p.Write(line); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := p.Finish(); err != nil {
			t.Fatal(err)
		}
		return stage
	}
	stage := staged()
	if err := errors.Join(stage.Put(), stage.Close()); err != nil {
		t.Fatal(err)
	}
	// Nobody reads what is staged, though there are who look into hidden folders.
	defer staged().Close()
	// Readers of a folder take every file in it, but this.
	if err := os.WriteFile(filepath.Join(days, export.ManifestName), []byte("{}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(python, "compare.py", jsonl, csv, days).CombinedOutput()
	if err != nil || strings.Count(string(out), fmt.Sprintf(": %d rows\n", rows)) != 4 {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
}
