//go:build interop

package interop_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/copydesk/copydesk/pkg/export"
	"github.com/copydesk/copydesk/pkg/news"
)

// TestRemoved has DuckDB apply what has to go from a copy as docs/export.md says.
func TestRemoved(t *testing.T) {
	python, folder := python(t), t.TempDir()
	to := filepath.Join(folder, "articles")
	if err := os.Mkdir(to, 0o755); err != nil {
		t.Fatal(err)
	}
	m := &export.Manifest{Choice: export.Choice{Table: export.Articles, Format: export.ParquetFiles}}
	row := 0
	dump := func(stories ...string) {
		stage, err := export.NewStage(to)
		if err != nil {
			t.Fatal(err)
		}
		out, err := export.NewParquet(stage, export.Articles)
		if err != nil {
			t.Fatal(err)
		}
		for _, story := range stories {
			row++
			r := news.StoredRow{Number: int64(row), Latest: true}
			r.StoryID, r.Raw.FetchedAt, r.Headline = story, morning, fmt.Sprint(story, " in row ", row)
			if story == "back" {
				r.WithdrawnAt = morning
			}
			line, err := json.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			if err := out.Write(line); err != nil {
				t.Fatal(err)
			}
		}
		files, err := out.Finish()
		if err != nil {
			t.Fatal(err)
		}
		if err := m.Add(filepath.Join(to, export.ManifestName), stage, export.Dump{Row: int64(row), Files: files}); err != nil {
			t.Fatal(err)
		}
		if err := stage.Close(); err != nil {
			t.Fatal(err)
		}
	}
	removed := func(all ...news.Removal) {
		var text []byte
		for _, r := range all {
			line, err := json.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			text = append(append(text, line...), '\n')
		}
		if err := os.WriteFile(m.Removed(to), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	dump("taken", "again", "gone", "back", "stays", "left")
	removed(
		news.Removal{StoryID: "taken", Why: news.RemovedTakedown}, news.Removal{StoryID: "again", Why: news.RemovedTakedown, Before: 7},
		news.Removal{StoryID: "gone", Why: news.RemovedWithdrawn, At: morning, URL: "https://news.example/gone"},
		news.Removal{StoryID: "never had", Why: news.RemovedTakedown},
		news.Removal{StoryID: "left", Why: news.RemovedLeft, At: morning, Before: 8},
		news.Removal{StoryID: "returned", Why: news.RemovedLeft, At: morning, Before: 9},
	)
	dump("again", "stays", "returned")
	print := "\nSELECT string_agg(headline || coalesce(', withdrawn ' || epoch_us(withdrawnAt), ''), '; ' ORDER BY headline) FROM articles"
	duck := exec.Command(python, "-c", "import duckdb, sys; print(duckdb.sql(sys.stdin.read()).fetchall()[0][0])")
	duck.Dir, duck.Stdin = folder, strings.NewReader(applying(t)+print)
	out, err := duck.CombinedOutput()
	if want := fmt.Sprintf("again in row 7; back in row 4; gone in row 3, withdrawn %d; returned in row 9; stays in row 8\n", morning.UnixMicro()); err != nil || string(out) != want {
		t.Errorf("the copy has %s, want %s (%v)", out, want, err)
	}
}

// applying is the statements of the documentation.
func applying(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../../docs/export.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(text), "### What has to go\n")
	_, rest, begun := strings.Cut(rest, "```sql\n")
	statements, _, ended := strings.Cut(rest, "```\n")
	if !found || !begun || !ended {
		t.Fatal("docs/export.md does not say how to take away what has to go")
	}
	return statements
}
