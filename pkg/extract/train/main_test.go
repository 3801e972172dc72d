package main

import (
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/copydesk/copydesk/pkg/extract"
)

const (
	first = "The ferry to Norhaven sails again since Monday, with a new engine and an old crew."
	last  = "Nobody on the island had believed in it, the harbour master said, and least of all he."
	odd   = "Norhaven Post! Follow | © 2026"
)

// TestRun learns from one invented page by its text and from one by pieces.
func TestRun(t *testing.T) {
	folder := t.TempDir()
	page := `<html><body><article><h1>Ferry sails again</h1><p>` + first + `</p><div><div>` + odd + `</div></div><p>` + last + `</p></article></body></html>`
	for set, gold := range map[string]string{
		"news":     `{"id":"a","site":"post.example","url":"https://post.example/ferry","body":"` + first + `\n` + last + `"}`,
		"segments": `{"id":"a","site":"post","url":"https://post.example/ferry","with":["an old crew"],"without":["Follow"]}`,
	} {
		if err := os.MkdirAll(filepath.Join(folder, set, "pages"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, set, "gold.jsonl"), []byte(gold), 0o600); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(folder, set, "pages", "a.html.gz"), page)
	}
	var weights, again, report strings.Builder
	if err := run(folder, &weights, &report); err != nil {
		t.Fatal(err)
	}
	if err := run(folder, &again, &report); err != nil {
		t.Fatal(err)
	}
	if weights.String() != again.String() {
		t.Error("the same corpus gave other weights")
	}
	if got, want := strings.Count(weights.String(), "\n"), len(extract.SignNames())+1; got != want {
		t.Errorf("%d weights, want %d", got, want)
	}
	if want := "6 blocks"; !strings.HasPrefix(report.String(), want) {
		t.Errorf("report: got %q, want it to begin with %q", report.String(), want)
	}
	if err := run(t.TempDir(), &weights, &report); err == nil || !strings.Contains(err.Error(), "no page with a known story") {
		t.Errorf("empty corpus: got %v", err)
	}
}

func write(t *testing.T, file, page string) {
	t.Helper()
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	if _, err := z.Write([]byte(page)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestJudge(t *testing.T) {
	text := &gold{Body: first + "\nBack at sea\n" + last, Paragraphs: []string{first, "Back at sea", last}, Optional: []int{2}}
	pieces := &gold{With: []string{"new  engine"}, Without: []string{"Follow"}}
	tests := []struct {
		name         string
		gold         *gold
		block        string
		story, known bool
	}{
		{"paragraph", text, first, true, true},
		{"paragraph that may be missing", text, last, false, false},
		{"subhead", text, "Back at sea", true, true},
		{"words from inside", text, "an old crew", false, false},
		{"something else", text, odd, false, true},
		{"long and something else", text, "Twelve other stories that you may want to read today", false, true},
		{"half of it", text, "The ferry to Norhaven sails again, as twelve other stories say today", false, false},
		{"piece", pieces, first, true, true},
		{"piece of what is not in", pieces, odd, false, true},
		{"no piece", pieces, last, false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if story, known := tt.gold.judge()(tt.block); story != tt.story || known != tt.known {
				t.Errorf("story %v, known %v; want %v, %v", story, known, tt.story, tt.known)
			}
		})
	}
}
