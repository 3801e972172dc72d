package export

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/copydesk/copydesk/pkg/news"
)

// stagedDump stages a dump of two days and of what has to go.
func stagedDump(t *testing.T, m *Manifest, folder, name string) (*Stage, Dump) {
	t.Helper()
	stage, err := NewStage(folder)
	if err != nil {
		t.Fatal(err)
	}
	row, out := m.Row(), folder
	dump := Dump{After: row, Row: row + 2, Records: 2}
	lines := [][]byte{
		lineOf(t, news.StoredRow{Number: row + 1, Stored: news.Stored{Article: news.Article{Raw: news.Raw{FetchedAt: sampleMorning}}}}),
		lineOf(t, news.StoredRow{Number: row + 2, Stored: news.Stored{Article: news.Article{Raw: news.Raw{FetchedAt: sampleMorning.AddDate(0, 0, 1)}}}}),
	}
	if m.Format == ParquetFiles {
		p, err := NewParquet(stage, Articles)
		if err != nil {
			t.Fatal(err)
		}
		writeAll(t, p, lines...)
		if dump.Files, err = p.Finish(); err != nil {
			t.Fatal(err)
		}
	} else {
		out = filepath.Join(folder, name)
		dump.Files = append(dump.Files, mustStage(t, stage, out, string(lines[0])+"\n"+string(lines[1])+"\n"))
	}
	if len(m.Dumps) > 0 {
		dump.Removed = new(mustStage(t, stage, m.Removed(out), fmt.Sprintln("after", row)))
	}
	return stage, dump
}

func mustStage(t *testing.T, stage *Stage, path, text string) File {
	t.Helper()
	file, err := stage.Write(path, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// filesIn are the files below a folder but its manifest, and the folders in it that
// have none.
func filesIn(t *testing.T, folder string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.Name() == ManifestName {
			return err
		}
		if entry.IsDir() {
			if inside, err := os.ReadDir(path); err != nil || len(inside) > 0 {
				return err
			}
		}
		files = append(files, strings.TrimPrefix(path, folder+"/"))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(files)
	return files
}

// named are the files that a manifest's dumps name.
func named(m *Manifest) (files []string) {
	for _, dump := range m.Dumps {
		for _, file := range dump.files() {
			files = append(files, file.Path)
		}
	}
	slices.Sort(files)
	return files
}

// Whatever step a dump is killed before, the next that goes on from the same
// manifest has the folder be what that names.
func TestRecover(t *testing.T) {
	for _, format := range []Format{JSONL, CSV, ParquetFiles} {
		for dumps := range 2 {
			for step, more := 0, true; more; step++ {
				t.Run(fmt.Sprintf("%s dump %d step %d", format, dumps+1, step), func(t *testing.T) {
					folder := t.TempDir()
					path := filepath.Join(folder, ManifestName)
					m := &Manifest{Choice: Choice{Table: Articles, Format: format}}
					for n := range dumps {
						stage, dump := stagedDump(t, m, folder, fmt.Sprint(n))
						if err := errors.Join(m.Add(path, stage, dump), stage.Close()); err != nil {
							t.Fatal(err)
						}
					}
					killed, dump := stagedDump(t, m, folder, "killed")
					steps, err := m.adding(path, killed, dump)
					if err != nil {
						t.Fatal(err)
					}
					more = step < len(steps)
					// The kernel takes back locks, and leaves the part of a manifest.
					part := os.WriteFile(filepath.Join(folder, "."+ManifestName+".123"), nil, 0o600)
					if err := errors.Join(all(steps[:step]), killed.lock.Close(), part); err != nil {
						t.Fatal(err)
					}

					if err := Recover(path); err != nil {
						t.Fatal(err)
					}
					m, err = ReadManifest(path)
					if errors.Is(err, os.ErrNotExist) && dumps == 0 {
						m, err = &Manifest{Choice: Choice{Table: Articles, Format: format}}, CheckEmpty(folder)
					}
					if err != nil {
						t.Fatal(err)
					}
					want := dumps
					if !more {
						want++
					}
					if len(m.Dumps) != want {
						t.Fatalf("%d dumps count, want %d", len(m.Dumps), want)
					}
					stage, dump := stagedDump(t, m, folder, "next")
					if err := errors.Join(m.Add(path, stage, dump), stage.Close()); err != nil {
						t.Fatal(err)
					}
					m, err = ReadManifest(path)
					if err != nil {
						t.Fatal(err)
					}
					if diff := cmp.Diff(named(m), filesIn(t, folder)); diff != "" || len(m.Unfinished) > 0 {
						t.Errorf("%d unfinished (-named +there):\n%s", len(m.Unfinished), diff)
					}
				})
			}
		}
	}
}

// A dump that cannot be put in its place takes back what was.
func TestAddTakesBack(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, ManifestName)
	m := &Manifest{Choice: Choice{Table: Articles, Format: ParquetFiles}}
	stage, dump := stagedDump(t, m, folder, "")
	if err := errors.Join(m.Add(path, stage, dump), stage.Close()); err != nil {
		t.Fatal(err)
	}
	before := filesIn(t, folder)
	whole := &Manifest{Choice: m.Choice}
	stage, dump = stagedDump(t, whole, folder, "")
	if err := errors.Join(whole.Add(path, stage, dump), stage.Close()); !errors.Is(err, ErrChanged) {
		t.Errorf("two begin in the same folder: %v", err)
	}
	stage, dump = stagedDump(t, m, folder, "")
	// The last file's place is taken.
	if err := os.Mkdir(m.Removed(folder), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := m.Add(path, stage, dump); err == nil {
		t.Error("there is no error")
	}
	if err := errors.Join(stage.Close(), os.Remove(filepath.Join(folder, "_removed-2.jsonl"))); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, filesIn(t, folder)); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
	m, err := ReadManifest(path)
	if err != nil || len(m.Dumps) != 1 || len(m.Unfinished) > 0 {
		t.Errorf("manifest %+v, %v", m, err)
	}
}

// What is in a place now and is not what the dump put there stays.
func TestRecoverLeavesWhatOthersWrote(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "m.json")
	m := &Manifest{Choice: Choice{Table: Articles, Format: CSV}}
	stage, dump := stagedDump(t, m, folder, "1.csv")
	defer stage.Close()
	steps, err := m.adding(path, stage, dump)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(steps[0](), os.WriteFile(filepath.Join(folder, "1.csv"), []byte("theirs"), 0o600), Recover(path)); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(filepath.Join(folder, "1.csv")); string(text) != "theirs" {
		t.Errorf("it has %q, %v", text, err)
	}
}

// A stage that its dump still has is not removed by another.
func TestStagesOfOthers(t *testing.T) {
	folder := t.TempDir()
	first := stageIn(t, folder)
	stageIn(t, folder)
	if _, err := os.Stat(first.hidden); err != nil {
		t.Error(err)
	}
	if err := first.lock.Close(); err != nil {
		t.Fatal(err)
	}
	stageIn(t, folder)
	if _, err := os.Stat(first.hidden); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("one of a dump that was killed: %v", err)
	}
}
