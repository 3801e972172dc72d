package export

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

var sampleMorning = time.Date(2026, 3, 14, 8, 30, 2, 117_000_000, time.UTC)

// example is the record that docs/schema has as one.
func example(t testing.TB) news.Article {
	t.Helper()
	text, err := os.ReadFile("../../docs/schema/article.1.example.json")
	if err != nil {
		t.Fatal(err)
	}
	var a news.Article
	if err := json.Unmarshal(text, &a); err != nil {
		t.Fatal(err)
	}
	return a
}

// sample is the line of the example as row n, fetched n hours after a morning;
// every third has the least that a record can have.
func sample(t testing.TB, n int) []byte {
	t.Helper()
	row := news.StoredRow{Number: int64(n), Latest: true, Stored: news.Stored{Article: example(t), Version: 1, Versions: 2}}
	at := sampleMorning.Add(time.Duration(n) * time.Hour)
	if n%3 == 0 {
		row.Article = news.Article{Schema: news.ArticleSchema, StoryID: news.StoryID(fmt.Sprint(n)), Headline: "=1+1; \"quoted\",\nand broken", Raw: news.Raw{Digest: news.Digest(nil)}}
		row.WithdrawnAt = at.Add(time.Hour)
	}
	row.Raw.FetchedAt, row.FirstSeen, row.LastSeen = at, at, at.Add(time.Minute)
	return lineOf(t, row)
}

func lineOf(t testing.TB, row any) []byte {
	t.Helper()
	line, err := json.Marshal(row)
	if err != nil {
		t.Fatal(err)
	}
	return line
}

func writeAll(t testing.TB, w interface{ Write([]byte) error }, lines ...[]byte) {
	t.Helper()
	for _, line := range lines {
		if err := w.Write(line); err != nil {
			t.Fatal(err)
		}
	}
}

// stageIn is a stage for the time of a test.
func stageIn(t *testing.T, folder string) *Stage {
	t.Helper()
	stage, err := NewStage(folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = stage.Close() })
	return stage
}
