package export

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/copydesk/copydesk/pkg/news"
)

// What has to go is said in lines that are the same for all formats but ninjs,
// which cancels what is not there again.
func TestRemoved(t *testing.T) {
	for _, tt := range []struct {
		format Format
		path   string
		lines  int
		has    string
	}{
		{CSV, "2.csv.removed", 4, `{"storyId":"b","why":"takedown","before":7}`},
		{ParquetFiles, filepath.Join("2.csv", "_removed-2.jsonl"), 4, `{"storyId":"a","why":"takedown"}`},
		{NinJS, "2.csv.removed", 3, `{"uri":"copydesk:story:c","type":"text","standard":{"name":"ninjs","version":"3.0","schema":"` + ninjsSchema + `"},"pubStatus":"canceled"}`},
	} {
		t.Run(string(tt.format), func(t *testing.T) {
			m := &Manifest{Choice: Choice{Format: tt.format}, Dumps: []Dump{{Row: 3}}}
			if got := m.Removed("2.csv"); got != tt.path {
				t.Errorf("goes to %s, want %s", got, tt.path)
			}
			var text strings.Builder
			w := NewRemoved(&text, tt.format)
			for _, r := range []news.Removal{
				{StoryID: "a", Why: news.RemovedTakedown}, {StoryID: "b", Why: news.RemovedTakedown, Before: 7},
				{StoryID: "c", Why: news.RemovedWithdrawn, At: sampleMorning, ArticleID: "d", URL: "https://news.example/c"},
				{StoryID: "e", Why: news.RemovedLeft, At: sampleMorning, Before: 9},
			} {
				line, err := json.Marshal(r)
				if err != nil {
					t.Fatal(err)
				}
				writeAll(t, w, line)
			}
			if err := w.Flush(); err != nil {
				t.Fatal(err)
			}
			if lines := strings.Count(text.String(), "\n"); lines != tt.lines || !strings.Contains(text.String(), tt.has+"\n") {
				t.Errorf("%d lines:\n%s", lines, text.String())
			}
		})
	}
}
