package search

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"
	bolt "go.etcd.io/bbolt/errors"

	"github.com/copydesk/copydesk/pkg/news"
)

func TestOpenTwice(t *testing.T) {
	x := indexOf(t, languages...)
	if _, err := Open(x.dir); !errors.Is(err, ErrInUse) {
		t.Errorf("a second opener: %v, want ErrInUse", err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	x = openIn(t, x.dir)
	if x.Opened().Fresh {
		t.Errorf("opened again: %+v, want what was there", x.Opened())
	}
	if got := find(t, x, "ferry", Options{}); len(got) != 1 {
		t.Errorf("opened again: found %v", got)
	}
}

func TestOpenSetsAsideWhatCannotBeUsed(t *testing.T) {
	// each damages the file of that name
	truncate := func(name string) func(*testing.T, string) {
		return func(t *testing.T, dir string) {
			eachFile(t, dir, name, func(path string, text []byte) error { return os.WriteFile(path, text[:len(text)/3], 0o600) })
		}
	}
	garble := func(name string) func(*testing.T, string) {
		return func(t *testing.T, dir string) {
			eachFile(t, dir, name, func(path string, text []byte) error {
				return os.WriteFile(path, []byte(strings.Repeat("\xa5garbage", len(text)/8)), 0o600)
			})
		}
	}
	tests := []struct {
		name   string
		damage func(t *testing.T, dir string)
	}{
		{"root cut short", truncate("root.bolt")},
		{"root garbled", garble("root.bolt")},
		{"segments cut short", truncate("*.zap")},
		{"segments garbled", garble("*.zap")},
		{"description garbled", garble("index_meta.json")},
		{"emptied", func(t *testing.T, dir string) {
			if err := os.RemoveAll(filepath.Join(dir, "index-000001", "store")); err != nil {
				t.Fatal(err)
			}
		}},
		{"of another layout", func(t *testing.T, dir string) {
			g, err := openGeneration(filepath.Join(dir, "index-000001"))
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(g.SetInternal(layoutKey, []byte("0")), g.Close()); err != nil {
				t.Fatal(err)
			}
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			x := indexOf(t, languages...)
			if err := x.Close(); err != nil {
				t.Fatal(err)
			}
			test.damage(t, x.dir)
			x = openIn(t, x.dir)
			got := x.Opened()
			// bleve may go back to what it had before the damaged segments.
			back := strings.HasPrefix(test.name, "segments") && !got.Fresh
			if !back && (got.SetAside != filepath.Join(x.dir, asideFolder) || got.Why == nil) {
				t.Errorf("opened as %+v, want it fresh and the old one aside", got)
			}
			if _, err := os.Stat(got.SetAside); !back && err != nil {
				t.Error(err)
			}
			if err := x.CatchUp(t.Context(), rowsOf(languages...)); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{"en"}, find(t, x, "ferry", Options{})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A fault of the moment is no reason to make an index anew.
func TestOnlyTheUnusableIsSetAside(t *testing.T) {
	for err, want := range map[error]bool{
		&fs.PathError{Op: "open", Path: "root.bolt", Err: syscall.EMFILE}: false,
		fmt.Errorf("damaged: %w", syscall.ENOMEM):                         false,
		fmt.Errorf("damaged: open segment: %v", syscall.EIO):              false,
		fmt.Errorf("damaged: %w", bolt.ErrTimeout):                        false,
		&fs.PathError{Op: "open", Path: "x.zap", Err: syscall.ENOENT}:     true,
		errors.New("damaged: runtime error: slice bounds out of range"):   true,
		fmt.Errorf("damaged: %w", bolt.ErrInvalid):                        true,
	} {
		if got := isUnusable(err); got != want {
			t.Errorf("%v: set aside %v, want %v", err, got, want)
		}
	}
	x := indexOf(t, languages...)
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	// Somebody else's bolt has the root open: it will be let go.
	holder, err := bbolt.Open(filepath.Join(x.dir, "index-000001", "store", "root.bolt"), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(x.dir); err == nil {
		t.Error("an index that somebody holds was opened")
	}
	if err := holder.Close(); err != nil {
		t.Fatal(err)
	}
	if x = openIn(t, x.dir); x.Opened().SetAside != "" || x.Opened().Fresh {
		t.Errorf("opened as %+v, want what was there", x.Opened())
	}
}

func TestOpenWithoutItsCurrentFile(t *testing.T) {
	for _, content := range []string{"", "\x00\x00", "../elsewhere", "index-000009"} {
		x := indexOf(t, languages...)
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(x.dir, currentFile), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		x = openIn(t, x.dir)
		if applied, err := x.Applied(); err != nil || applied != 0 || !x.Opened().Fresh {
			t.Errorf("%q: opened as %+v at row %d, %v, want it fresh", content, x.Opened(), applied, err)
		}
	}
}

func TestAnIndexAheadOfItsRowsIsMadeAgain(t *testing.T) {
	x := indexOf(t, languages...)
	one := rowsOf(&news.Article{StoryID: "new", Headline: "Bridge"})
	if err := x.CatchUp(t.Context(), one); err != nil {
		t.Fatal(err)
	}
	if n, err := x.current.DocCount(); err != nil || n != 1 {
		t.Errorf("%d stories, %v, want 1", n, err)
	}
}

// eachFile does something to the files of an index with a name like pattern.
func eachFile(t *testing.T, dir, pattern string, do func(path string, text []byte) error) {
	t.Helper()
	found := 0
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if match, _ := filepath.Match(pattern, entry.Name()); err != nil || !match {
			return err
		}
		found++
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return do(path, text)
	})
	if err != nil || found == 0 {
		t.Fatalf("%d files like %s, %v", found, pattern, err)
	}
}

// Whatever bits are flipped, opening ends, and the rows bring everything back.
func TestFlippedBits(t *testing.T) {
	const seeds = 12
	for seed := range uint64(seeds) {
		random := rand.New(rand.NewPCG(seed, seed))
		x := indexOf(t, languages...)
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
		eachFile(t, x.dir, "*.zap", func(path string, text []byte) error {
			text[random.IntN(len(text))] ^= 1 << random.IntN(8)
			return os.WriteFile(path, text, 0o600)
		})
		x = openIn(t, x.dir)
		if err := x.CatchUp(t.Context(), rowsOf(languages...)); err != nil {
			t.Fatal(err)
		}
		for _, query := range []string{"ferry", `"delayed by fog"`, "harb*", "naive"} {
			if diff := cmp.Diff([]string{"en"}, find(t, x, query, Options{})); diff != "" {
				t.Errorf("seed %d: %s (-want +got):\n%s", seed, query, diff)
			}
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
