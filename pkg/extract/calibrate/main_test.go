package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	const goldPages = `{"id":"a","published":"2026-03-09T10:00:00","authors":["Ada Quill","Reuters"],"has":["authors"]}
{"id":"b","published":"2026-03-09"}
`
	const labels = `{"id":"a","headline":"Ferry sails again","kicker":["Islands"]}
`
	record := func(id, day string, confidence string) string {
		return `{"input":"` + id + `","headline":"FERRY sails again!","kicker":["Islands"],"author":[{"name":"Ada Quill"}],"datePublished":{"value":"` + day + `"},` +
			`"provenance":{"headline":{"confidence":1},"kicker":{"confidence":0.5},"author":{"confidence":0.95},"datePublished":{"confidence":` + confidence + `}}}` + "\n"
	}
	tests := []struct{ name, records, want string }{
		{"all right", record("a", "2026-03-09", "0.9") + record("b", "2026-03-09", "0.9"), ""},
		{"a wrong one that it was sure of", record("a", "2026-03-09", "0.9") + record("b", "2026-03-08", "0.9"), "fewer than 97 %"},
		{"a wrong one that it was not", record("a", "2026-03-09", "0.9") + record("b", "2026-03-08", "0.89"), ""},
		{"a page without gold, one that was refused", record("c", "2026-03-09", "0.9") + `{"input":"a","error":"no article"}` + "\n", ""},
		{"no JSON", "record", "news.records.jsonl"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			corpus, records := t.TempDir(), t.TempDir()
			if err := os.Mkdir(filepath.Join(corpus, "news"), 0o755); err != nil {
				t.Fatal(err)
			}
			for file, text := range map[string]string{
				filepath.Join(corpus, "news", "gold.jsonl"): goldPages, filepath.Join(corpus, "news", "labels.jsonl"): labels,
				filepath.Join(records, "news.records.jsonl"): tt.records,
			} {
				if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			err := run(corpus, records)
			if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}
