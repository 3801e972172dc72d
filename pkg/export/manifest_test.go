package export

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestManifest(t *testing.T) {
	folder := t.TempDir()
	stage := stageIn(t, folder)
	write := func(name, text string) File {
		t.Helper()
		file, err := stage.Write(filepath.Join(folder, name), func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return file
	}
	path := filepath.Join(folder, "manifest.json")
	m := &Manifest{Choice: Choice{Table: Articles, Format: CSV, Site: "news.example", From: sampleMorning}}
	if m.Row() != 0 {
		t.Errorf("begins after row %d", m.Row())
	}
	if err := m.Add(path, stage, Dump{Row: 20, Records: 2, WrittenAt: sampleMorning, Files: []File{write("1.csv", "a\n")}}); err != nil {
		t.Fatal(err)
	}
	before := *m
	stage = stageIn(t, folder)
	second := Dump{After: 20, Row: 31, Records: 1, WrittenAt: sampleMorning, Files: []File{write("2.csv", "b\n")}, Removed: new(write("2.csv.removed", ""))}
	if err := m.Add(path, stage, second); err != nil {
		t.Fatal(err)
	}
	if err := before.Add(path, stageIn(t, folder), Dump{After: 20, Row: 40}); !errors.Is(err, ErrChanged) {
		t.Errorf("two go on from the same dump: %v", err)
	}
	got, err := ReadManifest(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(m, got); diff != "" || got.Row() != 31 || got.Dumps[1].Files[0].Path != "2.csv" || got.Dumps[0].Files[0].Bytes != 2 {
		t.Errorf("row %d, %+v (-want +got):\n%s", got.Row(), got.Dumps, diff)
	}
	if !got.Names(path, filepath.Join(folder, "1.csv")) || !got.Names(path, filepath.Join(folder, "2.csv.removed")) || got.Names(path, filepath.Join(folder, "3.csv")) {
		t.Error("names other files than it has")
	}
	for text, want := range map[string]string{"{": "unexpected", `{"schema":"export/2"}`: "export/2"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadManifest(path); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// A file is there when it is whole; else the one before is.
func TestWriteFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.jsonl")
	broken := errors.New("broken")
	for _, tt := range []struct {
		err  error
		want string
	}{{nil, "first"}, {broken, "first"}} {
		_, err := WriteFile(path, func(w io.Writer) error {
			_, _ = io.WriteString(w, "first")
			return tt.err
		})
		text, _ := os.ReadFile(path)
		left, _ := os.ReadDir(filepath.Dir(path))
		if !errors.Is(err, tt.err) || string(text) != tt.want || len(left) != 1 {
			t.Errorf("%v: %q and %d files", err, text, len(left))
		}
	}
	if err := CheckEmpty(filepath.Dir(path)); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("not empty: %v", err)
	}
	if err := errors.Join(CheckEmpty(t.TempDir()), CheckEmpty(filepath.Join(filepath.Dir(path), "none"))); err != nil {
		t.Error(err)
	}
}
